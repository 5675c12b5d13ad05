import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { NOTE_CHARACTERS, type ExperimentView } from '../../../main/contract/experiment-calls.ts';
import { words } from '../../../main/words/index.ts';
import { Session } from '../../../renderer/session.svelte.ts';
import CompareModels from '../../../renderer/steps/train/CompareModels.svelte';
import Experiments from '../../../renderer/steps/train/Experiments.svelte';
import ModelNote from '../../../renderer/steps/train/ModelNote.svelte';
import {
  areComparable,
  comparison,
  MOST_CHARACTERS,
} from '../../../renderer/steps/train/experiments.ts';
import { clientDouble } from './client-double.ts';

afterEach(cleanup);

const w = words('en').experiments;
const STUDY = { id: 's', name: 'Follow-up', created: '2026-11-23T10:00:00Z' };

function model(
  artefact: string,
  day: number,
  change: Partial<ExperimentView> = {},
): ExperimentView {
  return {
    artefact,
    created: `2026-11-${day}T10:00:00Z`,
    person: 'Ada',
    label: 'missed',
    positive: 'yes',
    kind: 'logistic',
    privacy: { epsilon: 1, delta: 1e-5 },
    unit: 'row',
    tested: 200,
    figures: [
      { name: 'accuracy', value: 0.78, interval: [0.72, 0.83] },
      { name: 'auc', value: 0.8, interval: null },
    ],
    features: ['age', 'visits'],
    text: null,
    split: null,
    seed: 1,
    settings: {},
    steps: 640,
    lineage: [
      {
        ...{ artefact: 'r', kind: 'repaired-records', name: 'r.csv', person: 'Ben' },
        ...{ created: '2026-11-20T10:00:00Z', repairs: 3, models: [] },
      },
    ],
    note: null,
    ...change,
  };
}

const accuracy = (value: number | null): ExperimentView['figures'] => [
  { name: 'accuracy', value, interval: null },
];
const MODELS = [
  model('c', 23, { privacy: null, kind: 'boosting', figures: accuracy(0.9) }),
  model('b', 22, { figures: accuracy(null), person: 'Ben' }),
  model('a', 21, {
    note: { text: 'the first one', saved: '2026-11-22T10:00:00Z', person: 'Ben' },
  }),
];

function open(component: 'list' | 'compare' | 'note', trained = MODELS): ReturnType<typeof double> {
  const made = double(trained);
  const { session } = made;
  const place = { study: STUDY } as const;
  if (component === 'list') {
    render(Experiments, { session, place: { at: 'experiments', ...place } });
  } else if (component === 'compare') {
    const models = ['a', 'b'];
    render(CompareModels, { session, place: { at: 'compare-models', ...place, models } });
  } else render(ModelNote, { session, place: { at: 'model-note', ...place, artefact: 'a' } });
  return made;
}

function double(trained: readonly ExperimentView[]) {
  const paid = { epsilon: 0.5, delta: 1e-6 };
  const cancelled = { job: 'j', created: STUDY.created, person: 'Ada', state: 'cancelled', paid };
  const made = clientDouble({
    'train.experiments': () => ({ trained, unfinished: [cancelled] }),
    'train.note': () => ({}),
  });
  return { ...made, session: new Session(made.client, made.listen) };
}

const press = async (name: string): Promise<unknown> =>
  fireEvent.click(await screen.findByRole('button', { name }));
/** The day of each model, from the first row down. */
const days = (): string[] =>
  [...document.querySelectorAll('table')[0]!.querySelectorAll('tbody th')].map(
    (cell) => /Nov (\d+)/.exec(cell.textContent)?.[1] ?? '',
  );

describe('the list of trainings', () => {
  it('has the newest first and sorts by any column, which its heading says', async () => {
    open('list');
    await screen.findByText(w.text);
    expect(days()).toEqual(['23', '22', '21']);
    const column = (name: string): string | null | undefined =>
      screen
        .getByRole('button', { name: w.sort(name) })
        .closest('th')
        ?.getAttribute('aria-sort');
    expect(column(w.trained)).toBe('descending');
    await press(w.sort(w.epsilon));
    // Without a limit is the largest.
    expect(days().at(-1)).toBe('23');
    expect([column(w.epsilon), column(w.trained)]).toEqual(['ascending', 'none']);
    await press(w.sort(w.epsilon));
    expect(days()[0]).toBe('23');
    await press(w.sort(w.accuracy));
    expect(days()).toEqual(['21', '23', '22']);
    await press(w.sort(w.accuracy));
    // What is not known stays last, whichever way.
    expect(days()).toEqual(['23', '21', '22']);
    await press(w.sort(w.person));
    expect(days().at(-1)).toBe('22');
    screen.getByText(w.sorted(w.person, true));
  });

  it('compares two to four ticked models, and says where that is not so', async () => {
    const { session } = open(
      'list',
      [21, 22, 23, 24, 25].map((day) => model(String(day), day)),
    );
    await press(w.compare);
    await screen.findByRole('link', { name: w.tooFew });
    const boxes = screen.getAllByRole('checkbox');
    for (const box of boxes) await fireEvent.click(box);
    await press(w.compare);
    await screen.findByRole('link', { name: w.tooMany });
    for (const box of boxes.slice(2)) await fireEvent.click(box);
    await press(w.compare);
    expect(session.place).toEqual({ at: 'compare-models', study: STUDY, models: ['25', '24'] });
  });

  it('comes in pages, and a new order begins at the first', async () => {
    const many = Array.from({ length: 23 }, (_, at) => model(`m${at}`, 10 + (at % 15)));
    open('list', many);
    await screen.findByText(w.text);
    expect(days()).toHaveLength(20);
    await press(words('en').screens.parts.next);
    expect(days()).toHaveLength(3);
    await press(w.sort(w.kind));
    expect(days()).toHaveLength(20);
  });

  it('tells what trainings without a model have taken', async () => {
    open('list', []);
    await screen.findByText(w.none);
    const row = screen.getByText(w.states['cancelled']!).closest('tr');
    expect(row?.textContent).toContain(words('en').train.amount('0.5', '0.000001'));
    expect(screen.queryByRole('button', { name: w.compare })).toBeNull();
  });
});

const split: NonNullable<ExperimentView['split']> = {
  ...{ form: 'drawn', shares: { test: 0.2, validation: null }, key: 'study' },
  ...{ column: null, test_from: null, validation_from: null },
  ...{ unit: 'row', unit_column: null, max_rows: null },
  rows: { train: null, validation: 0, test: 200, neither: null },
};

describe('models side by side', () => {
  it('show figures with their range, what differs, and the records behind them', async () => {
    open(
      'compare',
      MODELS.map((one) => ({ ...one, split })),
    );
    await screen.findByText(w.compareText);
    const texts = (name: string): (string | null)[] =>
      [...(screen.getByRole('rowheader', { name }).closest('tr')?.children ?? [])].map((cell) =>
        cell.textContent.trim(),
      );
    const { figureNames, figureNone } = words('en').train;
    expect(texts(figureNames.accuracy)).toEqual([
      figureNames.accuracy,
      figureNone,
      w.range('0.78', '0.72', '0.83'),
    ]);
    expect(texts(w.columns)[1]).toBe(w.columnsSame('2'));
    expect(texts(w.lineage)[1]).toContain(`${w.repairs('3', 3)}: r.csv, by Ben`);
    expect(texts(w.noteHead)[2]).toContain('the first one');
    expect(screen.queryByRole('rowheader', { name: w.settings['epochs']! })).toBeNull();
  });

  it('name settings and columns only one of them has', () => {
    const a = model('a', 21, {
      settings: { epochs: 4, clipping: 'automatic' },
      features: ['age', 'sex'],
    });
    const rows = comparison([a, model('b', 22)], words('en'), 'en');
    const cells = (name: string): unknown => rows.find((row) => row.name === name)?.cells;
    expect(cells(w.settings['epochs']!)).toEqual([['4'], [w.usual]]);
    const { label, words: told } = words('en').train.ways.clipping;
    expect(cells(label)).toEqual([[told.automatic], [w.usual]]);
    expect(cells(w.columns)).toEqual([[w.columnsAlso('sex')], [w.columnsAlso('visits')]]);
  });

  it('are not set against each other where question, records or test part differ', async () => {
    const [a, b] = [model('a', 21, { split }), model('b', 22, { split })];
    expect(areComparable([a, b])).toBe(true);
    const untold = { ...split, rows: { ...split.rows, train: 800 } };
    expect(areComparable([a, { ...b, split: untold }])).toBe(true);
    expect(areComparable([a, { ...b, seed: 2 }])).toBe(false);
    expect(areComparable([a, { ...b, label: 'other' }])).toBe(false);
    expect(areComparable([a, { ...b, lineage: [] }])).toBe(false);
    // Of an older model it is not known how its records were split.
    expect(areComparable([a, { ...b, split: null }])).toBe(false);
    open('compare', [a, { ...b, label: 'other' }]);
    await screen.findByText(w.compareOtherTest, { exact: false });
  });
});

describe('a note', () => {
  it('is changed where it was left, and refused when it is too long', async () => {
    expect(MOST_CHARACTERS).toBe(NOTE_CHARACTERS);
    const { session, asked } = open('note');
    const field = await screen.findByLabelText<HTMLTextAreaElement>(w.noteField);
    await waitFor(() => expect(field.value).toBe('the first one'));
    await fireEvent.input(field, { target: { value: 'x'.repeat(NOTE_CHARACTERS + 7) } });
    await press(w.noteSave);
    await screen.findByRole('link', { name: w.noteTooLong('7') });
    expect(asked.some(([name]) => name === 'train.note')).toBe(false);
    await fireEvent.input(field, { target: { value: 'better' } });
    await press(w.noteSave);
    await waitFor(() => expect(session.place).toEqual({ at: 'experiments', study: STUDY }));
    expect(asked.at(-1)).toEqual(['train.note', { study: 's', artefact: 'a', text: 'better' }]);
  });
});
