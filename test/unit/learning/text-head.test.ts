import { describe, expect, it } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import { trainPlan, type TrainPlanInput } from '../../../main/contract/train.ts';
import { privateCentre } from '../../../main/learning/centre.ts';
import type { Checkpoint } from '../../../main/learning/checkpoint.ts';
import { encodeRows, rowEncoder } from '../../../main/learning/encode.ts';
import { vectorsByRow, type TextVectors } from '../../../main/learning/encoder/text-vectors.ts';
import type { Encoder } from '../../../main/learning/features.ts';
import { encodeFloats } from '../../../main/learning/floats.ts';
import { privateFacts } from '../../../main/learning/material.ts';
import { loadModel, saveModel, sealModel } from '../../../main/learning/model.ts';
import { scoreTable } from '../../../main/learning/predict.ts';
import { settingsOf } from '../../../main/learning/settings.ts';
import { TEXT_LENGTH } from '../../../main/learning/text-length.ts';
import { splitRows } from '../../../main/learning/split.ts';
import { softmaxHead } from '../../../main/learning/heads.ts';
import { trainModel, type TrainOptions } from '../../../main/learning/train.ts';
import { epsilonOf } from '../../../main/privacy/accountant.ts';
import { privateRandomForTests } from '../../../main/privacy/seeded.ts';
import { codedColumn, numberColumn, seededUniform, tableOf } from './fixtures.ts';
import { without } from './target-records.ts';

const ROWS = 600;
const DIMENSIONS = 8;
const CLASSES = ['a', 'b', 'c'];
const draw = seededUniform(11);
const kinds = Array.from({ length: ROWS }, () => CLASSES[Math.floor(3 * draw())]!);
const texts = kinds.map((kind, row) => (row % 50 === 7 ? '' : `text of ${kind} ${row}`));
const ages = Array.from({ length: ROWS }, () => Math.floor(90 * draw()));
const table = tableOf(
  codedColumn('text', texts),
  codedColumn('kind', kinds),
  codedColumn(
    'yes',
    kinds.map((kind) => (kind === 'a' ? 'yes' : 'no')),
  ),
  numberColumn(
    'size',
    kinds.map((kind) => 10 * CLASSES.indexOf(kind)),
  ),
  numberColumn('age', ages),
  codedColumn(
    'person',
    ages.map((age, row) => `p${(row + age) % 300}`),
  ),
);

/** What an encoder would give: far from the origin, apart by class; zeros for an empty text. */
function madeVectors(): TextVectors {
  const values = new Float32Array(ROWS * DIMENSIONS);
  for (let row = 0; row < ROWS; row++) {
    if (texts[row] === '') continue;
    const vector = Array.from({ length: DIMENSIONS }, (_, d) => {
      const own = d === CLASSES.indexOf(kinds[row]!) ? 0.5 : 0;
      return (d === 7 ? 1 : 0) + own + 0.2 * (draw() - 0.5);
    });
    const length = Math.hypot(...vector);
    values.set(
      vector.map((value) => value / length),
      row * DIMENSIONS,
    );
  }
  return { encoder: 'use-lite-en', sha256: 'f'.repeat(64), dimensions: DIMENSIONS, values };
}
const vectors = madeVectors();
const vectorOf = vectorsByRow(vectors);

const base: TrainPlanInput = {
  ...{ label: 'kind', labels: CLASSES, text: 'text', model: { kind: 'encoder-head' } },
  privacy: { epsilon: 4, delta: 1e-5 },
};
const options: TrainOptions = { random: privateRandomForTests(3), vectors };
const train = (more: Partial<TrainPlanInput> = {}, how: Partial<TrainOptions> = {}) =>
  trainModel(table, trainPlan.parse({ ...base, ...more }), { ...options, ...how });

describe('a head on vectors of texts', () => {
  it('learns with privacy, buys the centre, and its phases cost what it says', async () => {
    const { model, result } = await train();
    expect(result.metrics.test.accuracy).toBeGreaterThan(0.9);
    const { privacy } = result;
    expect(privacy!.phases.map(({ mechanism }) => mechanism)).toEqual([
      'gaussian',
      'poisson_gaussian',
    ]);
    expect(result.bought).toMatchObject([{ kind: 'centre', found: { is: 'centre' } }]);
    const { phases, delta, accountant } = privacy!;
    const again = epsilonOf({ phases, delta, accountant });
    expect(privacy!.epsilon).toBeLessThanOrEqual(4);
    expect(phases[0]).toMatchObject({ delta: 0 });
    expect(again.epsilon).toBeCloseTo(privacy!.epsilon, 9);
    expect(model.version).toBe(3);
    expect(model.kind).toBe('encoder-head');
    expect(JSON.stringify(model)).not.toContain('text of');
  });

  it.each([
    ['two values', { label: 'yes', labels: ['no', 'yes'], positive: 'yes' }],
    ['an order', { target: 'ordered' as const }],
    ['a network', { model: { kind: 'encoder-head' as const, hidden: [8] } }],
    ['people', { unit: { column: 'person', maxRows: 2 } }],
    ['a table beside', { features: ['age'], bounds: { age: [0, 90] as [number, number] } }],
    ['no purchase', { statistics: { share: 0 } }],
    ['vectors alone', { model: { kind: 'encoder-head' as const, counts: false } }],
    [
      'a network with counts',
      { model: { kind: 'encoder-head' as const, hidden: [8], counts: true } },
    ],
    ['no privacy', { privacy: null }],
  ])('learns %s', async (_, more) => {
    const { result } = await train(more);
    expect(result.metrics.test.accuracy).toBeGreaterThan(0.8);
  });

  it('learns a number', async () => {
    const number = { label: 'size', target: 'number' as const, bounds: { size: [0, 20] } };
    const plan = trainPlan.parse({ ...without(base, 'labels'), ...number });
    const { result } = await trainModel(table, plan, options);
    expect(result.metrics.test.r2).toBeGreaterThan(0.5);
  });

  it('gives the same scores when it is saved and read again, and none for an empty text', async () => {
    const { model, test } = await train();
    const read = loadModel(saveModel(model), 'model.json');
    const { scores, abstained } = await scoreTable(read, table, { rows: test.rows, vectorOf });
    expect(scores).toEqual(test.scores);
    expect(abstained).toBe([...test.rows].filter((row) => texts[row] === '').length);
  });

  it('is not scored with another encoder, nor read where it does not fit itself', async () => {
    const { model } = await train();
    await expect(scoreTable(model, table)).rejects.toMatchObject({ code: 'ENCODER_ALTERED' });
    if (model.kind !== 'encoder-head') throw new Error('another kind');
    const content = without(model, 'sha256');
    const text = { ...content.encoder.text, centre: encodeFloats(new Float64Array(3)) };
    const unfit = sealModel({ ...content, encoder: { ...content.encoder, text } });
    expect(() => loadModel(saveModel(unfit), 'model.json')).toThrow(ConcordError);
  });

  it('goes on from a checkpoint with the centre that was bought', async () => {
    const kept: Checkpoint[] = [];
    let bought: TrainOptions['resumed'];
    await train(
      {},
      {
        checkpoint: async (state) => void kept.push(state),
        bought: async (found) => {
          bought = { from: 0, bought: found } as unknown as TrainOptions['resumed'];
        },
      },
    );
    const state = kept.at(5)!;
    const resumed = { ...bought, from: state.stepsCharged, state } as NonNullable<
      TrainOptions['resumed']
    >;
    const { result } = await train({}, { resumed });
    expect(result.steps_run).toBeLessThan(result.steps);
    expect(result.bought).toEqual(bought!.bought);
  });

  it('has facts that a record does not change', () => {
    const plan = trainPlan.parse(base);
    const split = splitRows(table, plan);
    const bought = [
      {
        ...{ column: 'text', kind: 'centre' as const },
        found: { is: 'centre' as const, vector: encodeFloats(new Float64Array(DIMENSIONS)) },
      },
    ];
    const without = { ...split, train: split.train.subarray(1) };
    const facts = privateFacts(table, plan, split, bought, vectors).encoder;
    expect(privateFacts(table, plan, without, bought, vectors).encoder).toEqual(facts);
  });
});

describe('the vector of a row', () => {
  const text = { columns: ['text'], encoder: 'e', sha256: 's', dimensions: DIMENSIONS };
  const rows = Int32Array.of(0, 1, 7);

  it('has one length for every text whatever the centre is, and nothing for an empty one', () => {
    const centre = encodeFloats(new Float64Array(DIMENSIONS).fill(0.3));
    for (const one of [text, { ...text, centre }]) {
      const encoder: Encoder = { features: [], missing: [], text: one };
      const { values, starts, known } = rowEncoder(table, encoder, { vectorOf })(rows);
      for (const place of [0, 1]) {
        const own = values.subarray(starts[place], starts[place + 1]);
        expect(Math.hypot(...own)).toBeCloseTo(TEXT_LENGTH, 5);
      }
      expect([...known]).toEqual([1, 1, 0]);
      expect(starts[3]).toBe(starts[2]);
    }
  });

  it('stands behind the features of the table', () => {
    const age = { kind: 'numeric' as const, column: 'age', lower: 0, upper: 90 };
    const encoder: Encoder = { features: [age], missing: [], text };
    const { indices, width } = rowEncoder(table, encoder, { vectorOf })(rows);
    expect(width).toBe(9 + DIMENSIONS);
    expect(Math.max(...indices)).toBe(width - 1);
    expect(() => encodeRows(table, encoder, rows)).toThrow(RangeError);
  });
});

describe('the centre', () => {
  const units = (count: number) => ({
    count,
    starts: Int32Array.from({ length: count + 1 }, (_, unit) => unit),
    rows: Int32Array.from({ length: count }, (_, unit) => unit),
  });
  const how = { noiseMultiplier: 1, publicCount: 100, dimensions: DIMENSIONS };

  it('is the mean with noise of the stated deviation for vectors of length one', () => {
    const random = privateRandomForTests(5);
    const mean = Float64Array.from({ length: DIMENSIONS }, (_, d) => {
      const own = Array.from({ length: 100 }, (_, row) => vectorOf(row)[d]!);
      return own.reduce((sum, value) => sum + value, 0) / 100;
    });
    let squares = 0;
    const runs = 500;
    for (let run = 0; run < runs; run++) {
      const found = privateCentre(units(100), vectorOf, how, random)!;
      squares += found.reduce((sum, value, d) => sum + (value - mean[d]!) ** 2, 0);
    }
    // 4,000 squares of deviation 1 / 100, and hardly shrunk: within 4 deviations of their mean.
    const variance = (squares / (runs * DIMENSIONS)) * 100 ** 2;
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / (runs * DIMENSIONS)));
  });

  it('holds one unit to length one, however long its vectors are or how many it has', () => {
    const long = (row: number): Float32Array =>
      row === 0 ? new Float32Array(DIMENSIONS).fill(1e6) : vectorOf(row);
    const apart = [vectorOf, long].map((of) =>
      privateCentre(units(100), of, { ...how, noiseMultiplier: 0.01 }, privateRandomForTests(5))!,
    );
    const moved = Math.hypot(...apart[0]!.map((value, d) => value - apart[1]![d]!));
    expect(moved).toBeLessThan(2.1 / 100);
    const unbounded = (row: number): Float32Array =>
      row === 0 ? new Float32Array(DIMENSIONS).fill(Infinity) : vectorOf(row);
    const found = privateCentre(units(100), unbounded, how, privateRandomForTests(5))!;
    expect(found.every(Number.isFinite)).toBe(true);
  });

  it('moves by one unit as far whether that has one text or fifty', () => {
    const opposite = (row: number): Float32Array => vectorOf(row < 150 ? 0 : row - 150);
    const starts = Int32Array.from({ length: 101 }, (_, unit) => (unit === 0 ? 0 : 49 + unit));
    // The first unit has fifty texts, all as that of row 0.
    const rows = Int32Array.from({ length: 149 }, (_, place) => (place < 50 ? place : 101 + place));
    const several = { count: 100, starts, rows };
    const little = { ...how, noiseMultiplier: 1e-3 };
    const [one, fifty] = [
      privateCentre(units(100), vectorOf, little, privateRandomForTests(5))!,
      privateCentre(several, opposite, little, privateRandomForTests(5))!,
    ];
    expect(Math.hypot(...one.map((value, d) => value - fifty[d]!))).toBeLessThan(1e-3);
  });

  it('is divided by the count as published, not by the true one', () => {
    const published = { ...how, noiseMultiplier: 1e-3, publicCount: 90 };
    const [rounded, exact] = [published, { ...published, publicCount: 99 }].map((one) =>
      privateCentre(units(99), vectorOf, one, privateRandomForTests(5))!,
    );
    for (const [d, value] of rounded!.entries()) expect(value * 90).toBeCloseTo(exact![d]! * 99, 1);
    expect(Math.hypot(...rounded!)).toBeGreaterThan(1.05 * Math.hypot(...exact!));
  });

  it('is none where nothing stands out from the noise', () => {
    const much = { ...how, noiseMultiplier: 1e6 };
    const found = Array.from({ length: 20 }, (_, seed) =>
      privateCentre(units(3), vectorOf, much, privateRandomForTests(seed)),
    );
    expect(found.some((centre) => centre === null)).toBe(true);
  });
});

it('steps of a head depend on public figures alone, and less noise lets them be longer', () => {
  const rates = [20, 80].map((noise) => {
    const plan = trainPlan.parse(base);
    const { optimiser, batch } = settingsOf(plan, 'encoder-head', softmaxHead(3), 2000, 0);
    expect(batch).toBe(2000);
    const parameters = new Float64Array(1);
    optimiser(1, noise).step(parameters, Float64Array.of(1), 0);
    return -parameters[0]!;
  });
  expect(rates[0]).toBeGreaterThan(rates[1]!);
});
