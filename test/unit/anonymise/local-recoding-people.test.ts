import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anonymiseTable } from '../../../main/anonymise/anonymise.ts';
import { writeHierarchyLines } from '../../../main/anonymise/hierarchy-text.ts';
import type { AnonymisePlanInput, PrivacyModel } from '../../../main/contract/anonymise.ts';
import { ConcordError } from '../../../main/contract/errors.ts';
import { cellTexts } from '../../../main/records/cell-text.ts';
import { judgeAll, tally, type SmallProblem } from './brute-force.ts';
import { groupMeets } from './brute-models.ts';
import { refusal } from './refusal.ts';
import { category, tableOf } from './tables.ts';

/** Level 1 and 2 of y share a label that covers more at level 2, so that rounds may meet in it. */
const TREES = [
  ['a', 'b', 'c', 'd'].map((v) => [v, v < 'c' ? 'ab' : 'cd', '*']),
  [
    ['o', 'all', 'all'],
    ['p', 'all', 'all'],
    ['q', 'q', 'all'],
    ['r', 'r', 'all'],
  ],
];
const NAMES = ['x', 'y'];
const hierarchies = new Map(
  NAMES.map((name, j) => [name, writeHierarchyLines(TREES[j] ?? [])] as const),
);

const model: fc.Arbitrary<PrivacyModel> = fc.oneof(
  fc.record({ type: fc.constant('k-anonymity' as const), k: fc.constantFrom(2, 3) }),
  fc.record({ type: fc.constant('k-map' as const), k: fc.constantFrom(3, 5) }),
  fc.record({
    type: fc.constant('delta-presence' as const),
    minimum: fc.constantFrom(0, 0.3),
    maximum: fc.constantFrom(0.6, 0.8),
  }),
  fc.record({
    type: fc.constant('population-uniqueness' as const),
    fraction: fc.constantFrom(0.02, 0.1),
    estimator: fc.constant('zayatz' as const),
  }),
  fc.record({
    type: fc.constant('entropy-l-diversity-grassberger' as const),
    attribute: fc.constant('s'),
    l: fc.constantFrom(1.4, 2),
  }),
  fc.record({
    type: fc.constant('t-closeness-equal' as const),
    attribute: fc.constant('s'),
    t: fc.constantFrom(0.1037, 0.3),
  }),
);

const small = fc.record({
  cells: fc.array(
    fc.record({
      x: fc.constantFrom('a', 'b', 'c', 'd'),
      y: fc.constantFrom('o', 'p', 'q', 'r'),
      s: fc.constantFrom('u', 'v'),
      others: fc.nat(3),
    }),
    { minLength: 6, maxLength: 18 },
  ),
  models: fc.uniqueArray(model, { minLength: 1, maxLength: 2, selector: ({ type }) => type }),
  rounds: fc.integer({ min: 1, max: 3 }),
  metric: fc.constantFrom('loss' as const, 'discernibility' as const),
});
type Small = typeof small extends fc.Arbitrary<infer T> ? T : never;

const rowsOf = ({ cells }: Small): string[][] => cells.map(({ x, y }) => [x, y]);
const peopleOf = (drawn: Small): string[][] =>
  drawn.cells.flatMap(({ x, y, others }) => Array.from({ length: others + 1 }, () => [x, y]));

function tableFrom(rows: readonly (readonly string[])[], sensitive?: readonly string[]) {
  const column = (name: string, j: number) =>
    category(
      name,
      rows.map((row) => row[j] ?? ''),
    );
  return tableOf(
    ...NAMES.map(column),
    ...(sensitive === undefined ? [] : [category('s', sensitive)]),
  );
}

function run(drawn: Small, change: Partial<AnonymisePlanInput> = {}) {
  const plan: AnonymisePlanInput = {
    quasiIdentifiers: { x: { hierarchy: 'x' }, y: { hierarchy: 'y' } },
    sensitive: { s: {} },
    models: [...drawn.models],
    suppressionLimit: 1,
    metric: drawn.metric,
    localRecoding: { rounds: drawn.rounds },
    suppressed: 'blank',
    population: { table: 'people' },
    ...change,
  };
  const sensitive = drawn.cells.map(({ s }) => s);
  const population = tableFrom(peopleOf(drawn));
  return anonymiseTable(tableFrom(rowsOf(drawn), sensitive), plan, hierarchies, { population });
}

const keyAt = (row: readonly string[], levels: readonly number[]): string =>
  row.map((value, j) => TREES[j]?.find(([v]) => v === value)?.[levels[j] ?? 0] ?? '').join('|');

/** Models by which a class of two rounds, or the sizes of all classes together, count. */
const isApart = ({ type }: PrivacyModel): boolean =>
  type === 'population-uniqueness' || type === 'entropy-l-diversity-grassberger';

describe('local recoding by a population and by entropy estimates', () => {
  it('takes the best of each round, its people being those no earlier round holds', async () => {
    await fc.assert(
      fc.asyncProperty(small, async (drawn) => {
        const rows = rowsOf(drawn);
        const everyone = peopleOf(drawn);
        const { outcome, output, rounds } = await run(drawn);
        const ofRow = [...(rounds?.ofRow ?? [])];
        const texts = output.columns.map(cellTexts);
        const textOf = (row: number): string => NAMES.map((_, j) => texts[j]?.(row)).join('|');
        const released: { key: string; rows: number[]; people: number }[] = [];
        let left = rows.map((_, row) => row);
        let people = everyone;
        rounds?.levels.forEach((named, round) => {
          const levels = NAMES.map((name) => named[name] ?? 0);
          const problem: SmallProblem = {
            trees: TREES,
            rows: left.map((row) => rows[row] ?? []),
            sensitive: { s: left.map((row) => drawn.cells[row]?.s ?? '') },
            ...{ sensitiveTree: [], sensitiveOrder: [], limit: 1, gsFactor: 0.5 },
            people,
            models: drawn.models,
            metric: drawn.metric,
            aggregate: drawn.metric === 'loss' ? 'GEOMETRIC_MEAN' : 'SUM',
            earlier: {
              sizes: released.map((group) => group.rows.length),
              taken: drawn.models.some(isApart) ? released.map(({ key }) => key) : [],
              everyone: everyone.length,
              whole: { s: drawn.cells.map(({ s }) => s) },
            },
          };
          const nodes = judgeAll(problem);
          const node = nodes.find((one) => one.levels.join() === levels.join());
          expect(node?.score).toBeCloseTo(Math.min(...nodes.map(({ score }) => score)), 8);
          const kept = left.filter((row) => ofRow[row] === round);
          expect(kept.length).toBe(left.length - (node?.suppressed ?? 0));
          const keys = new Set(kept.map((row) => keyAt(rows[row] ?? [], levels)));
          for (const row of kept) expect(textOf(row)).toBe(keyAt(rows[row] ?? [], levels));
          for (const key of keys) {
            released.push({
              key,
              rows: kept.filter((row) => textOf(row) === key),
              people: people.filter((person) => keyAt(person, levels) === key).length,
            });
          }
          left = left.filter((row) => !kept.includes(row));
          people = people.filter((person) => !keys.has(keyAt(person, levels)));
        });
        expect(outcome.suppressed).toBe(left.length);
        // The release as a whole: classes of equal labels are one, with the people of both.
        const merged = [...tally(released.map(({ key }) => key)).keys()].map((key) => {
          const same = released.filter((group) => group.key === key);
          return {
            rows: same.flatMap((group) => group.rows),
            people: same.reduce((sum, group) => sum + group.people, 0),
          };
        });
        const whole = {
          rows,
          sensitive: { s: drawn.cells.map(({ s }) => s) },
        } as unknown as SmallProblem;
        for (const group of merged) {
          for (const one of drawn.models) {
            expect(groupMeets(one, group.rows, group.people, whole)).toBe(true);
          }
        }
        if (merged.length === 0) return;
        const highest = Math.max(...merged.map((group) => 1 / group.people));
        expect(outcome.risk.journalist).toMatchObject({
          basis: 'table',
          highest: expect.closeTo(highest, 12) as number,
        });
      }),
      { numRuns: 500 },
    );
  });

  it('never lets a class of a later round join one that need not pass any longer', async () => {
    // o and p pass together as "all" of level 1; q and r would as "all" of level 2.
    const cells = [...'oooopppp', 'q', 'r'].map((y) => ({
      ...{ x: 'a', y, others: 0 },
      s: y === 'o' || y === 'q' ? 'u' : 'v',
    })) as Small['cells'];
    const entropy = { type: 'entropy-l-diversity-grassberger', attribute: 's', l: 1.4 } as const;
    const drawn: Small = { cells, models: [entropy], rounds: 3, metric: 'loss' };
    const { rounds, output } = await run(drawn);
    const texts = output.columns.map(cellTexts);
    const byText = new Map<string, Set<number>>();
    rounds?.ofRow.forEach((round, row) => {
      if (round < 0) return;
      const key = `${texts[0]?.(row)}|${texts[1]?.(row)}`;
      byText.set(key, (byText.get(key) ?? new Set()).add(round));
    });
    expect(byText.get('a|all')).toEqual(new Set([0]));
    for (const by of byText.values()) expect(by.size).toBe(1);
  });
});

describe('ranges', () => {
  const table = tableOf(
    { name: 'n', type: 'integer', values: Float64Array.of(1, 2, 3, 4) },
    category('s', ['u', 'v', 'u', 'v']),
  );
  const ranges = (one: PrivacyModel, partition: 'strict' | 'relaxed' = 'strict', size?: number) =>
    anonymiseTable(
      table,
      {
        quasiIdentifiers: { n: {} },
        sensitive: { s: {} },
        models: [one],
        search: 'local',
        partition,
        population: size === undefined ? { table: 'people.csv' } : { size },
      },
      new Map(),
      { population: tableOf({ name: 'n', type: 'integer', values: Float64Array.of(1, 2, 3, 4) }) },
    );

  it.each<[PrivacyModel, 'strict' | 'relaxed', string]>([
    [{ type: 'delta-presence', minimum: 0, maximum: 0.5 }, 'strict', 'ranges-people'],
    [{ type: 'k-map', k: 2 }, 'strict', 'ranges-people'],
    [
      { type: 'entropy-l-diversity-grassberger', attribute: 's', l: 1.5 },
      'relaxed',
      'ranges-relaxed',
    ],
  ])('say why they cannot keep %j', async (one, partition, reason) => {
    const error = await refusal(ranges(one, partition));
    expect(error).toBeInstanceOf(ConcordError);
    expect(error).toMatchObject({
      code: 'PRIVACY_MODEL_INVALID',
      params: { model: one.type, reason },
    });
  });

  it('keep the entropy estimate in strict parts, and uniqueness by leaving nobody unique', async () => {
    const diverse = await ranges({
      type: 'entropy-l-diversity-grassberger',
      attribute: 's',
      l: 1.5,
    });
    expect(diverse.outcome.partition?.parts).toBe(2);
    const { outcome } = await ranges(
      { type: 'population-uniqueness', fraction: 0.1 },
      'strict',
      100,
    );
    expect(outcome).toMatchObject({ classes: { count: 2, smallest: 2 }, checked: true });
  });
});
