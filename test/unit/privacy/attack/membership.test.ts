import { describe, expect, it } from 'vitest';
import {
  likelihoodOfOthers,
  randomHalves,
  tprAtFpr,
} from '../../../../main/privacy/attack/membership.ts';
import { seededRandom } from '../../../../main/privacy/seeded.ts';
import { uniform } from '../../../../main/privacy/random.ts';

const rising = (scores: Float64Array): Uint32Array =>
  Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);

describe('random halves', () => {
  it('puts each unit into just half of the models, any half alike', () => {
    const halves = randomHalves(6000, 4, seededRandom(1));
    const seen = new Map<string, number>();
    for (let unit = 0; unit < 6000; unit++) {
      const own = halves.map((half) => half[unit]).join('');
      seen.set(own, (seen.get(own) ?? 0) + 1);
    }
    // Six ways to choose two of four, each 1000 times; the deviation is 29.
    expect([...seen.keys()].sort()).toEqual(['0011', '0101', '0110', '1001', '1010', '1100']);
    for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('needs an even number of models', () => {
    expect(() => randomHalves(3, 3, seededRandom(1))).toThrow(RangeError);
  });
});

describe('the likelihood under models of comparison', () => {
  it('is the log of their mean, also where a likelihood is too small for a number', async () => {
    const given = [
      [-1, -2000, NaN],
      [-3, -2001, -1],
    ];
    const found = await likelihoodOfOthers({
      ...{ units: 3, references: 2, random: seededRandom(2) },
      fit: async (_, reference) => Float64Array.from(given[reference]!),
    });
    expect(found[0]).toBeCloseTo(Math.log((Math.exp(-1) + Math.exp(-3)) / 2), 12);
    expect(found[1]).toBeCloseTo(-2000 + Math.log((1 + Math.exp(-1)) / 2), 9);
    expect(found[2]).toBeNaN();
  });

  it('hands each model its half', async () => {
    const halves: Uint8Array[] = [];
    await likelihoodOfOthers({
      ...{ units: 50, references: 4, random: seededRandom(3) },
      fit: async (inside) => {
        halves.push(inside.slice());
        return new Float64Array(50);
      },
    });
    for (let unit = 0; unit < 50; unit++) {
      expect(halves.reduce((sum, half) => sum + half[unit]!, 0)).toBe(2);
    }
  });
});

describe('the rate at which members are found', () => {
  /** Every threshold tried, one by one. */
  function slow(scores: Float64Array, members: Uint8Array, fpr: number): number {
    const [all, others] = [0, 1].map((no) => members.filter((one) => one !== no).length) as [
      number,
      number,
    ];
    let best = 0;
    for (const threshold of [...scores, Infinity]) {
      const above = (member: number): number =>
        scores.filter((score, unit) => score >= threshold && members[unit] === member).length;
      if (above(0) / others <= fpr) best = Math.max(best, above(1) / all);
    }
    return best;
  }

  it('is the best of all thresholds, ties kept together', () => {
    const random = seededRandom(4);
    for (let round = 0; round < 40; round++) {
      const members = Uint8Array.from({ length: 300 }, () => random.next() & 1);
      // Of few values, so that many are equal.
      const scores = Float64Array.from(members, (member) =>
        Math.floor(8 * uniform(random) + 2 * member),
      );
      for (const fpr of [0.01, 0.05, 0.3]) {
        expect(tprAtFpr(scores, members, rising(scores), fpr)).toBeCloseTo(
          slow(scores, members, fpr),
          12,
        );
      }
    }
  });

  it('is 0 where all are equal, and nothing where one mistake is too many', () => {
    const members = Uint8Array.from({ length: 400 }, (_, unit) => unit % 2);
    const scores = new Float64Array(400);
    expect(tprAtFpr(scores, members, rising(scores), 0.01)).toBe(0);
    expect(tprAtFpr(scores, members, rising(scores), 0.001)).toBeNull();
    expect(tprAtFpr(scores, new Uint8Array(400), rising(scores), 0.01)).toBeNull();
  });
});
