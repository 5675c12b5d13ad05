import type { ColumnProfile, Problem, ProblemCode, Proposal } from '../contract/import.ts';
import { numberOfText } from './number-text.ts';
import { codeCounts } from './shape.ts';
import type { CodedColumn, Column, Table } from './table.ts';

const NEARLY_EMPTY = 0.95;
const MOSTLY_NUMBERS = 0.8;
const FEW_ODD_VALUES = 20;
const MANY_CATEGORIES = 100_000;
const DIGITS = /^[0-9]+$/;

/** What may be wrong in one column; `rows` is how many rows the repair would touch. */
export function columnProblems(column: Column, described: ColumnProfile, rows: number): Problem[] {
  const problems: Problem[] = [];
  const add = (code: ProblemCode, touched: number, proposal: Proposal): void => {
    if (touched > 0) problems.push({ code, column: column.name, rows: touched, proposal });
  };
  const { missing, distinct } = described;
  if (missing === rows) add('EMPTY_COLUMN', rows, 'drop_column');
  else if (missing >= rows * NEARLY_EMPTY) add('NEARLY_EMPTY_COLUMN', missing, 'drop_column');
  if (distinct === 1 && missing === 0 && rows > 1) add('CONSTANT_COLUMN', rows, 'drop_column');
  if ('codes' in column) {
    const counts = codeCounts(column.codes, column.dictionary.length);
    add('SPACES_AROUND', withSpaces(column.dictionary, counts), 'trim');
    add('MIXED_TYPES', oddAmongNumbers(column.dictionary, counts), 'parse_number');
    if (column.type === 'category')
      add('SIMILAR_CATEGORIES', otherSpellings(column, counts), 'merge_categories');
  }
  return problems;
}

function withSpaces(dictionary: readonly string[], counts: Float64Array): number {
  let rows = 0;
  for (const [code, text] of dictionary.entries())
    if (text !== text.trim()) rows += counts[code] as number;
  return rows;
}

/** Rows that keep a column of numbers from being one; 0 when it is not such a column. */
function oddAmongNumbers(dictionary: readonly string[], counts: Float64Array): number {
  let numbers = 0;
  let odd = 0;
  let oddValues = 0;
  for (const [code, text] of dictionary.entries()) {
    const rows = counts[code] as number;
    if (rows === 0) continue;
    if (!Number.isNaN(numberOfText(text))) {
      numbers += rows;
      continue;
    }
    // Codes written with digits (007) are meant as text.
    if (DIGITS.test(text.trim()) || ++oddValues > FEW_ODD_VALUES) return 0;
    odd += rows;
  }
  return odd > 0 && numbers >= MOSTLY_NUMBERS * (numbers + odd) ? odd : 0;
}

/** Rows whose category differs from a more frequent one only by case, blanks or full width. */
function otherSpellings({ dictionary }: CodedColumn, counts: Float64Array): number {
  if (dictionary.length > MANY_CATEGORIES) return 0;
  const groups = new Map<string, { rows: number; most: number }>();
  for (const [code, text] of dictionary.entries()) {
    const rows = counts[code] as number;
    const folded = text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
    const group = groups.get(folded);
    if (!group) {
      groups.set(folded, { rows, most: rows });
    } else {
      group.rows += rows;
      group.most = Math.max(group.most, rows);
    }
  }
  let other = 0;
  for (const { rows, most } of groups.values()) other += rows - most;
  return other;
}

/**
 * Rows that repeat an earlier one in every column. Rows are compared by a 53-bit hash first, and
 * cell by cell where the hashes agree. A table of one column repeats its values by nature: 0.
 */
export function repeatedRows(table: Table): number {
  if (table.columns.length < 2) return 0;
  const keys = rowKeys(table);
  const sorted = keys.slice().sort();
  const shared = new Map<number, number[]>();
  for (let at = 1; at < sorted.length; at++) {
    if (sorted[at] === sorted[at - 1]) shared.set(sorted[at] as number, []);
  }
  if (shared.size === 0) return 0;
  let repeated = 0;
  for (let row = 0; row < table.rows; row++) {
    const firsts = shared.get(keys[row] as number);
    if (!firsts) continue;
    if (firsts.some((first) => sameRow(table, first, row))) repeated++;
    else firsts.push(row);
  }
  return repeated;
}

function rowKeys(table: Table): Float64Array {
  const high = new Int32Array(table.rows);
  const low = new Int32Array(table.rows);
  const bits = new Float64Array(1);
  const words = new Int32Array(bits.buffer);
  for (const column of table.columns) {
    for (let row = 0; row < table.rows; row++) {
      let cell: number;
      if ('codes' in column) {
        cell = column.codes[row] as number;
      } else {
        bits[0] = column.values[row] as number;
        cell = (words[0] as number) ^ Math.imul(words[1] as number, 0x2c1b3c6d);
      }
      high[row] = mixed((high[row] as number) ^ cell, 0x7feb352d);
      low[row] = mixed((low[row] as number) + cell, 0x846ca68b);
    }
  }
  const keys = new Float64Array(table.rows);
  for (let row = 0; row < table.rows; row++)
    keys[row] = ((high[row] as number) >>> 0) * 2 ** 21 + ((low[row] as number) >>> 11);
  return keys;
}

function mixed(value: number, factor: number): number {
  const once = Math.imul(value ^ (value >>> 16), factor);
  return Math.imul(once ^ (once >>> 15), 0x9e3779b1) | 0;
}

function sameRow(table: Table, first: number, row: number): boolean {
  return table.columns.every((column) =>
    'codes' in column
      ? column.codes[first] === column.codes[row]
      : Object.is(column.values[first], column.values[row]),
  );
}
