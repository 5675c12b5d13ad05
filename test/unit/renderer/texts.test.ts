import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { contract } from '../../../main/contract/index.ts';
import { ENTITY_TYPES } from '../../../main/contract/identify.ts';
import {
  SURE_FROM as CONTRACT_SURE,
  type TextDecision,
} from '../../../main/contract/text-calls.ts';
import { words } from '../../../main/words/index.ts';
import App from '../../../renderer/App.svelte';
import type { Place } from '../../../renderer/place.ts';
import { Session } from '../../../renderer/session.svelte.ts';
import {
  piecesOf,
  placeInText,
  placesToVisit,
  selectionIn,
  SURE_FROM,
  type ShownText,
  type Span,
} from '../../../renderer/steps/identify/reading.ts';
import {
  columnsOf,
  leftOut,
  noAnswers,
  questionsOf,
  requestOf,
} from '../../../renderer/steps/anonymise/answers.ts';
import { showMoment } from '../../../renderer/formats.ts';
import { clientDouble, type ClientDouble } from './client-double.ts';

afterEach(cleanup);

const { texts: w, screens } = words('en');
const STUDY = { id: 's', name: 'Follow-up', created: '2026-11-23T10:00:00Z' };
const NOTE = 'Anna Ashdown, 47, called about Benny.';
const span = (start: number, end: number, more: Partial<Span> = {}): Span => ({
  start,
  end,
  type: 'PERSON',
  confidence: 0.9,
  found: 'PERSON',
  accepted: true,
  ...more,
});
const TEXT: ShownText = {
  text: 4,
  content: NOTE,
  cut: false,
  row: 5,
  rows: 1,
  spans: [span(0, 12), span(14, 16, { type: 'AGE', found: 'AGE', confidence: 0.5 })],
  looked: 3,
  found: 9,
};
const READ: Place = {
  at: 'texts',
  study: STUDY,
  page: { show: 'read', findings: 'f', column: 'note' },
};

async function open(
  place: Place,
  answers: Parameters<typeof clientDouble>[0],
): Promise<ClientDouble> {
  const double = clientDouble({
    'vault.status': () => ({ exists: true, unlocked: true, person: null }),
    'study.list': () => ({ studies: [STUDY] }),
    'study.artefacts': () => ({
      artefacts: [{ id: 'r', kind: 'source-records', name: 'a.csv', created: STUDY.created }],
    }),
    ...answers,
  });
  const session = new Session(double.client, double.listen);
  render(App, { session });
  await screen.findByRole('heading', { level: 1, name: screens.studies.title });
  session.go(place);
  return double;
}
const decided = ({ asked }: ClientDouble): TextDecision[] =>
  asked
    .filter(([name]) => name === 'identify.decide')
    .map(([, input]) => contract.identify.decide.input.parse(input).decision);
const key = (name: string, at: Element = document.body): Promise<boolean> =>
  fireEvent.keyDown(at, { key: name });

describe('the columns of free text', () => {
  it('of newer records say when the older ones were looked through, and that they were not', async () => {
    const column = { name: 'note', texts: 9, found: 0, looked: 0, types: [] };
    const about = { columns: [column], undoable: 0, unsaved: false, saved: false };
    const older = '2026-11-23T10:00:00Z';
    const double = await open(
      { at: 'texts', study: STUDY, page: { show: 'columns' } },
      {
        'identify.texts': () => ({ ...about, findings: null, older }),
        'identify.find': () => ({ job: 'j' }),
      },
    );
    await screen.findByText(w.list.older(showMoment(older, 'en')));
    const again = screen.getByRole('button', { name: w.list.again });
    await waitFor(() => expect(again.getAttribute('aria-disabled')).toBe('false'));
    await fireEvent.click(again);
    await waitFor(() => expect(double.asked.map(([name]) => name)).toContain('identify.find'));
  });

  it('that nobody looked through offer it without a word about others', async () => {
    const column = { name: 'note', texts: 9, found: 0, looked: 0, types: [] };
    const about = { columns: [column], undoable: 0, unsaved: false, saved: false };
    await open(
      { at: 'texts', study: STUDY, page: { show: 'columns' } },
      {
        'identify.texts': () => ({ ...about, findings: null, older: null }),
      },
    );
    await screen.findByRole('button', { name: w.list.start });
  });
});

describe('a text with its findings', () => {
  const answers = {
    'identify.text': (input: unknown) => ((input as { from: number }).from <= 4 ? TEXT : null),
    'identify.decide': () => ({ changed: 2, undoable: 1 }),
    'identify.undo': () => ({ changed: 2, undoable: 0 }),
  };

  it('is read by single keys, which mean nothing in a field or beside another key', async () => {
    const double = await open(READ, answers);
    await screen.findByText(w.read.place('1', '2'));
    await key('n');
    await screen.findByText(w.read.place('2', '2'));
    await key('p');
    await screen.findByText(w.read.place('1', '2'));
    await key('r', screen.getByLabelText(w.read.show));
    await fireEvent.keyDown(document.body, { key: 'r', ctrlKey: true });
    expect(decided(double)).toEqual([]);
    await key('r');
    await waitFor(() => expect(decided(double)).toHaveLength(1));
    await screen.findByText(w.read.changed('2', 2), { exact: false });
    await key('A');
    await waitFor(() => expect(decided(double)).toHaveLength(2));
    const at = { column: 'note', text: 4, start: 0, end: 12 };
    expect(decided(double)).toEqual([
      { do: 'reject', ...at, alike: false },
      { do: 'accept', ...at, alike: true },
    ]);
    await waitFor(() =>
      key('u').then(() => screen.getByText(w.read.undone('2', 2), { exact: false })),
    );
  });

  it('needs no key: everything has a button, and keys can be switched off', async () => {
    const double = await open(READ, answers);
    await screen.findByText(w.read.place('1', '2'));
    await fireEvent.click(screen.getByLabelText(w.read.keysOn));
    await key('r');
    expect(decided(double)).toEqual([]);
    await fireEvent.click(screen.getByRole('button', { name: w.types.AGE }));
    await screen.findByText(w.read.place('2', '2'));
    await fireEvent.click(screen.getByRole('button', { name: w.read.reject }));
    await waitFor(() => expect(decided(double)).toHaveLength(1));
    expect(decided(double)[0]).toMatchObject({ do: 'reject', start: 14, end: 16 });
    const saved = double.asked.find(([name]) => name === 'draft.save');
    expect(saved?.[1]).toMatchObject({ step: 'reading', answers: '{"keys":false}' });
  });

  it('says that nothing further fits, and keeps what is shown', async () => {
    await open(READ, answers);
    await screen.findByText(w.read.place('1', '2'));
    await key('n');
    await key('n');
    await screen.findByText(w.read.lastOne, { exact: false });
    screen.getByText(w.read.place('2', '2'), { exact: false });
  });

  it('puts no letter of it into the title', async () => {
    await open(READ, answers);
    await screen.findByText(w.read.place('1', '2'));
    expect(document.title).not.toMatch(/Anna|Ashdown|47/);
  });
});

describe('the pieces of a text', () => {
  it('hold every letter once, and findings that overlap are cut', () => {
    const spans = [span(0, 12), span(5, 16), span(6, 8)];
    const pieces = piecesOf(NOTE, spans);
    expect(pieces.map(({ letters }) => letters).join('')).toBe(NOTE);
    expect(pieces.map(({ span: place }) => place)).toEqual([0, 1, null]);
  });

  it('are visited by type and by how sure they are', () => {
    expect(placesToVisit(TEXT.spans, '', 'found')).toEqual([0, 1]);
    expect(placesToVisit(TEXT.spans, 'AGE', 'found')).toEqual([1]);
    expect(placesToVisit(TEXT.spans, '', 'unsure')).toEqual([1]);
    expect(SURE_FROM).toBe(CONTRACT_SURE);
  });

  it('are selected without the blanks around, whatever ends a line', () => {
    const content = 'one\r\ntwo three\nfour';
    const field = content.replaceAll('\r\n', '\n');
    for (const word of ['one', 'two', 'three', 'four']) {
      const at = field.indexOf(word);
      const found = selectionIn(content, at - 1, at + word.length + 1);
      expect(content.slice(found?.start, found?.end)).toBe(word);
    }
    expect(placeInText(content, 4)).toBe(5);
    expect(selectionIn(content, 3, 4)).toBeNull();
  });
});

describe('the names of types', () => {
  it('are there for each, and no two alike', () => {
    for (const language of ['en', 'zh-CN'] as const) {
      const { types } = words(language).texts;
      expect(new Set(ENTITY_TYPES.map((type) => types[type])).size).toBe(ENTITY_TYPES.length);
    }
  });
});

describe('free text on its way out', () => {
  const column = { examples: [], entities: [], confidence: 1, evidence: [] };
  const columns = columnsOf(
    [
      { ...column, name: 'age', type: 'integer', role: 'quasi-identifier' },
      { ...column, name: 'note', type: 'text', role: 'direct-identifier' },
    ] as unknown as Parameters<typeof columnsOf>[0],
    {},
  );
  const answers = { ...noAnswers(), purpose: 'inside' as const, texts: { note: 'tag' as const } };

  it('is asked about, and left out unless it was looked through', () => {
    expect(questionsOf(columns).map(({ ask }) => ask)).toContain('texts');
    expect(leftOut(answers, false, columns)).toHaveLength(1);
    const left = requestOf(answers, columns, [], { searched: false, language: 'en' });
    expect(left).toMatchObject({ remove: ['note'] });
    expect(left?.redact).toBeUndefined();
    const out = requestOf(answers, columns, [], { searched: true, language: 'zh-CN' });
    expect(out).toMatchObject({
      remove: [],
      plan: { insensitive: ['note'] },
      redact: { columns: { note: 'tag' }, language: 'zh-CN' },
    });
  });
});
