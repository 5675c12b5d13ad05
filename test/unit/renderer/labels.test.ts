import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { contract } from '../../../main/contract/index.ts';
import { labelPlan } from '../../../main/contract/label.ts';
import { words } from '../../../main/words/index.ts';
import { sayRule } from '../../../main/words/label-rule.ts';
import App from '../../../renderer/App.svelte';
import { CallError } from '../../../renderer/client.ts';
import type { LabelPage } from '../../../renderer/place.ts';
import { Session } from '../../../renderer/session.svelte.ts';
import {
  fieldOf,
  nameProblems,
  noAnswers,
  planOf,
  pressOf,
  ruleProblems,
  testsFor,
  valueProblems,
  type LabelAnswers,
} from '../../../renderer/steps/label/answers.ts';
import { clientDouble, type ClientDouble } from './client-double.ts';

afterEach(cleanup);

const { labels: w, screens, errors } = words('en');
const STUDY = { id: 's', name: 'Falls', created: '2026-11-23T10:00:00Z' };
const COLUMNS = [
  { name: 'age', type: 'integer' },
  { name: 'seen', type: 'date' },
  { name: 'ward', type: 'category' },
  { name: 'smokes', type: 'boolean' },
  { name: 'note', type: 'text' },
] as const;
const ROWS = 3;

interface Marks {
  readonly at: number;
  readonly value: number | null;
}

/** An engine with three records that keeps what it is told. */
function engine(marks: Marks[] = []) {
  const of = (at: number): Marks | undefined => marks.findLast((mark) => mark.at === at);
  const progress = () => {
    const now = [0, 1, 2].map(of);
    const count = (value: number): number => now.filter((mark) => mark?.value === value).length;
    const skipped = now.filter((mark) => mark?.value === null).length;
    const values = [count(0), count(1)];
    const labelled = count(0) + count(1);
    return { values, labelled, skipped, left: ROWS - labelled - skipped, undoable: marks.length };
  };
  const hand = () => ({
    ...{ column: 'fell', values: ['yes', 'no'], order: 'file', progress: progress() },
  });
  const page = (at: number | null) => ({
    progress: progress(),
    record:
      at === null
        ? null
        : {
            ...{ at, row: at + 1, value: of(at)?.value ?? null, more: 0 },
            skipped: of(at) !== undefined && of(at)?.value === null,
            cells: [
              { column: 'age', type: 'integer', text: String(60 + at), cut: false },
              { column: 'note', type: 'text', text: `Note ${at}\nand its second line`, cut: false },
              { column: 'ward', type: 'category', text: '', cut: false },
            ],
          },
  });
  const next = (from: number): number | null =>
    [0, 1, 2].map((step) => (from + step) % ROWS).find((at) => of(at) === undefined) ?? null;
  const answers = {
    'label.open': () => ({
      ...{ rows: ROWS, columns: COLUMNS, hand: hand(), earlier: null, later: null, made: null },
    }),
    'label.record': (input: unknown) => {
      const { at, find } = input as { at: number; find: string };
      return page(find === 'here' ? at : next(at));
    },
    'label.mark': (input: unknown) => {
      const { at, value } = input as Marks;
      marks.push({ at, value });
      return page(next(at + 1));
    },
    'label.undo': () => page(marks.pop()?.at ?? null),
  };
  contract.label.open.output.parse(answers['label.open']());
  contract.label.record.output.parse(page(0));
  return { marks, answers };
}

async function open(
  page: LabelPage,
  answers: Parameters<typeof clientDouble>[0],
): Promise<ClientDouble & { session: Session }> {
  const double = clientDouble({
    'vault.status': () => ({ exists: true, unlocked: true, person: null }),
    'study.list': () => ({ studies: [STUDY] }),
    ...answers,
  });
  const session = new Session(double.client, double.listen);
  render(App, { session });
  await heading(screens.studies.title);
  session.go({ at: 'label', study: STUDY, name: 'f.csv', artefact: 'a', page });
  return { ...double, session };
}
const heading = (name: string): Promise<HTMLElement> =>
  screen.findByRole('heading', { level: 1, name });
const press = async (name: string): Promise<unknown> =>
  fireEvent.click(await screen.findByRole('button', { name }));
const key = (name: string): Promise<unknown> => fireEvent.keyDown(window, { key: name });
const record = (row: number): Promise<HTMLElement> =>
  screen.findByRole('heading', { level: 2, name: w.hand.record(String(row)) });

describe('labelling by hand', () => {
  it('goes by keys alone: a number, S, U and the arrows', async () => {
    const { marks, answers } = engine();
    await open({ show: 'hand' }, answers);
    await record(1);
    expect(screen.getByText(/and its second line/)).toBeTruthy();
    await key('1');
    await record(2);
    expect(marks).toEqual([{ at: 0, value: 0 }]);
    await key('s');
    await record(3);
    await key('ArrowLeft');
    await record(2);
    expect(screen.getByText(/in this order. Skipped/)).toBeTruthy();
    await key('ArrowLeft');
    await record(1);
    expect(screen.getByText(new RegExp(w.hand.now('yes')))).toBeTruthy();
    await key('ArrowLeft');
    await screen.findByText(new RegExp(w.hand.edge));
    await key('u');
    await record(2);
    await key('2');
    await record(3);
    await key('2');
    await screen.findByText(w.hand.allDone);
    expect(marks).toEqual([
      { at: 0, value: 0 },
      { at: 1, value: 1 },
      { at: 2, value: 1 },
    ]);
    // A key that stands for no value does nothing.
    await key('ArrowLeft');
    await record(3);
    await key('3');
    expect(marks).toHaveLength(3);
    await screen.findByText(new RegExp(w.progress('3', '0', '0')));
  });

  it('goes by mouse, and by mouse only where keys are switched off', async () => {
    const { marks, answers } = engine();
    const { asked } = await open({ show: 'hand' }, answers);
    await record(1);
    await fireEvent.click(screen.getByLabelText(w.hand.keysOn));
    await waitFor(() => expect(asked.some(([name]) => name === 'draft.save')).toBe(true));
    await key('1');
    expect(marks).toEqual([]);
    await press(w.hand.key('2', 'no'));
    await record(2);
    await press(w.hand.skip);
    await record(3);
    await press(w.hand.undo);
    await record(2);
    expect(marks).toEqual([{ at: 0, value: 1 }]);
  });

  it('says what went wrong, and keeps the record in sight', async () => {
    const { answers } = engine();
    await open(
      { show: 'hand' },
      {
        ...answers,
        'label.mark': () => {
          throw new CallError('DISK_FULL', { free: 1, needed: 2 });
        },
      },
    );
    await record(1);
    await key('1');
    expect((await screen.findByRole('alert')).textContent).toContain(
      errors.DISK_FULL({ free: 1, needed: 2 }),
    );
    await record(1);
  });

  it('asks for a name and values first, and names each field that lacks something', async () => {
    const { answers } = engine();
    const opened = { ...answers['label.open'](), hand: null };
    const { asked } = await open({ show: 'start' }, { ...answers, 'label.open': () => opened });
    await heading(w.startTitle('f.csv'));
    await press(w.begin);
    const summary = await screen.findByRole('alert');
    expect(summary.textContent).toContain(w.nameMissing);
    expect(summary.textContent).toContain(w.valuesFew);
    expect(asked.some(([name]) => name === 'label.begin')).toBe(false);
  });

  it('tells of repairs since, and takes labels over', async () => {
    const { answers } = engine([{ at: 0, value: 0 }]);
    const opened = answers['label.open']();
    const { session } = await open(
      { show: 'start' },
      { ...answers, 'label.open': () => ({ ...opened, later: 'b' }) },
    );
    await press(w.toLater);
    expect(session.place).toMatchObject({ at: 'label', artefact: 'b' });
    cleanup();
    const earlier = { artefact: 'a', labelled: 4 };
    const before = await open(
      { show: 'start' },
      {
        ...answers,
        'label.open': () => ({ ...opened, hand: null, earlier }),
        'label.carry': () => ({ carried: 3, gone: 1 }),
      },
    );
    await press(w.carry);
    await screen.findByText(w.carried('3', '1', false));
    expect(before.asked).toContainEqual(['label.carry', { study: 's', artefact: 'a', from: 'a' }]);
  });
});

describe('keys', () => {
  const event = (init: KeyboardEventInit): KeyboardEvent => new KeyboardEvent('keydown', init);

  it('are those of the page, and none that the system or a held key gives', () => {
    expect(pressOf(event({ key: '9' }))).toEqual({ do: 'label', value: 8 });
    expect(pressOf(event({ key: 'S' }))).toEqual({ do: 'skip' });
    expect(pressOf(event({ key: '0' }))).toBeNull();
    expect(pressOf(event({ key: '1', ctrlKey: true }))).toBeNull();
    expect(pressOf(event({ key: '1', repeat: true }))).toBeNull();
    expect(pressOf(event({ key: 'ArrowDown' }))).toBeNull();
    expect(pressOf(event({ key: 'constructor' }))).toBeNull();
  });
});

describe('rules', () => {
  const answered = (change: Partial<LabelAnswers>): LabelAnswers => ({
    ...noAnswers(),
    column: 'older',
    ...change,
  });
  const fields = (answers: LabelAnswers): (string | null)[] =>
    ruleProblems(answers, COLUMNS).map(({ field }) => field);

  it('offer the tests that the column can be put to', () => {
    expect(testsFor('integer')).toContain('above');
    expect(testsFor('date')).toContain('at-most');
    expect(testsFor('category')).not.toContain('above');
    expect(testsFor('text')).toContain('contains');
    expect(testsFor('boolean')).toEqual(['equals', 'differs', 'missing', 'present']);
  });

  it('name each field that lacks something or does not fit its column', () => {
    expect(fields(answered({}))).toEqual([
      fieldOf(0, 'value'),
      fieldOf(0, 'column', 0),
      fieldOf(0, 'with', 0),
    ]);
    const rule = (column: string, is: 'above' | 'missing', value: string) => [
      { value: 'old', when: 'all' as const, conditions: [{ column, is, value }] },
    ];
    expect(fields(answered({ rules: rule('age', 'above', 'sixty') }))).toEqual([
      fieldOf(0, 'with', 0),
    ]);
    expect(fields(answered({ rules: rule('age', 'above', '６４') }))).toEqual([]);
    expect(fields(answered({ rules: rule('seen', 'above', 'May') }))).toEqual([
      fieldOf(0, 'with', 0),
    ]);
    expect(fields(answered({ rules: rule('age', 'missing', '') }))).toEqual([]);
    expect(fields(answered({ rules: rule('age', 'missing', ''), rest: 'value' }))).toEqual([
      'otherwise',
    ]);
    expect(nameProblems(answered({ column: 'ward' }), COLUMNS)).toHaveLength(1);
    expect(valueProblems(answered({ values: 'a\n a \nb' }))).toHaveLength(1);
    expect(valueProblems(answered({ values: 'a\n\n b ' }))).toEqual([]);
  });

  it('make a plan that the contract takes, in words as they were written', () => {
    const answers = answered({
      hand: false,
      rules: [
        {
          value: ' old ',
          when: 'any',
          conditions: [
            { column: 'age', is: 'above', value: ' 64 ' },
            { column: 'note', is: 'missing', value: 'left over' },
          ],
        },
      ],
      rest: 'value',
      otherwise: 'young',
      unlabelled: 'leave-out',
    });
    const plan = labelPlan.parse(planOf(answers, true));
    expect(plan).toEqual({
      column: 'older',
      hand: false,
      rules: [
        {
          value: 'old',
          when: 'any',
          conditions: [
            { column: 'age', is: 'above', value: '64' },
            { column: 'note', is: 'missing' },
          ],
        },
      ],
      otherwise: 'young',
      unlabelled: 'leave-out',
    });
    const [rule] = plan.rules;
    expect(rule && sayRule(rule, w)).toBe('age is above “64” or note is missing');
    expect(labelPlan.parse(planOf(answers, false))).toMatchObject({ hand: true, rules: [] });
  });

  it('are written on the page: conditions and rules come and go and change places', async () => {
    const { answers } = engine();
    const { session, asked } = await open({ show: 'rules' }, answers);
    await heading(w.rules.title);
    await press(w.rules.see);
    expect((await screen.findByRole('alert')).textContent).toContain(w.rules.valueMissing('1'));
    const type = (id: string, value: string): Promise<unknown> => {
      const field = document.getElementById(id);
      if (!(field instanceof HTMLSelectElement)) {
        return fireEvent.input(field ?? document, { target: { value } });
      }
      // The light DOM does not know that the chosen option of a list is ':checked'.
      const option = [...field.options].find((one) => one.value === value);
      Object.assign(field, { querySelector: () => option ?? null });
      return fireEvent.change(field, { target: { value } });
    };
    await type('column', 'older');
    await type(fieldOf(0, 'value'), 'old');
    await type(fieldOf(0, 'column', 0), 'age');
    await type(fieldOf(0, 'test', 0), 'above');
    await type(fieldOf(0, 'with', 0), '64');
    await press(w.rules.addRule);
    await type(fieldOf(1, 'value'), 'unknown');
    await type(fieldOf(1, 'column', 0), 'age');
    await type(fieldOf(1, 'test', 0), 'missing');
    await press(w.rules.earlier('2'));
    await press(w.rules.see);
    await waitFor(() =>
      expect(session.place).toMatchObject({ page: { show: 'check', byRule: true } }),
    );
    const saved = asked.findLast(([name]) => name === 'draft.save')?.[1] as { answers: string };
    expect(JSON.parse(saved.answers)).toMatchObject({
      rules: [
        { value: 'unknown', conditions: [{ column: 'age', is: 'missing' }] },
        { value: 'old', conditions: [{ column: 'age', is: 'above', value: '64' }] },
      ],
    });
  });
});
