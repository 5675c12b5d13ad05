import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { contract } from '../../../main/contract/index.ts';
import { columnTypes } from '../../../main/contract/import.ts';
import { DATE_FORMS, repair as repairSchema, type Repair } from '../../../main/contract/repair.ts';
import { words } from '../../../main/words/index.ts';
import App from '../../../renderer/App.svelte';
import { Session } from '../../../renderer/session.svelte.ts';
import {
  dateFormsFor,
  kindsOf,
  noOwnRepair,
  repairOf,
  type OwnRepairAnswers,
  type Type,
} from '../../../renderer/steps/import/own/answers.ts';
import { problemsOf } from '../../../renderer/steps/import/own/check.ts';
import { COLUMN_REPAIRS } from '../../../main/contract/column-repairs.ts';
import { clientDouble, type ClientDouble } from './client-double.ts';
import { choose } from './choose.ts';

afterEach(cleanup);

const { repairs, screens } = words('en');
const w = repairs.own;
const STUDY = { id: 's', name: 'Follow-up', created: '2026-11-23T10:00:00Z' };
const column = (name: string, type: Type, more: object = {}) => ({
  ...{ name, type, missing: 2, distinct: 3, min: null, max: null, examples: [] },
  ...more,
});
const PROFILE = {
  rows: 40,
  columns: [column('sex', 'category'), column('age', 'integer', { min: 1, max: 999 })],
  encoding: 'utf-8',
  delimiter: ',',
  problems: [],
};

async function open(
  answers: Parameters<typeof clientDouble>[0] = {},
): Promise<ClientDouble & { session: Session }> {
  let kept: unknown = null;
  const double = clientDouble({
    'vault.status': () => ({ exists: true, unlocked: true, person: null }),
    'study.list': () => ({ studies: [STUDY] }),
    'study.removed': () => ({ studies: [] }),
    'import.profile': () => PROFILE,
    'import.tryRepairs': () => ({
      ...{ rows: { before: 40, after: 40 }, columns: { before: 2, after: 2 } },
      effects: [{ kind: 'merge', column: 'sex', rows: 5, missing: 0, later: false, examples: [] }],
    }),
    'draft.load': () => kept,
    'draft.save': (input) => {
      const { answers } = contract.draft.save.input.parse(input);
      kept = { answers, saved: STUDY.created };
      return { saved: STUDY.created };
    },
    ...answers,
  });
  const session = new Session(double.client, double.listen);
  render(App, { session });
  await heading(screens.studies.title);
  session.go({ at: 'own-repair', study: STUDY, name: 'w.csv', artefact: 'a', page: 'what' });
  await heading(w.whatTitle);
  // While it reads, the heading stands there already.
  await screen.findByLabelText(w.ofRecords);
  return { ...double, session };
}
const heading = (name: string): Promise<HTMLElement> =>
  screen.findByRole('heading', { level: 1, name });
const press = async (name: string): Promise<unknown> =>
  fireEvent.click(await screen.findByRole('button', { name }));
const onward = (): Promise<unknown> => press(screens.app.continue);
const alert = async (): Promise<string> => (await screen.findByRole('alert')).textContent;
const tried = ({ asked }: ClientDouble): unknown =>
  asked
    .filter(([name]) => name === 'import.tryRepairs')
    .map(([, input]) => contract.import.tryRepairs.input.parse(input).repairs)
    .at(-1);

describe('a repair of one’s own', () => {
  it('is asked for page by page, each with its own problem, and shown before it is made', async () => {
    const double = await open({
      'import.cells': () => ({ cells: [{ text: '男性 ', rows: 5 }], more: 2 }),
    });
    await onward();
    expect(await alert()).toContain(w.whatMissing);
    await fireEvent.click(screen.getByLabelText(w.ofColumn));
    await onward();
    expect(await alert()).toContain(w.columnMissing);
    await choose(screen.getByLabelText<HTMLSelectElement>(w.column), 'sex');
    await onward();
    await heading(w.kindTitle('sex'));
    expect(screen.queryByLabelText(w.kinds.clip)).toBeNull();
    await onward();
    expect(await alert()).toContain(w.kindMissing);
    await fireEvent.click(screen.getByLabelText(w.kinds.merge));
    await onward();
    await heading(w.mergeTitle('sex'));
    await fireEvent.click(await screen.findByLabelText(w.mergeCell('“男性 ”', '5', 5)));
    await onward();
    expect(await alert()).toContain(w.mergeIntoMissing);
    await fireEvent.input(screen.getByLabelText(w.mergeInto), { target: { value: ' 男 ' } });
    await onward();
    await heading(repairs.tryTitle(true));
    expect(tried(double)).toEqual([
      { kind: 'merge', column: 'sex', groups: [{ into: '男', from: ['男性 '] }] },
    ]);
    await press(screens.app.back);
    await heading(w.mergeTitle('sex'));
  });

  it('leads back to its settings where the records do not bear it', async () => {
    await open({ 'import.tryRepairs': () => Promise.reject(new Error('unfit')) });
    await fireEvent.click(screen.getByLabelText(w.ofRecords));
    await onward();
    await heading(repairs.tryTitle(true));
    await press(w.change);
    await heading(w.whatTitle);
  });

  it('keeps the focus where the person is when answers are saved after a problem', async () => {
    await open();
    await onward();
    await alert();
    const first = screen.getByLabelText(w.ofColumn);
    await fireEvent.click(first);
    first.focus();
    await fireEvent.focusOut(first);
    await screen.findByText(/Saved/);
    expect(document.activeElement).toBe(first);
  });

  it('of other records is not taken over', async () => {
    const kept = { ...noOwnRepair('b'), scope: 'records' };
    await open({
      'draft.load': () => ({ answers: JSON.stringify(kept), saved: STUDY.created }),
    });
    await onward();
    expect(await alert()).toContain(w.whatMissing);
  });
});

/** Answers that fill every page. */
const whole = (kind: OwnRepairAnswers['kind'], type: Type): OwnRepairAnswers => ({
  ...noOwnRepair('a'),
  ...{ scope: 'column', column: 'c', kind, marks: '1\n\n1\n 999 ', from: ['1'], into: '2' },
  ...{ decimal: 'comma', unit: 'kg', dateForm: 'excel-1900', others: 'missing' },
  lower: type === 'date' ? '2024-01-02' : '２',
  ...{ fill: 'mode' },
});

describe('the answers about a repair', () => {
  it.each(columnTypes)('of a column of %s can all become what the contract takes', (type) => {
    for (const kind of COLUMN_REPAIRS[type]) {
      const answers = whole(kind, type);
      expect(problemsOf('settings', answers, { type, missing: 1 }), kind).toEqual([]);
      expect(repairSchema.parse(repairOf(answers, type)).kind).toBe(kind);
    }
  });

  it('offer nothing about empty cells where there are none', () => {
    expect(kindsOf({ type: 'integer', missing: 0 })).toEqual(
      kindsOf({ type: 'integer', missing: 1 }).filter((kind) => !/fill|drop-rows/.test(kind)),
    );
    const answers = whole('fill', 'integer');
    const problems = problemsOf('kind', answers, { type: 'integer', missing: 0 });
    expect(problems.map(({ field }) => field)).toEqual(['kind']);
  });

  it('are settings as the contract takes them', () => {
    const made = (kind: OwnRepairAnswers['kind'], more: Partial<OwnRepairAnswers>): Repair | null =>
      repairOf({ ...whole(kind, 'category'), ...more }, 'category');
    expect(made('mark-missing', {})).toMatchObject({ marks: ['1', '999'] });
    expect(made('merge', { from: ['1', '2'], fromOther: '3\n1' })).toMatchObject({
      groups: [{ into: '2', from: ['1', '3'] }],
    });
    expect(made('parse-number', { unit: ' ' })).toMatchObject({ form: { unit: null } });
    expect(made('fill', { fill: 'constant', constant: ' 0 ' })).toMatchObject({
      with: { constant: '0' },
    });
    const date = { ...whole('clip', 'date'), lower: '', upper: '２024-01-02' };
    expect(repairOf(date, 'date')).toMatchObject({ lower: null, upper: '2024-01-02' });
    expect(dateFormsFor('integer', DATE_FORMS)).toEqual(['excel-1900', 'excel-1904']);
    expect(dateFormsFor('text', DATE_FORMS)).toEqual(DATE_FORMS);
  });

  it.each([
    ['mark-missing', 'category', { marks: ' \n' }, ['marks']],
    ['merge', 'category', { from: [], into: '' }, ['from', 'into']],
    ['merge', 'category', { from: ['2'] }, ['from']],
    ['parse-number', 'category', { decimal: null, others: null }, ['decimal', 'others']],
    ['parse-number', 'category', { thousands: 'comma', unit: '1 kg' }, ['thousands', 'unit']],
    ['parse-date', 'category', { dateForm: null }, ['dateForm']],
    ['clip', 'integer', { lower: '', upper: '' }, ['lower']],
    ['clip', 'integer', { lower: '1,5', upper: 'x' }, ['lower', 'upper']],
    ['clip', 'integer', { lower: '5', upper: '1' }, ['upper']],
    ['clip', 'date', { lower: '2024-02-30' }, ['lower']],
    ['fill', 'integer', { fill: 'constant', constant: ' ' }, ['constant']],
    ['fill', 'category', { fill: 'median' }, ['fill']],
  ] as const)('of %s (%s) are refused at their field: %o', (kind, type, wrong, fields) => {
    const answers = { ...whole(kind, type), ...(wrong as Partial<OwnRepairAnswers>) };
    expect(problemsOf('settings', answers, { type, missing: 1 }).map(({ field }) => field)).toEqual(
      fields,
    );
    for (const language of ['en', 'zh-CN'] as const) {
      for (const { say } of problemsOf('settings', answers, { type, missing: 1 })) {
        expect(say(words(language))).not.toBe('');
      }
    }
  });
});
