import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { EncoderView } from '../../../main/contract/encoders.ts';
import type { Attended } from '../../../main/contract/model-text.ts';
import type { TrainAnswers } from '../../../main/contract/train-draft.ts';
import { words } from '../../../main/words/index.ts';
import Encoders from '../../../renderer/encoders/Encoders.svelte';
import { Session } from '../../../renderer/session.svelte.ts';
import Attend from '../../../renderer/steps/train/attend/Attend.svelte';
import { movesOf, quoted } from '../../../renderer/steps/train/attend/parts.ts';
import { offeredTexts, pagesOf, planOf } from '../../../renderer/steps/train/answers.ts';
import { problemsOf } from '../../../renderer/steps/train/check.ts';
import {
  fits,
  knows,
  languageOf,
  proposedFor,
  tokensFor,
  type TextFacts,
} from '../../../renderer/steps/train/text-kinds.ts';
import Train from '../../../renderer/steps/train/Train.svelte';
import { clientDouble, type ClientDouble } from './client-double.ts';
import { column, COLUMNS, estimate, full, RECORDS, STUDY, WHOLE } from './train-fixture.ts';

afterEach(cleanup);

const { train: t, modelText: w, encoders: e, screens } = words('en');

const encoder = (change: Partial<EncoderView> = {}): EncoderView => ({
  id: 'use-lite-en',
  name: 'Sentence encoder',
  languages: ['en'],
  dimensions: 512,
  bytes: 27_000_000,
  licence: 'Apache-2.0',
  provenance: 'the package',
  bundled: true,
  state: 'ready',
  checked: null,
  ...change,
});
const CHINESE = encoder({ id: 'zh', name: '中文', languages: ['zh-Hans'], bundled: false });
const TEXTS = [
  ...COLUMNS,
  column('note', { type: 'text', role: 'sensitive' }),
  column('name', { type: 'text', role: 'direct-identifier' }),
];
const facts = (language: TextFacts['languages'][number]['language']): TextFacts => ({
  languages: [{ column: 'note', language }],
  encoders: [encoder(), CHINESE],
});
const text = (change: Partial<TrainAnswers> = {}): TrainAnswers =>
  full({ texts: ['note'], features: [], kind: 'encoder-head', ...change });

describe('the plan of a model of text', () => {
  it('reads text alone or beside columns, and no text that names people', () => {
    expect(offeredTexts(TEXTS, WHOLE).map(({ name }) => name)).toEqual(['note']);
    const alone = planOf(text(), WHOLE, TEXTS);
    expect(alone).toMatchObject({
      text: ['note'],
      model: { kind: 'encoder-head', encoder: 'use-lite-en' },
    });
    expect(alone).not.toHaveProperty('features');
    expect(planOf(text({ features: ['age'] }), WHOLE, TEXTS).features).toEqual(['age']);
    expect(planOf(full({ texts: ['name'] }), WHOLE, TEXTS)).not.toHaveProperty('text');
    expect(problemsOf('columns', text(), WHOLE, TEXTS)).toEqual([]);
    expect(problemsOf('columns', text({ texts: [] }), WHOLE, TEXTS)).toHaveLength(1);
  });

  it('asks for words only where they cost something, and for no facts of columns it has not', () => {
    expect(pagesOf(text(), false)).not.toContain('facts');
    expect(pagesOf(text({ features: ['age'] }), false)).toContain('facts');
    expect(pagesOf(text(), false)).not.toContain('words');
    expect(pagesOf(text({ kind: 'bag' }), false)).toContain('words');
    expect(pagesOf(text({ kind: 'bag', privacy: 'plain' }), false)).not.toContain('words');
    const model = (change: Partial<TrainAnswers>): unknown =>
      planOf(text({ kind: 'recurrent', ...change }), WHOLE, TEXTS).model;
    expect(model({})).toEqual({ kind: 'recurrent', vocabulary: 'public' });
    expect(model({ vocabulary: 'bought' })).toEqual({ kind: 'recurrent', vocabulary: 'bought' });
    expect(model({ privacy: 'plain' })).toEqual({ kind: 'recurrent' });
    expect(model({ privacy: 'plain', tokens: 'words' })).toMatchObject({ tokens: 'words' });
    expect(model({ kind: 'encoder-head', tune: 'biases' })).toMatchObject({ tune: 'biases' });
  });
});

describe('the proposal of a kind', () => {
  it.each([
    ['en', 'encoder-head', 'use-lite-en'],
    ['zh', 'encoder-head', 'zh'],
    ['mixed', 'bag', ''],
    ['other', 'bag', ''],
  ] as const)('for texts in %s is %s %s', (language, kind, id) => {
    expect(proposedFor(['note'], facts(language))).toEqual({ kind, encoder: id });
  });

  it('is a bag for Chinese where no encoder knows it, or the one that does cannot be used', () => {
    for (const encoders of [[encoder()], [encoder(), { ...CHINESE, state: 'altered' as const }]]) {
      const found = { ...facts('zh'), encoders };
      expect(proposedFor(['note'], found).kind).toBe('bag');
      expect(fits({ kind: 'encoder-head', encoder: 'zh' }, ['note'], found)).toBe(false);
      expect(fits({ kind: 'recurrent', encoder: '' }, ['note'], found)).toBe(true);
    }
    expect(tokensFor(['note'], facts('zh'))).toBe('characters');
    expect(tokensFor(['note'], facts('other'))).toBe('mixed');
    const reader = { kind: 'encoder-head' as const, encoder: 'use-lite-en' };
    expect(fits(reader, ['note'], facts('other'))).toBe(true);
    expect(fits(reader, ['note'], facts('mixed'))).toBe(false);
    expect(fits({ kind: 'logistic', encoder: '' }, ['note'], facts('en'))).toBe(false);
  });

  it('takes an encoder of several languages for all of them', () => {
    const any = encoder({ languages: [] });
    for (const language of ['en', 'zh', 'mixed', 'other', 'none'] as const) {
      expect(knows(any, language)).toBe(true);
    }
    const two: TextFacts['languages'] = [
      { column: 'note', language: 'en' },
      { column: 'ask', language: 'zh' },
      { column: 'blank', language: 'none' },
    ];
    const found = { languages: two, encoders: [] };
    expect(languageOf(['note', 'ask', 'blank'], found)).toBe('mixed');
    expect(languageOf(['note', 'blank'], found)).toBe('en');
  });
});

function open(
  page: 'columns' | 'kind' | 'words' | 'check',
  answers: TrainAnswers,
  found: TextFacts,
): ClientDouble {
  const double = clientDouble({
    'study.artefacts': () => ({ artefacts: [RECORDS] }),
    'draft.load': () => ({ answers: JSON.stringify(answers), saved: STUDY.created }),
    'import.arrangement': () => ({ arrangement: WHOLE, sizes: null, columns: TEXTS }),
    'train.estimate': () => ({ privacy: estimate() }),
    'train.languages': () => ({ texts: found.languages }),
    'encoders.list': () => ({ encoders: found.encoders }),
    'train.start': () => ({ job: 'j' }),
  });
  const session = new Session(double.client, double.listen);
  render(Train, { session, place: { at: 'train', study: STUDY, page } });
  return double;
}
const heading = (name: string): Promise<HTMLElement> =>
  screen.findByRole('heading', { level: 1, name });
const press = (name: string): Promise<unknown> =>
  fireEvent.click(screen.getByRole('button', { name }));

describe('the pages before a training on text', () => {
  it('offer text beside the columns and can leave those out at once', async () => {
    open('columns', text({ features: ['age'] }), facts('en'));
    await heading(t.columnsTitle);
    expect(screen.getByText(w.columnSensitive(w.languages.en))).toBeTruthy();
    expect(screen.queryByRole('checkbox', { name: 'name' })).toBeNull();
    await press(w.alone);
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'age' }).checked).toBe(false);
    await press(screens.app.continue);
    await heading(t.privacyTitle);
  });

  it('propose what knows the language, and say why another does not fit', async () => {
    const { asked } = open('kind', text({ kind: 'logistic' }), facts('zh'));
    await heading(t.kindTitle);
    const proposed = w.recommended(w.readerNamed('中文', 'Simplified Chinese', true));
    expect(screen.getByRole<HTMLInputElement>('radio', { name: proposed }).checked).toBe(true);
    expect(screen.getByText(w.refusedLanguage('Sentence encoder', 'English'))).toBeTruthy();
    expect(screen.queryByRole('radio', { name: w.reader('English', true) })).toBeNull();
    await fireEvent.click(screen.getByRole('radio', { name: w.bag }));
    await press(screens.app.continue);
    await heading(w.wordsTitle);
    await waitFor(() => {
      const saved = asked.findLast(([name]) => name === 'draft.save')?.[1] as { answers: string };
      expect(JSON.parse(saved.answers)).toMatchObject({ kind: 'bag' });
    });
  });

  it('offer all kinds beside columns, but a reader that is trained as well', async () => {
    open('kind', text({ kind: 'recurrent', features: ['age'] }), facts('mixed'));
    await heading(t.kindTitle);
    const chosen = await screen.findByRole<HTMLInputElement>('radio', { name: w.recurrent });
    expect(chosen.checked).toBe(true);
    await press(screens.app.continue);
    await heading(w.wordsTitle);
    cleanup();
    open('kind', text({ tune: 'low-rank', features: ['age'] }), facts('en'));
    await heading(t.kindTitle);
    await press(screens.app.continue);
    await screen.findByText(w.kindMissing);
  });

  it('sum up what is read and by what before anything is paid', async () => {
    const { asked } = open('check', text({ tune: 'low-rank' }), facts('en'));
    await heading(t.checkTitle);
    await screen.findByText(`note – ${w.languages.en}`);
    expect(screen.getByText(w.checkNoColumns)).toBeTruthy();
    expect(screen.getByText(w.checkEncoder('Sentence encoder', 'Apache-2.0'))).toBeTruthy();
    expect(screen.getByText(w.checkTune(w.tunes['low-rank']))).toBeTruthy();
    await waitFor(() => expect(screen.queryByText(t.counting)).toBeNull());
    await press(t.start);
    await waitFor(() => {
      expect(asked.findLast(([name]) => name === 'train.start')?.[1]).toMatchObject({
        plan: { text: ['note'], model: { tune: 'low-rank' } },
      });
    });
  });
});

const FOUND: Attended = {
  answer: { value: 'yes', score: 0.83 },
  spans: [
    { column: 'note', text: 'Sharp ', change: 0.004 },
    { column: 'note', text: 'chest pain ', change: 0.22 },
    { column: 'note', text: 'at rest', change: -0.05 },
  ],
  shortened: false,
};

describe('what a model attends to', () => {
  const reads = {
    columns: ['note'],
    encoder: { id: 'use-lite-en', name: 'E', licence: 'L', tune: 'head' as const },
    vocabulary: null,
  };
  function openAttend(found: Attended): ClientDouble {
    const double = clientDouble({
      'train.text': () => ({ text: reads, tested: 12 }),
      'train.attend': () => found,
    });
    const session = new Session(double.client, double.listen);
    render(Attend, { session, place: { at: 'attend', study: STUDY, artefact: 'm' } });
    return double;
  }

  it('is told in words first, then beside the text with figures, then as a table', async () => {
    const { asked } = openAttend(FOUND);
    await heading(w.attendTitle);
    await fireEvent.click(await screen.findByRole('button', { name: w.attendButton }));
    await screen.findAllByText(w.attendEmpty);
    const field = screen.getByLabelText(w.attendField('note'));
    await fireEvent.input(field, { target: { value: 'Sharp chest pain at rest' } });
    await press(w.attendButton);
    await screen.findByText(w.attendScore('yes', '83%'));
    expect(screen.getByText(w.attendFor('chest pain', '83%', '61%'))).toBeTruthy();
    expect(screen.getByText(w.attendAgainst('at rest', '83%', '88%'))).toBeTruthy();
    const marks = [...document.querySelectorAll('mark')].map(({ textContent }) => textContent);
    expect(marks).toEqual(['chest pain+22', 'at rest−5']);
    const rows = screen
      .getAllByRole('row')
      .slice(1)
      .map(({ textContent }) => textContent);
    expect(rows.map((row) => row?.replaceAll(/\s+/g, ' ').trim())).toEqual([
      'chest pain+22',
      'at rest−5',
      'Sharp+0.4',
    ]);
    expect(asked.findLast(([name]) => name === 'train.attend')?.[1]).toMatchObject({
      given: { texts: [{ column: 'note', text: 'Sharp chest pain at rest' }] },
    });
  });

  it('takes a record of the test by its number, and only one that there is', async () => {
    const { asked } = openAttend({ answer: null, spans: [], shortened: false });
    await heading(w.attendTitle);
    await fireEvent.click(await screen.findByRole('radio', { name: w.attendTested }));
    const field = screen.getByLabelText(w.attendNumber('12'));
    await fireEvent.input(field, { target: { value: '13' } });
    await press(w.attendButton);
    await screen.findAllByText(w.attendNumberWrong('12'));
    await fireEvent.input(field, { target: { value: '１２' } });
    await press(w.attendButton);
    await screen.findByText(w.attendNone);
    expect(asked.findLast(([name]) => name === 'train.attend')?.[1]).toMatchObject({
      given: { tested: 12 },
    });
  });

  it('leaves out what hardly moves the answer, and cuts what would fill a sentence', () => {
    expect(movesOf(FOUND).map(({ place }) => place)).toEqual([1, 2]);
    const small = { ...FOUND, spans: FOUND.spans.slice(0, 1) };
    expect(movesOf(small)).toEqual([]);
    const number = { ...small, answer: { value: null, score: 3 } };
    expect(movesOf(number)).toHaveLength(1);
    expect(quoted(`  a\n ${'字'.repeat(200)}`)).toMatch(/^a 字{78}…$/);
    expect([quoted('“pain.” '), quoted('?! ')]).toEqual(['pain', '?!']);
  });
});

describe('the page of encoders', () => {
  function openEncoders(role: string, more: Parameters<typeof clientDouble>[0] = {}): ClientDouble {
    const double = clientDouble({
      'vault.status': () => ({
        exists: true,
        unlocked: true,
        person: { id: 'p', name: 'A', role },
      }),
      'encoders.list': () => ({ encoders: [encoder(), CHINESE] }),
      ...more,
    });
    const session = new Session(double.client, double.listen);
    render(Encoders, { session });
    return double;
  }

  it('lets a steward import, check and remove, and says of a check what it found', async () => {
    const { asked } = openEncoders('steward', {
      'encoders.check': ({ encoder: id }: { encoder: string }) => ({
        encoder: id === 'zh' ? { ...CHINESE, state: 'altered' } : encoder(),
      }),
      'app.chooseFile': () => ({ ticket: 't', name: 'folder', bytes: 0 }),
      'encoders.import': () => ({ encoder: CHINESE }),
      'encoders.remove': () => ({}),
    } as Parameters<typeof clientDouble>[0]);
    await heading(e.title);
    await fireEvent.click(
      await screen.findByRole('button', { name: e.checkLabel('Sentence encoder') }),
    );
    await screen.findByText(e.good('Sentence encoder'));
    expect(screen.queryByRole('button', { name: e.removeLabel('Sentence encoder') })).toBeNull();
    await press(e.checkLabel('中文'));
    expect((await screen.findByRole('alert')).textContent).toContain(e.bad.altered('中文'));
    await waitFor(() => expect(screen.queryByText(e.checking('中文'))).toBeNull());
    await press(e.import);
    await screen.findByText(e.imported('中文'));
    expect(asked.find(([name]) => name === 'app.chooseFile')?.[1]).toEqual({
      purpose: 'encoder',
      what: 'folder',
    });
  });

  it('shows others what there is, and what they may not do', async () => {
    openEncoders('analyst');
    await screen.findByText('Sentence encoder');
    await screen.findByText(e.stewardOnly);
    expect(screen.queryByRole('button', { name: e.import })).toBeNull();
  });
});
