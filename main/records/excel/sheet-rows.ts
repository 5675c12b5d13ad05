import { ConcordError } from '../../contract/errors.ts';
import { numberText } from './cell-number.ts';
import type { Package } from './package.ts';
import { unescaped, type Sheet, type Workbook } from './workbook.ts';
import { readXml, type Attributes } from './xml.ts';

/** One row of a sheet: cells by column from 0, those without a value left out at the end. */
export interface SheetRow {
  /** As Excel counts, from 1. */
  readonly number: number;
  readonly cells: (string | undefined)[];
  /** Columns whose formula gave an error, or has never been calculated. */
  readonly faults: readonly CellFault[];
}

export interface CellFault {
  readonly column: number;
  readonly kind: 'FORMULA_ERRORS' | 'FORMULA_UNCALCULATED';
}

const COLUMNS = 16_384;

/** The rows of a sheet that hold anything, in batches. @throws FILE_DAMAGED, FILE_TOO_LARGE */
export async function* sheetRows(
  parts: Package,
  workbook: Workbook,
  sheet: Sheet,
): AsyncGenerator<SheetRow[]> {
  const reader = new SheetReader(workbook, sheet.part);
  for await (const pause of readXml(parts.part(sheet.part), sheet.part, reader)) {
    void pause;
    const rows = reader.take();
    if (rows.length > 0) yield rows;
  }
}

class SheetReader {
  private readonly workbook: Workbook;
  private readonly part: string;
  private rows: SheetRow[] = [];
  private number = 0;
  private column = -1;
  private cells: (string | undefined)[] = [];
  private faults: CellFault[] = [];
  private type = 'n';
  private style = 0;
  private formula = false;
  private value: string | undefined;
  private listening = false;
  private reading = 0;

  constructor(workbook: Workbook, part: string) {
    this.workbook = workbook;
    this.part = part;
  }

  take(): SheetRow[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'row') this.startRow(attributes);
    else if (name === 'c') this.startCell(attributes);
    else if (name === 'f') this.formula = true;
    else if (name === 'rPh') this.reading++;
    else if (name === 'v' || name === 't') {
      this.listening = this.reading === 0;
      if (this.listening) this.value ??= '';
    }
  }

  text(text: string): void {
    if (this.listening) this.value += text;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.listening = false;
    else if (name === 'rPh') this.reading--;
    else if (name === 'c') this.endCell();
    else if (name === 'row') this.endRow();
  }

  private startRow({ r }: Attributes): void {
    const number = r === undefined ? this.number + 1 : Number(r);
    if (!Number.isSafeInteger(number) || number <= this.number) throw this.damaged();
    this.number = number;
    this.column = -1;
    this.cells = [];
    this.faults = [];
  }

  private startCell({ r, t, s }: Attributes): void {
    this.column = r === undefined ? this.column + 1 : columnOf(r);
    if (!(this.column >= 0 && this.column < COLUMNS)) throw this.damaged();
    this.type = t ?? 'n';
    this.style = Number(s ?? 0);
    this.value = undefined;
    this.formula = false;
  }

  private endCell(): void {
    const { column, value } = this;
    if (this.type === 'e') {
      this.faults.push({ column, kind: 'FORMULA_ERRORS' });
      return;
    }
    if (value === undefined || value === '') {
      const uncalculated = this.formula && value === undefined;
      if (uncalculated) this.faults.push({ column, kind: 'FORMULA_UNCALCULATED' });
      return;
    }
    const { cells } = this;
    while (cells.length < column) cells.push(undefined);
    cells[column] = this.textOf(value);
  }

  private textOf(value: string): string {
    const { texts, forms, from1904 } = this.workbook;
    switch (this.type) {
      case 's': {
        const text = texts[Number(value)];
        if (text === undefined) throw this.damaged();
        return text;
      }
      case 'b':
        return value.trim() === '1' ? 'true' : 'false';
      case 'd':
        return value.replace('T', ' ').replace(/ 00:00:00(\.0+)?Z?$/, '');
      case 'str':
      case 'inlineStr':
        return unescaped(value);
      default:
        return numberText(value, forms[this.style] ?? { kind: 'plain' }, from1904);
    }
  }

  private endRow(): void {
    const { number, cells, faults } = this;
    if (cells.length > 0 || faults.length > 0) this.rows.push({ number, cells, faults });
  }

  private damaged(): ConcordError {
    return new ConcordError('FILE_DAMAGED', { part: this.part });
  }
}

/** Column from 0 of a reference such as AB12; NaN when it is none. */
export function columnOf(reference: string): number {
  const letters = /^\$?([A-Za-z]{1,3})/.exec(reference)?.[1];
  if (letters === undefined) return NaN;
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
