import { describe, expect, it } from 'vitest';
import { addClipped, packs, type Examples } from '../../../main/learning/clipped-sum.ts';
import {
  BINARY,
  cumulativeHead,
  numberHead,
  softmaxHead,
  type Head,
} from '../../../main/learning/heads.ts';
import { architectureOf, parameterCount } from '../../../main/learning/layers.ts';
import type { Units } from '../../../main/learning/units.ts';
import {
  backends,
  denseRow,
  lengthOf,
  randomExamples,
  randomParameters,
  seededUniform,
} from './fixtures.ts';

/** The loss of a row straight from its definition, from outputs and constants. */
type Loss = (outputs: readonly number[], constants: readonly number[], target: number) => number;

interface Case {
  readonly name: string;
  readonly head: Head;
  readonly loss: Loss;
  readonly target: (draw: () => number) => number;
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** Thresholds one by one: 0, then each further up. */
function cumulative(values: number): Loss {
  return ([output = 0], constants, target) => {
    const upTo = (k: number): number => {
      if (k < 0) return 0;
      if (k === values - 1) return 1;
      const threshold = constants
        .slice(0, k)
        .reduce((sum, c) => sum + Math.log(1 + Math.exp(c)), 0);
      return sigmoid(threshold - output);
    };
    return -Math.log(upTo(target) - upTo(target - 1));
  };
}

const place =
  (values: number) =>
  (draw: () => number): number =>
    Math.floor(values * draw());

const CASES: readonly Case[] = [
  {
    name: 'two values',
    head: BINARY,
    loss: ([output = 0], _, target) =>
      -Math.log(target === 1 ? sigmoid(output) : 1 - sigmoid(output)),
    target: place(2),
  },
  {
    name: 'several values',
    head: softmaxHead(4),
    loss: (outputs, _, target) =>
      Math.log(outputs.reduce((sum, z) => sum + Math.exp(z), 0)) - outputs[target]!,
    target: place(4),
  },
  { name: 'five in order', head: cumulativeHead(5), loss: cumulative(5), target: place(5) },
  { name: 'three in order', head: cumulativeHead(3), loss: cumulative(3), target: place(3) },
  {
    name: 'a number',
    head: numberHead(10, 30),
    // 10 .. 30 is -1 .. 1, and 5 and 40 lie outside.
    loss: ([output = 0], _, target) =>
      (output - (Math.min(30, Math.max(10, target)) - 20) / 10) ** 2 / 2,
    target: (draw) => 5 + 35 * draw(),
  },
];
const SHAPES = [{ hidden: [] }, { hidden: [7] }, { hidden: [9, 4] }] as const;
const INPUTS = 14;
const ROWS = 24;

function examplesOf({ target }: Case, seed: number): Examples {
  const draw = seededUniform(seed + 100);
  const examples = randomExamples(ROWS, INPUTS, seed);
  return { ...examples, targets: examples.targets.map(() => target(draw)) };
}

/** The loss of one row as a function of all parameters. */
function lossOf(
  { head, loss }: Case,
  hidden: readonly number[],
  parameters: Float64Array,
  dense: readonly number[],
  target: number,
): number {
  const widths = [INPUTS, ...hidden, head.outputs];
  let at = 0;
  let values = [...dense];
  for (let l = 1; l < widths.length; l++) {
    const width = widths[l]!;
    const next = Array.from({ length: width }, (_, c) => {
      const bias = parameters[at + values.length * width + c]!;
      return values.reduce((sum, x, i) => sum + x * parameters[at + i * width + c]!, bias);
    });
    at += (values.length + 1) * width;
    values = l === widths.length - 1 ? next : next.map((z) => Math.max(0, z));
  }
  return loss(values, [...parameters.subarray(at)], target);
}

/** Finite differences, each parameter by itself. */
function gradientOf(
  one: Case,
  hidden: readonly number[],
  parameters: Float64Array,
  dense: readonly number[],
  target: number,
): Float64Array {
  const step = 1e-5;
  return parameters.map((_, p) => {
    const moved = (by: number): number => {
      const copy = parameters.slice();
      copy[p]! += by;
      return lossOf(one, hidden, copy, dense, target);
    };
    return (moved(step) - moved(-step)) / (2 * step);
  });
}

for (const backend of backends().filter(({ absent }) => absent === undefined)) {
  describe.each(CASES)(`$name by ${backend.name}`, (one) => {
    const { head } = one;
    it.each(SHAPES)(
      'gradients, their lengths and the clipped sum, layers $hidden',
      ({ hidden }) => {
        const architecture = architectureOf({ inputs: INPUTS, hidden }, head);
        const parameters = randomParameters(architecture, 5);
        const size = parameterCount(architecture);
        const examples = examplesOf(one, 9);
        const gradients = Array.from({ length: ROWS }, (_, r) =>
          gradientOf(one, hidden, parameters, denseRow(examples.vectors, r), examples.targets[r]!),
        );
        const engine = backend.make(architecture, ROWS, head);
        engine.setParameters(parameters);
        engine.backward(examples.vectors, examples.targets);
        const norms = new Float64Array(ROWS);
        engine.squaredNorms(
          Int32Array.from({ length: ROWS + 1 }, (_, g) => g),
          norms,
        );
        for (let r = 0; r < ROWS; r++) {
          const weights = new Float64Array(ROWS);
          weights[r] = 1;
          const own = new Float64Array(size);
          engine.addWeightedGradient(weights, own);
          const explicit = lengthOf(gradients[r]!);
          expect(lengthOf(own.map((g, i) => g - gradients[r]![i]!))).toBeLessThan(
            1e-5 * (1 + explicit),
          );
          // Against what is summed, and against the definition.
          expect(Math.abs(Math.sqrt(norms[r]!) / lengthOf(own) - 1)).toBeLessThan(1e-6);
          expect(Math.abs(Math.sqrt(norms[r]!) - explicit)).toBeLessThan(1e-5 * (1 + explicit));
        }
        const clip = 0.5;
        const naive = new Float64Array(size);
        for (const gradient of gradients) {
          const factor = Math.min(1, clip / lengthOf(gradient));
          gradient.forEach((g, i) => (naive[i]! += factor * g));
        }
        const all = Int32Array.from({ length: ROWS }, (_, r) => r);
        for (const ways of [1, 5]) {
          const sum = new Float64Array(size);
          for (const pack of packs(examples.units, all, Math.ceil(ROWS / ways))) {
            addClipped(engine, examples, pack, clip, sum);
          }
          expect(lengthOf(sum.map((g, i) => g - naive[i]!))).toBeLessThan(1e-4);
        }
      },
    );

    it('gives the length of a person’s summed gradient', () => {
      const architecture = architectureOf({ inputs: INPUTS, hidden: [5] }, head);
      const engine = backend.make(architecture, ROWS, head);
      engine.setParameters(randomParameters(architecture, 7));
      const { vectors, targets } = examplesOf(one, 29);
      engine.backward(vectors, targets);
      const groups = Int32Array.of(0, 1, 6, 13, ROWS);
      const norms = new Float64Array(groups.length - 1);
      engine.squaredNorms(groups, norms);
      norms.forEach((square, g) => {
        const weights = new Float64Array(ROWS).fill(1, groups[g], groups[g + 1]);
        const sum = new Float64Array(parameterCount(architecture));
        engine.addWeightedGradient(weights, sum);
        expect(Math.abs(Math.sqrt(square) / lengthOf(sum) - 1)).toBeLessThan(1e-4);
      });
    });

    it('a person moves the sum by the clipping norm at most, whatever the rows hold', () => {
      const architecture = architectureOf({ inputs: INPUTS, hidden: [5] }, head);
      const parameters = randomParameters(architecture, 6).map((p) => 8 * p);
      const engine = backend.make(architecture, ROWS, head);
      engine.setParameters(parameters);
      const examples = examplesOf(one, 19);
      const units: Units = {
        count: 2,
        starts: Int32Array.from([0, ROWS - 5, ROWS]),
        rows: Int32Array.from({ length: ROWS }, (_, r) => r),
      };
      const sumOf = (chosen: readonly number[], scale: number): Float64Array => {
        const values = examples.vectors.values.map((v) => scale * v);
        const given = { ...examples, units, vectors: { ...examples.vectors, values } };
        const sum = new Float64Array(parameterCount(architecture));
        for (const pack of packs(units, Int32Array.from(chosen), ROWS)) {
          addClipped(engine, given, pack, 0.3, sum);
        }
        return sum;
      };
      for (const scale of [1, 1e3, Infinity]) {
        const [both, without] = [sumOf([0, 1], scale), sumOf([0], scale)];
        const moved = lengthOf(both.map((g, i) => g - without[i]!));
        expect(moved).toBeLessThanOrEqual(0.3 * (1 + 1e-5));
      }
    });
  });
}

describe('answers', () => {
  it('of several values add up to 1, however far the outputs are apart', () => {
    for (const head of [softmaxHead(4), cumulativeHead(6)]) {
      const outputs = Float64Array.from(
        { length: 8 * head.outputs },
        (_, i) => (i % 5) * 10 ** (i % 4) - 40,
      );
      const constants = Float64Array.from({ length: head.constants }, (_, c) => 30 * c - 50);
      const answers = new Float64Array(8 * head.scores);
      head.answers(outputs, constants, answers);
      for (let r = 0; r < 8; r++) {
        const row = answers.subarray(r * head.scores, (r + 1) * head.scores);
        expect(Math.min(...row)).toBeGreaterThanOrEqual(0);
        expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      }
    }
  });

  it('of two values in order are those of logistic regression', () => {
    const answers = new Float64Array(2);
    cumulativeHead(2).answers(Float64Array.of(0.7), new Float64Array(0), answers);
    expect(answers[1]).toBeCloseTo(sigmoid(0.7), 14);
  });

  it('of a number lie within its bounds', () => {
    const answers = new Float64Array(3);
    numberHead(10, 30).answers(Float64Array.of(-7, 0.5, 7), new Float64Array(0), answers);
    expect([...answers]).toEqual([10, 25, 30]);
  });
});
