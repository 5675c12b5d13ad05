import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawKernel } from '../../../main/privacy/draw-kernel.ts';
import type { RandomSource } from '../../../main/privacy/random.ts';
import { systemRandom } from '../../../main/privacy/random.ts';
import { poissonSample } from '../../../main/privacy/sampling.ts';
import { privateRandomForTests } from '../../../main/privacy/seeded.ts';

function sample(count: number, rate: number, random: RandomSource): number[] {
  const out = new Int32Array(count);
  return [...out.subarray(0, poissonSample(count, rate, random, out))];
}

/** A source that plays back given words, then zeros; counts what was asked. */
function playback(given: Uint32Array): RandomSource & { used: number } {
  const source = {
    kind: 'test',
    used: 0,
    next: () => given[source.used++] ?? 0,
    fill(words: Uint32Array) {
      for (let i = 0; i < words.length; i++) words[i] = source.next();
    },
  };
  return source as unknown as RandomSource & { used: number };
}

/** Mean and variance agree with a Binomial(n, p) seen in `counts`: |z| below 3.3 for both. */
function expectBinomial(counts: readonly number[], n: number, p: number): void {
  const mean = counts.reduce((sum, c) => sum + c, 0) / counts.length;
  const variance = counts.reduce((sum, c) => sum + (c - mean) ** 2, 0) / (counts.length - 1);
  const expected = n * p * (1 - p);
  const kurtosisExcess = (1 - 6 * p * (1 - p)) / expected;
  const spread = expected * Math.sqrt((2 + kurtosisExcess) / counts.length);
  expect(Math.abs(mean - n * p)).toBeLessThan(3.3 * Math.sqrt(expected / counts.length));
  expect(Math.abs(variance - expected)).toBeLessThan(3.3 * spread);
}

describe('Poisson sampling', () => {
  const STEPS = 2000;
  for (const [count, rate] of [
    [400, 0.0312],
    [250, 0.3],
    [130, 0.75],
  ] as const) {
    it(`takes each of ${count} records Binomial(${STEPS}, ${rate}) times, independently`, () => {
      const random = privateRandomForTests(`poisson ${rate}`);
      const taken = new Array<number>(count).fill(0);
      const sizes: number[] = [];
      let pairs = 0;
      let repeats = 0;
      let before = new Set<number>();
      for (let step = 0; step < STEPS; step++) {
        const drawn = sample(count, rate, random);
        sizes.push(drawn.length);
        const now = new Set(drawn);
        for (const record of drawn) {
          taken[record]! += 1;
          if (now.has(record + 1)) pairs++;
          if (before.has(record)) repeats++;
        }
        before = now;
      }
      expectBinomial(taken, STEPS, rate);
      expectBinomial(sizes, count, rate);
      // chi-square over records: count degrees of freedom
      const variance = STEPS * rate * (1 - rate);
      const chi = taken.reduce((sum, t) => sum + (t - STEPS * rate) ** 2 / variance, 0);
      expect(Math.abs(chi - count)).toBeLessThan(3.3 * Math.sqrt(2 * count));
      // neighbours in one step, the same record in two steps: both with probability rate^2
      const square = rate * rate;
      const both = (trials: number) => 4 * Math.sqrt(trials * (square + 2 * rate ** 3));
      expect(Math.abs(pairs - STEPS * (count - 1) * square)).toBeLessThan(both(STEPS * count));
      expect(Math.abs(repeats - (STEPS - 1) * count * square)).toBeLessThan(both(STEPS * count));
    });
  }

  it('may draw nobody, and draws everybody at rate 1', () => {
    const random = systemRandom();
    const sizes = Array.from({ length: 300 }, () => sample(20, 0.02, random).length);
    expect(sizes).toContain(0);
    expect(sample(20, 0, random)).toEqual([]);
    expect(sample(20, 1, random)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(sample(0, 0.5, random)).toEqual([]);
  });

  it('compares a uniform number with the rate digit by digit, without rounding', () => {
    const digits = fc.uint8Array({ minLength: 1, maxLength: 40 });
    const rates = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0.25, 0.5));
    fc.assert(
      fc.property(digits, rates, (bytes, rate) => {
        if (rate === 1) return;
        const words = new Uint32Array(Math.ceil(bytes.length / 4));
        new Uint8Array(words.buffer).set(bytes);
        // With zeros behind them the digits stand for bytes / 256: taken exactly when below rate.
        const expected = [...bytes.keys()].filter((i) => bytes[i]! / 256 < rate);
        expect(sample(bytes.length, rate, playback(words))).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('asks for further digits only where the first leaves it open', () => {
    const first = Math.floor(0.3 * 256);
    const second = Math.floor((0.3 * 256 - first) * 2 ** 32);
    const word = new Uint32Array(new Uint8Array([first, 255, 255, 255]).buffer)[0]!;
    expect(sample(1, 0.3, playback(Uint32Array.of(word, second - 1)))).toEqual([0]);
    expect(sample(1, 0.3, playback(Uint32Array.of(word, second + 1)))).toEqual([]);
    const open = playback(Uint32Array.of(word, second, 2 ** 32 - 1));
    expect(sample(1, 0.3, open)).toEqual([]);
    expect(open.used).toBe(3);
  });

  it('finds the same first digits on vectors and without', () => {
    const kernel = drawKernel()!;
    for (const most of [0, 1, 100, 127, 128, 254, 255]) {
      systemRandom().fill(kernel.digitWords);
      const count = kernel.smallDigits(kernel.digits.length, most);
      const found = [...kernel.found.subarray(0, count)];
      const places = [...kernel.digits.keys()];
      expect(found).toEqual(places.filter((place) => kernel.digits[place]! <= most));
    }
    sample(100, 0.5, systemRandom());
    expect([...kernel.digits, ...kernel.found].every((held) => held === 0)).toBe(true);
  });

  it('gives rising indices, each once', () => {
    const drawn = sample(50_000, 0.4, systemRandom());
    for (let i = 1; i < drawn.length; i++) expect(drawn[i]! > drawn[i - 1]!).toBe(true);
    expect(drawn.at(-1)).toBeLessThan(50_000);
  });

  it('refuses a rate that is no probability and too little room', () => {
    expect(() => sample(5, 1.5, systemRandom())).toThrow(RangeError);
    expect(() => sample(5, NaN, systemRandom())).toThrow(RangeError);
    expect(() => poissonSample(5, 0.5, systemRandom(), new Int32Array(4))).toThrow(RangeError);
  });
});
