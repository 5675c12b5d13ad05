import { hkdfSync, randomBytes } from 'node:crypto';
import { ConcordError } from '../contract/errors.ts';
import type { EntitySpan, EntityType } from '../contract/identify.ts';
import { findEntities } from '../identify/find.ts';
import { redactText, type RedactMode } from '../identify/redact.ts';
import { MISSING_MARKS } from '../contract/missing-marks.ts';
import { figureOrderOf, type FigureOrder } from '../identify/pseudonyms/dates.ts';
import { nearestName } from '../records/nearest-name.ts';
import { cellTexts } from '../records/cell-text.ts';
import type { CodedColumn, Column, Table } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';
import type { Control } from './context.ts';

const KEY_BYTES = 32;
const BREATH = 256;

export interface TextFinding extends EntitySpan {
  readonly column: string;
  /** Data rows count from 0. */
  readonly row: number;
}

export interface RedactRequest {
  readonly mode: RedactMode;
  readonly columns: readonly string[];
  readonly key: Uint8Array;
  readonly tags: Readonly<Record<EntityType, string>>;
  /** Tells whose dates move together; a row without an entry is a person of its own. */
  readonly person?: string;
}

export interface Redacted {
  readonly table: Table;
  readonly replaced: Partial<Record<EntityType, number>>;
}

/** The key of a study's pseudonyms: the same as long as the study lives, nowhere outside the vault. */
export function pseudonymKey(vault: Vault, study: string): Uint8Array {
  return vault.studies.withKey(
    study,
    (key) => new Uint8Array(hkdfSync('sha256', key, study, 'concord pseudonyms 1', KEY_BYTES)),
  );
}

/** A key for one run, thrown away with it: nobody can make the same pseudonyms again. */
export const passingKey = (): Uint8Array => new Uint8Array(randomBytes(KEY_BYTES));

/**
 * Every finding in the text columns, row by row within a column. Offsets are those of the cell as
 * it was read (read text columns as type `text`, so that nothing is trimmed).
 * @throws COLUMN_UNKNOWN, CANCELLED
 */
export async function findInColumns(
  table: Table,
  columns: readonly string[],
  control: Control,
): Promise<TextFinding[]> {
  const findings: TextFinding[] = [];
  for (const name of new Set(columns)) {
    const column = columnOf(table, name);
    const text = cellTexts(column);
    const known = new Map<string, EntitySpan[]>();
    for (let row = 0; row < table.rows; row++) {
      if (row % BREATH === 0) await breathe(control, row, table.rows);
      const cell = text(row);
      let spans = known.get(cell);
      if (spans === undefined) known.set(cell, (spans = findEntities(cell)));
      for (const span of spans) findings.push({ column: name, row, ...span });
    }
  }
  return findings;
}

/**
 * Whose a row is, for the dates of one person to move together: by the cell of `column`, or of
 * nobody else where it is empty, says that it is not known, or there is no column.
 */
export function personOfRow(column: Column | undefined): (row: number) => string {
  const text = column === undefined ? () => '' : cellTexts(column);
  return (row) => {
    const cell = text(row).trim();
    return cell === '' || NOBODY.has(cell) ? `row ${row}` : `person ${cell}`;
  };
}

const NOBODY: ReadonlySet<string> = new Set(MISSING_MARKS);

/**
 * The table with the findings of its text columns replaced, and how many of each type there were.
 * @throws COLUMN_UNKNOWN, CANCELLED
 */
export async function redactTable(
  table: Table,
  request: RedactRequest,
  control: Control,
): Promise<Redacted> {
  const wanted = new Set(request.columns);
  for (const name of wanted) columnOf(table, name);
  const { mode, key, tags } = request;
  const person = personOfRow(
    request.person === undefined ? undefined : columnOf(table, request.person),
  );
  const replaced: Partial<Record<EntityType, number>> = {};
  const findings = new Map<string, TextFinding[][]>();
  for (const name of wanted) {
    const rows = Array.from({ length: table.rows }, (): TextFinding[] => []);
    for (const finding of await findInColumns(table, [name], control)) {
      rows[finding.row]?.push(finding);
      replaced[finding.type] = (replaced[finding.type] ?? 0) + 1;
    }
    findings.set(name, rows);
  }
  const order = orderIn(table, findings);
  const columns = table.columns.map((column): Column => {
    const found = findings.get(column.name);
    if (found === undefined) return column;
    const text = cellTexts(column);
    const cells = found.map((spans, row) =>
      redactText(text(row), spans, { mode, key, tags, person: person(row), order }),
    );
    return coded(column.name, cells);
  });
  return { table: { rows: table.rows, columns }, replaced };
}

/** One order for all columns: the dates of one person stand in several. */
function orderIn(
  table: Table,
  findings: ReadonlyMap<string, readonly (readonly TextFinding[])[]>,
): FigureOrder {
  const dates: string[] = [];
  for (const [name, rows] of findings) {
    const text = cellTexts(columnOf(table, name));
    for (const { row, start, end, type } of rows.flat()) {
      if (type === 'DATE') dates.push(text(row).slice(start, end));
    }
  }
  return figureOrderOf(dates);
}

/** @throws COLUMN_UNKNOWN with the nearest name. */
function columnOf(table: Table, name: string): Column {
  const found = table.columns.find((column) => column.name === name);
  if (found !== undefined) return found;
  const names = table.columns.map((column) => column.name);
  throw new ConcordError('COLUMN_UNKNOWN', { column: name, nearest: nearestName(name, names) });
}

function coded(name: string, cells: readonly string[]): CodedColumn {
  const codes = new Int32Array(cells.length);
  const known = new Map<string, number>();
  for (const [row, cell] of cells.entries()) {
    let code = cell === '' ? -1 : known.get(cell);
    if (code === undefined) known.set(cell, (code = known.size));
    codes[row] = code;
  }
  return { name, type: 'text', codes, dictionary: [...known.keys()] };
}

/** Tells how far it is, lets a cancel through, and leaves the processor to others for a moment. */
async function breathe({ signal, progress }: Control, done: number, total: number): Promise<void> {
  if (signal.aborted) throw new ConcordError('CANCELLED');
  progress({ done, total, unit: 'rows' });
  await new Promise((resolve) => setImmediate(resolve));
}
