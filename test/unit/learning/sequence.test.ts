import { describe, expect, it } from 'vitest';
import { sequenceEngine } from '../../../main/learning/sequence/engine.ts';
import {
  anyParameters,
  bag,
  gradientOf,
  hasTensorFlow,
  recurrent,
  someTexts,
  tf,
  tokensOf,
  type Tried,
} from './sequence-models.ts';

const MODELS: readonly (readonly [string, () => Tried])[] = [
  ['a bag of embeddings', bag],
  ['a recurrent model, last state', recurrent],
  ['a recurrent model, mean of states', () => recurrent('mean')],
];

const texts = someTexts();
const everyRow = Int32Array.from({ length: texts.rows + 1 }, (_, r) => r);
const targets = Float64Array.from({ length: texts.rows }, (_, r) => r % 2);

function opened(made: () => Tried) {
  const tried = made();
  const engine = sequenceEngine(tf, tried.stack, tried.head, { capacity: 8, length: 6 });
  const parameters = anyParameters(tried.stack, 3);
  engine.setParameters(parameters);
  return { tried, engine, parameters };
}

/** Gradients of the rows that have tokens; those without are checked by themselves. */
const filled = [...texts.lengths.keys()].filter((r) => texts.lengths[r]! > 0);

const square = (values: Float64Array): number => values.reduce((sum, v) => sum + v * v, 0);
const expectNear = (found: Float64Array, wanted: Float64Array): void => {
  const apart = square(found.map((v, i) => v - wanted[i]!));
  expect(Math.sqrt(apart / square(wanted))).toBeLessThan(1e-5);
};

describe.skipIf(!hasTensorFlow).each(MODELS)('%s', (_, made) => {
  it('gives the length of each text’s gradient: repeated tokens, padding, biases', () => {
    const { tried, engine, parameters } = opened(made);
    engine.backward(texts, targets);
    const norms = new Float64Array(texts.rows);
    engine.squaredNorms(everyRow, norms);
    for (const row of filled) {
      const wanted = gradientOf(tried, parameters, tokensOf(texts, row), [targets[row]!]);
      expect(Math.sqrt(norms[row]! / square(wanted))).toBeCloseTo(1, 5);
    }
    engine.dispose();
  });

  it('adds up weighted gradients as the naive loop does', () => {
    const { tried, engine, parameters } = opened(made);
    const weights = Float64Array.from(texts.lengths, (length, r) => (length === 0 ? 0 : 0.3 + r));
    engine.backward(texts, targets);
    const sum = new Float64Array(engine.parameters);
    engine.addWeightedGradient(weights, sum);
    const wanted = new Float64Array(engine.parameters);
    for (const row of filled) {
      gradientOf(tried, parameters, tokensOf(texts, row), [targets[row]!]).forEach(
        (value, i) => (wanted[i]! += weights[row]! * value),
      );
    }
    expectNear(sum, wanted);
    engine.dispose();
  });
});
