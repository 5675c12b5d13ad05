import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anonymiseTable, type Anonymised } from '../../../main/anonymise/anonymise.ts';
import { writeHierarchyLines } from '../../../main/anonymise/hierarchy-text.ts';
import type { AnonymisePlanInput, PrivacyModel } from '../../../main/contract/anonymise.ts';
import { ConcordError } from '../../../main/contract/errors.ts';
import { judgeAll, type SmallProblem } from './brute-force.ts';
import { category, tableOf } from './tables.ts';

/** A random tree over `size` values: each level merges labels of the one below. */
function trees(prefix: string): fc.Arbitrary<string[][]> {
  return fc
    .record({
      size: fc.integer({ min: 1, max: 5 }),
      merges: fc.array(fc.array(fc.nat(2), { minLength: 5, maxLength: 5 }), { maxLength: 2 }),
      root: fc.boolean(),
    })
    .map(({ size, merges, root }) => {
      const lines = Array.from({ length: size }, (_, value) => [value]);
      for (const merge of merges) {
        for (const line of lines) line.push(merge[line.at(-1) ?? 0] ?? 0);
      }
      return lines.map((line) => [
        ...line.map((code, level) => `${prefix}${level}.${code}`),
        ...(root ? ['*'] : []),
      ]);
    });
}

const attribute = 's';
const model: fc.Arbitrary<PrivacyModel> = fc.oneof(
  fc.record({ type: fc.constant('k-anonymity' as const), k: fc.integer({ min: 2, max: 4 }) }),
  fc.record({
    type: fc.constant('distinct-l-diversity' as const),
    attribute: fc.constant(attribute),
    l: fc.integer({ min: 2, max: 3 }),
  }),
  fc.record({
    type: fc.constant('entropy-l-diversity' as const),
    attribute: fc.constant(attribute),
    l: fc.constantFrom(1.3, 1.9, 2, 2.4, 3),
  }),
  fc.record({
    type: fc.constant('recursive-c-l-diversity' as const),
    attribute: fc.constant(attribute),
    c: fc.constantFrom(0.5, 1, 2, 3.5),
    l: fc.integer({ min: 2, max: 3 }),
  }),
  fc.record({
    type: fc.constantFrom('t-closeness-equal' as const, 't-closeness-hierarchical' as const),
    attribute: fc.constant(attribute),
    t: fc.constantFrom(0.1037, 0.25, 0.3719, 0.5),
  }),
);

const SENSITIVE_TREE = [
  ['u', 'vowel', '*'],
  ['v', 'other', '*'],
  ['w', 'other', '*'],
];

const problem: fc.Arbitrary<SmallProblem> = fc
  .record({
    trees: fc.tuple(trees('a'), trees('b'), trees('c')),
    cells: fc.array(fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4), fc.nat(2)), {
      minLength: 4,
      maxLength: 14,
    }),
    models: fc.array(model, { minLength: 1, maxLength: 2 }),
    limit: fc.constantFrom(0, 0.1, 0.3, 0.5, 1),
    metric: fc.constantFrom(
      ...(['loss', 'nuentropy', 'discernibility', 'average-class-size', 'precision'] as const),
    ),
    gsFactor: fc.constantFrom(0.1, 0.25, 0.5, 0.75, 0.9),
    aggregate: fc.constantFrom(
      ...(['GEOMETRIC_MEAN', 'ARITHMETIC_MEAN', 'SUM', 'MAXIMUM'] as const),
    ),
  })
  .map(({ cells, ...rest }) => ({
    ...rest,
    rows: cells.map((row) =>
      rest.trees.map((tree, j) => tree[(row[j] ?? 0) % tree.length]?.[0] ?? ''),
    ),
    sensitive: cells.map((row) => 'uvw'[row[3]] ?? ''),
    sensitiveTree: SENSITIVE_TREE,
  }));

const NAMES = ['a', 'b', 'c'];

function run(small: SmallProblem): Promise<Anonymised> {
  const columns = NAMES.map((name, j) =>
    category(
      name,
      small.rows.map((row) => row[j] ?? ''),
    ),
  );
  const plan: AnonymisePlanInput = {
    quasiIdentifiers: Object.fromEntries(NAMES.map((name) => [name, { hierarchy: name }])),
    sensitive: { [attribute]: { hierarchy: attribute } },
    models: [...small.models],
    suppressionLimit: small.limit,
    metric: small.metric,
    gsFactor: small.gsFactor,
    aggregate: small.aggregate,
  };
  const texts = small.trees.map((tree, j): [string, string] => [
    NAMES[j] ?? '',
    writeHierarchyLines(tree),
  ]);
  const hierarchies = new Map([...texts, [attribute, writeHierarchyLines(small.sensitiveTree)]]);
  return anonymiseTable(
    tableOf(...columns, category(attribute, small.sensitive)),
    plan,
    hierarchies,
  );
}

describe('the lattice search', () => {
  it('finds what judging every node by the definitions finds', async () => {
    await fc.assert(
      fc.asyncProperty(problem, async (small) => {
        const judged = judgeAll(small);
        const allowed = Math.floor(small.limit * small.rows.length);
        const feasible = judged.filter(({ suppressed }) => suppressed <= allowed);
        if (feasible.length === 0) {
          const failure: unknown = await run(small).catch((error: unknown) => error);
          expect(failure).toBeInstanceOf(ConcordError);
          expect(failure).toMatchObject({
            code: 'PRIVACY_MODEL_UNMET',
            params: {
              needed: Math.min(...judged.map(({ suppressed }) => suppressed)),
              rows: small.rows.length,
              allowed,
            },
          });
          return;
        }
        const least = Math.min(...feasible.map(({ score }) => score));
        const { outcome } = await run(small);
        const chosen = feasible.find(({ levels }) =>
          levels.every((level, j) => outcome.levels[NAMES[j] ?? ''] === level),
        );
        expect(chosen?.suppressed).toBe(outcome.suppressed);
        expect(chosen?.score).toBeCloseTo(least, 8);
        expect(outcome.quality.value).toBeCloseTo(least, 8);
      }),
      { numRuns: 1500 },
    );
  });

  it('breaks ties by the lower sum of levels, then by the first in order', async () => {
    await fc.assert(
      fc.asyncProperty(problem, async (drawn) => {
        const small: SmallProblem = { ...drawn, metric: 'discernibility', limit: 1 };
        const sum = (levels: readonly number[]): number => levels.reduce((a, b) => a + b, 0);
        const first = judgeAll(small).reduce((best, node) => {
          const difference = node.score - best.score || sum(node.levels) - sum(best.levels);
          return difference < 0 ? node : best;
        });
        const { outcome } = await run(small);
        expect(NAMES.map((name) => outcome.levels[name])).toEqual(first.levels);
      }),
      { numRuns: 300 },
    );
  });
});
