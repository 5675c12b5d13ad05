import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anonymiseTable } from '../../../../main/anonymise/anonymise.ts';
import { detailLost } from '../../../../main/anonymise/explain/detail.ts';
import { protectedRecords } from '../../../../main/anonymise/explain/records.ts';
import { whyOf } from '../../../../main/anonymise/explain/why.ts';
import { anonymisePlan, type PrivacyModel } from '../../../../main/contract/anonymise.ts';
import { ConcordError } from '../../../../main/contract/errors.ts';
import { category, tableOf } from '../tables.ts';

/** Value, then its label on each level: 0 to 5 in pairs, then all. */
const TREE = ['0', '1', '2', '3', '4', '5'].map((value) => [
  value,
  `p${Math.floor(Number(value) / 2)}`,
  '*',
]);
const SENSITIVE_TREE = [
  ['u', 'vowel', '*'],
  ['v', 'other', '*'],
  ['w', 'other', '*'],
];
const NAMES = ['a', 'b', 'c'];
const attribute = 's';

const model: fc.Arbitrary<PrivacyModel> = fc.oneof(
  fc.record({ type: fc.constant('k-anonymity' as const), k: fc.integer({ min: 2, max: 4 }) }),
  fc.constantFrom<PrivacyModel>(
    { type: 'distinct-l-diversity', attribute, l: 2 },
    { type: 'entropy-l-diversity', attribute, l: 1.9 },
    { type: 'recursive-c-l-diversity', attribute, c: 2, l: 2 },
    { type: 't-closeness-equal', attribute, t: 0.3719 },
    { type: 't-closeness-hierarchical', attribute, t: 0.3719 },
  ),
);
const problem = fc.record({
  rows: fc.array(fc.tuple(fc.nat(5), fc.nat(5), fc.nat(5), fc.nat(2)), {
    minLength: 4,
    maxLength: 30,
  }),
  models: fc.array(model, { minLength: 1, maxLength: 2 }),
  limit: fc.constantFrom(0, 0.1, 0.3, 0.6),
});
type Problem = typeof problem extends fc.Arbitrary<infer P> ? P : never;

const textOf = (lines: readonly (readonly string[])[]): string =>
  lines.map((line) => line.join(';')).join('\n');
const hierarchies = {
  ...Object.fromEntries(NAMES.map((name) => [name, textOf(TREE)])),
  s: textOf(SENSITIVE_TREE),
};

/** The protection of a small table, or null where it cannot be done. */
async function protectedSmall({ rows, models, limit }: Problem) {
  const table = tableOf(
    ...NAMES.map((name, j) =>
      category(
        name,
        rows.map((row) => String(row[j])),
      ),
    ),
    category(
      's',
      rows.map((row) => 'uvw'[row[3]] ?? ''),
    ),
  );
  const plan = anonymisePlan.parse({
    quasiIdentifiers: Object.fromEntries(NAMES.map((name) => [name, { hierarchy: name }])),
    sensitive: { s: { hierarchy: 's' } },
    models,
    suppressionLimit: limit,
  });
  try {
    const done = await anonymiseTable(table, plan, new Map(Object.entries(hierarchies)));
    const suppressed = done.suppressedRows;
    const { levels } = done.outcome;
    return { table, plan, levels, suppressed };
  } catch (error) {
    if (error instanceof ConcordError && error.code.startsWith('PRIVACY_MODEL')) return null;
    throw error;
  }
}

/** For each row whether its group fails each model, in plain strings; null hides a column. */
function failed({ rows, models }: Problem, levels: readonly (number | null)[]): boolean[][] {
  const keys = rows.map((row) =>
    levels.map((level, j) => (level === null ? '' : TREE[row[j] ?? 0]?.[level])).join('|'),
  );
  const all = rows.map((row) => 'uvw'[row[3]] ?? '');
  return models.map((one) =>
    keys.map(
      (key) =>
        !meets(
          one,
          all.filter((_, at) => keys[at] === key),
          all,
        ),
    ),
  );
}

function meets(one: PrivacyModel, group: readonly string[], all: readonly string[]): boolean {
  const share = (values: readonly string[], value: string): number =>
    values.filter((each) => each === value).length / values.length;
  const counts = ['u', 'v', 'w']
    .map((value) => group.filter((each) => each === value).length)
    .filter((count) => count > 0)
    .sort((a, b) => b - a);
  const excess = (value: string): number => share(group, value) - share(all, value);
  switch (one.type) {
    case 'k-anonymity':
      return group.length >= one.k;
    case 'distinct-l-diversity':
      return counts.length >= one.l;
    case 'entropy-l-diversity':
      return (
        -counts.reduce((sum, f) => sum + (f / group.length) * Math.log(f / group.length), 0) >=
        Math.log(one.l) - 1e-9
      );
    case 'recursive-c-l-diversity':
      return (
        counts.length >= one.l &&
        (counts[0] ?? 0) < one.c * counts.slice(one.l - 1).reduce((sum, f) => sum + f, 0)
      );
    case 't-closeness-equal':
      return ['u', 'v', 'w'].reduce((sum, v) => sum + Math.abs(excess(v)), 0) / 2 <= one.t + 1e-9;
    case 't-closeness-hierarchical': {
      // Between v and w half the height of the tree; what u has too much goes all the way.
      const [u, v, w] = ['u', 'v', 'w'].map(excess) as [number, number, number];
      const within = v * w < 0 ? Math.min(Math.abs(v), Math.abs(w)) : 0;
      return 0.5 * within + Math.abs(u) <= one.t + 1e-9;
    }
    default:
      throw new Error(one.type);
  }
}

const countOf = (flags: readonly boolean[]): number => flags.filter(Boolean).length;

describe('why records were left out and why columns went so far', () => {
  it('is told as a table in plain strings tells it, for every condition', async () => {
    let explained = 0;
    await fc.assert(
      fc.asyncProperty(problem, async (given) => {
        const done = await protectedSmall(given);
        if (done === null) return;
        explained++;
        const { levels, suppressed } = done;
        const records = protectedRecords(done.table, done.plan, hierarchies, done);
        const why = await whyOf(records);
        if (why === null) throw new Error('not explained');
        const taken = NAMES.map((name) => levels[name] ?? 0);
        const failures = failed(given, taken);
        const any = (flags: readonly boolean[][]): boolean[] =>
          given.rows.map((_, row) => flags.some((each) => each[row] === true));
        // What fails is what was left out: the explanation and the search mean the same.
        expect(any(failures)).toEqual([...suppressed].map((flag) => flag === 1));
        expect(why.leftOut.rows).toBe(countOf(any(failures)));
        expect(why.leftOut.models.map(({ rows }) => rows)).toEqual(failures.map(countOf));
        for (const [j, level] of taken.entries()) {
          const hidden = any(
            failed(
              given,
              taken.map((one, at) => (at === j ? null : one)),
            ),
          );
          const stay = hidden.filter((fails, row) => suppressed[row] === 1 && !fails).length;
          expect(why.leftOut.columns[j]).toEqual({ name: NAMES[j], stay });
          const finer = taken.map((one, at) => (at === j ? one - 1 : one));
          const needed = level === 0 ? null : countOf(any(failed(given, finer)));
          expect(why.columns[j]).toEqual({ name: NAMES[j], level, needed });
        }
      }),
      { numRuns: 150 },
    );
    expect(explained).toBeGreaterThan(50);
  });

  it('is not told where a condition looks at more than single groups', async () => {
    const done = await protectedSmall({
      rows: Array.from({ length: 6 }, () => [0, 0, 0, 1] as [number, number, number, number]),
      models: [{ type: 'k-anonymity', k: 2 }],
      limit: 0,
    });
    if (done === null) throw new Error('not protected');
    const models: PrivacyModel[] = [{ type: 'average-risk', threshold: 0.5 }];
    const records = protectedRecords(done.table, { ...done.plan, models }, hierarchies, done);
    expect(await whyOf(records)).toBeNull();
  });

  it('is not told where the levels do not tell which rows were left out', async () => {
    const done = await protectedSmall({
      rows: Array.from({ length: 6 }, () => [0, 0, 0, 1] as [number, number, number, number]),
      models: [{ type: 'k-anonymity', k: 2 }],
      limit: 0,
    });
    if (done === null) throw new Error('not protected');
    const suppressed = Uint8Array.of(1, 0, 0, 0, 0, 0);
    const records = protectedRecords(done.table, done.plan, hierarchies, { ...done, suppressed });
    expect(await whyOf(records)).toBeNull();
  });
});

describe('the detail that is lost', () => {
  const table = tableOf(category('a', ['0', '1', '2', '5']), category('b', ['0', '0', '0', '0']));
  const plan = anonymisePlan.parse({
    quasiIdentifiers: { a: { hierarchy: 'a' }, b: { hierarchy: 'b' } },
    models: [{ type: 'k-anonymity', k: 2 }],
  });
  const lost = (levels: Record<string, number>, suppressed: number[]): number =>
    detailLost(
      protectedRecords(table, plan, hierarchies, {
        levels,
        suppressed: Uint8Array.from(suppressed),
      }),
    );

  it('is none as it was and all where everything is hidden or left out', () => {
    expect(lost({ a: 0, b: 0 }, [0, 0, 0, 0])).toBe(0);
    expect(lost({ a: 2, b: 2 }, [0, 0, 0, 0])).toBe(1);
    expect(lost({ a: 0, b: 0 }, [1, 1, 1, 1])).toBe(1);
  });

  it('counts the values under a label', () => {
    // One of 5 further values joined in each of 3 cells of 'a'; one row of 2 cells left out.
    expect(lost({ a: 1, b: 0 }, [0, 0, 0, 1])).toBeCloseTo((3 * 0.2 + 2) / 8, 12);
  });
});
