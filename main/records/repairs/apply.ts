import { ConcordError } from '../../contract/errors.ts';
import type { Repair, RepairEffect, RepairExample } from '../../contract/repair.ts';
import { cellTexts, valueOfText } from '../cell-text.ts';
import { daysOfText } from '../date-text.ts';
import { numberOfText } from '../number-text.ts';
import { repeatedRowFlags } from '../repeated-rows.ts';
import { columnOf, dropColumns, filterRows, isMissing, missingCount } from '../shape.ts';
import type { Column, NumericColumn, Table } from '../table.ts';
import { changesBetween, mapTexts, readTexts, retyped } from './cellwise.ts';
import { daysOfSerial, dayReaderOf } from './date-form.ts';
import { numberReaderOf } from './number-form.ts';

export interface Applied {
  readonly table: Table;
  readonly effect: RepairEffect;
  /** Cells of records: shown to the person, never kept or logged. */
  readonly examples: readonly RepairExample[];
}

/** A repair that makes a column of a column, cell by cell. */
type ColumnRepair = Extract<
  Repair,
  {
    kind:
      | 'trim'
      | 'mark-missing'
      | 'merge'
      | 'parse-number'
      | 'parse-date'
      | 'clip'
      | 'to-category'
      | 'fill';
  }
>;

/**
 * One repair on a table; `place` (from 1) is where it stands in its list. All other columns stay
 * the very same. Throws COLUMN_UNKNOWN {column, nearest}; REPAIR_UNFIT {place, repair, column,
 * type}; REPAIR_LEAVES_NOTHING {place, repair}; COLUMN_TYPE_MISMATCH {column, type, row, rows}
 * where cells cannot be read and are not to become missing.
 */
export function applyRepair(table: Table, repair: Repair, place = 1): Applied {
  switch (repair.kind) {
    case 'drop-column': {
      const { name } = columnOf(table, repair.column);
      const kept = dropColumns(table, [name]);
      if (kept.columns.length === 0) throw leavesNothing(repair, place);
      return { table: kept, effect: effectOf(repair, table.rows), examples: [] };
    }
    case 'drop-rows':
    case 'drop-duplicates':
      return withRows(table, repair, place, rowsKept(table, repair));
    default:
      return withColumn(table, repair, place);
  }
}

/** Which rows a repair keeps that leaves rows out: 1 for each of them. @throws COLUMN_UNKNOWN */
export function rowsKept(
  table: Table,
  repair: Extract<Repair, { kind: 'drop-rows' | 'drop-duplicates' }>,
): Uint8Array {
  if (repair.kind === 'drop-duplicates') return repeatedRowFlags(table).map((flag) => 1 - flag);
  const column = columnOf(table, repair.column);
  return Uint8Array.from({ length: table.rows }, (_, row) => +!isMissing(column, row));
}

function withRows(table: Table, repair: Repair, place: number, keep: Uint8Array): Applied {
  const kept = keep.reduce((sum, flag) => sum + flag, 0);
  if (kept === 0) throw leavesNothing(repair, place);
  const rows = table.rows - kept;
  const left = rows === 0 ? table : filterRows(table, keep);
  return { table: left, effect: effectOf(repair, rows), examples: [] };
}

function withColumn(table: Table, repair: ColumnRepair, place: number): Applied {
  const before = columnOf(table, repair.column);
  if (repair.kind === 'fill' && typeof repair.with === 'string') {
    if (repair.with === 'median' && !isQuantity(before)) throw unfit(repair, place, before);
    const effect = { ...effectOf(repair, missingCount(before)), later: true };
    return { table, effect, examples: [] };
  }
  const after = repaired(before, repair, place);
  // Every cell stays as it is written: what changes is what all of them mean.
  const { rows, missing, examples } =
    repair.kind === 'to-category' && after !== before
      ? { rows: table.rows - missingCount(before), missing: 0, examples: [] }
      : changesBetween(before, after);
  const columns = table.columns.map((column) => (column === before ? after : column));
  return {
    table: { rows: table.rows, columns },
    effect: { ...effectOf(repair, rows), missing },
    examples,
  };
}

function effectOf(repair: Repair, rows: number): RepairEffect {
  const column = 'column' in repair ? repair.column : null;
  return { kind: repair.kind, column, rows, missing: 0, later: false };
}

function repaired(column: Column, repair: ColumnRepair, place: number): Column {
  switch (repair.kind) {
    case 'trim':
      return 'codes' in column
        ? retyped(
            mapTexts(column, (text) => text.trim()),
            column,
          )
        : column;
    case 'mark-missing':
      return withoutMarks(column, repair.marks);
    case 'merge':
      return merged(column, repair, place);
    case 'parse-number':
      return parsedNumbers(column, repair);
    case 'parse-date':
      return parsedDates(column, repair, place);
    case 'clip':
      return clipped(column, repair, place);
    case 'to-category':
      return asCodes(column, repair, place);
    case 'fill':
      return filled(column, repair, place);
  }
}

function withoutMarks(column: Column, marks: readonly string[]): Column {
  if ('codes' in column) {
    const wanted = new Set(marks.map((mark) => mark.trim()));
    return retyped(
      mapTexts(column, (text) => (wanted.has(text.trim()) ? null : text)),
      column,
    );
  }
  const values = new Set(marks.map((mark) => valueOfText(column, mark)));
  return { ...column, values: column.values.map((value) => (values.has(value) ? NaN : value)) };
}

function merged(column: Column, repair: Extract<Repair, { kind: 'merge' }>, place: number): Column {
  const into = new Map(
    repair.groups.flatMap((group) => group.from.map((from) => [from, group.into] as const)),
  );
  const target = (text: string): string => into.get(text) ?? into.get(text.trim()) ?? text;
  if ('codes' in column) return retyped(mapTexts(column, target), column);
  // Numbers, dates and yes/no: by the text of the cell, into what the column can hold.
  const text = cellTexts(column);
  const known = new Map<number, number>();
  const values = column.values.map((value, row) => {
    if (Number.isNaN(value)) return NaN;
    const seen = known.get(value);
    if (seen !== undefined) return seen;
    const old = text(row);
    const wanted = target(old);
    const now = wanted === old ? value : valueOfText(column, wanted);
    if (now === undefined) throw unfit(repair, place, column);
    known.set(value, now);
    return now;
  });
  return { ...column, values };
}

function parsedNumbers(column: Column, repair: Extract<Repair, { kind: 'parse-number' }>): Column {
  if (!('codes' in column)) return column;
  const { name } = column;
  const values = readTexts(column, numberReaderOf(repair.form));
  requireRead(column, values, repair.others, 'real');
  const whole = values.every((value) => Number.isNaN(value) || Number.isInteger(value));
  return { name, type: whole ? 'integer' : 'real', values };
}

function parsedDates(
  column: Column,
  repair: Extract<Repair, { kind: 'parse-date' }>,
  place: number,
): Column {
  const { name } = column;
  if ('codes' in column) {
    const values = readTexts(column, dayReaderOf(repair.form));
    requireRead(column, values, repair.others, 'date');
    return { name, type: 'date', values };
  }
  if (column.type === 'date') return column;
  const { form } = repair;
  const isSerial = form === 'excel-1900' || form === 'excel-1904';
  if (!isSerial || column.type === 'boolean') throw unfit(repair, place, column);
  const values = column.values.map((serial) => daysOfSerial(serial, form));
  requireRead(column, values, repair.others, 'date');
  return { name, type: 'date', values };
}

/** @throws COLUMN_TYPE_MISMATCH naming the first row that cannot be read and how many cannot. */
function requireRead(
  column: Column,
  values: Float64Array,
  others: 'missing' | 'refuse',
  type: 'real' | 'date',
): void {
  if (others === 'missing') return;
  let first = -1;
  let rows = 0;
  for (let row = 0; row < values.length; row++) {
    if (!Number.isNaN(values[row]) || isMissing(column, row)) continue;
    if (rows++ === 0) first = row;
  }
  if (rows === 0) return;
  const { name } = column;
  throw new ConcordError('COLUMN_TYPE_MISMATCH', { column: name, type, row: first + 1, rows });
}

function clipped(column: Column, repair: Extract<Repair, { kind: 'clip' }>, place: number): Column {
  if (!isQuantity(column)) throw unfit(repair, place, column);
  const read = column.type === 'date' ? daysOfText : numberOfText;
  const boundOf = (bound: number | string | null, open: number): number => {
    const value = bound === null ? open : typeof bound === 'number' ? bound : read(bound);
    if (Number.isNaN(value)) throw unfit(repair, place, column);
    return value;
  };
  const lower = boundOf(repair.lower, -Infinity);
  const upper = boundOf(repair.upper, Infinity);
  if (lower > upper) throw unfit(repair, place, column);
  const values = column.values.map((value) =>
    value < lower ? lower : value > upper ? upper : value,
  );
  const whole = (bound: number): boolean => Number.isInteger(bound) || !Number.isFinite(bound);
  const isReal = column.type === 'integer' && !(whole(lower) && whole(upper));
  return { ...column, type: isReal ? 'real' : column.type, values };
}

function asCodes(column: Column, repair: Repair, place: number): Column {
  if ('codes' in column) return column;
  if (column.type !== 'integer' && column.type !== 'real') throw unfit(repair, place, column);
  const text = cellTexts(column);
  const known = new Map<number, number>();
  const dictionary: string[] = [];
  const codes = Int32Array.from(column.values, (value, row) => {
    if (Number.isNaN(value)) return -1;
    const code = known.get(value) ?? dictionary.push(text(row)) - 1;
    known.set(value, code);
    return code;
  });
  return { name: column.name, type: 'category', codes, dictionary };
}

function filled(column: Column, repair: Extract<Repair, { kind: 'fill' }>, place: number): Column {
  if (typeof repair.with === 'string') return column;
  const { constant } = repair.with;
  if (!('codes' in column)) {
    const value = valueOfText(column, constant);
    if (value === undefined) throw unfit(repair, place, column);
    const isReal = column.type === 'integer' && !Number.isInteger(value);
    const values = column.values.map((old) => (Number.isNaN(old) ? value : old));
    return { ...column, type: isReal ? 'real' : column.type, values };
  }
  const known = column.dictionary.indexOf(constant);
  const code = known < 0 ? column.dictionary.length : known;
  const dictionary = known < 0 ? [...column.dictionary, constant] : column.dictionary;
  return { ...column, codes: column.codes.map((old) => (old < 0 ? code : old)), dictionary };
}

function isQuantity(column: Column): column is NumericColumn {
  return !('codes' in column) && column.type !== 'boolean';
}

function unfit(repair: Repair, place: number, { name, type }: Column): ConcordError {
  return new ConcordError('REPAIR_UNFIT', { place, repair: repair.kind, column: name, type });
}

function leavesNothing(repair: Repair, place: number): ConcordError {
  return new ConcordError('REPAIR_LEAVES_NOTHING', { place, repair: repair.kind });
}

/** All repairs in order, at once: the repaired table and what each did. */
export function applyRepairs(
  table: Table,
  repairs: readonly Repair[],
): { table: Table; effects: RepairEffect[] } {
  let current = table;
  const effects = repairs.map((repair, index) => {
    const applied = applyRepair(current, repair, index + 1);
    current = applied.table;
    return applied.effect;
  });
  return { table: current, effects };
}

/** Fills that are learned where a model is trained: what to fill each column with. */
export function learnedFills(repairs: readonly Repair[]): Record<string, 'median' | 'mode'> {
  const fills = new Map<string, 'median' | 'mode'>();
  for (const repair of repairs) {
    if (repair.kind === 'fill' && typeof repair.with === 'string')
      fills.set(repair.column, repair.with);
    if (repair.kind === 'drop-column') fills.delete(repair.column);
  }
  return Object.fromEntries(fills);
}
