import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Phase } from '../../../../main/contract/privacy.ts';
import { epsilonOf } from '../../../../main/privacy/accountant.ts';
import { logErfc } from '../../../../main/privacy/error-function.ts';
import { systemRandom } from '../../../../main/privacy/random.ts';
import { privateRandomForTests } from '../../../../main/privacy/seeded.ts';
import {
  frequentTokens,
  MOST_TOKENS,
  tokenThreshold,
  TokenWeights,
  weightOf,
  WHOLE,
} from '../../../../main/privacy/statistics/frequent-tokens.ts';
import { LEAST_UNITS } from '../../../../main/privacy/statistics/frequent-values.ts';
import { chiSquareExcess, hockeyStick, multisets, tally } from './exact.ts';

type Unit = readonly string[];
const DRAWS = 1500;

function weightsOf(units: readonly Unit[]): Map<string, number> {
  const weights = new TokenWeights();
  for (const unit of units) weights.add(unit);
  return weights.weights();
}

/** Probability that rounded Gaussian noise is at least `least`. */
function noiseTail(noiseMultiplier: number, least: number): number {
  return Math.exp(logErfc((least - 0.5) / (noiseMultiplier * WHOLE * Math.SQRT2))) / 2;
}

const many = (times: number, unit: Unit): Unit[] => Array.from({ length: times }, () => unit);

describe('weights of tokens', () => {
  it('change by at most WHOLE together, and by its own weight each, when a unit is taken away', () => {
    const letter = fc.constantFrom(...'abcdefgh');
    const unit = fc.array(letter, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1, maxLength: 14 }), (units) => {
        const all = weightsOf(units);
        const fewer = weightsOf(units.slice(1));
        const own = new Set(units[0]);
        const changes = [...'abcdefgh'].map((token) => {
          const change = (all.get(token) ?? 0) - (fewer.get(token) ?? 0);
          expect(change).toBeGreaterThanOrEqual(0);
          expect(change).toBeLessThanOrEqual(own.has(token) ? weightOf(own.size) : 0);
          return change;
        });
        expect(Math.hypot(...changes)).toBeLessThanOrEqual(WHOLE);
      }),
      { numRuns: 1000 },
    );
    for (let size = 1; size <= MOST_TOKENS; size++) {
      expect(size * weightOf(size) ** 2).toBeLessThanOrEqual(WHOLE ** 2);
      expect(size * weightOf(size) ** 2).toBeGreaterThan(0.999 * WHOLE ** 2);
    }
  });

  it('count a unit once in a token, and no more than its first tokens', () => {
    expect(weightsOf(many(6, ['a', 'a', 'a', 'b', 'b', 'b', 'b']))).toEqual(
      new Map([
        ['a', 2 * weightOf(2)],
        ['b', 2 * weightOf(2)],
      ]),
    );
    const long = Array.from({ length: MOST_TOKENS + 20 }, (_, place) => `w${place}`);
    const found = weightsOf(many(5, long));
    expect([...found.keys()]).toEqual(long.slice(0, MOST_TOKENS));
    expect([...found.values()].every((weight) => weight === weightOf(MOST_TOKENS))).toBe(true);
  });

  it('leave out the largest of each token, so that what a handful have weighs nothing', () => {
    expect(weightsOf(many(LEAST_UNITS - 1, ['a'])).size).toBe(0);
    const few = many(LEAST_UNITS - 1, ['a']);
    expect(weightsOf([['a', 'b', 'c', 'd'], ...few])).toEqual(new Map([['a', weightOf(4)]]));
    expect(weightsOf([...few, ['a', 'b', 'c', 'd']])).toEqual(new Map([['a', weightOf(4)]]));
    expect(weightsOf([[], ...few]).size).toBe(0);
  });
});

describe('tokens above a threshold', () => {
  it('that one unit makes visible are released with probability delta at most', () => {
    for (const noiseMultiplier of [0.8, 2.5, 30]) {
      for (const delta of [1e-2, 1e-5, 1e-9]) {
        const threshold = tokenThreshold({ noiseMultiplier, delta });
        const released = Array.from({ length: MOST_TOKENS }, (_, place) => {
          const size = place + 1;
          const one = noiseTail(noiseMultiplier, threshold - weightOf(size));
          return 1 - (1 - one) ** size;
        });
        expect(Math.max(...released)).toBeLessThanOrEqual(delta * (1 + 1e-9));
        // No larger than it must be.
        expect(Math.max(...released)).toBeGreaterThan(0.98 * delta);
      }
    }
    expect(() => tokenThreshold({ noiseMultiplier: 1, delta: 0 })).toThrow(RangeError);
  });

  /** Probability of every set of released tokens, from the tails alone. */
  function released(units: readonly Unit[], noiseMultiplier: number, threshold: number): number[] {
    const weights = weightsOf(units);
    const shown = ['a', 'b', 'c'].map((token) => {
      const weight = weights.get(token);
      return weight === undefined ? 0 : noiseTail(noiseMultiplier, threshold - weight);
    });
    return Array.from({ length: 8 }, (_, set) =>
      shown.reduce((p, q, i) => p * ((set >> i) & 1 ? q : 1 - q), 1),
    );
  }

  it('are (epsilon, delta)-private between all neighbouring records of up to 7 units', () => {
    const kinds: Unit[] = [['a'], ['a', 'b'], ['a', 'b', 'c'], ['b']];
    const base = multisets(kinds, 6);
    for (const noiseMultiplier of [0.5, 1, 3]) {
      for (const failing of [0.1, 0.003]) {
        const threshold = tokenThreshold({ noiseMultiplier, delta: failing });
        const mechanism = { mechanism: 'gaussian', noise_multiplier: noiseMultiplier } as const;
        const phase: Phase = { ...mechanism, steps: 1, delta: failing };
        for (const delta of [failing * 1.01, failing * 2]) {
          const { epsilon } = epsilonOf({ phases: [phase], delta });
          for (const table of base) {
            const p = released(table, noiseMultiplier, threshold);
            for (const more of kinds) {
              const q = released([...table, more], noiseMultiplier, threshold);
              expect(hockeyStick(p, q, epsilon)).toBeLessThanOrEqual(delta);
              expect(hockeyStick(q, p, epsilon)).toBeLessThanOrEqual(delta);
            }
          }
        }
      }
    }
  });

  it('are drawn with the probabilities of that law, the heaviest first', () => {
    const noise = { noiseMultiplier: 1.5, delta: 0.05 };
    const threshold = tokenThreshold(noise);
    const random = privateRandomForTests('tokens');
    const names = ['a', 'b', 'c'];
    const weights = new Map([
      ['b', threshold + WHOLE],
      ['a', threshold],
      ['c', threshold - WHOLE],
    ]);
    let before = 0;
    const drawn = tally(DRAWS, () => {
      const found = frequentTokens(weights, noise, random);
      if (found.indexOf('b') === 0 && found.length > 1) before++;
      return found.reduce((set, token) => set + 2 ** names.indexOf(token), 0);
    });
    const shown = names.map((name) => noiseTail(1.5, threshold - weights.get(name)!));
    const expected = new Map(
      Array.from({ length: 8 }, (_, set) => [
        set,
        shown.reduce((p, q, i) => p * ((set >> i) & 1 ? q : 1 - q), 1),
      ]),
    );
    expect(chiSquareExcess(drawn, expected, DRAWS)).toBeLessThan(3.4);
    expect(before).toBeGreaterThan(DRAWS / 5);
  });

  it('are none of what a handful have, whatever the noise', () => {
    const noise = { noiseMultiplier: 500, delta: 0.5 };
    const handful = weightsOf(many(LEAST_UNITS - 1, ['only here', 'and there']));
    for (let i = 0; i < 20; i++) {
      expect(frequentTokens(handful, noise, systemRandom())).toEqual([]);
    }
    expect(frequentTokens(weightsOf([]), noise, systemRandom())).toEqual([]);
  });

  it('are more than with the same weight for all units at the same price', () => {
    // Texts of 4 to 64 words, the word of rank k about as frequent as 1 / k.
    const units = Array.from({ length: 2000 }, (_, unit) =>
      Array.from({ length: 4 + ((unit * 7) % 61) }, (_, place) => {
        const share = (((unit * 61 + place * 17) * 7919) % 10_007) / 10_007;
        return `w${Math.floor(600 ** share)}`;
      }),
    );
    const threshold = tokenThreshold({ noiseMultiplier: 4, delta: 1e-6 });
    const weighted = [...weightsOf(units).values()].filter((weight) => weight >= threshold);
    const counts = new Map<string, number>();
    for (const token of units.flatMap((unit) => [...new Set(unit)])) {
      counts.set(token, (counts.get(token) ?? 0) + 1);
    }
    // The same norm where every unit could have as many words as the longest text.
    const alike = [...counts.values()].filter((count) => count * weightOf(64) >= threshold);
    expect(weighted.length).toBeGreaterThan(1.2 * alike.length);
  });
});
