import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { anonymisePlan } from '../../../main/contract/anonymise.ts';
import { contract } from '../../../main/contract/index.ts';
import { words } from '../../../main/words/index.ts';
import App from '../../../renderer/App.svelte';
import type { Place } from '../../../renderer/place.ts';
import { Session } from '../../../renderer/session.svelte.ts';
import {
  columnsOf,
  noAnswers,
  questionsOf,
  requestOf,
} from '../../../renderer/steps/anonymise/answers.ts';
import { lossOf, riskOf } from '../../../renderer/steps/anonymise/result-words.ts';
import type { ProposedColumn } from '../../../renderer/steps/identify/evidence.ts';
import { choose } from './choose.ts';
import { clientDouble, type ClientDouble } from './client-double.ts';
import { EXPLAINED } from './explained.ts';

afterEach(cleanup);

const english = words('en');
const { protect: w, screens } = english;
const OPEN = { exists: true, unlocked: true, person: null };
const PROGRESS = { done: 3, steps: 5, attention: true };
const STUDY = { id: 's', name: 'Follow-up', created: '2026-11-23T10:00:00Z' };
const RECORDS = {
  id: 'a',
  kind: 'source-records',
  name: 'visits.csv',
  hash: '',
  bytes: 1,
  parents: [],
  madeBy: 'p',
  created: STUDY.created,
};

function column(name: string, more: Partial<ProposedColumn> = {}): ProposedColumn {
  return {
    name,
    role: 'other',
    entities: [],
    confidence: 0.5,
    evidence: [],
    distinct: 0.1,
    type: 'category',
    examples: [],
    ...more,
  };
}

const COLUMNS = [
  column('phone', {
    role: 'direct-identifier',
    confidence: 0.93,
    entities: [{ type: 'PHONE', share: 0.98, confidence: 0.95 }],
    evidence: ['pattern'],
  }),
  column('age', {
    role: 'quasi-identifier',
    confidence: 0.9,
    entities: [{ type: 'AGE', share: 1, confidence: 0.9 }],
    evidence: ['name'],
    type: 'integer',
  }),
  column('diagnosis', { role: 'sensitive', confidence: 0.9, evidence: ['name'] }),
  column('note', { role: 'sensitive', type: 'text', evidence: ['text'] }),
  column('clinic'),
];
const SETS = [
  { columns: ['age'], unique: 0.001, below5: 0.02 },
  { columns: ['age', 'clinic'], unique: 0.12, below5: 0.3 },
  { columns: ['age', 'clinic', 'postcode'], unique: 0.31, below5: 0.6 },
];
const DECIDED = Object.fromEntries(COLUMNS.map(({ name, role }) => [name, role]));
const NONE = { values: 0, rows: 0 };
const ONE = (label: string) => ({ labels: [{ label, rows: 7 }], count: 1 });
const AGES = {
  recipe: { kind: 'ages' as const, widths: [5], origin: 0, bottom: null, top: 90 },
  text: '41;40-44;*\n',
  levels: [ONE('41'), ONE('40-44'), ONE('*')],
  fit: null,
  unplaced: NONE,
};
const HIDE = {
  recipe: { kind: 'hide' as const },
  text: '41;*\n',
  levels: [ONE('41'), ONE('*')],
  fit: null,
  unplaced: NONE,
};
const SUGGESTED = [{ name: 'age', choices: [AGES, HIDE], refused: [] }];

type Given = Parameters<typeof clientDouble>[0];

async function open(place: Place, answers: Given = {}): Promise<ClientDouble> {
  const double = clientDouble({
    'vault.status': () => OPEN,
    'study.list': () => ({ studies: [{ ...STUDY, progress: PROGRESS }] }),
    'study.removed': () => ({ studies: [] }),
    'study.overview': () => ({ study: STUDY, sample: false, steps: [] }),
    'study.artefacts': () => ({ artefacts: [RECORDS] }),
    'identify.propose': () => ({ columns: COLUMNS, uniqueness: SETS, decided: DECIDED }),
    'anonymise.suggest': () => ({ columns: SUGGESTED }),
    'identify.texts': () => ({ findings: null }),
    'draft.load': () => null,
    'draft.save': () => ({ saved: STUDY.created }),
    ...answers,
  });
  const session = new Session(double.client, double.listen);
  render(App, { session });
  await heading(screens.studies.title);
  session.go(place);
  return double;
}
const heading = (name: string): Promise<HTMLElement> =>
  screen.findByRole('heading', { level: 1, name });
const press = async (name: string): Promise<unknown> =>
  fireEvent.click(await screen.findByRole('button', { name }));
const onward = (): Promise<unknown> => press(screens.app.continue);
const questions: Place = { at: 'protect', study: STUDY, page: { show: 'questions' } };

describe('the roles of columns', () => {
  it('are shown with the reason in words, can be changed, and are saved for every column', async () => {
    const { asked } = await open(
      { at: 'identify', study: STUDY },
      {
        'identify.propose': () => ({ columns: COLUMNS, uniqueness: SETS, decided: null }),
        'identify.save': () => ({ artefact: 'f' }),
      },
    );
    await screen.findByText(w.identify.byPattern(w.identify.entities.PHONE, '98%'));
    const clinic = screen.getByLabelText<HTMLSelectElement>(w.identify.roleOf('clinic'));
    expect(clinic.value).toBe('other');
    await choose(clinic, 'quasi-identifier');
    screen.getByText(w.identify.proposed(w.identify.roles.other));
    await press(w.identify.save);
    await heading(STUDY.name);
    const [, saved] = asked.find(([name]) => name === 'identify.save') ?? [];
    expect(contract.identify.save.input.parse(saved).roles).toEqual(
      COLUMNS.map(({ name, role }) => ({
        name,
        role: name === 'clinic' ? 'quasi-identifier' : role,
      })),
    );
  });

  it('warn where a column that names people would stay as it is', async () => {
    await open({ at: 'identify', study: STUDY });
    const phone = await screen.findByLabelText<HTMLSelectElement>(w.identify.roleOf('phone'));
    const summary = w.identify.staySummary('phone', 1);
    expect(screen.queryByText(summary)).toBeNull();
    await choose(phone, 'other');
    screen.getByText(summary);
    const hint = screen.getByText(w.identify.stays);
    expect(phone.getAttribute('aria-describedby')).toBe(hint.id);
    await choose(phone, 'quasi-identifier');
    expect(screen.queryByText(summary)).toBeNull();
  });

  it('are followed by what the columns single out together', async () => {
    await open({ at: 'identify', study: STUDY });
    await screen.findByRole('heading', { level: 2, name: w.identify.together });
    screen.getByText('age, clinic, and postcode together single out 31 of 100 records.');
    screen.getByText('age and clinic together single out 12 of 100 records.');
    // One of a thousand is not worth a sentence of its own.
    expect(screen.queryByText(/^age alone/)).toBeNull();
  });
});

describe('protecting records', () => {
  it('asks one thing per page, and applies the hierarchy whose levels it showed', async () => {
    const { asked } = await open(questions, { 'anonymise.start': () => ({ job: 'j' }) });
    await heading(w.purpose.title);
    await onward();
    expect((await screen.findByRole('alert')).textContent).toContain(w.purpose.missing);
    await fireEvent.click(screen.getByLabelText(w.purpose.names.partner));
    await onward();

    await heading(english.texts.release.title);
    screen.getByText(english.texts.release.unsearched);
    await onward();

    await heading(w.removed.title);
    screen.getByRole('rowheader', { name: 'phone' });
    screen.getByText(w.removed.freeText);
    await onward();

    await heading(w.coarser.title('age'));
    screen.getByText('40-44 (7)');
    await onward();

    await heading(w.sensitive.title);
    const demand = screen.getByLabelText<HTMLSelectElement>(
      screens.parts.optional(w.sensitive.field('diagnosis')),
    );
    await choose(demand, '3');
    await onward();

    await heading(w.check.title);
    screen.getByText(w.sensitive.least('3'));
    await press(w.check.start);
    const [, input] = asked.find(([name]) => name === 'anonymise.start') ?? [];
    expect(contract.anonymise.start.input.parse(input)).toMatchObject({
      study: 's',
      artefact: 'a',
      hierarchies: { age: AGES.text },
      remove: ['phone', 'note'],
      plan: {
        models: [
          { type: 'k-anonymity', k: 10 },
          { type: 'distinct-l-diversity', attribute: 'diagnosis', l: 3 },
        ],
        suppressionLimit: 0.02,
        insensitive: ['clinic'],
      },
    });
  });

  it('opens at the answers that were left, and returns to the summary after a change', async () => {
    const answers = JSON.stringify({ purpose: 'inside', kinds: { age: 'hide' }, page: 5 });
    await open(questions, {
      'draft.load': () => ({ answers, saved: STUDY.created }),
    });
    await heading(w.check.title);
    screen.getByText(w.coarser.kinds.hide);
    await press(screens.parts.changeLabel(w.check.coarser('age')));
    await heading(w.coarser.title('age'));
    await fireEvent.click(screen.getByLabelText(w.coarser.kinds.ages));
    await onward();
    await heading(w.check.title);
    screen.getByText(w.coarser.kinds.ages);
  });

  it('sends to the roles where there are none, or none that can be made coarser', async () => {
    await open(questions, {
      'identify.propose': () => ({ columns: COLUMNS, uniqueness: SETS, decided: null }),
    });
    await heading(w.first.title);
    cleanup();
    await open(questions, {
      'identify.propose': () => ({
        columns: COLUMNS,
        uniqueness: SETS,
        decided: { ...DECIDED, age: 'other' },
      }),
    });
    await heading(w.nothing.title);
    await press(w.nothing.button);
    await heading(w.identify.title);
  });

  it('does not go past a column that cannot be made coarser', async () => {
    const answers = JSON.stringify({ purpose: 'inside', page: 3 });
    await open(questions, {
      'anonymise.suggest': () => ({ columns: [{ name: 'age', choices: [], refused: [] }] }),
      'draft.load': () => ({ answers, saved: STUDY.created }),
    });
    await heading(w.coarser.title('age'));
    await onward();
    expect((await screen.findByRole('alert')).textContent).toContain(w.coarser.impossible('age'));
  });

  it('takes the proposals for the columns ahead, but stops at one that has none', async () => {
    const more = ['sex', 'ward', 'town'].map((name) => column(name, { role: 'quasi-identifier' }));
    const roles = Object.fromEntries(more.map(({ name, role }) => [name, role]));
    const suggested = (lacking: string | null) => ({
      columns: ['age', 'sex', 'ward', 'town'].map((name) => ({
        ...{ name, refused: [], choices: name === lacking ? [] : [AGES, HIDE] },
      })),
    });
    const given = (lacking: string | null): Given => ({
      'identify.propose': () => ({
        ...{ columns: [...COLUMNS, ...more], uniqueness: SETS, decided: { ...DECIDED, ...roles } },
      }),
      'anonymise.suggest': () => suggested(lacking),
      'draft.load': () => ({
        ...{ answers: JSON.stringify({ purpose: 'inside', page: 3 }), saved: STUDY.created },
      }),
    });
    await open(questions, given('ward'));
    await heading(w.coarser.title('age'));
    await press(w.coarser.takeRest('3', 3));
    await heading(w.coarser.title('ward'));
    expect((await screen.findByRole('alert')).textContent).toContain(w.coarser.impossible('ward'));
    cleanup();
    await open(questions, given(null));
    await heading(w.coarser.title('age'));
    await press(w.coarser.takeRest('3', 3));
    await heading(w.sensitive.title);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('protects nothing while the steps are still those of the other language', async () => {
    const answers = JSON.stringify({ purpose: 'inside', page: 5 });
    let answer = (): void => {};
    const { asked } = await open(questions, {
      'app.setLanguage': () => ({}),
      'draft.load': () => ({ answers, saved: STUDY.created }),
      'anonymise.suggest': (input: unknown) =>
        (input as { language: string }).language === 'en'
          ? { columns: SUGGESTED }
          : new Promise((done) => (answer = () => done({ columns: SUGGESTED }))),
      'anonymise.start': () => ({ job: 'j' }),
    });
    await heading(w.check.title);
    await press('中文');
    const { start } = words('zh-CN').protect.check;
    await press(start);
    const starts = (): boolean => asked.some(([name]) => name === 'anonymise.start');
    expect(starts()).toBe(false);
    answer();
    await waitFor(() =>
      expect(screen.getByRole('button', { name: start }).getAttribute('aria-disabled')).toBe(
        'false',
      ),
    );
    await press(start);
    await waitFor(() => expect(starts()).toBe(true));
  });

  it('says so when the hierarchies are too much for one message', async () => {
    const answers = JSON.stringify({ purpose: 'inside', page: 5 });
    const text = '41;*\n'.repeat(200_000);
    const choices = [{ ...AGES, text }];
    const { asked } = await open(questions, {
      'anonymise.suggest': () => ({ columns: [{ name: 'age', choices, refused: [] }] }),
      'draft.load': () => ({ answers, saved: STUDY.created }),
    });
    await press(w.check.start);
    expect((await screen.findByRole('alert')).textContent).toContain(w.check.tooMany);
    expect(asked.some(([name]) => name === 'anonymise.start')).toBe(false);
  });

  it('asks about each column that is made less exact', () => {
    const columns = { removed: [], coarser: ['age', 'sex', 'id'], sensitive: [], unchanged: [] };
    const pages = questionsOf(columns).map((page) => ('column' in page ? page.column : page.ask));
    expect(pages).toEqual(['purpose', 'removed', 'age', 'sex', 'id', 'check']);
  });

  it('asks for nothing without a purpose', () => {
    const texts = { searched: false, language: 'en' } as const;
    const columns = columnsOf(COLUMNS, DECIDED);
    expect(requestOf(noAnswers(), columns, SUGGESTED, texts)).toBeNull();
    const purpose = { ...noAnswers(), purpose: 'publish' as const };
    const request = requestOf(purpose, columns, SUGGESTED, texts);
    expect(anonymisePlan.parse(request?.plan).models).toEqual([{ type: 'k-anonymity', k: 20 }]);
  });
});

const OUTCOME = {
  levels: { age: 2 },
  rows: 1000,
  suppressed: 1,
  quality: { measure: 'loss', value: 0.5 },
  classes: { count: 40, smallest: 5, largest: 90, average: 25 },
  risk: { prosecutor: { highest: 0.2, average: 0.04 } },
  before: { risk: { prosecutor: { highest: 1, average: 0.953 } } },
};
const NO_TEXT = { redacted: null };
const NO_LEVEL = { level: null, top: null };
const COMPARED = {
  columns: [
    { ...NO_TEXT, name: 'age', role: 'quasi-identifier', level: 1, top: 2, before: 78, after: 5 },
    { ...NO_TEXT, ...NO_LEVEL, name: 'phone', role: 'removed', before: 1000, after: 0 },
  ],
  rows: [
    { before: ['41', '0770'], after: ['40-44', null] },
    { before: ['97', '0771'], after: null },
  ],
  kept: 999,
  suppressed: 1,
};
const shown: Place = { at: 'protect', study: STUDY, page: { show: 'result', artefact: 'p' } };
const RESULT: Given = {
  'anonymise.result': () => OUTCOME,
  'anonymise.compare': () => COMPARED,
  'anonymise.explanation': () => ({ explanation: EXPLAINED }),
};

describe('the protected records', () => {
  it('stand beside the records before, with the risk and the loss in words', async () => {
    await open(shown, RESULT);
    await screen.findByText(w.result.before('95', 'age'));
    screen.getByText(w.result.after('5'));
    screen.getByText(w.result.suppressed('1', '1,000', 1));
    screen.getByText(w.result.coarser('78', '5', '1', '2'));
    screen.getByText(w.result.out);
    await waitFor(() => expect(screen.getAllByRole('table')).toHaveLength(4));
  });

  it('are saved at the chosen place; a cancelled dialog saves nothing', async () => {
    let place: { ticket: string; name: string } | null = null;
    const { asked } = await open(shown, {
      ...RESULT,
      'app.chooseSave': () => place,
      'anonymise.export': () => ({ name: 'out.csv', rows: 999 }),
    });
    await press(w.result.save);
    await waitFor(() => expect(asked.some(([name]) => name === 'app.chooseSave')).toBe(true));
    expect(asked.some(([name]) => name === 'anonymise.export')).toBe(false);
    place = { ticket: 't', name: 'out.csv' };
    await press(w.result.save);
    await screen.findByText(w.result.saved('out.csv', '999'));
    expect(asked).toContainEqual(['anonymise.export', { study: 's', artefact: 'p', ticket: 't' }]);
  });

  it('have words for no risk to speak of, no record left, and each loss', () => {
    const outcome = contract.anonymise.result.output.parse({
      levels: { age: 0 },
      rows: 9,
      suppressed: 9,
      quality: { measure: 'loss', value: null },
      classes: { count: 0, smallest: null, largest: null, average: null },
      risk: riskOfNone(),
      before: {
        classes: { count: 1, smallest: 500, largest: 500, average: 500 },
        risk: { ...riskOfNone(), prosecutor: { highest: 0.002, average: 0.002 } },
      },
      nodesChecked: 1,
      latticeNodes: 1,
      checked: true,
    });
    expect(riskOf(outcome, english, 'en')).toEqual([
      w.result.beforeFew('age'),
      w.result.empty,
      w.result.caution,
    ]);
    const same = {
      name: 'c',
      role: 'quasi-identifier',
      level: 0,
      top: 2,
      before: 8,
      after: 8,
    } as const;
    const loss = (more: object): string => lossOf({ ...NO_TEXT, ...same, ...more }, english, 'en');
    expect(loss({})).toBe(w.result.exact('8'));
    expect(loss({ level: 2 })).toBe(w.result.hidden);
    expect(loss({ role: 'sensitive' })).toBe(w.result.sensitive);
    expect(loss({ role: 'insensitive' })).toBe(w.result.insensitive);
    expect(loss({ role: 'removed' })).toBe(w.result.removed);
    const redacted = { mode: 'pseudonym', replaced: 1200 };
    expect(loss({ role: 'redacted', redacted })).toBe(
      english.texts.release.became.pseudonym('1,200'),
    );
  });
});

function riskOfNone() {
  const none = { highest: null, average: null };
  return { prosecutor: none, journalist: none, marketer: null };
}
