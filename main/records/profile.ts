import type { ColumnProfile, FileProfile, Problem } from '../contract/import.ts';
import { cellTexts } from './cell-text.ts';
import type { FileFacts } from './csv-reader.ts';
import { isoDate } from './date-text.ts';
import { histogramOf } from './histogram.ts';
import { columnProblems, recognisedForm } from './problems.ts';
import { repeatedRows } from './repeated-rows.ts';
import { shortened } from './profile-text.ts';
import { distinctCount, isMissing, missingCount, sortedDistinct } from './shape.ts';
import type { Column, Table } from './table.ts';

const EXAMPLES = 3;
const ALL_DIFFERENT_ROWS = 10;

/**
 * What a file holds, for the person who owns it: per column type, missing, distinct, bounds and
 * examples, and what may be wrong with it, each with a proposed repair. `facts` come from readCsv.
 */
export function profile(table: Table, facts: FileFacts): FileProfile {
  const columns: ColumnProfile[] = [];
  const problems: Problem[] = [...facts.problems];
  for (const column of table.columns) {
    const described = describeColumn(column, table.rows);
    columns.push(described);
    problems.push(...columnProblems(column, described, table.rows));
  }
  const repeated = repeatedRows(table);
  if (repeated > 0)
    problems.push({
      code: 'DUPLICATE_ROWS',
      column: null,
      rows: repeated,
      proposal: 'drop_duplicates',
      repairs: [{ kind: 'drop-duplicates' }],
    });
  return { rows: table.rows, columns, ...facts, problems };
}

function describeColumn(column: Column, rows: number): ColumnProfile {
  const { name, type } = column;
  const missing = missingCount(column);
  if ('codes' in column) {
    const shapes = type === 'identifier';
    const distinct = distinctCount(column);
    const examples = firstDifferent(column, rows, shapes);
    const form = recognisedForm(column);
    const told = {
      ...{ name, type, missing, distinct, min: null, max: null, examples },
      ...(form === undefined ? {} : { recognised: form }),
    };
    return mostlyDifferent(distinct, rows - missing) ? told : withHistogram(told, column);
  }
  const distinct = sortedDistinct(column.values);
  const present = rows - missing;
  // Whole numbers that are all different are as good as names.
  const shapes = type === 'integer' && allDifferent(distinct.length, present);
  const told = {
    name,
    type,
    missing,
    distinct: distinct.length,
    min: bound(column, distinct[0]),
    max: bound(column, distinct.at(-1)),
    examples: firstDifferent(column, rows, shapes),
  };
  return shapes ? told : withHistogram(told, column);
}

function allDifferent(distinct: number, present: number): boolean {
  return present >= ALL_DIFFERENT_ROWS && distinct === present;
}

/** More than half of the cells differ: names, numbers, remarks. Their values are not told. */
function mostlyDifferent(distinct: number, present: number): boolean {
  return present >= ALL_DIFFERENT_ROWS && 2 * distinct > present;
}

function withHistogram(told: ColumnProfile, column: Column): ColumnProfile {
  const histogram = histogramOf(column);
  return histogram === undefined ? told : { ...told, histogram };
}

function bound(column: Column, value: number | undefined): number | string | null {
  if (value === undefined) return null;
  return column.type === 'date' ? isoDate(value) : value;
}

/** The first different cells, or their shapes. */
function firstDifferent(column: Column, rows: number, shapes: boolean): string[] {
  const text = cellTexts(column);
  const found = new Set<string>();
  const seen = new Set<number>();
  const cells = 'codes' in column ? column.codes : column.values;
  for (let row = 0; row < rows && found.size < EXAMPLES && seen.size < 1000; row++) {
    if (isMissing(column, row) || seen.has(cells[row] as number)) continue;
    seen.add(cells[row] as number);
    const cell = text(row);
    found.add(shapes ? shapeOf(cell) : shortened(cell));
  }
  return [...found];
}

/** How a value is written, without the value: 0 for a digit, A or a for a letter. */
export function shapeOf(text: string): string {
  return shortened(text)
    .replace(/\p{Nd}/gu, '0')
    .replace(/[\p{Ll}]/gu, 'a')
    .replace(/[\p{L}\p{M}\p{Nl}\p{No}]/gu, (letter) => (letter === 'a' ? 'a' : 'A'));
}
