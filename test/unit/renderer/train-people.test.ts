import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { draftPlan, type TrainColumn } from '../../../main/contract/train-calls.ts';
import type { TrainAnswers } from '../../../main/contract/train-draft.ts';
import { words } from '../../../main/words/index.ts';
import { CallError } from '../../../renderer/client.ts';
import { Session } from '../../../renderer/session.svelte.ts';
import {
  chosenColumns,
  noAnswers,
  personColumns,
  planOf,
} from '../../../renderer/steps/train/answers.ts';
import { problemsOf } from '../../../renderer/steps/train/check.ts';
import { peopleEvidence } from '../../../renderer/steps/train/people-words.ts';
import Train from '../../../renderer/steps/train/Train.svelte';
import { clientDouble, type ClientDouble } from './client-double.ts';

afterEach(cleanup);

const w = words('en').train;
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
  ...change,
});
const COLUMNS = [
  column('visit'),
  column('patient', { role: 'direct-identifier', people: 'repeats' }),
  column('days', { people: 'no' }),
  column('part', { type: 'category', distinct: '2', people: 'no', parts: 'some' }),
  column('back', { type: 'category', distinct: '2', people: 'no' }),
];

const full = (change: Partial<TrainAnswers> = {}): TrainAnswers => ({
  ...noAnswers(),
  artefact: 'a',
  label: 'back',
  yes: 'yes',
  no: '无',
  people: 'several',
  person: 'patient',
  features: ['days'],
  facts: { days: { form: 'number', low: '0', high: '14', list: '' } },
  ...change,
});

/** The answers as the version before these questions kept them. */
const before = (): Partial<TrainAnswers> => {
  const later = new Set([
    ...['people', 'person', 'mostRows', 'split', 'splitShare', 'splitColumn'],
    ...['marks', 'otherMarks'],
  ]);
  const all = { ...full(), page: 'slider', epsilon: 2 };
  return Object.fromEntries(Object.entries(all).filter(([name]) => !later.has(name)));
};

describe('the answers about people, parts and marks', () => {
  it('stand in the plan, which the contract takes', () => {
    const plan = planOf(
      full({ mostRows: ' ３ ', splitShare: '25', marks: ['?', '999'], otherMarks: '88\n\n?' }),
      COLUMNS,
    );
    expect(plan).toMatchObject({
      unit: { column: 'patient', maxRows: 3 },
      split: { test: 0.25, seed: 1 },
      missing: ['?', '999', '88'],
    });
    expect(draftPlan.safeParse(plan).success).toBe(true);
    const named = planOf(full({ people: 'once', split: 'column', splitColumn: 'part' }), COLUMNS);
    expect(named).toMatchObject({ split: { column: 'part' }, missing: [] });
    expect(named).not.toHaveProperty('unit');
  });

  it('never make a feature of the column that tells people apart or parts the records', () => {
    const features = ['visit', 'days', 'part'];
    const names = (change: Partial<TrainAnswers>): string[] =>
      chosenColumns(full({ features, ...change }), COLUMNS).map(({ name }) => name);
    expect(names({})).toEqual(features);
    expect(names({ person: 'visit' })).toEqual(['days', 'part']);
    expect(names({ split: 'column', splitColumn: 'part' })).toEqual(['visit', 'days']);
  });

  it.each<[string, Partial<TrainAnswers>, 'people' | 'split' | 'missing', string[]]>([
    ['no answer', { people: null }, 'people', ['people']],
    ['no column', { person: 'gone', mostRows: '0' }, 'people', ['person', 'mostRows']],
    ['half a record', { mostRows: '1.5' }, 'people', ['mostRows']],
    ['too many records', { mostRows: '10001' }, 'people', ['mostRows']],
    ['the label as a person', { label: 'patient', person: 'patient' }, 'people', ['person']],
    ['all held back', { splitShare: '100' }, 'split', ['splitShare']],
    ['no share', { splitShare: '' }, 'split', ['splitShare']],
    ['no split column', { split: 'column' }, 'split', ['splitColumn']],
    [
      'the person as the split',
      { split: 'column', splitColumn: 'patient' },
      'split',
      ['splitColumn'],
    ],
    ['an answer as a mark', { marks: ['无'] }, 'missing', ['marks']],
    ['an answer typed as a mark', { otherMarks: 'yes' }, 'missing', ['otherMarks']],
  ])('are found wanting: %s', (_, change, page, fields) => {
    const found = problemsOf(page, full(change), COLUMNS);
    expect(found.map(({ field }) => field)).toEqual(fields);
    for (const { say } of found) {
      expect(say(words('zh-CN'))).toMatch(/[\u4e00-\u9fff]/);
      expect(say(words('en'))).not.toMatch(/[\u4e00-\u9fff]{2}/);
    }
  });

  it('offer the likely columns first, and say in words what they show', () => {
    expect(personColumns(COLUMNS, full()).map(({ name }) => name)).toEqual(['patient', 'visit']);
    expect(peopleEvidence(w, COLUMNS, 'en')).toEqual([
      w.peopleRepeats('patient'),
      w.peopleSeemsSeveral,
    ]);
    const both = [...COLUMNS, column('card', { people: 'once' })];
    expect(peopleEvidence(w, both, 'en').at(-1)).toBe(w.peopleUnclear);
    const once = [column('card', { people: 'once' })];
    expect(peopleEvidence(w, once, 'en')).toEqual([w.peopleUnique('card'), w.peopleSeemsOnce]);
    expect(peopleEvidence(w, [column('visit')], 'en')).toEqual([]);
  });
});

function open(
  kept: Partial<TrainAnswers>,
  more: Record<string, (input: unknown) => unknown> = {},
): ClientDouble & { session: Session } {
  const double = clientDouble({
    'study.artefacts': () => ({ artefacts: [RECORDS] }),
    'draft.load': () => ({ answers: JSON.stringify(kept), saved: STUDY.created }),
    'train.columns': () => ({ columns: COLUMNS }),
    'train.parts': () => ({}),
    'train.marks': () => ({ marks: ['?'] }),
    'train.estimate': () => ({ privacy: null }),
    ...more,
  });
  const session = new Session(double.client, double.listen);
  render(Train, { session, place: { at: 'train', study: STUDY } });
  return { ...double, session };
}
const heading = (name: string): Promise<HTMLElement> =>
  screen.findByRole('heading', { level: 1, name });
const press = (name: string): Promise<unknown> =>
  fireEvent.click(screen.getByRole('button', { name }));

describe('the pages about people, parts and marks', () => {
  it('take up an older draft: its answers stay, and the first new question is asked', async () => {
    const { asked } = open(before());
    await heading(w.peopleTitle);
    expect(screen.getByText(w.peopleRepeats('patient'))).toBeTruthy();
    expect(screen.queryByLabelText(w.person)).toBeNull();
    await press(app.continue);
    expect((await screen.findByRole('alert')).textContent).toContain(w.peopleMissing);
    await fireEvent.click(screen.getByLabelText(w.peopleOnce));
    await press(app.continue);
    await heading(w.columnsTitle);
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'days' }).checked).toBe(true);
    await press(app.continue);
    await heading(w.splitTitle);
    expect(screen.getByLabelText<HTMLInputElement>(w.shareRecords).value).toBe('20');
    await waitFor(() => {
      const saved = asked.findLast(([name]) => name === 'draft.save')?.[1];
      const { answers } = saved as { answers: string };
      expect(JSON.parse(answers)).toMatchObject({ people: 'once', epsilon: 2, features: ['days'] });
    });
  });

  it('say what is wrong with the parts where they are asked, with the focus on it', async () => {
    const params = { column: 'patient', split: 'part', count: 3, row: 7 };
    open(full({ page: 'split', split: 'column', splitColumn: 'part' }), {
      'train.parts': () => {
        throw new CallError('PERSON_IN_BOTH_PARTS', params);
      },
    });
    await heading(w.splitTitle);
    expect(screen.getByText(w.splitLeavesSome('part'))).toBeTruthy();
    await press(app.continue);
    const summary = await screen.findByRole('alert');
    expect(summary.textContent).toContain(words('en').errors.PERSON_IN_BOTH_PARTS(params));
    await waitFor(() => expect(document.activeElement).toBe(summary));
    expect(summary.querySelector('a')?.getAttribute('href')).toBe('#split');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(w.splitTitle);
  });

  it('look for marks in the records only without privacy', async () => {
    const { asked } = open(full({ page: 'missing' }));
    await heading(w.missingTitle);
    expect(screen.getByText(w.missingPrivate)).toBeTruthy();
    expect(asked.map(([name]) => name)).not.toContain('train.marks');
    cleanup();
    const plain = open(full({ page: 'missing', privacy: 'plain', plainSure: true }));
    await heading(w.missingTitle);
    await screen.findByText(w.markFound);
    expect(plain.asked.map(([name]) => name)).toContain('train.marks');
  });

  it('stand on the page before the training, each with a way to change it', async () => {
    open(full({ page: 'check', mostRows: '5', marks: ['?', 'NA'] }));
    await heading(w.checkTitle);
    for (const line of [
      w.checkPerson('patient'),
      w.checkMostRows('5'),
      w.privacyUnit.person,
      w.checkSplitPeople('20'),
      w.checkMarks(['?', 'NA']),
    ]) {
      expect(screen.getByText(line)).toBeTruthy();
    }
    const { changeLabel } = words('en').screens.parts;
    await press(changeLabel(w.checkPeople));
    await heading(w.peopleTitle);
    await press(app.continue);
    await heading(w.checkTitle);
  });
});
