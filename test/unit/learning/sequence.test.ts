import { describe, expect, it } from 'vitest';
import type { PrivacyStatement } from '../../../main/contract/train.ts';
import { addClipped, packs } from '../../../main/learning/clipped-sum.ts';
import { gaussianMechanism } from '../../../main/learning/mechanism.ts';
import { sequenceEngine } from '../../../main/learning/sequence/engine.ts';
import type { TokenRows } from '../../../main/learning/sequence/layer.ts';
import { rowUnits } from '../../../main/learning/units.ts';
import { privateRandomForTests } from '../../../main/privacy/seeded.ts';
import { lengthOf } from './fixtures.ts';
import {
  anyParameters,
  bag,
  fused,
  gradientOf,
  hasTensorFlow,
  orderedBag,
  recurrent,
  someTexts,
  tagger,
  tf,
  tokensOf,
  type Tried,
} from './sequence-models.ts';

const KINDS: readonly (readonly [string, () => Tried])[] = [
  ['a bag of embeddings', bag],
  ['a bag of values in order', orderedBag],
  ['a recurrent model, last state', () => recurrent('last', 3)],
  ['a wide recurrent model, mean of states', () => recurrent('mean', 24)],
  ['a recurrent model read backwards', () => recurrent('mean', 3, true)],
  ['a recurrent model of every token', tagger],
  ['a recurrent model with columns beside it and fixed vectors', fused],
];

/** With units of one row, and as where units have several, in double precision. */
const MODELS = [false, true].flatMap((several) =>
  KINDS.map(([name, made]) => ({ several, made, name: several ? `${name}, by persons` : name })),
);

const LENGTH = 6;
const texts = someTexts(LENGTH);
const ROWS = texts.rows;
const everyRow = Int32Array.from({ length: ROWS }, (_, r) => r);
const alone = Int32Array.from({ length: ROWS + 1 }, (_, r) => r);
/** Rows with tokens: what a text without any gives is told below. */
const filled = [...everyRow].filter((r) => texts.lengths[r]! > 0);
const EMPTY = [...everyRow].find((r) => texts.lengths[r] === 0)!;

function opened({ made, several }: (typeof MODELS)[number]) {
  const tried = made();
  const { stack, head } = tried;
  const engine = sequenceEngine(tf, stack, head, { capacity: ROWS, length: LENGTH, several });
  const parameters = anyParameters(stack, 3);
  engine.setParameters(parameters);
  const width = engine.targetWidth;
  const values = Math.max(2, head.outputs);
  const targets = Float64Array.from({ length: ROWS * width }, (_, i) => i % values);
  const gradient = (row: number): Float64Array =>
    gradientOf(tried, parameters, tokensOf(texts, row), [
      ...targets.subarray(row * width, row * width + (width === 1 ? 1 : texts.lengths[row]!)),
    ]);
  return { tried, engine, parameters, targets, gradient };
}

type Opened = ReturnType<typeof opened>;

/** The engine's gradient of one row among those of `rows`. */
function ownGradient({ engine, targets }: Opened, rows: TokenRows, row: number): Float64Array {
  engine.backward(rows, targets);
  const sum = new Float64Array(engine.parameters);
  engine.addWeightedGradient(
    Float64Array.from(everyRow, (r) => Number(r === row)),
    sum,
  );
  return sum;
}

const apart = (found: Float64Array, wanted: Float64Array): number =>
  lengthOf(found.map((value, i) => value - wanted[i]!)) / lengthOf(wanted);

describe.skipIf(!hasTensorFlow).each(MODELS)('$name', (model) => {
  it('gives the length of each text’s gradient: repeated tokens, padding, biases', () => {
    const { engine, targets, gradient } = opened(model);
    engine.backward(texts, targets);
    const norms = new Float64Array(ROWS);
    engine.squaredNorms(alone, norms);
    for (const row of filled) {
      expect(Math.abs(Math.sqrt(norms[row]!) / lengthOf(gradient(row)) - 1)).toBeLessThan(1e-5);
    }
    engine.dispose();
  });

  it('gives the length of a person’s summed gradient', () => {
    const { engine, targets, gradient } = opened(model);
    engine.backward(texts, targets);
    const groups = Int32Array.from([0, 1, 1, 2, 3, ROWS]);
    const norms = new Float64Array(groups.length - 1);
    if (!model.several) {
      expect(() => engine.squaredNorms(groups, norms)).toThrow(RangeError);
      engine.dispose();
      return;
    }
    engine.squaredNorms(groups, norms);
    const wanted = new Float64Array(engine.parameters);
    for (let row = 3; row < ROWS; row++) {
      gradient(row).forEach((value, i) => (wanted[i]! += value));
    }
    expect(norms[1]).toBe(0);
    expect(Math.abs(Math.sqrt(norms[4]!) / lengthOf(wanted) - 1)).toBeLessThan(1e-5);
    engine.dispose();
  });

  it('clips and sums as the naive loop does, however the batch is cut', () => {
    const { tried, engine, parameters, targets, gradient } = opened(model);
    const clip = 0.3;
    const naive = new Float64Array(engine.parameters);
    const chosen = Int32Array.from(filled);
    for (const row of filled) {
      const one = gradient(row);
      const factor = Math.min(1, clip / lengthOf(one));
      one.forEach((value, i) => (naive[i]! += factor * value));
    }
    const examples = { vectors: texts, targets, units: rowUnits(everyRow) };
    for (const ways of [1, 2, 7]) {
      const capacity = Math.ceil(ROWS / ways);
      const limits = { capacity, length: LENGTH, several: model.several };
      const cut = sequenceEngine(tf, tried.stack, tried.head, limits);
      cut.setParameters(parameters);
      const sum = new Float64Array(naive.length);
      for (const pack of packs(examples.units, chosen, capacity)) {
        addClipped(cut, examples, pack, clip, sum);
      }
      expect(apart(sum, naive)).toBeLessThan(1e-5);
      cut.dispose();
    }
    engine.dispose();
  });

  it('never lets one text’s gradient depend on another, nor on how it is padded', () => {
    const all = opened(model);
    const before = ownGradient(all, texts, 0);
    const others = { ...texts, ids: texts.ids.map((id, i) => (i < LENGTH ? id : (id * 5) % 9)) };
    expect(apart(ownGradient(all, others, 0), before)).toBeLessThan(1e-6);
    const shorter = all.engine.gather(texts, Int32Array.of(0));
    expect(shorter.length).toBeLessThan(LENGTH);
    all.engine.backward(shorter, all.targets.subarray(0, all.engine.targetWidth));
    const own = new Float64Array(before.length);
    all.engine.addWeightedGradient(Float64Array.of(1), own);
    expect(apart(own, before)).toBeLessThan(1e-6);
    all.engine.dispose();
  });

  it('reads a text without tokens as nothing: only what has no inputs learns of it', () => {
    const all = opened(model);
    const own = ownGradient(all, texts, EMPTY);
    const norms = new Float64Array(ROWS);
    all.engine.squaredNorms(alone, norms);
    expect(Math.sqrt(norms[EMPTY]!)).toBeCloseTo(lengthOf(own), 5);
    const { offset, rows, columns } = all.tried.stack.specs.get('embedding/table')!;
    expect(lengthOf(own.subarray(offset, offset + rows * columns))).toBe(0);
    all.engine.dispose();
  });

  it('drops a text whose gradient is no finite number, and the others stay', () => {
    const { tried, engine, parameters, targets } = opened(model);
    const { offset, rows, columns } = tried.stack.specs.get('embedding/table')!;
    const broken = parameters.slice();
    // Word 8 is the last that has a vector of its own.
    broken.fill(Infinity, offset + (rows - 1) * columns, offset + rows * columns);
    engine.setParameters(broken);
    const examples = { vectors: texts, targets, units: rowUnits(everyRow) };
    const withEight = [...everyRow].find((r) => tokensOf(texts, r).includes(8))!;
    const summed = (chosen: Int32Array): Float64Array => {
      const sum = new Float64Array(engine.parameters);
      for (const pack of packs(examples.units, chosen, ROWS)) {
        addClipped(engine, examples, pack, 0.3, sum);
      }
      return sum;
    };
    const sum = summed(everyRow);
    expect(sum.every(Number.isFinite)).toBe(true);
    expect(apart(sum, summed(everyRow.filter((r) => r !== withEight)))).toBeLessThan(1e-6);
    engine.dispose();
  });

  it('leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    const { engine, targets } = opened(model);
    for (let step = 0; step < 3; step++) {
      engine.backward(texts, targets);
      engine.squaredNorms(alone, new Float64Array(ROWS));
      engine.addWeightedGradient(new Float64Array(ROWS), new Float64Array(engine.parameters));
      engine.outputs(texts);
    }
    engine.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('has noise of deviation sigma x clip in every tensor, rows of absent words too', () => {
    const { tried, engine } = opened(model);
    const phase = { mechanism: 'poisson_gaussian', noise_multiplier: 2.5 } as const;
    const promise = {
      ...{ public_count: 100, clip: 0.7, expected_batch: 10, max_rows: null },
      phases: [{ ...phase, sample_rate: 0.1, steps: 10 }],
    } as unknown as PrivacyStatement;
    const random = privateRandomForTests('noise of sequences');
    const mechanism = gaussianMechanism(engine, promise, 100, random);
    const repeats = 200;
    const squares = new Float64Array(engine.parameters);
    for (let k = 0; k < repeats; k++) {
      const sum = new Float64Array(engine.parameters);
      mechanism.addNoise(sum);
      sum.forEach((value, i) => (squares[i]! += value * value));
    }
    expect(squares.every((square) => square > 0)).toBe(true);
    for (const { offset, rows, columns } of tried.stack.specs.values()) {
      const part = squares.subarray(offset, offset + rows * columns);
      const draws = part.length * repeats;
      const ratio = part.reduce((a, b) => a + b, 0) / draws / (2.5 * 0.7) ** 2;
      expect(Math.abs(ratio - 1)).toBeLessThan(3.29 * Math.sqrt(2 / draws) + 3e-4);
    }
    engine.dispose();
  });
});
