import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PrivacyModel } from '../../../main/contract/anonymise.ts';
import { judgeAll, type SmallProblem } from './brute-force.ts';
import { refusal } from './refusal.ts';
import { isAccepted, NAMES, problem, run } from './small-problems.ts';

/** How each demand is weakened, as the documentation says: by steps towards an end. */
const STEPS: Readonly<Record<string, readonly [parameter: string, step: number, end: number][]>> = {
  'k-anonymity': [['k', -1, 2]],
  'k-map': [['k', -1, 2]],
  'distinct-l-diversity': [['l', -1, 2]],
  'entropy-l-diversity': [['l', -0.01, 1.01]],
  'entropy-l-diversity-grassberger': [['l', -0.01, 1.01]],
  'recursive-c-l-diversity': [
    ['c', 0.01, 10_000],
    ['l', -1, 2],
  ],
  't-closeness-equal': [['t', 0.001, 1]],
  't-closeness-ordered': [['t', 0.001, 1]],
  't-closeness-hierarchical': [['t', 0.001, 1]],
  'beta-likeness': [['beta', 0.01, 10_000]],
  'enhanced-beta-likeness': [['beta', 0.01, 10_000]],
  'delta-presence': [
    ['maximum', 0.001, 1],
    ['minimum', -0.001, 0],
  ],
  'average-risk': [['threshold', 0.001, 1]],
  'records-at-risk': [
    ['threshold', 0.001, 1],
    ['fraction', 0.001, 1],
  ],
  'sample-uniqueness': [['fraction', 0.001, 1]],
  'population-uniqueness': [['fraction', 0.001, 1]],
};

function isMet(small: SmallProblem): boolean {
  const allowed = Math.floor(small.limit * small.rows.length);
  return judgeAll(small).some(({ suppressed }) => suppressed <= allowed);
}

const withModel = (small: SmallProblem, at: number, parameter: string, value: number) => ({
  ...small,
  models: small.models.with(at, { ...small.models[at], [parameter]: value } as PrivacyModel),
});

/** The trees with one label for all as a further level of the named columns. */
function hiding(small: SmallProblem, names: readonly string[]): SmallProblem {
  const trees = small.trees.map((tree, j) =>
    names.includes(NAMES[j] ?? '') ? tree.map((line) => [...line, 'all']) : tree,
  );
  return { ...small, trees };
}

const FEW = ['000', '000', '101', '101', '000', '000', '000', '010'].map((row) =>
  Array.from(row, (value, j) => `${NAMES[j]}.${value}`),
);

/**
 * One value for all in `a` and `c` will do, in all three columns it will not: recursive diversity of
 * a class can be lost in a larger one that holds it.
 */
const WHOLE_FAILS: SmallProblem = {
  trees: NAMES.slice(0, 3).map((name) => [[`${name}.0`], [`${name}.1`]]),
  models: [{ type: 'recursive-c-l-diversity', attribute: 's', c: 3.5, l: 3 }],
  limit: 0.3,
  metric: 'loss',
  gsFactor: 0.1,
  aggregate: 'GEOMETRIC_MEAN',
  rows: FEW,
  people: FEW,
  sensitive: { s: [...'uuwwwuvu'], r: [...'uuuuuuuu'] },
  sensitiveTree: ['u', 'v', 'w'].map((value) => [value, 'any']),
  sensitiveOrder: ['u', 'w', 'v'],
};

describe('what would make an unmet plan possible', () => {
  it('is the least limit, the strictest demands and the columns that every node shows', async () => {
    await fc.assert(
      fc.asyncProperty(problem, async (drawn) => {
        const small = { ...drawn, limit: Math.min(drawn.limit, 0.3) };
        fc.pre(isAccepted(small) && !isMet(small));
        const { code, params } = await refusal(run(small));
        expect(code).toBe('PRIVACY_MODEL_UNMET');
        const limit = Number(params['limit']);
        expect(isMet({ ...small, limit })).toBe(true);
        expect(isMet({ ...small, limit: limit - 0.000_11 })).toBe(false);

        const expected: string[] = [];
        small.models.forEach((model, at) => {
          for (const [parameter, step, end] of STEPS[model.type] ?? []) {
            const value = Number(model[parameter as keyof PrivacyModel]);
            const isPossible = (tried: number): boolean =>
              isMet(withModel(small, at, parameter, tried));
            const of = 'attribute' in model ? ` (${model.attribute})` : '';
            const said = (params['possible'] as string[]).filter((text) =>
              text.startsWith(`${model.type}${of}: ${parameter} = `),
            );
            if (value === end || !isPossible(end)) continue;
            const found = said.map((text) => Number(text.split(' = ')[1]));
            expected.push(...said);
            // Two models of one type speak one after the other.
            expect(found.some((tried) => isPossible(tried))).toBe(true);
            // The estimate of uniqueness is uneven: then there is no single strictest demand.
            if (model.type === 'population-uniqueness' || found.length > 1) continue;
            const [strictest = NaN] = found;
            const stricter = Math.round((strictest - step) * 1000) / 1000;
            const isWeaker = step < 0 ? stricter < value : stricter > value;
            if (isWeaker) expect(isPossible(stricter)).toBe(false);
          }
        });
        expect(new Set(params['possible'] as string[])).toEqual(new Set(expected));

        const open = NAMES.filter(
          (_, j) => new Set(small.trees[j]?.map((line) => line.at(-1))).size > 1,
        );
        const alone = open.filter((name) => isMet(hiding(small, [name])));
        expect(params['coarser']).toEqual(alone);
        const all = alone.length === 0 && open.length > 1 && isMet(hiding(small, open));
        expect(params['coarserTogether']).toEqual(all ? open : []);
      }),
      { numRuns: 250, examples: [[WHOLE_FAILS]] },
    );
  });
});
