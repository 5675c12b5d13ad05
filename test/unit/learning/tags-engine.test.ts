import { describe, expect, it } from 'vitest';
import { packs, addClipped } from '../../../main/learning/clipped-sum.ts';
import { taggerEngine, taggerSize } from '../../../main/learning/tags/engine.ts';
import { sentenceMaker, taggerFacts } from '../../../main/learning/tags/material.ts';
import type { SentenceRows, Sentences } from '../../../main/learning/tags/sentences.ts';
import { featureMaker } from '../../../main/learning/tags/token-features.ts';
import { seededUniform } from './fixtures.ts';

const CLASSES = 5;
const WIDTH = 3;
const BITS = 8;
const shape = { features: 2 ** BITS, vectors: WIDTH, classes: CLASSES };
const LONGEST = 80;

/** Texts with repeated words, one token, many, none. */
const MANY = Array.from({ length: 60 }, (_, i) => `w${i}`).join(' ');
const TEXTS = ['a b a b a', 'Anna', '', 'In 2001 Anna met Bo in Rome .', MANY, 'x y z'].map(
  (text) => (text === '' ? [] : text.split(' ')),
);

function sentencesOf(texts: readonly string[][], seed = 3): Sentences {
  const draw = seededUniform(seed);
  const starts = new Int32Array(texts.length + 1);
  texts.forEach((text, r) => (starts[r + 1] = starts[r]! + text.length));
  const all = texts.flat();
  const known = [...new Set(all)].sort();
  const vectors = Float32Array.from({ length: known.length * WIDTH }, () => draw() - 0.5);
  return {
    starts,
    features: featureMaker(BITS, 1)(texts),
    vectors: {
      width: WIDTH,
      vectors,
      squares: Float64Array.from(known, (_, w) =>
        vectors.subarray(w * WIDTH, (w + 1) * WIDTH).reduce((sum, one) => sum + one * one, 0),
      ),
      words: Int32Array.from(all, (word) => known.indexOf(word)),
      scales: Float32Array.from(all, () => 0.5 + draw()),
    },
    classes: Int32Array.from(all, () => Math.floor(draw() * CLASSES)),
  };
}

const source = sentencesOf(TEXTS);
const every: SentenceRows = { source, chosen: Int32Array.from(TEXTS.keys()) };
const draw = seededUniform(8);
const parameters = Float64Array.from({ length: taggerSize(shape) }, () => draw() - 0.5);

/** The vector of a token, every entry by itself. */
function vectorOf({ starts, features, vectors }: Sentences, row: number, token: number): number[] {
  const vector = Array.from({ length: taggerSize(shape) / CLASSES }, () => 0);
  for (let e = features.starts[token]!; e < features.starts[token + 1]!; e++) {
    vector[features.indices[e]!]! += features.values[token]!;
  }
  for (const place of [0, 1, 2]) {
    const seen = token + place - 1;
    if (seen < starts[row]! || seen >= starts[row + 1]!) continue;
    for (let i = 0; i < WIDTH; i++) {
      vector[shape.features + place * WIDTH + i] =
        vectors!.scales[token]! * vectors!.vectors[vectors!.words[seen]! * WIDTH + i]!;
    }
  }
  return vector;
}

/** Gradient of a text's loss, straight from the definition. */
function gradientOf(of: Sentences, row: number): Float64Array {
  const gradient = new Float64Array(taggerSize(shape));
  for (let t = of.starts[row]!; t < of.starts[row + 1]!; t++) {
    const vector = vectorOf(of, row, t);
    const logits = Array.from({ length: CLASSES }, (_, c) =>
      vector.reduce((sum, one, i) => sum + one * parameters[i * CLASSES + c]!, 0),
    );
    const whole = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
    logits.forEach((logit, c) => {
      const delta = Math.exp(logit) / whole - Number(of.classes![t] === c);
      vector.forEach((one, i) => (gradient[i * CLASSES + c]! += one * delta));
    });
  }
  return gradient;
}

function engineOf() {
  const engine = taggerEngine(shape, 8, LONGEST);
  engine.setParameters(parameters);
  return engine;
}

function add(a: Float64Array, b: Float64Array, weight = 1): Float64Array {
  return a.map((one, i) => one + weight * b[i]!);
}

const square = (vector: Float64Array): number => vector.reduce((sum, one) => sum + one * one, 0);

describe('gradients of taggers', () => {
  it('have the length of the explicit ones: repeated words, one token, no token', () => {
    const engine = engineOf();
    engine.backward(every, new Float64Array(0));
    const norms = new Float64Array(TEXTS.length);
    engine.squaredNorms(
      Int32Array.from({ length: TEXTS.length + 1 }, (_, g) => g),
      norms,
    );
    TEXTS.forEach((_, r) => {
      const expected = square(gradientOf(source, r));
      expect(Math.abs(norms[r]! - expected)).toBeLessThanOrEqual(1e-9 * expected);
    });
    expect(norms[2]).toBe(0);
  });

  it('of a person with several texts have the length of their sum', () => {
    const engine = engineOf();
    engine.backward(every, new Float64Array(0));
    const norms = new Float64Array(2);
    engine.squaredNorms(Int32Array.of(0, 4, 6), norms);
    const sumOf = (rows: readonly number[]): Float64Array =>
      rows.map((r) => gradientOf(source, r)).reduce((a, b) => add(a, b));
    expect(norms[0]! / square(sumOf([0, 1, 2, 3]))).toBeCloseTo(1, 9);
    expect(norms[1]! / square(sumOf([4, 5]))).toBeCloseTo(1, 9);
  });

  it('are never reported so short that what was added up is out of proportion', () => {
    // Two tokens of the same features and opposite deltas: their sum is nearly nothing.
    const texts = [['a', 'a', 'a', 'a']];
    const of = { ...sentencesOf(texts), vectors: undefined, classes: Int32Array.of(0, 1, 2, 3) };
    const engine = taggerEngine({ ...shape, vectors: 0, classes: 4 }, 8, LONGEST);
    engine.setParameters(new Float64Array(engine.parameters));
    const rows = { source: of, chosen: Int32Array.of(0) };
    engine.backward(rows, new Float64Array(0));
    const norms = new Float64Array(1);
    engine.squaredNorms(Int32Array.of(0, 1), norms);
    // Each token's delta has the squared length 3/4; four of them, floor 4 x 3 / 1000^2.
    expect(norms[0]).toBeGreaterThanOrEqual((4 * 3) / 1e6 - 1e-12);
  });

  it('weighted add up to the naive sum, however they are divided', () => {
    const weights = Float64Array.from(TEXTS, (_, r) => 0.2 * r);
    let naive: Float64Array = new Float64Array(taggerSize(shape));
    TEXTS.forEach((_, r) => (naive = add(naive, gradientOf(source, r), weights[r]!)));
    for (const size of [1, 2, 6]) {
      const engine = engineOf();
      const sum = new Float64Array(engine.parameters);
      for (let from = 0; from < TEXTS.length; from += size) {
        const places = Int32Array.from(TEXTS.keys()).subarray(from, from + size);
        engine.backward(engine.gather(every, places), new Float64Array(0));
        engine.addWeightedGradient(weights.subarray(from, from + size), sum);
      }
      expect(Math.sqrt(square(add(sum, naive, -1)))).toBeLessThan(1e-12);
    }
  });

  it('of one text do not change with the others of a pass', () => {
    const engine = engineOf();
    const alone = new Float64Array(1);
    engine.backward({ source, chosen: Int32Array.of(3) }, new Float64Array(0));
    engine.squaredNorms(Int32Array.of(0, 1), alone);
    const norms = new Float64Array(2);
    engine.backward({ source, chosen: Int32Array.of(0, 3) }, new Float64Array(0));
    engine.squaredNorms(Int32Array.of(0, 1, 2), norms);
    expect(norms[1]).toBe(alone[0]);
  });

  it('are clipped per text: one with a huge gradient moves the sum by the clipping norm', () => {
    const engine = engineOf();
    const units = { count: 6, starts: Int32Array.of(0, 1, 2, 3, 4, 5, 6), rows: every.chosen };
    const huge = sentencesOf(TEXTS);
    huge.features.values.fill(1e6, huge.starts[3], huge.starts[4]);
    const sumOf = (of: Sentences, chosen: readonly number[]): Float64Array => {
      const sum = new Float64Array(engine.parameters);
      const examples = {
        ...{ vectors: { source: of, chosen: every.chosen }, targets: new Float64Array(0), units },
      };
      for (const pack of packs(units, Int32Array.from(chosen), engine.capacity)) {
        addClipped(engine, examples, pack, 0.5, sum);
      }
      return sum;
    };
    const moved = add(sumOf(huge, [0, 1, 3, 4]), sumOf(huge, [0, 1, 4]), -1);
    expect(Math.sqrt(square(moved))).toBeLessThanOrEqual(0.5 * (1 + 1e-6));
  });
});

describe('features of tokens', () => {
  it('give every token a vector of the length asked for', () => {
    const { starts, values } = featureMaker(14, 1)([['Anna', 'x'.repeat(100_000), '😀', '王小明']]);
    for (let t = 0; t < 4; t++) {
      expect(values[t]! ** 2 * (starts[t + 1]! - starts[t]!)).toBeCloseTo(1, 6);
    }
  });

  it('depend on the token and its two neighbours alone', () => {
    const make = featureMaker(14, 1);
    const of = (text: string, t: number): Int32Array => {
      const { starts, indices } = make([text.split(' ')]);
      return indices.slice(starts[t], starts[t + 1]);
    };
    expect(of('x a b c y', 2)).toEqual(of('z a b c w', 2));
    expect(of('x a b c y', 2)).not.toEqual(of('x d b c y', 2));
    expect(of('x a b c y', 2)).not.toEqual(of('x a B c y', 2));
  });

  it('are what they were: a saved model reads the same places', () => {
    const { indices, starts } = featureMaker(14, 1)([['In', 'Rome']]);
    expect([...indices.subarray(0, 4), starts[2]]).toMatchInlineSnapshot(`
      [
        15271,
        11064,
        3622,
        14479,
        53,
      ]
    `);
  });

  it('and pieces of the encoder have the same length together', async () => {
    const facts = await taggerFacts(14, true);
    const maker = await sentenceMaker(facts);
    expect(maker.widths).toEqual({ features: 2 ** 14, vectors: 256 });
    const { features, vectors } = maker.sentences([['Anna', 'slept', '.']]);
    const hashed = features.values[1]! ** 2 * (features.starts[2]! - features.starts[1]!);
    const seen = vectors!.scales[1]! ** 2 * vectors!.squares.reduce((sum, one) => sum + one);
    expect([hashed, seen]).toEqual([expect.closeTo(0.5, 6), expect.closeTo(0.5, 6)]);
  });
});
