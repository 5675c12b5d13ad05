import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anonymiseTable } from '../../../main/anonymise/anonymise.ts';
import { writeHierarchyLines } from '../../../main/anonymise/hierarchy-text.ts';
import type { AnonymisePlanInput, PrivacyModel } from '../../../main/contract/anonymise.ts';
import { ConcordError } from '../../../main/contract/errors.ts';
import { cellTexts } from '../../../main/records/cell-text.ts';
import { judgeAll, scoreOf, type SmallProblem } from './brute-force.ts';
import { category, tableOf } from './tables.ts';

const TREES = [
  ['a', 'b', 'c', 'd'].map((v) => [v, v < 'c' ? 'ab' : 'cd', '*']),
  ['p', 'q', 'r'].map((v) => [v, '*']),
];
const NAMES = ['x', 'y'];

interface Small {
  readonly rows: readonly (readonly [string, string])[];
  readonly sensitive: readonly string[];
  readonly models: readonly PrivacyModel[];
  readonly limit: number;
  readonly recoding: NonNullable<AnonymisePlanInput['localRecoding']>;
  readonly metric: 'loss' | 'nuentropy' | 'discernibility' | 'average-class-size' | 'precision';
  readonly gsFactor: number;
}

const small: fc.Arbitrary<Small> = fc
  .record({
    cells: fc.array(
      fc.tuple(
        fc.constantFrom('a', 'b', 'c', 'd'),
        fc.constantFrom('p', 'q', 'r'),
        fc.constantFrom('u', 'v'),
      ),
      { minLength: 5, maxLength: 16 },
    ),
    models: fc.array(
      fc.oneof(
        fc.record({ type: fc.constant('k-anonymity' as const), k: fc.integer({ min: 2, max: 4 }) }),
        fc.record({
          type: fc.constant('distinct-l-diversity' as const),
          attribute: fc.constant('s'),
          l: fc.constant(2),
        }),
        fc.record({
          type: fc.constant('records-at-risk' as const),
          threshold: fc.constant(0.4),
          fraction: fc.constantFrom(0, 0.3),
        }),
      ),
      { minLength: 1, maxLength: 2 },
    ),
    limit: fc.constantFrom(0.5, 1),
    recoding: fc.oneof(
      fc.record({ recordsFraction: fc.constantFrom(0.05, 0.2, 0.4) }),
      fc.record({ rounds: fc.integer({ min: 1, max: 3 }), gsFactor: fc.constantFrom(0, 0.7) }),
    ),
    metric: fc.constantFrom(
      ...(['loss', 'nuentropy', 'discernibility', 'average-class-size', 'precision'] as const),
    ),
    gsFactor: fc.constantFrom(0, 0.25, 0.5),
  })
  .map(({ cells, ...rest }) => ({
    ...rest,
    rows: cells.map(([x, y]): [string, string] => [x, y]),
    sensitive: cells.map(([, , s]) => s),
  }));

function planOf(drawn: Small): AnonymisePlanInput {
  return {
    quasiIdentifiers: { x: { hierarchy: 'x' }, y: { hierarchy: 'y' } },
    sensitive: { s: {} },
    models: [...drawn.models],
    suppressionLimit: drawn.limit,
    metric: drawn.metric,
    gsFactor: drawn.gsFactor,
    localRecoding: drawn.recoding,
    suppressed: 'blank',
  };
}

const hierarchies = new Map(
  NAMES.map((name, j) => [name, writeHierarchyLines(TREES[j] ?? [])] as const),
);

/** The best nodes of some rows as records of their own. */
function bestOf(drawn: Small, rows: readonly number[], gsFactor: number, allowed: number) {
  const problem = problemOf(drawn, rows, gsFactor);
  const feasible = judgeAll(problem).filter(({ suppressed }) => suppressed <= allowed);
  const least = Math.min(...feasible.map(({ score }) => score));
  return { feasible, least };
}

function problemOf(drawn: Small, rows: readonly number[], gsFactor: number): SmallProblem {
  return {
    trees: TREES,
    rows: rows.map((row) => drawn.rows[row] ?? []),
    sensitive: { s: rows.map((row) => drawn.sensitive[row] ?? '') },
    sensitiveTree: [],
    sensitiveOrder: [],
    people: [],
    models: drawn.models,
    limit: 1,
    metric: drawn.metric,
    gsFactor,
    aggregate: usual(drawn.metric),
  };
}

function usual(metric: Small['metric']): SmallProblem['aggregate'] {
  if (metric === 'loss') return 'GEOMETRIC_MEAN';
  return metric === 'precision' ? 'ARITHMETIC_MEAN' : 'SUM';
}

describe('local recoding', () => {
  it('anonymises what is left round by round, each round at its best', async () => {
    await fc.assert(
      fc.asyncProperty(small, async (drawn) => {
        fc.pre(drawn.models.every((m) => m.type !== 'k-anonymity' || m.k <= drawn.rows.length));
        const table = tableOf(
          ...NAMES.map((name, j) =>
            category(
              name,
              drawn.rows.map((row) => row[j] ?? ''),
            ),
          ),
          category('s', drawn.sensitive),
        );
        const done = await anonymiseTable(table, planOf(drawn), hierarchies).catch(
          (error: unknown) => {
            if (error instanceof ConcordError && error.code === 'PRIVACY_MODEL_UNMET') return null;
            throw error;
          },
        );
        fc.pre(done !== null);
        const { outcome, output, suppressedRows } = done;
        const rounds = [
          { levels: outcome.levels, score: outcome.localRecoding?.firstScore ?? null },
          ...(outcome.localRecoding?.steps ?? []),
        ];
        const texts = output.columns.map(cellTexts);
        const all = drawn.rows.map((_, row) => row);
        const levelsOf = new Map<number, readonly number[]>();
        let left = all;
        rounds.forEach(({ levels, score }, round) => {
          const allowed = allowedIn(drawn, round, left.length);
          const gsFactor =
            round === 0 ? drawn.gsFactor : (drawn.recoding.gsFactor ?? drawn.gsFactor);
          const { feasible, least } = bestOf(drawn, left, gsFactor, allowed);
          const vector = NAMES.map((name) => levels[name]);
          const node = feasible.find((one) => one.levels.join() === vector.join());
          expect(node?.score).toBeCloseTo(least, 8);
          if (Number.isFinite(least)) expect(score).toBeCloseTo(least, 8);
          // The rows that carry this round's labels and are no later round's.
          const kept = left.filter((row) => {
            if (suppressedRows[row] === 1) return false;
            return NAMES.every(
              (_, j) => labelOf(j, drawn.rows[row]?.[j], vector[j]) === texts[j]?.(row),
            );
          });
          expect(kept.length).toBe(left.length - (node?.suppressed ?? 0));
          for (const row of left) levelsOf.set(row, vector as number[]);
          left = left.filter((row) => !kept.includes(row));
        });
        const keys = all.map((row) =>
          texts
            .slice(0, 2)
            .map((text) => text(row))
            .join('|'),
        );
        const groups = [...new Set(keys)].map((key) => all.filter((row) => keys[row] === key));
        const score = scoreOf(
          problemOf(drawn, all, drawn.gsFactor),
          all.map((row) => levelsOf.get(row) ?? []),
          // Suppressed rows carry no label, and are no group of the release.
          groups.flatMap((group) =>
            suppressedRows[group[0] ?? -1] ? group.map((row) => [row]) : [group],
          ),
          (row) => suppressedRows[row] === 0,
        );
        if (Number.isFinite(score)) expect(outcome.quality.value).toBeCloseTo(score, 8);
        expect(left.length).toBe(outcome.suppressed);
      }),
      { numRuns: 400 },
    );
  });
});

function labelOf(j: number, value = '', level = 0): string {
  return TREES[j]?.find(([v]) => v === value)?.[level] ?? '';
}

function allowedIn({ limit, recoding, rows }: Small, round: number, left: number): number {
  if (round === 0) return Math.floor(limit * rows.length);
  if ('rounds' in recoding) return left;
  return Math.floor(Math.max(0, 1 - (recoding.recordsFraction * rows.length) / left) * left);
}
