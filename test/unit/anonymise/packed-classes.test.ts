import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeAt, distinctTuples, held, RollUp } from '../../../main/anonymise/classes.ts';
import { parseHierarchy } from '../../../main/anonymise/hierarchy.ts';
import { TupleLayout } from '../../../main/anonymise/tuple-layout.ts';

/** A hierarchy of `size` values: tens, hundreds, one. */
function treeOf(size: number) {
  const lines = Array.from(
    { length: size },
    (_, v) => `${v};t${Math.floor(v / 10)};h${Math.floor(v / 100)};*`,
  );
  return parseHierarchy('x', lines.join('\n'));
}

/** Sizes that take one word, two, and three; fields of no bits, and of more than one look-up. */
const SHAPES = [
  [3, 7, 1, 20],
  [2000, 300, 17, 1],
  [5000, 5000, 5000],
  [40, 40, 40, 40, 40, 40, 40],
  [3000, 3000, 3000, 3000, 3000, 3000, 3000],
  [1],
] as const;
const TREES = SHAPES.map((sizes) => sizes.map(treeOf));

const drawn = fc
  .record({ shape: fc.nat(SHAPES.length - 1), rows: fc.integer({ min: 1, max: 60 }) })
  .chain(({ shape, rows }) => {
    const sizes = SHAPES[shape] ?? [];
    const column = (size: number) =>
      // Few different values, far apart, so that tuples do coincide.
      fc.array(
        fc.nat(3).map((pick) => Math.floor((pick * (size - 1)) / 3)),
        { minLength: rows, maxLength: rows },
      );
    const levels = fc.tuple(...sizes.map(() => fc.nat(3)));
    return fc.record({
      shape: fc.constant(shape),
      columns: fc.tuple(...sizes.map(column)),
      between: levels,
      levels,
    });
  });

/** Groups by the labels' codes as text, in order of first appearance. */
function grouped(columns: readonly Int32Array[], rows: number): Map<string, number> {
  const sizes = new Map<string, number>();
  for (let row = 0; row < rows; row++) {
    const key = columns.map((codes) => codes[row]).join();
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  return sizes;
}

describe('classes of packed tuples', () => {
  it('are those of comparing codes, straight or by way of other levels', () => {
    fc.assert(
      fc.property(drawn, ({ shape, columns, between, levels }) => {
        const trees = TREES[shape] ?? [];
        const codes = columns.map((column) => Int32Array.from(column));
        const rows = codes[0]?.length ?? 0;
        const layout = new TupleLayout(trees);
        const { base, tupleOfRow } = distinctTuples(layout, codes, rows);
        const expected = grouped(
          codes.map((column, j) =>
            column.map((code) => trees[j]?.step(0, levels[j] ?? 0)[code] ?? -1),
          ),
          rows,
        );
        const rollUp = new RollUp(base, true);
        const lower = between.map((level, j) => Math.min(level, levels[j] ?? 0));
        const midway = rollUp.merge(base, lower);
        if (midway === null) throw new Error('gave up');
        for (const from of [base, held(midway)]) {
          expect(rollUp.merge(from, levels, expected.size - 1)).toBeNull();
          const classes = rollUp.merge(from, levels, expected.size);
          if (classes === null) throw new Error('gave up');
          const found = Array.from({ length: classes.count }, (_, c): [string, number] => [
            levels.map((_level, j) => codeAt(classes, c, j)).join(),
            classes.sizes[c] ?? 0,
          ]);
          expect(new Map(found)).toEqual(expected);
          expect(found).toHaveLength(expected.size);
        }
        const { origin } = rollUp.merge(base, levels) ?? { origin: null };
        const labels = [...expected.keys()];
        tupleOfRow.forEach((tuple, row) => {
          const key = codes
            .map((column, j) => trees[j]?.step(0, levels[j] ?? 0)[column[row] ?? 0])
            .join();
          expect(labels[origin?.classOf[tuple] ?? -1]).toBe(key);
        });
      }),
      { numRuns: 300 },
    );
  });
});
