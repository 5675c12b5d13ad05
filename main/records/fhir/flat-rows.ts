import { ConcordError } from '../../contract/errors.ts';
import type { TextRow } from '../text-rows.ts';
import type { Finding } from './findings.ts';
import type { Field } from './patient.ts';

/** About a hundred bytes each: half a gigabyte. */
const CELLS = 5_000_000;
const PRESENCE = /^(condition|medication): /;

/** Rows by name, filled in any order; a column comes to be with its first cell. */
export class FlatRows {
  private readonly limit: number;
  private readonly columns = new Map<string, number>();
  private readonly byName = new Map<string, Map<number, string>>();
  private readonly times = new Map<string, Map<number, string>>();
  private cells = 0;

  constructor(columns: number) {
    this.limit = columns;
  }

  get size(): number {
    return this.byName.size;
  }

  /** Fields of the person first, then the names of findings in the order of their text. */
  get names(): readonly string[] {
    return this.order().map(([name]) => name);
  }

  has(row: string): boolean {
    return this.byName.has(row);
  }

  column(name: string): number {
    let at = this.columns.get(name);
    if (at !== undefined) return at;
    at = this.columns.size;
    this.columns.set(name, at);
    if (this.columns.size > this.limit)
      throw new ConcordError('FILE_TOO_LARGE', { what: 'columns', limit: this.limit });
    return at;
  }

  /** Notes memory that is used beside the cells. */
  spend(cells: number): void {
    this.cells += cells;
    if (this.cells > CELLS)
      throw new ConcordError('FILE_TOO_LARGE', { what: 'cells', limit: CELLS });
  }

  put(row: string, fields: readonly Field[]): void {
    for (const [column, text] of fields) {
      if (text !== undefined && text !== '') this.set(row, this.column(column), text);
    }
  }

  /** Counts one more. */
  add(row: string, column: string): void {
    const at = this.column(column);
    this.set(row, at, String(Number(this.byName.get(row)?.get(at) ?? 0) + 1));
  }

  /** Keeps the text whose time is the latest; of equal times the later one in the file. */
  latest(row: string, { column, text, time }: Finding): void {
    const at = this.column(column);
    const times = this.times.get(row) ?? new Map<number, string>();
    if (time !== '') {
      if ((times.get(at) ?? '') > time) return;
      times.set(at, time);
      this.times.set(row, times);
    }
    this.set(row, at, text);
  }

  *rows(): Generator<TextRow> {
    const order = this.order();
    for (const cells of this.byName.values()) {
      yield order.map(([name, at]) => cells.get(at) ?? (PRESENCE.test(name) ? 'false' : undefined));
    }
  }

  private order(): readonly (readonly [string, number])[] {
    const kind = (name: string): number =>
      PRESENCE.test(name) ? (name.startsWith('condition') ? 2 : 3) : name.includes(' ') ? 1 : 0;
    return [...this.columns].sort(
      ([a, x], [b, y]) => kind(a) - kind(b) || (kind(a) === 0 ? x - y : a < b ? -1 : 1),
    );
  }

  private set(row: string, at: number, text: string): void {
    let cells = this.byName.get(row);
    if (cells === undefined) {
      cells = new Map();
      this.byName.set(row, cells);
    }
    if (!cells.has(at)) this.spend(1);
    cells.set(at, text);
  }
}
