import type { Feature } from '../learning/features.ts';
import { categoryReader, numberReader } from '../learning/features.ts';
import { columnNamed } from '../learning/columns.ts';
import { Seeded } from '../fairness/seeded.ts';
import { columnOf } from '../records/shape.ts';
import type { Column, Table } from '../records/table.ts';
import { backgroundColumn, backgroundRows } from './background.ts';

/** Which row of a column's background a variant has; null: the cell of the record. */
type Cells = readonly (number | null)[];

/**
 * A column whose cells are those of the record or of its background.
 *
 * @param record a table of one row
 */
export function mixedColumn(
  feature: Feature,
  record: Table,
  missing: readonly string[],
  cells: Cells,
): Column {
  const column = columnNamed(record, feature.column);
  const background = backgroundColumn(feature);
  const name = feature.column;
  if ('values' in background) {
    const own = numberReader(column, missing)(0);
    const values = Float64Array.from(cells, (row) =>
      row === null ? own : background.values[row]!,
    );
    return { name, type: 'real', values };
  }
  // Behind the listed values one that is none of them.
  const place =
    feature.kind === 'category' ? categoryReader(column, feature.values, missing)(0) : -1;
  const listed = feature.kind === 'category' ? feature.values : [];
  const dictionary = [...listed, otherThan(listed, missing)];
  const ownCode = place === -2 ? listed.length : place;
  const codeOf = (row: number): number => {
    const code = background.codes[row]!;
    return code < 0 ? -1 : dictionary.indexOf(background.dictionary[code]!);
  };
  const codes = background.codes.map((_, row) => codeOf(row));
  return {
    ...{ name, type: 'category', dictionary },
    codes: Int32Array.from(cells, (row) => (row === null ? ownCode : codes[row]!)),
  };
}

/** A text that is no listed value and no mark of missing cells. */
function otherThan(listed: readonly string[], missing: readonly string[]): string {
  const taken = new Set([...listed, ...missing]);
  let text = 'other';
  while (taken.has(text)) text += '+';
  return text;
}

/**
 * Which row of its background every column has in each draw: all rows of a column in turn, in an order
 * of their own, so that few draws have all of them alike (Latin hypercube: McKay, Beckman, Conover 1979).
 */
export function backgroundDraws(
  features: readonly Feature[],
  draws: number,
  seed: number,
): readonly (readonly number[])[] {
  const random = new Seeded(seed);
  return features.map((feature) => {
    const rows = backgroundRows(backgroundColumn(feature));
    const order = Array.from({ length: draws }, (_, draw) => draw % rows);
    for (let i = draws - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    return order;
  });
}

/** The record's cell in every row, or none of it. */
export function textColumn(record: Table, name: string, has: readonly boolean[]): Column {
  const column = columnOf(record, name);
  if ('codes' in column) {
    return { ...column, codes: Int32Array.from(has, (own) => (own ? column.codes[0]! : -1)) };
  }
  return { ...column, values: Float64Array.from(has, (own) => (own ? column.values[0]! : NaN)) };
}
