import fc from 'fast-check';
import { anonymiseTable, type Anonymised } from '../../../main/anonymise/anonymise.ts';
import { writeHierarchyLines } from '../../../main/anonymise/hierarchy-text.ts';
import type { AnonymisePlanInput, PrivacyModel } from '../../../main/contract/anonymise.ts';
import type { CodedColumn, Table } from '../../../main/records/table.ts';
import type { SmallProblem } from './brute-force.ts';
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

const SENSITIVE = ['s', 'r'] as const;
const attribute = fc.constantFrom(...SENSITIVE);
/** Everyone: each row may stand for up to so many further people. */
const MOST_OTHERS = 3;

const classModel: fc.Arbitrary<PrivacyModel> = fc.oneof(
  fc.record({ type: fc.constant('k-anonymity' as const), k: fc.integer({ min: 2, max: 4 }) }),
  fc.record({ type: fc.constant('k-map' as const), k: fc.integer({ min: 2, max: 8 }) }),
  fc.record({
    type: fc.constant('k-map' as const),
    k: fc.integer({ min: 2, max: 8 }),
    population: fc.constantFrom(20, 60, 1000),
    estimator: fc.constantFrom('poisson' as const, 'zero-truncated-poisson' as const),
    significance: fc.constantFrom(0.05, 0.3),
  }),
  fc.record({
    type: fc.constant('distinct-l-diversity' as const),
    attribute,
    l: fc.integer({ min: 2, max: 3 }),
  }),
  fc.record({
    type: fc.constantFrom(
      'entropy-l-diversity' as const,
      'entropy-l-diversity-grassberger' as const,
    ),
    attribute,
    l: fc.constantFrom(1.3, 1.9, 2, 2.4, 3),
  }),
  fc.record({
    type: fc.constant('recursive-c-l-diversity' as const),
    attribute,
    c: fc.constantFrom(0.5, 1, 2, 3.5),
    l: fc.integer({ min: 2, max: 3 }),
  }),
  fc.record({
    type: fc.constantFrom(
      't-closeness-equal' as const,
      't-closeness-ordered' as const,
      't-closeness-hierarchical' as const,
    ),
    attribute,
    t: fc.constantFrom(0.1037, 0.25, 0.3719, 0.5),
  }),
  fc.record({
    type: fc.constantFrom('beta-likeness' as const, 'enhanced-beta-likeness' as const),
    attribute,
    beta: fc.constantFrom(0.2, 0.5, 1, 2.5),
  }),
  fc.record({
    type: fc.constant('delta-presence' as const),
    minimum: fc.constantFrom(0, 0.2, 0.4),
    maximum: fc.constantFrom(0.5, 0.7, 1),
  }),
);

const wholeModel: fc.Arbitrary<PrivacyModel> = fc.oneof(
  fc.record({
    type: fc.constant('average-risk' as const),
    threshold: fc.constantFrom(0.15, 0.3, 0.5, 0.8),
  }),
  fc.record({
    type: fc.constant('records-at-risk' as const),
    threshold: fc.constantFrom(0.25, 0.4),
    fraction: fc.constantFrom(0, 0.2, 0.5),
  }),
  fc.record({
    type: fc.constant('sample-uniqueness' as const),
    fraction: fc.constantFrom(0, 0.15, 0.4),
  }),
  fc.record({
    type: fc.constant('population-uniqueness' as const),
    fraction: fc.constantFrom(0.02, 0.1, 0.3),
    estimator: fc.constant('zayatz' as const),
  }),
);

const models: fc.Arbitrary<PrivacyModel[]> = fc
  .tuple(
    fc.array(classModel, { maxLength: 3 }),
    fc.array(wholeModel, { maxLength: 2 }),
    fc.oneof(classModel, wholeModel),
  )
  .map(([some, whole, one]) => [...some, ...whole, one]);

const SENSITIVE_TREE = [
  ['u', 'vowel', '*'],
  ['v', 'other', '*'],
  ['w', 'other', '*'],
];

export const problem: fc.Arbitrary<SmallProblem> = fc
  .record({
    trees: fc.tuple(trees('a'), trees('b'), trees('c')),
    cells: fc.array(fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4), fc.nat(2), fc.nat(2)), {
      minLength: 4,
      maxLength: 14,
    }),
    others: fc.array(fc.nat(MOST_OTHERS), { minLength: 14, maxLength: 14 }),
    models,
    limit: fc.constantFrom(0, 0.1, 0.3, 0.5, 1),
    metric: fc.constantFrom(
      ...(['loss', 'nuentropy', 'discernibility', 'average-class-size', 'precision'] as const),
    ),
    gsFactor: fc.constantFrom(0.1, 0.25, 0.5, 0.75, 0.9),
    aggregate: fc.constantFrom(
      ...(['GEOMETRIC_MEAN', 'ARITHMETIC_MEAN', 'SUM', 'MAXIMUM'] as const),
    ),
  })
  .map(({ cells, others, ...rest }) => {
    const rows = cells.map((row) =>
      rest.trees.map((tree, j) => tree[(row[j] ?? 0) % tree.length]?.[0] ?? ''),
    );
    // Others are like the row they stand beside, or like no row at all.
    const strangers = rest.trees.map((tree) => tree.at(-1)?.[0] ?? '');
    return {
      ...rest,
      rows,
      people: rows.flatMap((row, index) => [
        row,
        ...Array.from({ length: others[index] ?? 0 }, (_, other) => (other < 2 ? row : strangers)),
      ]),
      sensitive: {
        s: cells.map((row) => 'uvw'[row[3]] ?? ''),
        r: cells.map((row) => 'uvw'[row[4]] ?? ''),
      },
      sensitiveTree: SENSITIVE_TREE,
      sensitiveOrder: ['u', 'w', 'v'],
    };
  });

export const NAMES = ['a', 'b', 'c'];

/** Plans that are refused before any search are the subject of other tests. */
export function isAccepted({ models: all, rows }: SmallProblem): boolean {
  return all.every((model) => {
    if (model.type === 'k-anonymity') return model.k <= rows.length;
    return model.type !== 'k-map' || (model.population ?? Infinity) >= rows.length;
  });
}

function tableOfRows(rows: SmallProblem['rows'], ...more: CodedColumn[]): Table {
  const columns = NAMES.map((name, j) =>
    category(
      name,
      rows.map((row) => row[j] ?? ''),
    ),
  );
  return tableOf(...columns, ...more);
}

export function run(small: SmallProblem): Promise<Anonymised> {
  const sensitive = { hierarchy: 'tree', order: [...small.sensitiveOrder] };
  const plan: AnonymisePlanInput = {
    quasiIdentifiers: Object.fromEntries(NAMES.map((name) => [name, { hierarchy: name }])),
    sensitive: Object.fromEntries(SENSITIVE.map((name) => [name, sensitive])),
    models: [...small.models],
    suppressionLimit: small.limit,
    metric: small.metric,
    gsFactor: small.gsFactor,
    aggregate: small.aggregate,
    population: { table: 'people' },
  };
  const texts = small.trees.map((tree, j): [string, string] => [
    NAMES[j] ?? '',
    writeHierarchyLines(tree),
  ]);
  const tree = writeHierarchyLines(small.sensitiveTree);
  const hierarchies = new Map([
    ...texts,
    ...SENSITIVE.map((name): [string, string] => [name, tree]),
  ]);
  const columns = SENSITIVE.map((name) => category(name, small.sensitive[name] ?? []));
  return anonymiseTable(tableOfRows(small.rows, ...columns), plan, hierarchies, {
    population: tableOfRows(small.people),
  });
}
