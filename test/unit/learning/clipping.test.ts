import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addClipped, packs, type Examples } from '../../../main/learning/clipped-sum.ts';
import { clipWeight } from '../../../main/learning/clipping.ts';
import { parameterCount } from '../../../main/learning/layers.ts';
import {
  backends,
  denseRow,
  explicitGradient,
  lengthOf,
  randomExamples,
  randomParameters,
} from './fixtures.ts';

const ARCHITECTURE = { inputs: 12, hidden: [6, 3] };
const ROWS = 24;
const GAMMA = 0.01;

describe('the weight of a unit', () => {
  const lengths = fc.double({ min: 0, max: 1e300, noNaN: true });
  const clips = fc.double({ min: 1e-6, max: 1e6, noNaN: true });

  it('never leaves more than C of a gradient, automatic or flat, however long it is', () => {
    fc.assert(
      fc.property(lengths, clips, fc.constantFrom('flat', 'automatic'), (norm, clip, how) => {
        const length = norm * clipWeight(norm, clip, how);
        expect(length).toBeLessThanOrEqual(clip * (1 + 1e-12));
        expect(length).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('is C / (norm + 0.01) when automatic: longer gradients weigh less, and none weighs nothing', () => {
    expect(clipWeight(0, 2, 'automatic')).toBeCloseTo(200, 9);
    expect(clipWeight(0.99, 2, 'automatic')).toBeCloseTo(2, 12);
    expect(clipWeight(3.99, 2, 'automatic')).toBeCloseTo(0.5, 12);
    expect(clipWeight(0.5, 2, 'flat')).toBe(1);
    expect(clipWeight(4, 2, 'flat')).toBe(0.5);
  });
});

for (const backend of backends()) {
  // What is absent here is said by backends.test.ts.
  if (backend.absent !== undefined) continue;
  describe(`automatic clipping on ${backend.name}`, () => {
    const engine = backend.make(ARCHITECTURE, ROWS);
    const parameters = randomParameters(ARCHITECTURE, 3);
    engine.setParameters(parameters);
    const examples = randomExamples(ROWS, ARCHITECTURE.inputs, 11);
    const all = Int32Array.from({ length: ROWS }, (_, r) => r);
    const exact = backend.tolerance < 1e-9;

    const sumOf = (of: Examples, chosen: Int32Array, clip: number, capacity = ROWS) => {
      const sum = new Float64Array(parameterCount(ARCHITECTURE));
      for (const pack of packs(of.units, chosen, capacity)) {
        addClipped(engine, of, pack, clip, sum, 'automatic');
      }
      return sum;
    };

    it('sums as the naive loop does, however the batch is cut', () => {
      const clip = 0.7;
      const naive = new Float64Array(parameterCount(ARCHITECTURE));
      for (const row of all) {
        const dense = denseRow(examples.vectors, row);
        const g = explicitGradient(ARCHITECTURE, parameters, dense, examples.targets[row]!);
        const factor = clip / (lengthOf(g) + GAMMA);
        g.forEach((value, i) => (naive[i]! += factor * value));
      }
      for (const capacity of [ROWS, 12, 4]) {
        const sum = sumOf(examples, all, clip, capacity);
        const difference = lengthOf(sum.map((value, i) => value - naive[i]!));
        expect(difference / lengthOf(naive)).toBeLessThan(exact ? 1e-9 : 1e-5);
      }
    });

    it('moves the sum by at most C for one unit more, tiny, usual, a million long or infinite', () => {
      const clip = 0.7;
      for (const scale of [0, 1e-12, 1e-3, 1, 1e3, 1e6, Infinity]) {
        const values = examples.vectors.values.slice();
        const end = examples.vectors.starts[1]!;
        for (let e = 0; e < end; e++) values[e]! *= scale;
        const scaled = { ...examples, vectors: { ...examples.vectors, values } };
        const [with0, without] = [sumOf(scaled, all, clip), sumOf(scaled, all.slice(1), clip)];
        const moved = lengthOf(with0.map((value, i) => value - without[i]!));
        // An infinite one weighs nothing, and the others as much as without it.
        const most = scale === Infinity ? 0 : clip;
        expect(moved).toBeLessThanOrEqual(most + (exact ? 1e-9 : 1e-4));
      }
    });

    it.runIf(engine.groups)('clips a person with several rows as one', () => {
      const people: Examples = {
        ...examples,
        units: { count: 3, starts: Int32Array.from([0, 1, 9, ROWS]), rows: all },
      };
      for (let person = 0; person < 3; person++) {
        const length = lengthOf(sumOf(people, Int32Array.of(person), 0.7));
        expect(length).toBeLessThanOrEqual(0.7 * (1 + 1e-5));
        expect(length).toBeGreaterThan(0.6);
      }
    });
  });
}
