import { cleanup, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { PairShape, Shape, ShapeCells, ShapesFound } from '../../../main/contract/shapes.ts';
import type { TrainResult } from '../../../main/contract/train.ts';
import { words } from '../../../main/words/index.ts';
import { Session } from '../../../renderer/session.svelte.ts';
import Result from '../../../renderer/steps/train/Result.svelte';
import { foundLine } from '../../../renderer/steps/train/privacy-words.ts';
import { choose } from './choose.ts';
import { clientDouble } from './client-double.ts';

afterEach(cleanup);

const w = words('en').train;
const STUDY = { id: 's', name: 'Follow-up', created: '2026-11-23T10:00:00Z' };
const METRICS = {
  accuracy: 0.78,
  auc: 0.8,
  loss: 0.5,
  brier: 0.16,
  precision: 0.6,
  recall: 0.5,
} as const;
const AMOUNT = { epsilon: 4, delta: 1e-4 };
const NONE = { epsilon: 0, delta: 0 };

function open(
  test: TrainResult['metrics']['test'],
  more: Partial<TrainResult> = {},
  answers: Parameters<typeof clientDouble>[0] = {},
): void {
  const result: TrainResult = {
    model: { kind: 'logistic', parameters: 4, backend: 'javascript', backend_note: null },
    privacy: null,
    metrics: { test },
    tested_on: 'held-out-of-training-and-guarantee',
    reasons: {},
    rows: { train: 800, test: 200 },
    abstained: 0,
    steps: 10,
    seconds: 1,
    steps_per_second: 10,
    ...more,
  };
  const ledger = {
    ...{ source: 'a', records: 10, entries: [] },
    ...{ budget: AMOUNT, reserved: NONE, spent: NONE, available: AMOUNT },
    ...{ plain: { epsilon: 2.5, delta: 2e-6 }, filter: { epsilon: 1.5, delta: 5e-6, order: 9 } },
    planned: { epsilon: 1.25, delta: 1e-5, accountant: 'pld' },
  };
  const double = clientDouble({
    'train.result': () => result,
    'study.ledger': () => ledger,
    ...answers,
  });
  const session = new Session(double.client, double.listen);
  render(Result, { session, place: { at: 'train-result', study: STUDY, artefact: 'm' } });
}

describe('the page of a trained model', () => {
  it.each([0.27, 0.73])(
    'says beside what it got right what the more common answer would (%d)',
    async (base_rate) => {
      open({ ...METRICS, base_rate });
      const right = await screen.findByText(w.accuracy('78'));
      expect(right.nextElementSibling?.textContent).toBe(w.usual('73'));
    },
  );

  it('tells of several values each by itself, and of a number how far it is off', async () => {
    const share = { recall: 0.5, precision: null, base_rate: 0.25 };
    const several: TrainResult['metrics']['test'] = {
      ...{ accuracy: 0.78, loss: 1, brier: 0.4, macro_f1: null, rank_error: 0.1234 },
      by_value: [
        { ...share, value: 'mild' },
        { ...share, value: 'severe', base_rate: 0.6 },
      ],
    };
    const model = { kind: 'logistic', parameters: 4, backend: 'wasm', backend_note: null } as const;
    open(several, { model: { ...model, target: 'ordered' } });
    const right = await screen.findByText(w.accuracy('78'));
    expect(right.nextElementSibling?.textContent).toBe(w.usualValue('60'));
    expect(screen.getByText(w.rankError('0.123'))).toBeTruthy();
    const cells = [...screen.getByRole('rowheader', { name: 'mild' }).parentElement!.children];
    expect(cells.map(({ textContent }) => textContent)).toEqual(['mild', '50', w.figureNone, '25']);
    // Nothing to compare with the rest was named.
    expect(screen.getByText(w.noReviewValues)).toBeTruthy();
    expect(screen.queryByRole('button', { name: w.next })).toBeNull();
    cleanup();
    open({ ...several, auc: 0.9 }, { model: { ...model, target: 'ordered' } });
    expect(await screen.findByText(w.oneAgainstRest('90'))).toBeTruthy();
    expect(screen.getByRole('button', { name: w.next })).toBeTruthy();
    cleanup();
    open({ mae: 12.345, rmse: 20, r2: 0.4 }, { model: { ...model, target: 'number' } });
    expect(await screen.findByText(w.offBy('12.3'))).toBeTruthy();
    expect(screen.getByText(w.explains('40'))).toBeTruthy();
    expect(screen.getByText(w.noReviewNumber)).toBeTruthy();
    expect(screen.queryByText(w.figureNames.accuracy)).toBeNull();
  });

  it('says how the records were split, and shows the validation beside the test', async () => {
    const s = words('en').split;
    open(METRICS, {
      metrics: { test: METRICS, validation: { ...METRICS, accuracy: 0.7512 } },
      split: {
        ...{ form: 'drawn', shares: { test: 0.2, validation: 0.1 }, key: 'study' },
        ...{ column: null, test_from: null, validation_from: null },
        ...{ unit: 'person', unit_column: 'patient', max_rows: 3 },
        rows: { train: null, validation: 101, test: 205, neither: null },
      },
    });
    await screen.findByRole('heading', { name: s.title });
    const how = [s.drawn.person('20%'), s.validation('10%'), s.key.study];
    expect(screen.getByText(s.join(how))).toBeTruthy();
    expect(screen.getByText(s.eachPerson('patient', '3'))).toBeTruthy();
    const rows = [s.inTrainPrivate, s.inValidation('101'), s.inTest('205')];
    expect(screen.getByText(s.join(rows))).toBeTruthy();
    expect(screen.getByText('0.7512')).toBeTruthy();
  });

  it('shows what a glass-box model does with each column, and says it in a table', async () => {
    const part = (cells: ShapeCells, factor: number): Shape['parts'][number] => ({
      ...{ cells, effect: Math.log(factor), deviation: 0.1 },
    });
    const shapes: Shape[] = [
      {
        column: 'age',
        parts: [
          part({ of: 'range', from: null, to: 30 }, 0.5),
          part({ of: 'range', from: 30, to: 50.5 }, 1),
          part({ of: 'range', from: 50.5, to: null }, 3),
          part({ of: 'missing' }, 1),
        ],
        others: 0,
      },
      { column: 'work', parts: [part({ of: 'value', value: 'a' }, 20)], others: 7 },
    ];
    const model: TrainResult['model'] = {
      ...{ kind: 'boosting', parameters: 9, backend_note: null },
      backend: 'javascript',
    };
    const pairs: PairShape[] = [
      {
        columns: ['age', 'work'],
        across: [
          [{ of: 'range', from: null, to: 30 }, { of: 'missing' }],
          [{ of: 'value', value: 'a' }, { of: 'other' }],
        ],
        effects: [
          [Math.log(2), Math.log(0.95)],
          [0, Math.log(0.5)],
        ],
        deviations: [
          [0.1, 0.1],
          [0.1, 0.1],
        ],
      },
    ];
    const views = [{ answer: 'yes', shapes, pairs }];
    open(METRICS, { model }, { 'train.shapes': () => ({ found: { scale: 'odds', views } }) });
    await screen.findByRole('heading', { name: w.shapesTitle });
    expect(screen.getByText(w.shapesText('yes'))).toBeTruthy();
    expect(screen.getByRole('img', { name: 'age' })).toBeTruthy();
    expect(screen.getByRole('img', { name: w.shapeOthers('work', '7') })).toBeTruthy();
    const rows = [...document.querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    );
    expect(rows).toContainEqual([w.shapeBelow('30'), w.shapeFactor('0.5')]);
    expect(rows).toContainEqual([w.shapeRange('30', '50.5'), w.shapeFactor('1')]);
    expect(rows).toContainEqual([w.shapeFrom('50.5'), w.shapeFactor('3')]);
    expect(rows).toContainEqual([w.shapeMissing, w.shapeFactor('1')]);
    expect(rows).toContainEqual(['a', w.shapeFactor('20')]);
    // The pair: a sentence, and a table whose shades repeat its figures.
    const place = (row: string, column: string, factor: string): string =>
      w.pairPlace(`age: ${row}`, `work: ${column}`, w.shapeFactor(factor));
    const [high, low] = [
      place(w.shapeBelow('30'), 'a', '2'),
      place(w.shapeMissing, w.shapeOther, '0.5'),
    ];
    expect(screen.getByText(w.pairSummary(high, low))).toBeTruthy();
    expect(rows).toContainEqual([w.shapeBelow('30'), w.shapeFactor('2'), w.shapeFactor('0.95')]);
    expect(rows).toContainEqual([w.shapeMissing, w.shapeFactor('1'), w.shapeFactor('0.5')]);
    const shades = [...document.querySelectorAll('table.grid td')].map(({ classList }) =>
      [...classList].find((name) => /^(up|down)-/u.test(name)),
    );
    expect(shades).toEqual(['up-2', undefined, undefined, 'down-2']);
    // Where they stand: the least odds at the left, and nothing outside the drawing.
    const [first] = document.querySelectorAll('svg');
    const places = [...first!.querySelectorAll('circle')].map((dot) =>
      Number(dot.getAttribute('cx')),
    );
    expect(places[0]!).toBeLessThan(places[1]!);
    expect(places[1]!).toBeLessThan(places[2]!);
    expect(places[3]).toBe(places[1]);
  });

  it('shows a glass-box model of several answers for one of them, and one of a number in its unit', async () => {
    const model: TrainResult['model'] = {
      ...{ kind: 'boosting', parameters: 9, backend_note: null },
      backend: 'javascript',
    };
    const view = (answer: string, effect: number): ShapesFound['views'][number] => {
      const part = { cells: { of: 'missing' as const }, effect, deviation: 0.1 };
      return { answer, shapes: [{ column: 'age', parts: [part], others: 0 }], pairs: [] };
    };
    const views = [view('a', Math.log(2)), view('b', Math.log(3))];
    open(METRICS, { model }, { 'train.shapes': () => ({ found: { scale: 'odds', views } }) });
    const choice = await screen.findByLabelText<HTMLSelectElement>(w.shapesAnswer);
    screen.getByText(w.shapesTextValues('a'));
    screen.getByText(w.shapeFactor('2'), { selector: 'td' });
    await choose(choice, 'b');
    await screen.findByText(w.shapesTextValues('b'));
    screen.getByText(w.shapeFactor('3'), { selector: 'td' });
    cleanup();
    const number = { scale: 'number' as const, views: [view('cost', -120)] };
    open(METRICS, { model }, { 'train.shapes': () => ({ found: number }) });
    await screen.findByText(w.shapesTextNumber('cost'));
    screen.getByText(w.shapeLess('120'), { selector: 'td' });
    expect(screen.queryByLabelText(w.shapesAnswer)).toBeNull();
  });

  it('says nothing of it where it is not known', async () => {
    for (const metrics of [METRICS, { ...METRICS, base_rate: null }]) {
      open(metrics);
      await screen.findByText(w.accuracy('78'));
      expect(screen.queryByText(/more common answer/)).toBeNull();
      cleanup();
    }
  });

  it('tells what was found with noise before the training, and what found nothing', async () => {
    const many = Array.from({ length: 1200 }, (_, place) => `word${place}`);
    open(METRICS, {
      privacy: {
        ...{ epsilon: 1, delta: 1e-5, accountant: 'rdp', unit: 'row', unit_column: null },
        ...{ max_rows: null, neighbours: 'add-remove', phases: [], public_count: 100, clip: 1 },
        ...{ expected_batch: 10, statistics: { share: 0.3, epsilon: 0.29, wanted: [] } },
      },
      bought: [
        { column: 'age', kind: 'bounds', found: { is: 'bounds', lower: 17.5, upper: 80 } },
        { column: 'job', kind: 'either', found: { is: 'values', values: ['a', 'b', 'c'] } },
        { column: 'age', kind: 'median', found: { is: 'fill', value: 41 } },
        { column: 'job', kind: 'mode', found: { is: 'fill', value: 'b' } },
        { column: 'note', kind: 'categories', found: { is: 'nothing' } },
        { column: 'text', kind: 'vocabulary', found: { is: 'values', values: many } },
      ],
    });
    await screen.findByText(w.found(w.statistics.bounds('age'), w.foundRange('17.5', '80')));
    screen.getByText(w.found(w.statistics.either('job'), 'a, b, and c'));
    const first = new Intl.ListFormat('en').format(many.slice(0, 30));
    screen.getByText(w.found(w.statistics.vocabulary('text'), w.foundMany('1,200', first)));
    // What the records gave away, counted three ways, each with its sentence.
    const { ledger } = words('en');
    await screen.findByText(ledger.title);
    for (const [name, epsilon, delta, text] of [
      [ledger.plain, '2.5', '0.000002', ledger.plainText],
      [ledger.filter, '1.5', '0.000005', ledger.filterText],
      [ledger.planned, '1.25', '0.00001', ledger.plannedText],
    ] as const) {
      const shown = screen.getByText(name).nextElementSibling?.textContent;
      expect(shown).toContain(ledger.amount(epsilon, delta));
      expect(shown).toContain(text);
    }
    screen.getByText(w.found(w.statistics.median('age'), '41'));
    screen.getByText(w.found(w.statistics.mode('job'), 'b'));
    screen.getByText(w.found(w.statistics.categories('note'), w.foundNothing));
    screen.getByText(w.boughtCost('0.29'));
  });

  it('says that the settings were searched for, what was chosen and what it cost', async () => {
    const s = words('en').search;
    const counts = { expected_trials: 4, settings: 6 };
    const search = { distribution: 'geometric' as const, ...counts, trial_epsilon: 0.7171 };
    open(METRICS, {
      metrics: { test: METRICS, validation: METRICS },
      chosen: { learningRate: 0.25, hidden: [16, 8] },
      privacy: {
        ...{ epsilon: 1, delta: 1e-5, accountant: 'pld', unit: 'row', unit_column: null },
        ...{ max_rows: null, neighbours: 'add-remove', phases: [], public_count: 100, clip: 1 },
        ...{ expected_batch: 10, search },
      },
    });
    await screen.findByText(s.chose('4', '6'));
    const knobs = [s.knobs.learningRate('0.25'), s.knobs.hidden('16 × 8')].join(' and ');
    screen.getByText(`${s.chosen}: ${knobs}`);
    screen.getByText(s.cost('1', '0.718'));
    screen.getByText(s.validation);
    expect(screen.queryByText(words('en').split.validationText)).toBeNull();
  });

  it('puts a sign between the values that were found, also in Chinese', () => {
    const values = ['甲', '乙', '丙'];
    const bought = { column: '职业', kind: 'categories', found: { is: 'values', values } } as const;
    const line = foundLine(words('zh-CN').train, bought, 'zh-Hans');
    expect(line).toContain('甲、乙和丙');
  });
});
