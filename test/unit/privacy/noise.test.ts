import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawKernel } from '../../../main/privacy/draw-kernel.ts';
import { exactCell } from '../../../main/privacy/exact-gaussian.ts';
import { gaussianCells } from '../../../main/privacy/gaussian-cells.ts';
import type { GridNoise, NoiseSpec } from '../../../main/privacy/noise.ts';
import { addGridNoise, gridNoise, sumErrorBound } from '../../../main/privacy/noise.ts';
import type { RandomSource } from '../../../main/privacy/random.ts';
import { systemRandom, uniform } from '../../../main/privacy/random.ts';
import { privateRandomForTests, seededRandom } from '../../../main/privacy/seeded.ts';

const SPEC: NoiseSpec = {
  noiseMultiplier: 2.5,
  clip: 0.7,
  dimension: 1000,
  clipSlack: 1e-6,
  sumError: 0,
};

function drawn(noise: GridNoise, length: number, random: RandomSource): Float64Array {
  const sum = new Float64Array(length);
  addGridNoise(sum, noise, random);
  return sum;
}

/** Standard normal distribution function, by its density summed up (slow and plain). */
function tabulatedPhi(reach: number, steps: number): (z: number) => number {
  const table = new Float64Array(2 * reach * steps + 1);
  for (let i = 1; i < table.length; i++) {
    const middle = (i - 0.5) / steps - reach;
    table[i] = table[i - 1]! + Math.exp(-0.5 * middle * middle) / Math.sqrt(2 * Math.PI) / steps;
  }
  return (z) => table[Math.min(table.length - 1, Math.max(0, Math.round((z + reach) * steps)))]!;
}

describe('noise on a grid', () => {
  it('covers clipping slack, rounding of the sum and the grid, and costs next to nothing', () => {
    for (const dimension of [1, 9, 1000, 1_000_000]) {
      for (const clip of [1e-3, 0.7, 1, 300]) {
        const noise = gridNoise({ ...SPEC, clip, dimension, sumError: 1e-4 * clip });
        const needed = clip * (1 + 1e-6 + 2e-4) + noise.grid * Math.sqrt(dimension);
        expect(noise.sensitivity).toBeGreaterThanOrEqual(needed);
        expect(noise.sensitivity).toBeLessThan(needed * (1 + 1e-12));
        expect(noise.sd).toBeGreaterThanOrEqual(2.5 * noise.sensitivity);
        expect(noise.grid * Math.sqrt(dimension)).toBeLessThanOrEqual(clip * 2 ** -14);
        expect(Number.isInteger(Math.log2(noise.grid))).toBe(true);
      }
    }
  });

  for (const noiseMultiplier of [0.3, 2.5, 40]) {
    it(`has a standard deviation of multiplier x sensitivity at ${noiseMultiplier}`, () => {
      const noise = gridNoise({ ...SPEC, noiseMultiplier });
      const length = 400_001;
      const values = drawn(noise, length, privateRandomForTests(`sd ${noiseMultiplier}`));
      const mean = values.reduce((sum, v) => sum + v, 0) / length;
      const square = values.reduce((sum, v) => sum + v * v, 0) / length;
      // 99.9 % intervals: 3.29 deviations of a mean and of a variance
      expect(Math.abs(mean)).toBeLessThan((3.29 * noise.sd) / Math.sqrt(length));
      const expected = (noiseMultiplier * noise.sensitivity) ** 2;
      expect(Math.abs(square / expected - 1)).toBeLessThan(3.29 * Math.sqrt(2 / length));
    });
  }

  it('is Gaussian: Kolmogorov-Smirnov distance, tails and independent pairs', () => {
    const noise = gridNoise(SPEC);
    const count = 300_000;
    const values = drawn(noise, count, privateRandomForTests('ks'));
    const z = Float64Array.from(values, (v) => v / noise.sd);
    let [products, squares] = [0, 0];
    for (let i = 0; i < count; i += 2) {
      products += z[i]! * z[i + 1]!;
      squares += (z[i]! ** 2 - 1) * (z[i + 1]! ** 2 - 1);
    }
    expect(Math.abs(products)).toBeLessThan(3.29 * Math.sqrt(count / 2));
    expect(Math.abs(squares)).toBeLessThan(3.29 * 2 * Math.sqrt(count / 2));
    z.sort();
    const phi = tabulatedPhi(9, 20_000);
    let distance = 0;
    z.forEach((value, i) => {
      distance = Math.max(distance, Math.abs(phi(value) - (i + 0.5) / count));
    });
    // 99.9 % point of the Kolmogorov distribution is 1.95
    expect(distance).toBeLessThan(1.95 / Math.sqrt(count));
    expect(z[0]!).toBeLessThan(-4);
    expect(z.at(-1)!).toBeGreaterThan(4);
  });

  it('reaches every coordinate, at every length', () => {
    const noise = gridNoise(SPEC);
    for (const length of [0, 1, 2, 3, 2047, 2048, 2049, 5001]) {
      const values = drawn(noise, length, systemRandom());
      expect(values.length).toBe(length);
      // A coordinate stays at zero with probability below 10^-6.
      expect(values.filter((v) => v === 0).length).toBeLessThan(2);
      expect(new Set(values).size).toBeGreaterThan(length * 0.98 - 1);
    }
  });

  it('differs between two runs', () => {
    const noise = gridNoise(SPEC);
    expect([...drawn(noise, 9, systemRandom())]).not.toEqual([...drawn(noise, 9, systemRandom())]);
  });

  it('puts the outputs of neighbouring sums on the same grid', () => {
    const noise = gridNoise(SPEC);
    const random = systemRandom();
    const source = seededRandom('neighbours');
    for (let round = 0; round < 20; round++) {
      const sum = Float64Array.from({ length: 500 }, () => 30 * (uniform(source) - 0.5));
      const neighbour = sum.map((value) => value + 0.02 * uniform(source));
      addGridNoise(sum, noise, random);
      addGridNoise(neighbour, noise, random);
      for (const value of [...sum, ...neighbour]) {
        expect(Number.isSafeInteger(value / noise.grid)).toBe(true);
      }
    }
  });

  it('moves no two sums further apart than the stated sensitivity allows', () => {
    const silent = { ...gridNoise({ ...SPEC, dimension: 40, clipSlack: 0 }) };
    const numbers = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), {
      minLength: 40,
      maxLength: 40,
    });
    const still = { kind: 'test', next: () => 1 << 20, fill: (w: Uint32Array) => w.fill(1 << 20) };
    fc.assert(
      fc.property(numbers, numbers, (sum, direction) => {
        const length = Math.hypot(...direction) || 1;
        const a = Float64Array.from(sum);
        const b = a.map((value, i) => value + (SPEC.clip * direction[i]!) / length);
        // The same words give the same noise, which drops out of the difference.
        addGridNoise(a, silent, still as unknown as RandomSource);
        addGridNoise(b, silent, still as unknown as RandomSource);
        expect(Math.hypot(...a.map((v, i) => v - b[i]!))).toBeLessThanOrEqual(silent.sensitivity);
      }),
      { numRuns: 300 },
    );
  });

  it('holds what lies far beyond any clipped sum, and refuses NaN', () => {
    const noise = gridNoise(SPEC);
    const sum = Float64Array.of(Infinity, -Infinity, 1e300);
    addGridNoise(sum, noise, systemRandom());
    expect([...sum].every(Number.isFinite)).toBe(true);
    expect(() => addGridNoise(Float64Array.of(0, NaN), noise, systemRandom())).toThrow(RangeError);
  });

  it('refuses what cannot be represented', () => {
    const refused: Partial<NoiseSpec>[] = [
      { noiseMultiplier: 0 },
      { noiseMultiplier: NaN },
      { clip: 0 },
      { clip: Infinity },
      { dimension: 0 },
      { clipSlack: -1 },
      { sumError: NaN },
      { noiseMultiplier: 1e12 },
      { noiseMultiplier: 1e-9 },
    ];
    for (const part of refused) expect(() => gridNoise({ ...SPEC, ...part })).toThrow(RangeError);
  });
});

describe('the exact cell of a Gaussian', () => {
  /** Plays back `words` once, then the words of a seeded stream. */
  function playback(given: Uint32Array): RandomSource {
    const behind = seededRandom('behind');
    let at = 0;
    const next = (): number => (at < given.length ? given[at++]! : behind.next());
    const fill = (words: Uint32Array): void => words.forEach((_, i) => (words[i] = next()));
    return { kind: 'test', next, fill } as unknown as RandomSource;
  }

  it('agrees with 64-bit arithmetic wherever that is sure', () => {
    const source = seededRandom('cells');
    for (const scale of [3, 2 ** 21, 2 ** 33]) {
      const words = new Uint32Array(2400);
      source.fill(words);
      const noise = { noiseMultiplier: 1, sensitivity: scale, sd: scale, grid: 1 };
      const fast = new Float64Array(1200);
      addGridNoise(fast, noise, playback(words));
      for (let pair = 0; pair < 600; pair++) {
        const leading = words.subarray(4 * pair, 4 * pair + 4);
        const { x, y } = exactCell(leading, scale, seededRandom(pair));
        expect([fast[2 * pair], fast[2 * pair + 1]]).toEqual([x, y]);
      }
    }
  });

  it('is the same on vectors and without, and keeps nothing of either', () => {
    const kernel = drawKernel();
    expect(kernel).not.toBeNull();
    for (const scale of [3, 2 ** 14, 2 ** 21, 2 ** 33, 2 ** 38]) {
      for (const length of [1, 2, 3, 2047, 4097, 60_001]) {
        const seed = `vectors ${scale} ${length}`;
        const [vectors, plain] = [new Float64Array(length), new Float64Array(length)];
        gaussianCells(vectors, scale, privateRandomForTests(seed), kernel);
        gaussianCells(plain, scale, privateRandomForTests(seed), null);
        expect(vectors.findIndex((cell, i) => cell !== plain[i])).toBe(-1);
        expect([...kernel!.words, ...kernel!.cells].every((held) => held === 0)).toBe(true);
      }
    }
  });

  it('leaves to 64-bit arithmetic and more what vectors cannot be sure of', () => {
    const kernel = drawKernel()!;
    for (const [high, sure, open] of [
      [0, 0.5, 2],
      [4095, 0.5, 2],
      [4096, 0.5, 0],
      [2 ** 32 - 4097, 0.5, 0],
      [2 ** 32 - 4096, 0.5, 2],
      [2 ** 31, 0, 2],
    ] as const) {
      kernel.words.set([high, 7, 2 ** 31, 9, high, 70, 2 ** 20, 90]);
      expect(kernel.gaussianCells(2, 2 ** 20, sure)).toBe(open);
      expect([...kernel.found.subarray(0, open)]).toEqual([0, 1].slice(0, open));
    }
    kernel.words.fill(0);
  });

  it('decides the rare words that 64-bit arithmetic does not', () => {
    const noise = { noiseMultiplier: 1, sensitivity: 2 ** 30, sd: 2 ** 30, grid: 1 };
    for (const high of [0, 1, 100, 4095, 2 ** 32 - 4096, 2 ** 32 - 1]) {
      const words = Uint32Array.of(high, 77, 0x12345678, 99);
      const sum = new Float64Array(2);
      addGridNoise(sum, noise, playback(words));
      const left = high > 2 ** 31 ? 2 ** 32 - 1 - high + (2 ** 32 - 78) / 2 ** 32 : NaN;
      const u = (high + 77.5 / 2 ** 32) / 2 ** 32;
      const radius = Math.sqrt(-2 * (high > 2 ** 31 ? Math.log1p(-left / 2 ** 32) : Math.log(u)));
      const angle = 2 * Math.PI * ((0x12345678 + 99 / 2 ** 32) / 2 ** 32 - 1 / 8);
      // After 32 zero digits the known ones fix the radius to a hundredth only.
      const places = high === 0 ? 2 : 6;
      expect(sum[0]! / 2 ** 30).toBeCloseTo(radius * Math.cos(angle), places);
      expect(sum[1]! / 2 ** 30).toBeCloseTo(radius * Math.sin(angle), places);
      expect(Number.isSafeInteger(sum[0])).toBe(true);
    }
  });

  it('keeps to the middle of its cells: rounds to nearest, not down', () => {
    const cells: number[] = [];
    const source = seededRandom('nearest');
    const leading = new Uint32Array(4);
    for (let i = 0; i < 1500; i++) {
      source.fill(leading);
      const { x, y } = exactCell(leading, 1, source);
      cells.push(x, y);
    }
    const mean = cells.reduce((sum, c) => sum + c, 0) / cells.length;
    expect(Math.abs(mean)).toBeLessThan(3.29 * Math.sqrt((1 + 1 / 12) / cells.length));
  });
});

describe('the bound on the rounding of a sum', () => {
  it('holds for 32-bit chunks added up in 64 bits', () => {
    const source = seededRandom('sums');
    const [units, dimension, chunk] = [600, 30, 64];
    const exact = new Float64Array(dimension);
    const rounded = new Float64Array(dimension);
    let inside = new Float32Array(dimension);
    for (let unit = 0; unit < units; unit++) {
      const direction = Float32Array.from({ length: dimension }, () => uniform(source));
      const scale = Math.fround(1 / Math.hypot(...direction));
      direction.forEach((value, i) => {
        exact[i]! += value * scale;
        inside[i]! += value * scale;
      });
      if (unit % chunk === chunk - 1 || unit === units - 1) {
        inside.forEach((value, i) => (rounded[i]! += value));
        inside = new Float32Array(dimension);
      }
    }
    const error = Math.hypot(...exact.map((value, i) => value - rounded[i]!));
    const bound = sumErrorBound({ units, norm: 1 + 1e-6, chunk, roundoff: 2 ** -24 });
    expect(error).toBeGreaterThan(0);
    expect(error).toBeLessThan(bound);
    expect(bound).toBeLessThan(0.003);
  });

  it('grows with the units and falls with the precision', () => {
    const order = { units: 1000, norm: 1, chunk: 50, roundoff: 2 ** -24 };
    expect(sumErrorBound({ ...order, units: 2000 })).toBeGreaterThan(sumErrorBound(order));
    expect(sumErrorBound({ ...order, roundoff: 2 ** -53 })).toBeLessThan(1e-9);
    expect(() => sumErrorBound({ ...order, units: 2e7, chunk: 1e7 })).toThrow(RangeError);
  });
});
