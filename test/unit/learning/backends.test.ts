import { describe, expect, it } from 'vitest';
import { addClipped, packs } from '../../../main/learning/clipped-sum.ts';
import type { Architecture } from '../../../main/learning/layers.ts';
import { parameterCount } from '../../../main/learning/layers.ts';
import type { SparseRows } from '../../../main/learning/sparse.ts';
import type { Units } from '../../../main/learning/units.ts';
import {
  backends,
  denseRow,
  explicitGradient,
  lengthOf,
  randomExamples,
  randomParameters,
  randomRows,
  randomTargets,
} from './fixtures.ts';

const ARCHITECTURES: readonly Architecture[] = [
  { inputs: 20, hidden: [] },
  { inputs: 20, hidden: [7] },
  { inputs: 20, hidden: [16, 5] },
];
const ROWS = 60;

for (const backend of backends()) {
  if (backend.absent !== undefined) {
    const reason = `not run: ${backend.absent}`;
    if (process.env['CI'] === 'true') {
      it(`back-end ${backend.name} works here`, () => expect(reason).toBe(''));
    } else {
      describe.skip(`back-end ${backend.name} (${reason})`, () => it('runs', () => {}));
    }
    continue;
  }
  const { tolerance } = backend;
  describe.each(ARCHITECTURES)(`back-end ${backend.name} with layers $hidden`, (architecture) => {
    const parameters = randomParameters(architecture, 3);
    const rows = randomRows(ROWS, architecture.inputs, 6, 5);
    const targets = randomTargets(ROWS, 6);
    const gradients = Array.from({ length: ROWS }, (_, r) =>
      explicitGradient(architecture, parameters, denseRow(rows, r), targets[r]!),
    );
    const size = parameterCount(architecture);
    const engine = backend.make(architecture, ROWS);
    engine.setParameters(parameters);

    it('gives the gradient of a single row', () => {
      for (const row of [0, 17, ROWS - 1]) {
        engine.backward(rows, targets);
        const weights = new Float64Array(ROWS);
        weights[row] = 1;
        const sum = new Float64Array(size);
        engine.addWeightedGradient(weights, sum);
        sum.forEach((value, i) =>
          expect(value).toBeCloseTo(gradients[row]![i]!, tolerance < 1e-9 ? 10 : 5),
        );
      }
    });

    it('gives the length of each row’s gradient over all parameters, biases included', () => {
      engine.backward(rows, targets);
      const norms = new Float64Array(ROWS);
      engine.squaredNorms(
        Int32Array.from({ length: ROWS + 1 }, (_, g) => g),
        norms,
      );
      norms.forEach((norm, r) => {
        const explicit = lengthOf(gradients[r]!);
        expect(Math.abs(Math.sqrt(norm) - explicit)).toBeLessThan(tolerance * (1 + explicit) * 10);
      });
    });

    it('gives the length of a person’s summed gradient', () => {
      engine.backward(rows, targets);
      const groups = Int32Array.from([0, 1, 4, 11, ROWS]);
      const norms = new Float64Array(4);
      engine.squaredNorms(groups, norms);
      for (let g = 0; g < 4; g++) {
        const sum = new Float64Array(size);
        for (let r = groups[g]!; r < groups[g + 1]!; r++) {
          gradients[r]!.forEach((value, i) => (sum[i]! += value));
        }
        expect(Math.sqrt(norms[g]!) / lengthOf(sum)).toBeCloseTo(1, tolerance < 1e-9 ? 9 : 4);
      }
    });

    it('clips and sums as the naive loop does, however the batch is cut', () => {
      const examples = randomExamples(ROWS, architecture.inputs, 11);
      const clip = 0.4;
      const naive = new Float64Array(size);
      for (let r = 0; r < ROWS; r++) {
        const gradient = explicitGradient(
          architecture,
          parameters,
          denseRow(examples.vectors, r),
          examples.targets[r]!,
        );
        const factor = Math.min(1, clip / lengthOf(gradient));
        gradient.forEach((value, i) => (naive[i]! += factor * value));
      }
      const all = Int32Array.from({ length: ROWS }, (_, r) => r);
      for (const ways of [1, 2, 7]) {
        const sum = new Float64Array(size);
        for (const pack of packs(examples.units, all, Math.ceil(ROWS / ways))) {
          addClipped(engine, examples, pack, clip, sum);
        }
        const difference = lengthOf(sum.map((value, i) => value - naive[i]!));
        expect(difference).toBeLessThan(tolerance < 1e-9 ? 1e-6 : 1e-4);
        expect(difference / lengthOf(naive)).toBeLessThan(tolerance < 1e-9 ? 1e-6 : 1e-5);
      }
    });

    it('bounds one row with a gradient of a million, and drops one with an infinite feature', () => {
      const examples = randomExamples(8, architecture.inputs, 21);
      const sumOf = (values: Float32Array): Float64Array => {
        const vectors: SparseRows = { ...examples.vectors, values };
        const sum = new Float64Array(size);
        for (const pack of packs(examples.units, Int32Array.from([0, 1, 2, 3, 4, 5, 6, 7]), 8)) {
          addClipped(engine, { ...examples, vectors }, pack, 1, sum);
        }
        return sum;
      };
      const withRowZero = (value: number): Float32Array => {
        const values = examples.vectors.values.slice();
        values.fill(value, 0, examples.vectors.starts[1]);
        return values;
      };
      const infinite = sumOf(withRowZero(Infinity));
      const nan = sumOf(withRowZero(NaN));
      const huge = sumOf(withRowZero(1e6));
      expect(infinite.every(Number.isFinite)).toBe(true);
      expect(lengthOf(infinite.map((value, i) => value - nan[i]!))).toBeLessThan(1e-6);
      const moved = lengthOf(huge.map((value, i) => value - infinite[i]!));
      expect(moved).toBeLessThan(1 + 1e-5);
    });

    it('never lets one row’s gradient depend on another row', () => {
      const first = new Float64Array(size);
      const second = new Float64Array(size);
      const weights = new Float64Array(ROWS);
      weights[4] = 1;
      engine.backward(rows, targets);
      engine.addWeightedGradient(weights, first);
      const values = rows.values.map((v, e) => (e >= rows.starts[5]! ? -3 * v : v));
      engine.backward({ ...rows, values }, targets);
      engine.addWeightedGradient(weights, second);
      expect(lengthOf(first.map((value, i) => value - second[i]!))).toBeLessThan(tolerance * 10);
    });
  });

  it(`back-end ${backend.name} clips the sum of a person’s rows, not each row`, () => {
    const architecture = { inputs: 12, hidden: [4] };
    const engine = backend.make(architecture, 64);
    const parameters = randomParameters(architecture, 8);
    engine.setParameters(parameters);
    const examples = randomExamples(30, 12, 31);
    const units: Units = {
      count: 3,
      starts: Int32Array.from([0, 5, 6, 30]),
      rows: Int32Array.from({ length: 30 }, (_, i) => (i * 7) % 30),
    };
    for (let unit = 0; unit < 3; unit++) {
      const sum = new Float64Array(parameters.length);
      for (const pack of packs(units, Int32Array.from([unit]), 64)) {
        addClipped(engine, { ...examples, units }, pack, 0.3, sum);
      }
      const own = new Float64Array(parameters.length);
      for (let i = units.starts[unit]!; i < units.starts[unit + 1]!; i++) {
        const row = units.rows[i]!;
        const dense = denseRow(examples.vectors, row);
        explicitGradient(architecture, parameters, dense, examples.targets[row]!).forEach(
          (value, k) => (own[k]! += value),
        );
      }
      const factor = Math.min(1, 0.3 / lengthOf(own));
      expect(lengthOf(sum)).toBeLessThanOrEqual(0.3 * (1 + 1e-6));
      expect(lengthOf(sum.map((value, k) => value - factor * own[k]!))).toBeLessThan(1e-5);
    }
  });
}
