import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_FIELDS } from '../../../main/contract/reasons.ts';
import { rowReasons } from '../../../main/explain/row-reasons.ts';
import { binReader } from '../../../main/learning/boosting/bins.ts';
import { shapeBins } from '../../../main/learning/boosting/glass-box.ts';
import { decodeFloats, encodeFloats } from '../../../main/learning/floats.ts';
import {
  sealModel,
  type GlassBoxModel,
  type LayeredModel,
  type ModelContent,
  type TrainedModel,
} from '../../../main/learning/model.ts';
import { scoreTable } from '../../../main/learning/predict.ts';
import { takeRows } from '../../../main/records/shape.ts';
import type { Table } from '../../../main/records/table.ts';
import { codedColumn, numberColumn, seededUniform, tableOf } from '../learning/fixtures.ts';
import { amounts, grades, kinds, table as records, train } from '../learning/target-records.ts';
import { shapleyBySubsets } from './shapley.ts';

const odds = (p: number): number => Math.log(p / (1 - p));
const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

/** One table row for each combination of the cells, and how likely it is. */
interface Background {
  readonly table: Table;
  readonly weights: readonly number[];
}

/**
 * What a model says on average where some columns are as in the record and the others as in the
 * background: every record there is, scored by the model itself.
 */
async function worths(
  model: TrainedModel,
  record: Table,
  backgrounds: readonly Background[],
  say: (scores: Float64Array, row: number) => number,
): Promise<(known: readonly boolean[]) => number> {
  const names = backgrounds.map(({ table }) => table.columns[0]!.name);
  const found = new Map<string, number>();
  for (let set = 0; set < 2 ** names.length; set++) {
    const known = names.map((_, at) => ((set >> at) & 1) === 1);
    const sides = backgrounds.map((one, at) =>
      known[at]! ? { table: takeRows(record, [0]), weights: [1] } : one,
    );
    let rows: { places: number[]; weight: number }[] = [{ places: [], weight: 1 }];
    for (const { weights } of sides) {
      rows = rows.flatMap(({ places, weight }) =>
        weights.map((share, place) => ({ places: [...places, place], weight: weight * share })),
      );
    }
    const columns = names.map((name, at) => {
      const column = sides[at]!.table.columns.find((one) => one.name === name)!;
      return takeRows(
        { rows: 1, columns: [column] },
        rows.map(({ places }) => places[at]!),
      ).columns[0]!;
    });
    const always = record.columns.filter(({ name }) => !names.includes(name));
    const same = takeRows({ rows: 1, columns: always }, new Int32Array(rows.length)).columns;
    const { scores } = await scoreTable(model, {
      rows: rows.length,
      columns: [...columns, ...same],
    });
    found.set(String(known), sumOf(rows.map(({ weight }, row) => weight * say(scores, row))));
  }
  return (known) => found.get(String(known))!;
}

const uniformOf = (table: Table): Background => ({
  table,
  weights: Array.from({ length: table.rows }, () => 1 / table.rows),
});

/** A glass box of two numbers and a category, with two pairs, of any shapes. */
function glassBox(numbers: () => number, scores: 1 | 3): GlassBoxModel {
  const floats = (size: number, make = numbers): string =>
    encodeFloats(Float64Array.from({ length: size * scores }, make));
  const shape = (cuts: number[], size: number) => ({
    ...{ cuts, values: floats(size) },
    deviations: floats(size, () => 0.05 + Math.abs(numbers())),
  });
  const pair = (features: [number, number], bins: [number[], number[]], size: number) => ({
    ...{ features, bins, values: floats(size), deviations: floats(size) },
  });
  const none = floats(2, () => 0);
  const content: ModelContent = {
    ...{ format: 'concord-model', version: scores === 1 ? 1 : 2, kind: 'boosting' },
    intercept: scores === 1 ? numbers() : [numbers(), numbers(), numbers()],
    // The last column does nothing, but is always there: no record is without any cell.
    shapes: [shape([2, 5], 4), shape([], 4), shape([1], 3), { ...shape([], 2), values: none }],
    pairs: [
      pair(
        [0, 1],
        [
          [0, 1, 1, 2],
          [0, 0, 1, 1],
        ],
        6,
      ),
      pair(
        [2, 0],
        [
          [0, 1, 1],
          [0, 0, 1, 1],
        ],
        4,
      ),
    ],
    encoder: {
      features: [
        { kind: 'numeric', column: 'x', lower: 0, upper: 9 },
        { kind: 'category', column: 'c', values: ['a', 'b'] },
        { kind: 'numeric', column: 'z', lower: 0, upper: 2 },
        { kind: 'numeric', column: 'always', lower: 0, upper: 1 },
      ],
      missing: ['?'],
    },
    labels:
      scores === 1
        ? { column: 'y', values: ['no', 'yes'] }
        : { target: 'classes', column: 'y', values: ['p', 'q', 'r'] },
    ...{ threshold: 0.5, privacy: null, backend: 'javascript' },
  };
  return sealModel(content) as GlassBoxModel;
}

/** A cell for each bin of a column, as likely as the model is sure of it. */
function binsAsBackground(model: GlassBoxModel, at: number, cells: Table): Background {
  const feature = model.encoder.features[at]!;
  const shape = model.shapes[at]!;
  const bins = shapeBins(feature, shape.cuts);
  const found = new Uint16Array(cells.rows);
  const rows = Int32Array.from({ length: cells.rows }, (_, row) => row);
  binReader(cells, feature, bins, ['?'])(rows, found, new Uint8Array(cells.rows));
  expect([...found].sort()).toEqual([...Array(bins.size).keys()]);
  const sure = decodeFloats(shape.deviations);
  const weights = Array.from(found, (bin) => {
    let sum = 0;
    for (let place = bin; place < sure.length; place += bins.size) sum += sure[place]! ** -2;
    return sum;
  });
  return { table: cells, weights: weights.map((weight) => weight / sumOf(weights)) };
}

const CELLS = [
  tableOf(numberColumn('x', [1, 3, 7, NaN])),
  tableOf(codedColumn('c', ['a', 'b', '', 'else'])),
  tableOf(numberColumn('z', [0, 1, NaN])),
];

describe('reasons of a glass box', () => {
  it.each([1, 3] as const)(
    'are the values over all subsets and backgrounds (%i scores)',
    async (scores) => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.nat(3), fc.nat(3), fc.nat(2), async (seed, x, c, z) => {
          const draw = seededUniform(seed);
          const model = glassBox(() => 2 * draw() - 1, scores);
          const pick = [x, c, z];
          const record: Table = {
            rows: 1,
            columns: [
              ...CELLS.map((cells, at) => takeRows(cells, [pick[at]!]).columns[0]!),
              numberColumn('always', [1]),
            ],
          };
          const found = await rowReasons(model, record);
          if (found.answer === null) {
            expect(pick).toEqual([3, 2, 2]);
            return;
          }
          const values = model.labels.target === undefined ? ['no', 'yes'] : ['p', 'q', 'r'];
          const place = values.indexOf(found.answer!.value!);
          const say = (p: Float64Array, row: number): number => {
            if (scores === 1) return (place === 1 ? 1 : -1) * odds(p[row]!);
            const logs = [0, 1, 2].map((k) => Math.log(p[3 * row + k]!));
            return logs[place]! - sumOf(logs) / 3;
          };
          const backgrounds = CELLS.map((cells, at) => binsAsBackground(model, at, cells));
          const worth = await worths(model, record, backgrounds, say);
          const expected = shapleyBySubsets(3, worth);
          const effect = (column: string): number =>
            found.fields.find(({ columns }) => columns[0] === column)!.effect;
          for (const [at, column] of ['x', 'c', 'z'].entries()) {
            expect(effect(column)).toBeCloseTo(expected[at]!, 8);
          }
          const sum = sumOf(found.fields.map((one) => one.effect));
          expect(Math.abs(sum - (found.output! - found.background!))).toBeLessThan(1e-9);
          expect(found.output).toBeCloseTo(worth([true, true, true]), 9);
          expect(found.background).toBeCloseTo(worth([false, false, false]), 9);
        }),
        { numRuns: 40 },
      );
    },
  );
});

const MIDDLES = [tableOf(numberColumn('x', [5])), tableOf(codedColumn('group', ['g', 'h']))];
const RECORD = takeRows(records, [17]);

describe('reasons of a model of one layer', () => {
  it.each([
    [
      'two values',
      {
        ...kinds,
        label: 'group',
        labels: ['g', 'h'],
        positive: 'h',
        features: ['x', 'amount'],
        bounds: { x: [0, 10], amount: [100, 400] },
        categories: {},
      },
    ],
    ['several values', kinds],
    ['a number', amounts],
  ] as const)('are the values over all subsets: %s', async (name, plan) => {
    const { model } = await train({ ...(plan as typeof kinds), epochs: 3 });
    const isTwo = name === 'two values';
    const found = await rowReasons(model, RECORD);
    expect(found.method).toBe('exact');
    const backgrounds = isTwo ? [MIDDLES[0]!, tableOf(numberColumn('amount', [250]))] : MIDDLES;
    const values = model.labels.target === 'number' ? [] : model.labels.values;
    const place = values.indexOf(found.answer!.value ?? '');
    const worth = await worths(model, RECORD, backgrounds.map(uniformOf), (scores, row) => {
      if (name === 'a number') return scores[row]!;
      if (isTwo) return (place === 1 ? 1 : -1) * odds(scores[row]!);
      const logs = [0, 1, 2].map((k) => Math.log(scores[3 * row + k]!));
      return logs[place]! - sumOf(logs) / 3;
    });
    const expected = shapleyBySubsets(2, worth);
    const unit = name === 'a number' ? 300 : 1;
    for (const [at, { columns }] of model.encoder.features
      .map((one) => ({ columns: [one.column] }))
      .entries()) {
      const { effect, error } = found.fields.find((one) => one.columns[0] === columns[0])!;
      expect(Math.abs(effect - expected[at]!)).toBeLessThan(1e-5 * unit);
      expect(error).toBeNull();
    }
    const sum = sumOf(found.fields.map((one) => one.effect));
    expect(Math.abs(sum - (found.output! - found.background!))).toBeLessThan(1e-9 * unit);
  });
});

/** A network of many columns with weights from a seed, and a record of them. */
function network(columns: number): { model: LayeredModel; record: Table } {
  const draw = seededUniform(columns);
  const names = Array.from({ length: columns }, (_, at) => `n${at}`);
  const hidden = 6;
  const inputs = 9 * columns;
  const size = (inputs + 1) * hidden + hidden + 1;
  const content: ModelContent = {
    ...{ format: 'concord-model', version: 1, kind: 'network' },
    architecture: { inputs, hidden: [hidden] },
    weights: encodeFloats(Float64Array.from({ length: size }, () => 2 * draw() - 1)),
    encoder: {
      features: names.map((column) => ({ kind: 'numeric', column, lower: 0, upper: 1 })),
      missing: [],
    },
    labels: { column: 'y', values: ['no', 'yes'] },
    ...{ threshold: 0.5, privacy: null, backend: 'javascript' },
  };
  const record = tableOf(...names.map((name) => numberColumn(name, [draw()])));
  return { model: sealModel(content) as LayeredModel, record };
}

describe('reasons of a network', () => {
  it('lie within their stated errors of the values over all subsets', async () => {
    const { model, record } = network(5);
    const found = await rowReasons(model, record, { pairs: 100, seed: 3 });
    expect([found.method, found.scale, found.sampling]).toEqual([
      'sampled',
      'odds',
      { pairs: 100, seed: 3 },
    ]);
    const side = found.answer!.value === 'yes' ? 1 : -1;
    const backgrounds = record.columns.map(({ name }) =>
      uniformOf(tableOf(numberColumn(name, [0.5]))),
    );
    const worth = await worths(model, record, backgrounds, (p, row) => side * odds(p[row]!));
    const expected = shapleyBySubsets(5, worth);
    for (const { columns, effect, error } of found.fields) {
      const truth = expected[Number(columns[0]!.slice(1))]!;
      expect(error!).toBeGreaterThan(0);
      expect(Math.abs(effect - truth)).toBeLessThan(4 * error! + 1e-6);
    }
    const sum = sumOf(found.fields.map((one) => one.effect));
    expect(sum).toBeCloseTo(found.output! - found.background!, 9);
    expect(found.output).toBeCloseTo(worth([true, true, true, true, true]), 9);
    const again = await rowReasons(model, record, { pairs: 100, seed: 3 });
    expect(again).toEqual(found);
  });

  it('of more columns than are told apart have the weakest as one', async () => {
    const { model, record } = network(40);
    const found = await rowReasons(model, record, { pairs: 8 });
    expect(found.fields).toHaveLength(MOST_FIELDS);
    const together = found.fields.filter(({ columns }) => columns.length > 1);
    expect(together.map(({ columns, cell }) => [columns.length, cell])).toEqual([[11, null]]);
    expect(new Set(found.fields.flatMap(({ columns }) => columns)).size).toBe(40);
    const sum = sumOf(found.fields.map((one) => one.effect));
    expect(sum).toBeCloseTo(found.output! - found.background!, 9);
  });

  it('are sampled for values in order, with every listed value as background', async () => {
    const { model } = await train({ ...grades, epochs: 2 });
    const found = await rowReasons(model, RECORD, { pairs: 200 });
    expect(found.method).toBe('sampled');
    const place = ['low', 'some', 'high'].indexOf(found.answer!.value!);
    const worth = await worths(model, RECORD, MIDDLES.map(uniformOf), (p, row) =>
      odds(p[3 * row + place]!),
    );
    const expected = shapleyBySubsets(2, worth);
    for (const { columns, effect, error } of found.fields) {
      const truth = expected[columns[0] === 'x' ? 0 : 1]!;
      expect(Math.abs(effect - truth)).toBeLessThan(4 * error! + 1e-6);
    }
  });
});

it('nothing known: no answer, no reasons', async () => {
  const empty = tableOf(
    ...['x', 'z', 'always'].map((name) => numberColumn(name, [NaN])),
    codedColumn('c', ['']),
  );
  const draw = seededUniform(1);
  const found = await rowReasons(glassBox(draw, 1), empty);
  expect([found.answer, found.fields, found.output]).toEqual([null, [], null]);
});
