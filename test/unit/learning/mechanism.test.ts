import { describe, expect, it } from 'vitest';
import type { PrivacyStatement } from '../../../main/contract/train.ts';
import { trainPrivately } from '../../../main/learning/dpsgd.ts';
import { javascriptEngine } from '../../../main/learning/javascript.ts';
import { parameterCount, tensorsOf } from '../../../main/learning/layers.ts';
import { gaussianMechanism, largestSample } from '../../../main/learning/mechanism.ts';
import { momentum } from '../../../main/learning/optimiser.ts';
import { Pace } from '../../../main/learning/pace.ts';
import { privateRandomForTests } from '../../../main/privacy/seeded.ts';
import { randomExamples } from './fixtures.ts';

const ARCHITECTURE = { inputs: 40, hidden: [12] };

function guarantee(
  more: Partial<PrivacyStatement> = {},
  rate = 0.1,
  sigma = 2.5,
): PrivacyStatement {
  return {
    epsilon: 1,
    delta: 1e-5,
    accountant: 'rdp',
    unit: 'row',
    unit_column: null,
    max_rows: null,
    neighbours: 'add-remove',
    phases: [
      { mechanism: 'poisson_gaussian', noise_multiplier: sigma, sample_rate: rate, steps: 10 },
    ],
    public_count: 100,
    clip: 0.7,
    expected_batch: 10,
    ...more,
  };
}

/** 99.9 % interval of a sample variance over the true one, n draws (normal approximation). */
function varianceInterval(n: number): number {
  return 3.29 * Math.sqrt(2 / n);
}

describe('noise of a step', () => {
  it('has deviation sigma x clip in every tensor when no gradient is there', () => {
    for (const sigma of [0.6, 2.5]) {
      const engine = javascriptEngine(ARCHITECTURE, 64);
      const mechanism = gaussianMechanism(
        engine,
        guarantee({}, 0.1, sigma),
        100,
        privateRandomForTests('noise'),
      );
      const size = parameterCount(ARCHITECTURE);
      const squares = new Float64Array(size);
      const repeats = 400;
      for (let k = 0; k < repeats; k++) {
        const sum = new Float64Array(size);
        mechanism.addNoise(sum);
        sum.forEach((value, i) => (squares[i]! += value * value));
      }
      for (const tensor of tensorsOf(ARCHITECTURE)) {
        const count = tensor.rows * tensor.columns;
        const part = squares.subarray(tensor.offset, tensor.offset + count);
        const variance = part.reduce((a, b) => a + b, 0) / (count * repeats);
        const ratio = variance / (sigma * 0.7) ** 2;
        expect(Math.abs(ratio - 1)).toBeLessThan(varianceInterval(count * repeats) + 3e-4);
        for (const value of part) expect(value).toBeGreaterThan(0);
      }
    }
  });

  it('does not grow with the number of virtual batches', async () => {
    const moves = async (capacity: number): Promise<number> => {
      const engine = javascriptEngine(ARCHITECTURE, capacity);
      const base = randomExamples(100, 40, 3);
      const examples = {
        ...base,
        vectors: { ...base.vectors, values: base.vectors.values.map(() => NaN) },
      };
      const size = parameterCount(ARCHITECTURE);
      const random = privateRandomForTests('virtual batches');
      let squares = 0;
      const repeats = 60;
      for (let k = 0; k < repeats; k++) {
        const after = await trainPrivately({
          engine,
          examples,
          mechanism: gaussianMechanism(engine, guarantee({}, 0.5), 100, random),
          initial: new Float64Array(size),
          optimiser: momentum(size, 1, 0),
          clip: 0.7,
          expectedBatch: 10,
          steps: 1,
          block: 1,
          charge: async () => {},
          pace: new Pace(undefined, undefined),
        });
        squares += after.reduce((sum, value) => sum + value * value, 0);
      }
      return squares / (repeats * size * ((2.5 * 0.7) / 10) ** 2);
    };
    const interval = varianceInterval(60 * parameterCount(ARCHITECTURE)) + 3e-4;
    expect(Math.abs((await moves(64)) - 1)).toBeLessThan(interval);
    expect(Math.abs((await moves(3)) - 1)).toBeLessThan(interval);
  });

  it('puts the sums of neighbours on the same grid', () => {
    const engine = javascriptEngine(ARCHITECTURE, 64);
    const size = parameterCount(ARCHITECTURE);
    const noisy = (value: number): Float64Array => {
      const mechanism = gaussianMechanism(engine, guarantee(), 100, privateRandomForTests(5));
      const sum = new Float64Array(size).fill(value);
      mechanism.addNoise(sum);
      return sum;
    };
    const grid = 2 ** Math.floor(Math.log2(0.7 / Math.sqrt(size)) - 14);
    for (const value of [0, 0.1, 1 / 3]) {
      for (const entry of noisy(value)) expect(Number.isInteger(entry / grid)).toBe(true);
    }
  });

  it('is as large for a record set as for the same without a record', () => {
    const engine = javascriptEngine(ARCHITECTURE, 64);
    const draw = (count: number): Float64Array => {
      const sum = new Float64Array(parameterCount(ARCHITECTURE));
      gaussianMechanism(engine, guarantee(), count, privateRandomForTests(9)).addNoise(sum);
      return sum;
    };
    expect(draw(109)).toEqual(draw(108));
  });
});

describe('sampling of a step', () => {
  it('draws each unit independently at the accounted rate, also from step to step', () => {
    const count = 400;
    const rate = 0.07;
    const steps = 2000;
    const mechanism = gaussianMechanism(
      javascriptEngine(ARCHITECTURE, 8),
      guarantee({}, rate),
      count,
      privateRandomForTests('noise'),
    );
    const hits = new Float64Array(count);
    const sizes: number[] = [];
    let repeated = 0;
    let before = new Uint8Array(count);
    for (let step = 0; step < steps; step++) {
      const drawn = mechanism.sample();
      const now = new Uint8Array(count);
      for (const unit of drawn) {
        hits[unit]!++;
        now[unit] = 1;
        repeated += before[unit]!;
      }
      before = now;
      sizes.push(drawn.length);
    }
    const variance = steps * rate * (1 - rate);
    const chi = hits.reduce((sum, h) => sum + (h - steps * rate) ** 2 / variance, 0);
    expect(Math.abs(chi - count)).toBeLessThan(4 * Math.sqrt(2 * count));
    const mean = sizes.reduce((a, b) => a + b, 0) / steps;
    const spread = sizes.reduce((sum, size) => sum + (size - mean) ** 2, 0) / (steps - 1);
    expect(spread / (count * rate * (1 - rate))).toBeGreaterThan(1 - 4 * Math.sqrt(2 / steps));
    expect(spread / (count * rate * (1 - rate))).toBeLessThan(1 + 4 * Math.sqrt(2 / steps));
    const expected = (steps - 1) * count * rate * rate;
    expect(Math.abs(repeated - expected)).toBeLessThan(5 * Math.sqrt(expected));
  });

  it('almost never exceeds the size that the rounding bound assumes', () => {
    expect(largestSample(100, 100)).toBe(111);
    const most = largestSample(32_000, 1024);
    expect(most).toBeGreaterThan(1024 * 1.1 + 10 * Math.sqrt(1024));
    expect(most).toBeLessThan(2000);
  });
});
