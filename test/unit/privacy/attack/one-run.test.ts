import { describe, expect, it } from 'vitest';
import {
  chanceOfGuesses,
  epsilonLowerBound,
  guessExtremes,
} from '../../../../main/privacy/attack/one-run.ts';

/** Binomial probabilities by Pascal's rule, one coin at a time. */
function coins(n: number, p: number): number[] {
  let law = [1];
  for (let i = 0; i < n; i++) {
    law = [...law, 0].map((now, k) => now * (1 - p) + (law[k - 1] ?? 0) * p);
  }
  return law;
}

const rightOf = (epsilon: number): number => Math.exp(epsilon) / (1 + Math.exp(epsilon));

describe('the chance of so many correct guesses', () => {
  it('is that of theorem 5.2, written out', () => {
    for (const [canaries, guessed, correct, epsilon, delta] of [
      [10, 10, 9, 0.5, 0],
      [100, 40, 35, 1.2, 1e-5],
      [1000, 60, 60, 3, 1e-3],
      [50, 20, 0, 0, 0.01],
    ] as const) {
      const law = coins(guessed, rightOf(epsilon));
      const sum = (from: number, to: number): number =>
        law.slice(Math.max(0, from), to).reduce((a, b) => a + b, 0);
      let steepest = 0;
      for (let i = 1; i <= correct; i++) {
        steepest = Math.max(steepest, sum(correct - i, correct) / i);
      }
      const whole = sum(correct, guessed + 1) + 2 * canaries * delta * steepest;
      const found = chanceOfGuesses({ canaries, guessed, correct }, epsilon, delta);
      expect(found).toBeCloseTo(Math.min(1, whole), 12);
    }
  });

  it('refuses numbers that do not fit', () => {
    for (const [canaries, guessed, correct] of [
      [10, 11, 3],
      [10, 5, 6],
      [10, 5, -1],
    ] as const) {
      expect(() => chanceOfGuesses({ canaries, guessed, correct }, 1, 0)).toThrow(RangeError);
    }
  });
});

describe('the lower bound', () => {
  it('has its closed form where every guess is right and delta is 0', () => {
    for (const guessed of [10, 100, 500]) {
      const right = 0.05 ** (1 / guessed);
      const bound = epsilonLowerBound({ canaries: 500, guessed, correct: guessed }, 0, 0.05);
      expect(bound).toBeCloseTo(Math.log(right / (1 - right)), 9);
    }
  });

  it('lies above the truth with probability 0.05 at most, for randomised response of any epsilon', () => {
    for (const epsilon of [0, 0.3, 1, 3]) {
      for (const guessed of [20, 200]) {
        const wrong = coins(guessed, rightOf(epsilon)).reduce((sum, chance, correct) => {
          const bound = epsilonLowerBound({ canaries: guessed, guessed, correct }, 0, 0.05);
          return bound > epsilon ? sum + chance : sum;
        }, 0);
        expect(wrong).toBeLessThanOrEqual(0.05 + 1e-9);
        // And not for nothing: of many guesses the bound is not far below the truth.
        if (guessed === 200) expect(wrong).toBeGreaterThan(0.005);
      }
    }
  });

  it('is 0 where guesses are no better than chance, and falls with delta', () => {
    const half = { canaries: 1000, guessed: 500, correct: 260 };
    expect(epsilonLowerBound(half, 1e-5, 0.05)).toBe(0);
    const good = { canaries: 1000, guessed: 500, correct: 400 };
    const bounds = [0, 1e-6, 1e-4, 1e-3].map((delta) => epsilonLowerBound(good, delta, 0.05));
    expect(bounds).toEqual(bounds.toSorted((a, b) => b - a));
    expect(bounds[0]! - bounds[3]!).toBeGreaterThan(0.01);
  });
});

describe('the guesses', () => {
  it('are of the highest and the lowest scores, as many of each as was fixed', () => {
    const scores = Float64Array.of(5, -3, 0.1, 9, -7, 0);
    const wasIn = Uint8Array.of(1, 1, 0, 1, 0, 0);
    const guesses = guessExtremes(scores, wasIn, 2);
    expect(guesses).toEqual({ canaries: 6, guessed: 4, correct: 3 });
    expect(() => guessExtremes(scores, wasIn, 4)).toThrow(RangeError);
  });
});
