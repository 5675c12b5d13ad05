import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { additiveShapley, type AdditiveGame } from '../../../main/explain/additive.ts';
import { sampledShapley, type Variant } from '../../../main/explain/sampled.ts';
import { shapleyBySubsets } from './shapley.ts';

const number = fc.double({ min: -5, max: 5, noNaN: true });
const FIELDS = 5;

/** A sum of terms of single fields and of pairs, as in the record and on average. */
const games = fc.record({
  base: number,
  own: fc.array(number, { minLength: FIELDS, maxLength: FIELDS }),
  mean: fc.array(number, { minLength: FIELDS, maxLength: FIELDS }),
  pairs: fc.array(
    fc.record({
      fields: fc.constantFrom([0, 1], [3, 2], [4, 0], [1, 4]).map(([a, b]) => [a!, b!] as const),
      ...{ both: number, first: number, second: number, neither: number },
    }),
    { maxLength: 4 },
  ),
});

function worthOf({ base, own, mean, pairs }: AdditiveGame, known: readonly boolean[]): number {
  const single = own.reduce((sum, value, at) => sum + (known[at]! ? value : mean[at]!), base);
  return pairs.reduce((sum, { fields: [a, b], both, first, second, neither }) => {
    if (known[a]!) return sum + (known[b]! ? both : first);
    return sum + (known[b]! ? second : neither);
  }, single);
}

describe('exact Shapley values of sums', () => {
  it('are those over all subsets, and add up', () => {
    fc.assert(
      fc.property(games, (game) => {
        const { effects, output, background } = additiveShapley(game);
        const expected = shapleyBySubsets(FIELDS, (known) => worthOf(game, known));
        for (const [at, effect] of effects.entries()) expect(effect).toBeCloseTo(expected[at]!, 10);
        const sum = effects.reduce((all, effect) => all + effect, 0);
        expect(sum).toBeCloseTo(output - background, 10);
        expect(output).toBeCloseTo(worthOf(game, Array<boolean>(FIELDS).fill(true)), 10);
      }),
      { numRuns: 100 },
    );
  });
});

/** Any game at all: a number for each subset, and a shift for each background. */
function tabled(worth: readonly number[], shifts: (draw: number) => number) {
  return (variants: readonly Variant[]): Promise<Float64Array> =>
    Promise.resolve(
      Float64Array.from(variants, ({ known, draw }) => {
        const set = known.reduce((sum, one, at) => sum + (one << at), 0);
        const isWhole = set === worth.length - 1;
        return worth[set]! + (isWhole ? 0 : shifts(draw));
      }),
    );
}

describe('sampled Shapley values', () => {
  const tables = fc.array(number, { minLength: 2 ** FIELDS, maxLength: 2 ** FIELDS });

  it('add up exactly, whatever was drawn', async () => {
    await fc.assert(
      fc.asyncProperty(
        tables,
        fc.integer({ min: 2, max: 9 }),
        fc.nat(),
        async (worth, pairs, seed) => {
          const evaluate = tabled(worth, (draw) => Math.sin(draw));
          const { effects, output, background } = await sampledShapley(
            FIELDS,
            { pairs, seed },
            evaluate,
          );
          const sum = effects.reduce((all, effect) => all + effect, 0);
          expect(sum).toBeCloseTo(output - background, 9);
          expect(output).toBeCloseTo(worth.at(-1)!, 12);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('lie within their stated errors of those over all subsets', async () => {
    let beyond = 0;
    let all = 0;
    await fc.assert(
      fc.asyncProperty(tables, fc.nat(), async (worth, seed) => {
        const found = await sampledShapley(
          FIELDS,
          { pairs: 200, seed },
          tabled(worth, () => 0),
        );
        const expected = shapleyBySubsets(FIELDS, (known) => {
          return worth[known.reduce((sum, one, at) => sum + (Number(one) << at), 0)]!;
        });
        for (const [at, effect] of found.effects.entries()) {
          all++;
          if (Math.abs(effect - expected[at]!) > 2 * found.errors[at]! + 1e-9) beyond++;
        }
      }),
      { numRuns: 60, seed: 7 },
    );
    // 5 in 100 are expected beyond two standard errors; a wrong error shows as many more.
    expect(beyond / all).toBeLessThan(0.1);
    expect(beyond).toBeGreaterThan(0);
  });

  it('need one pair of orders where two fields act at most together', async () => {
    await fc.assert(
      fc.asyncProperty(games, fc.nat(), async (game, seed) => {
        const evaluate = (variants: readonly Variant[]): Promise<Float64Array> =>
          Promise.resolve(
            Float64Array.from(variants, ({ known }) =>
              worthOf(
                game,
                Array.from(known, (k) => k === 1),
              ),
            ),
          );
        const { effects, errors } = await sampledShapley(FIELDS, { pairs: 2, seed }, evaluate);
        const expected = additiveShapley(game).effects;
        for (const [at, effect] of effects.entries()) expect(effect).toBeCloseTo(expected[at]!, 9);
        expect(Math.max(...errors)).toBeLessThan(1e-6);
      }),
      { numRuns: 50 },
    );
  });
});
