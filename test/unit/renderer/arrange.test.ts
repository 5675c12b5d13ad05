import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ARRANGED, type Arranged } from '../../../main/contract/arranged.ts';
import { arrangementChoice, type Arrangement } from '../../../main/contract/arrangement.ts';
import type { ArrangementAnswers } from '../../../main/contract/arrangement-draft.ts';
import type { TrainColumn } from '../../../main/contract/train-calls.ts';
import { words } from '../../../main/words/index.ts';
import { CallError } from '../../../renderer/client.ts';
import { Session } from '../../../renderer/session.svelte.ts';
import {
  choiceOf,
  noArrangement,
  personColumns,
  typedOf,
} from '../../../renderer/steps/import/arrange/answers.ts';
import Arrange from '../../../renderer/steps/import/arrange/Arrange.svelte';
import ArrangeTasks from '../../../renderer/steps/import/arrange/ArrangeTasks.svelte';
import { problemsOf } from '../../../renderer/steps/import/arrange/check.ts';
import { peopleEvidence } from '../../../renderer/steps/import/arrange/people-words.ts';
import { linesOf } from '../../../renderer/steps/import/arrange/summary.ts';
import { clientDouble, type ClientDouble } from './client-double.ts';

afterEach(cleanup);

const w = words('en').arrange;
const app = words('en').screens.app;
const STUDY = { id: 's', name: 'Visits', created: '2026-11-23T10:00:00Z' };

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
  column('seen', { type: 'date', people: 'no' }),
  column('part', { type: 'category', distinct: '3-20', people: 'no', parts: 'some' }),
  column('back', { type: 'category', distinct: '2', people: 'no' }),
  column('grade', { distinct: '3-20', people: 'no' }),
];

const full = (change: Partial<ArrangementAnswers> = {}): ArrangementAnswers => ({
  ...noArrangement(),
  label: 'back',
  yes: ' yes ',
  no: '无',
  people: 'several',
  person: 'patient',
  ...change,
});

describe('the answers about how records are organised', () => {
  it.each<[string, Partial<ArrangementAnswers>, Arranged, object]>([
    ['label', {}, 'label', { column: 'back', yes: 'yes', no: '无' }],
    [
      'several values',
      { label: 'grade', values: ' 1\n2 \n\n3\n2', harmful: ' 3 ' },
      'label',
      { column: 'grade', target: 'classes', values: ['1', '2', '3'], positive: '3' },
    ],
    [
      'values in order',
      { label: 'grade', target: 'ordered', values: 'low\nsome\nhigh' },
      'label',
      { column: 'grade', target: 'ordered', values: ['low', 'some', 'high'] },
    ],
    [
      'a number of few values',
      { label: 'grade', target: 'number', lowest: '０', highest: '5.5' },
      'label',
      { column: 'grade', target: 'number', bounds: [0, 5.5] },
    ],
    ['a number', { label: 'visit' }, 'label', { column: 'visit', target: 'number' }],
    ['row', { people: 'once' }, 'unit', { of: 'row' }],
    ['person', { mostRows: ' ３ ' }, 'unit', { of: 'person', column: 'patient', maxRows: 3 }],
    ['share', { splitShare: '25' }, 'split', { test: 0.25, seed: 1, key: 'study' }],
    [
      'validation, stratified',
      { validationShare: '10', stratify: true },
      'split',
      { test: 0.2, validation: 0.1, seed: 1, key: 'study', stratify: true },
    ],
    [
      'dates',
      {
        split: 'date',
        splitDate: 'seen',
        testFrom: '２０２４-03-01',
        validationFrom: '2024-01-01',
      },
      'split',
      { date: 'seen', test_from: '2024-03-01', validation_from: '2024-01-01' },
    ],
    [
      'numbers that grow',
      { split: 'date', splitDate: 'visit', testFrom: '9' },
      'split',
      { date: 'visit', test_from: 9 },
    ],
    ['a column', { split: 'column', splitColumn: 'part' }, 'split', { column: 'part' }],
  ])('make a choice, and can be typed again from it: %s', (_, change, page, made) => {
    const answers = full(change);
    expect(problemsOf(page, answers, COLUMNS)).toEqual([]);
    const choice = choiceOf(page, answers, COLUMNS);
    expect(choice).toEqual({ choose: page, [page]: made });
    expect(arrangementChoice.safeParse(choice).success).toBe(true);
    const kept: Arrangement = { label: null, unit: null, split: null, [page]: made };
    const again = { ...noArrangement(), ...typedOf(kept)[page] };
    if (page === 'label')
      expect(linesOf(page, { arrangement: kept, sizes: null }, words('en'), 'en')).not.toEqual([]);
    const unit = { label: 'back', people: 'several', person: 'patient' } as const;
    const rest = page === 'split' ? unit : {};
    expect(choiceOf(page, { ...again, ...rest }, COLUMNS)).toEqual(choice);
  });

  it.each<[string, Partial<ArrangementAnswers>, Arranged, string[]]>([
    ['no column', { label: '', yes: '', no: '' }, 'label', ['label', 'yes', 'no']],
    ['one answer twice', { yes: '无' }, 'label', ['no']],
    ['two values of three', { label: 'grade', values: '1\n2\n2' }, 'label', ['values']],
    [
      'a harm of none of them',
      { label: 'grade', values: '1\n2\n3', harmful: '4' },
      'label',
      ['harmful'],
    ],
    ['half a range', { label: 'visit', highest: '3' }, 'label', ['lowest']],
    ['a range upside down', { label: 'visit', lowest: '3', highest: '3' }, 'label', ['highest']],
    ['nobody answered', { people: null }, 'unit', ['people']],
    ['no such person', { person: 'gone', mostRows: '0' }, 'unit', ['person', 'mostRows']],
    ['half a record', { mostRows: '1.5' }, 'unit', ['mostRows']],
    ['too many records', { mostRows: '10001' }, 'unit', ['mostRows']],
    ['the label as a person', { label: 'patient' }, 'unit', ['person']],
    ['all held back', { splitShare: '100' }, 'split', ['splitShare']],
    ['no share', { splitShare: '' }, 'split', ['splitShare']],
    ['half to validate', { validationShare: '60' }, 'split', ['validationShare']],
    ['nothing left', { splitShare: '60', validationShare: '40' }, 'split', ['validationShare']],
    ['no date column', { split: 'date' }, 'split', ['splitDate']],
    ['no day', { split: 'date', splitDate: 'seen', testFrom: '9' }, 'split', ['testFrom']],
    [
      'validation after the test',
      { split: 'date', splitDate: 'seen', testFrom: '2024-01-01', validationFrom: '2024-01-01' },
      'split',
      ['validationFrom'],
    ],
    ['no split column', { split: 'column' }, 'split', ['splitColumn']],
    [
      'the person as the split',
      { split: 'column', splitColumn: 'patient' },
      'split',
      ['splitColumn'],
    ],
  ])('are found wanting field by field: %s', (_, change, page, fields) => {
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

const WHOLE: Arrangement = {
  label: { column: 'back', yes: 'yes', no: '无' },
  unit: { of: 'person', column: 'patient', maxRows: 1 },
  split: { test: 0.2, validation: 0.1, seed: 1, key: 'study' },
};
const SIZES = {
  rows: { train: 1000, validation: 140, test: 280, neither: 20 },
  people: { train: 700, validation: 100, test: 190, neither: 0 },
};

describe('what was chosen in sentences', () => {
  it.each(['en', 'zh-CN'] as const)('says how, and how large the parts are, in %s', (language) => {
    const all = words(language);
    const said = (part: Arranged, arrangement = WHOLE): string[] =>
      linesOf(part, { arrangement, sizes: SIZES }, all, language);
    expect(said('unit')).toEqual([all.train.checkPerson('patient'), all.train.checkMostRows('1')]);
    expect(said('split')).toEqual([
      all.train.checkSplitPeople('20'),
      all.arrange.sumValidationShare('10'),
      all.arrange.sizesPeople('700', '100', '190'),
      all.arrange.sizesNeither('20'),
    ]);
    const split = { date: 'seen', test_from: '2024-01-01' };
    expect(said('split', { ...WHOLE, split })[0]).toBe(
      all.arrange.sumLaterPeople('seen', '2024-01-01'),
    );
    for (const part of ARRANGED) {
      expect(said(part, { label: null, unit: null, split: null })).toEqual([]);
    }
  });
});

function open(
  arrangement: Arrangement,
  page: Arranged,
  more: Record<string, (input: unknown) => unknown> = {},
): ClientDouble & { done: ReturnType<typeof vi.fn>; back: ReturnType<typeof vi.fn> } {
  const double = clientDouble({
    'import.arrangement': () => ({ arrangement, sizes: null, columns: COLUMNS }),
    ...more,
  });
  const session = new Session(double.client, double.listen);
  const [done, back] = [vi.fn(), vi.fn()];
  render(Arrange, { session, study: STUDY, artefact: 'a', page, done, back });
  return { ...double, done, back };
}
/** The page itself, not the one that waits for its answers. */
const heading = async (name: string): Promise<void> => {
  await screen.findByRole('heading', { level: 1, name });
  await waitFor(() => expect(screen.queryByText(words('en').train.reading)).toBeNull());
};
const press = (name: string): Promise<unknown> =>
  fireEvent.click(screen.getByRole('button', { name }));

describe('the pages about how records are organised', () => {
  it('say at its field which of the two answers no record holds', async () => {
    const absent = { which: 'no' };
    const { asked } = open(WHOLE, 'label', {
      'import.arrange': () => {
        throw new CallError('LABEL_VALUE_ABSENT', { column: 'back', absent: absent.which });
      },
    });
    await screen.findByLabelText(w.questionNo);
    for (const [which, label] of [
      ['no', w.questionNo],
      ['yes', w.questionYes],
      ['both', w.questionYes],
    ] as const) {
      absent.which = which;
      await press(app.continue);
      const said = words('en').errors.LABEL_VALUE_ABSENT({ column: 'back', absent: which });
      await waitFor(() => expect(screen.getByRole('alert').textContent).toContain(said));
      expect(screen.getByLabelText(label).getAttribute('aria-invalid')).toBe('true');
    }
    expect(asked).toContainEqual([
      'import.arrange',
      {
        ...{ study: 's', artefact: 'a' },
        choice: { choose: 'label', label: { column: 'back', yes: 'yes', no: '无' } },
      },
    ]);
    await heading(w.questionTitle);
  });

  it('ask for the split anew, and say why, where another unit does not fit it', async () => {
    const { done } = open(WHOLE, 'unit', {
      'import.arrange': () => ({ arrangement: { ...WHOLE, split: null }, sizes: null }),
    });
    await heading(w.peopleTitle);
    await press(app.continue);
    await heading(w.splitTitle);
    expect(screen.getByText(w.splitAgain)).toBeTruthy();
    expect(done).not.toHaveBeenCalled();
    await press(app.back);
    await heading(w.peopleTitle);
  });

  it('keep what was typed and not yet taken, and leave what was chosen alone', async () => {
    const typed = { ...full(), pending: 'split', splitShare: '33', mostRows: '9' };
    const { asked } = open(WHOLE, 'split', {
      'draft.load': (input) =>
        (input as { step: string }).step === 'arrangement'
          ? { answers: JSON.stringify(typed), saved: STUDY.created }
          : null,
      'import.arrange': () => ({ arrangement: WHOLE, sizes: SIZES }),
    });
    await heading(w.splitTitle);
    const share = screen.getByLabelText<HTMLInputElement>(w.sharePeople);
    expect(share.value).toBe('33');
    await fireEvent.click(screen.getByLabelText(w.stratify));
    await press(app.continue);
    const [, input] = asked.find(([name]) => name === 'import.arrange') ?? [];
    expect(input).toMatchObject({ choice: { split: { test: 0.33, stratify: true } } });
    await waitFor(() => {
      const saved = asked.findLast(([name]) => name === 'draft.save')?.[1];
      const { answers } = saved as { answers: string };
      expect(JSON.parse(answers)).toMatchObject({ pending: null, mostRows: '1' });
    });
  });

  it('stand as tasks on the step Data, each with what was chosen', async () => {
    const double = clientDouble({
      'import.arrangement': () => ({
        ...{ arrangement: { ...WHOLE, unit: null }, sizes: null, columns: COLUMNS },
      }),
    });
    const session = new Session(double.client, double.listen);
    const props = { study: STUDY, artefact: 'a', name: 'v.csv', from: 'profile' as const };
    render(ArrangeTasks, { session, ...props, failed: vi.fn() });
    await screen.findByRole('heading', { level: 2, name: w.title });
    expect(
      screen.getByText(words('en').train.checkQuestionValue('back', 'yes', '无')),
    ).toBeTruthy();
    expect(screen.getByText(w.hints.unit)).toBeTruthy();
    await press(w.tasks.unit);
    expect(session.place).toMatchObject({ at: 'arrange', page: 'unit', artefact: 'a' });
  });
});
