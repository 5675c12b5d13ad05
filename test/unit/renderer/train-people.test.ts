import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { Arrangement } from '../../../main/contract/arrangement.ts';
import { draftPlan, type TrainColumn } from '../../../main/contract/train-calls.ts';
import type { TrainAnswers } from '../../../main/contract/train-draft.ts';
import { words } from '../../../main/words/index.ts';
import { CallError } from '../../../renderer/client.ts';
import { Session } from '../../../renderer/session.svelte.ts';
import {
  chosenColumns,
  noAnswers,
  planOf,
  type Whole,
} from '../../../renderer/steps/train/answers.ts';
import { problemsOf } from '../../../renderer/steps/train/check.ts';
import Train from '../../../renderer/steps/train/Train.svelte';
import { clientDouble, type ClientDouble } from './client-double.ts';

afterEach(cleanup);

const w = words('en').train;
const a = words('en').arrange;
const app = words('en').screens.app;
const STUDY = { id: 's', name: 'Visits', created: '2026-11-23T10:00:00Z' };
const RECORDS = { id: 'a', kind: 'source-records', name: 'v.csv', created: STUDY.created };

const column = (name: string, change: Partial<TrainColumn> = {}): TrainColumn => ({
  name,
  type: 'integer',
  role: 'other',
  distinct: 'more',
  people: 'may',
  parts: 'no',
  tags: null,
  ...change,
});
const COLUMNS = [
  column('visit'),
  column('patient', { role: 'direct-identifier', people: 'repeats' }),
  column('days', { people: 'no' }),
  column('part', { type: 'category', distinct: '2', people: 'no', parts: 'some' }),
  column('back', { type: 'category', distinct: '2', people: 'no' }),
];

const WHOLE: Whole = {
  label: { column: 'back', yes: 'yes', no: '无' },
  unit: { of: 'person', column: 'patient', maxRows: 3 },
  split: { test: 0.25, seed: 1, key: 'study' },
};
const NOTHING: Arrangement = { label: null, unit: null, split: null };

const full = (change: Partial<TrainAnswers> = {}): TrainAnswers => ({
  ...noAnswers(),
  artefact: 'a',
  features: ['days'],
  facts: { days: { form: 'number', low: '0', high: '14', list: '' } },
  ...change,
});

/** The answers as a version before these questions had places of their own kept them. */
const before = (): object => {
  const all = { ...full(), page: 'slider', epsilon: 2, label: 'back', yes: 'yes', no: '无' };
  return Object.fromEntries(Object.entries(all).filter(([name]) => !/marks/i.test(name)));
};

describe('how the records are organised', () => {
  it('stands in the plan, which the contract takes', () => {
    const plan = planOf(full({ marks: ['?', '999'], otherMarks: '88\n\n?' }), WHOLE, COLUMNS);
    expect(plan).toMatchObject({
      ...{ label: 'back', labels: ['无', 'yes'], positive: 'yes' },
      unit: { column: 'patient', maxRows: 3 },
      split: { test: 0.25, seed: 1, key: 'study' },
      missing: ['?', '999', '88'],
    });
    expect(draftPlan.safeParse(plan).success).toBe(true);
    const split = { date: 'visit', test_from: 2024 };
    const dated = planOf(full(), { ...WHOLE, unit: { of: 'row' }, split }, COLUMNS);
    expect(dated).toMatchObject({ split, missing: [] });
    expect(dated).not.toHaveProperty('unit');
    expect(draftPlan.safeParse(dated).success).toBe(true);
  });

  it('never makes a feature of a column with another task', () => {
    const features = ['visit', 'days', 'part', 'back'];
    const names = (change: Partial<Whole>): string[] =>
      chosenColumns({ features }, { ...WHOLE, ...change }, COLUMNS).map(({ name }) => name);
    expect(names({})).toEqual(['visit', 'days', 'part']);
    expect(names({ unit: { of: 'person', column: 'visit', maxRows: 1 } })).toEqual([
      'days',
      'part',
    ]);
    expect(names({ split: { column: 'part' } })).toEqual(['visit', 'days']);
    expect(names({ split: { date: 'days', test_from: 9 } })).toEqual(['visit', 'part']);
  });

  it.each<[string, Partial<TrainAnswers>, 'missing' | 'privacy', string[]]>([
    ['an answer as a mark', { marks: ['无'] }, 'missing', ['marks']],
    ['an answer typed as a mark', { otherMarks: 'yes' }, 'missing', ['otherMarks']],
    ['privacy for a stratified split', { privacy: 'private' }, 'privacy', ['privacy']],
    ['no privacy for a stratified split', { privacy: 'plain' }, 'privacy', []],
  ])('is held against the other answers: %s', (_, change, page, fields) => {
    const whole: Whole = { ...WHOLE, split: { test: 0.2, stratify: true } };
    const found = problemsOf(page, full(change), whole, COLUMNS);
    expect(found.map(({ field }) => field)).toEqual(fields);
    for (const { say } of found) {
      expect(say(words('zh-CN'))).toMatch(/[\u4e00-\u9fff]/);
      expect(say(words('en'))).not.toMatch(/[\u4e00-\u9fff]{2}/);
    }
  });
});

function open(
  kept: object,
  arrangement: Arrangement,
  more: Record<string, (input: unknown) => unknown> = {},
): ClientDouble & { session: Session } {
  let now = arrangement;
  const double = clientDouble({
    'study.artefacts': () => ({ artefacts: [RECORDS] }),
    'draft.load': (input) =>
      (input as { step: string }).step === 'train'
        ? { answers: JSON.stringify(kept), saved: STUDY.created }
        : null,
    'import.arrangement': () => ({ arrangement: now, sizes: null, columns: COLUMNS }),
    'import.arrange': (input) => {
      const { choice } = input as { choice: Partial<Arrangement> };
      const { label = now.label, unit = now.unit, split = now.split } = choice;
      now = { label, unit, split };
      return { arrangement: now, sizes: null };
    },
    'train.marks': () => ({ marks: ['?'] }),
    'train.estimate': () => ({ privacy: null }),
    ...more,
  });
  const session = new Session(double.client, double.listen);
  render(Train, { session, place: { at: 'train', study: STUDY } });
  return { ...double, session };
}
/** The page itself, not the one that waits for its answers. */
const heading = async (name: string): Promise<void> => {
  await screen.findByRole('heading', { level: 1, name });
  await waitFor(() => expect(screen.queryByText(w.reading)).toBeNull());
};
const press = (name: string): Promise<unknown> =>
  fireEvent.click(screen.getByRole('button', { name }));

describe('the pages before a training', () => {
  it('ask first what is still open about the records, from what an older draft said', async () => {
    const { asked } = open(before(), NOTHING);
    await heading(a.questionTitle);
    expect(screen.getByLabelText<HTMLInputElement>(a.questionNo).value).toBe('无');
    await press(app.continue);
    await heading(a.peopleTitle);
    expect(screen.getByText(a.peopleRepeats('patient'))).toBeTruthy();
    await press(app.continue);
    expect((await screen.findByRole('alert')).textContent).toContain(a.peopleMissing);
    await fireEvent.click(screen.getByLabelText(a.peopleOnce));
    await press(app.continue);
    await heading(a.splitTitle);
    expect(screen.getByLabelText<HTMLInputElement>(a.shareRecords).value).toBe('20');
    await press(app.continue);
    await heading(w.columnsTitle);
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'days' }).checked).toBe(true);
    const choices = asked.filter(([name]) => name === 'import.arrange').map(([, input]) => input);
    expect(choices).toMatchObject([
      { choice: { choose: 'label', label: { column: 'back', yes: 'yes', no: '无' } } },
      { choice: { choose: 'unit', unit: { of: 'row' } } },
      { choice: { choose: 'split', split: { test: 0.2, seed: 1, key: 'study' } } },
    ]);
    await waitFor(() => {
      const saved = asked.findLast(
        ([name, input]) => name === 'draft.save' && (input as { step: string }).step === 'train',
      )?.[1];
      const { answers } = saved as { answers: string };
      expect(JSON.parse(answers)).toMatchObject({ epsilon: 2, features: ['days'] });
    });
  });

  it('show what was chosen for the records, and let it be changed in its own place', async () => {
    const { asked } = open(full({ page: 'arranged' }), WHOLE);
    await heading(w.arrangedTitle);
    await screen.findByText(w.checkPerson('patient'));
    for (const line of [
      w.checkQuestionValue('back', 'yes', '无'),
      w.checkPerson('patient'),
      w.checkMostRows('3'),
      w.checkSplitPeople('25'),
    ]) {
      expect(screen.getByText(line)).toBeTruthy();
    }
    await press(words('en').screens.parts.changeLabel(w.arrangedUnit));
    await heading(a.peopleTitle);
    expect(screen.getByLabelText<HTMLInputElement>(a.mostRows).value).toBe('3');
    await press(app.back);
    await heading(w.arrangedTitle);
    await press(words('en').screens.parts.changeLabel(w.arrangedSplit));
    await heading(a.splitTitle);
    expect(screen.getByLabelText<HTMLInputElement>(a.sharePeople).value).toBe('25');
    await fireEvent.input(screen.getByLabelText(a.sharePeople), { target: { value: '30' } });
    await press(app.continue);
    await heading(w.arrangedTitle);
    expect(screen.getByText(w.checkSplitPeople('30'))).toBeTruthy();
    expect(asked.filter(([name]) => name === 'import.arrange')).toHaveLength(1);
  });

  it('look for marks in the records only without privacy', async () => {
    const { asked } = open(full({ page: 'missing' }), WHOLE);
    await heading(w.missingTitle);
    expect(screen.getByText(w.missingPrivate)).toBeTruthy();
    expect(asked.map(([name]) => name)).not.toContain('train.marks');
    cleanup();
    const plain = open(full({ page: 'missing', privacy: 'plain', plainSure: true }), WHOLE);
    await heading(w.missingTitle);
    await screen.findByText(w.markFound);
    expect(plain.asked.map(([name]) => name)).toContain('train.marks');
  });

  it('end in a summary, each line with a way to change it', async () => {
    open(full({ page: 'check', marks: ['?', 'NA'] }), WHOLE);
    await heading(w.checkTitle);
    for (const line of [
      w.checkPerson('patient'),
      w.checkMostRows('3'),
      w.privacyUnit.person,
      w.checkSplitPeople('25'),
      w.checkMarks(['?', 'NA']),
    ]) {
      expect(screen.getByText(line)).toBeTruthy();
    }
    const { changeLabel } = words('en').screens.parts;
    await press(changeLabel(w.checkPeople));
    await heading(a.peopleTitle);
    await press(app.continue);
    await heading(w.checkTitle);
  });

  it('say what is wrong with the parts where they are asked, with the focus on it', async () => {
    const params = { column: 'patient', split: 'part', count: 3, row: 7 };
    open(
      { ...full(), split: 'column', splitColumn: 'part' },
      { ...WHOLE, split: null },
      {
        'import.arrange': () => {
          throw new CallError('PERSON_IN_BOTH_PARTS', params);
        },
      },
    );
    await heading(a.splitTitle);
    expect(screen.getByText(a.splitLeavesSome('part'))).toBeTruthy();
    await press(app.continue);
    const summary = await screen.findByRole('alert');
    expect(summary.textContent).toContain(words('en').errors.PERSON_IN_BOTH_PARTS(params));
    await waitFor(() => expect(document.activeElement).toBe(summary));
    expect(summary.querySelector('a')?.getAttribute('href')).toBe('#split');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(a.splitTitle);
  });
});
