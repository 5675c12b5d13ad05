import { ConcordError } from '../../contract/errors.ts';
import { cellTexts } from '../../records/cell-text.ts';
import type { Table } from '../../records/table.ts';
import { columnNamed } from '../columns.ts';
import { classReader, OUTSIDE, schemeOf } from './scheme.ts';

/** A tag for each token of a text; `values` are the tags, the one of no entity first. */
export interface TagLabels {
  readonly target: 'tags';
  readonly column: string;
  /** The column of the tokens. */
  readonly text: string;
  readonly values: readonly string[];
}

/** The tokens or tags of a cell: only blanks, tabs and line ends part them, as in CoNLL's files. */
export function partsOfCell(cell: string): string[] {
  return cell.split(/[ \t\r\n]+/).filter((part) => part !== '');
}

/** A function giving the tokens of a row; none where the text is missing. Throws COLUMN_UNKNOWN. */
export function tokenReader(
  table: Table,
  column: string,
  missing: readonly string[],
): (row: number) => string[] {
  const cell = cellTexts(columnNamed(table, column));
  const marks = new Set(missing);
  return (row) => {
    const text = cell(row);
    return marks.has(text) ? [] : partsOfCell(text);
  };
}

/**
 * A function giving the classes of a row's tokens (`classReader`), null where text or tags are
 * missing. Throws TAGS_MISMATCH {column, row} where there are not as many tags as tokens.
 */
export function tagReader(
  table: Table,
  labels: Pick<TagLabels, 'column' | 'text' | 'values'>,
  missing: readonly string[],
): (row: number) => Int32Array | null {
  const tokens = tokenReader(table, labels.text, missing);
  const tags = tokenReader(table, labels.column, missing);
  const classes = classReader(schemeOf(labels.values));
  return (row) => {
    const [count, found] = [tokens(row).length, tags(row)];
    if (count === 0 || found.length === 0) return null;
    if (count === found.length) return classes(found);
    throw new ConcordError('TAGS_MISMATCH', { column: labels.column, row: row + 1 });
  };
}

/**
 * One number for each row: 1 where it holds an entity, 0 where it holds none, NaN where it takes no
 * part. Throws TAGS_MISMATCH, and LABEL_UNLISTED {column, count, row} for tags of other kinds.
 */
export function tagTargets(
  table: Table,
  labels: TagLabels,
  missing: readonly string[],
  rows: Int32Array,
): Float64Array {
  const read = tagReader(table, labels, missing);
  const unlisted: number[] = [];
  const targets = Float64Array.from(rows, (row) => {
    const classes = read(row);
    if (classes === null) return NaN;
    if (classes.includes(-1)) unlisted.push(row);
    return Number(classes.some((one) => one > 0));
  });
  const [first] = unlisted;
  if (first === undefined) return targets;
  throw new ConcordError('LABEL_UNLISTED', {
    column: labels.column,
    count: unlisted.length,
    row: first + 1,
  });
}

/** The tags that rows hold, the one of no entity first. */
export function seenTags(
  table: Table,
  column: string,
  missing: readonly string[],
  rows: Int32Array,
): string[] {
  const tags = tokenReader(table, column, missing);
  const seen = new Set<string>();
  for (const row of rows) for (const tag of tags(row)) seen.add(tag);
  return outsideFirst([...seen].sort());
}

export function outsideFirst(tags: readonly string[]): string[] {
  return [OUTSIDE, ...new Set(tags.filter((tag) => tag !== OUTSIDE))];
}
