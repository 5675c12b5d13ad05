import { ConcordError } from '../../contract/errors.ts';
import type { Problem } from '../../contract/import.ts';
import { DEFAULT_LIMITS, type ReadOptions } from '../csv-reader.ts';
import type { RecordsSource } from '../source.ts';
import type { OpenedRecords } from '../text-rows.ts';
import { MergeFiller, mergesOf, type Merge } from './merges.ts';
import { Package } from './package.ts';
import { sheetHeader, type SheetHeader } from './sheet-header.ts';
import { sheetRows, type CellFault, type SheetRow } from './sheet-rows.ts';
import { readWorkbook, type Sheet, type Workbook } from './workbook.ts';

/** Rows that are looked at to find the header and the width. */
const LOOKED_AT = 200;

/**
 * A sheet of an Excel workbook (xlsx, xlsm) as records: the one named, else the first visible one
 * that holds anything. Cells as they are stored: dates by their format and the workbook's date
 * system, formulas by the result they were saved with, errors and formulas without a result as
 * missing (both told). Rows without any cell are no records. Rows hidden by a filter are records.
 * @throws SHEET_UNKNOWN, SHEET_EMPTY, FILE_FORMAT_UNSUPPORTED, FILE_DAMAGED, FILE_TOO_LARGE
 */
export async function openWorkbook(
  source: RecordsSource,
  options: ReadOptions,
): Promise<OpenedRecords> {
  const parts = await Package.open(source);
  const workbook = await readWorkbook(parts);
  const { sheet, head } = await chosenSheet(parts, workbook, options.sheet);
  const merges = await mergesOf(parts, sheet.part);
  const header = sheetHeader(head, merges, options.header !== false);
  const limit = options.limits?.columns ?? DEFAULT_LIMITS.columns;
  if (header.names.length > limit)
    throw new ConcordError('FILE_TOO_LARGE', { what: 'columns', limit });
  const told = new Told(header);
  return {
    names: header.names,
    form: {
      format: 'excel',
      encoding: null,
      delimiter: null,
      sheet: sheet.name,
      sheets: workbook.sheets.map(({ name }) => name),
    },
    problems: () => told.problems(),
    rows: () => records({ parts, workbook, sheet, merges, header, told }),
  };
}

interface Opened {
  readonly parts: Package;
  readonly workbook: Workbook;
  readonly sheet: Sheet;
  readonly merges: readonly Merge[];
  readonly header: SheetHeader;
  readonly told: Told;
}

async function* records(opened: Opened): AsyncGenerator<SheetRow['cells'][]> {
  const { parts, workbook, sheet, merges, header, told } = opened;
  const filler = new MergeFiller(merges.filter(({ top }) => top > header.last));
  let skip = header.used;
  told.begin();
  for await (const batch of sheetRows(parts, workbook, sheet)) {
    const rows: SheetRow['cells'][] = [];
    for (const row of batch) {
      filler.fill(row);
      if (skip > 0) {
        if (row.cells.length > 0) skip--;
        continue;
      }
      told.faults(row.faults);
      rows.push(row.cells);
    }
    told.filled = filler.filled;
    if (rows.length > 0) yield rows;
  }
}

async function chosenSheet(
  parts: Package,
  workbook: Workbook,
  wanted: string | undefined,
): Promise<{ sheet: Sheet; head: SheetRow[] }> {
  const { sheets } = workbook;
  const known = sheets.map(({ name }) => name);
  const visible = sheets.filter(({ hidden }) => !hidden);
  const candidates =
    wanted === undefined ? visible : sheets.filter(({ name }) => name === wanted).slice(0, 1);
  for (const sheet of candidates) {
    const head = await firstRows(parts, workbook, sheet);
    if (head.length > 0) return { sheet, head };
  }
  const [first] = candidates;
  if (first === undefined) throw new ConcordError('SHEET_UNKNOWN', { sheet: wanted ?? '', known });
  throw new ConcordError('SHEET_EMPTY', { sheet: first.name });
}

async function firstRows(parts: Package, workbook: Workbook, sheet: Sheet): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const batch of sheetRows(parts, workbook, sheet)) {
    rows.push(...batch.filter(({ cells }) => cells.length > 0).slice(0, LOOKED_AT));
    if (rows.length >= LOOKED_AT) break;
  }
  return rows.slice(0, LOOKED_AT);
}

/** What is noticed while rows are taken. */
class Told {
  filled = 0;
  private readonly header: SheetHeader;
  private counts = new Map<string, number>();

  constructor(header: SheetHeader) {
    this.header = header;
  }

  begin(): void {
    this.counts = new Map();
    this.filled = 0;
  }

  faults(faults: readonly CellFault[]): void {
    for (const { column, kind } of faults) {
      const key = `${kind}:${column}`;
      this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    }
  }

  problems(): Problem[] {
    const problems: Problem[] = [];
    const tell = (code: Problem['code'], column: string | null, rows: number): void => {
      if (rows > 0) problems.push({ code, column, rows, proposal: 'none' });
    };
    tell('TITLE_ROWS_SKIPPED', null, this.header.titles);
    for (const [key, rows] of this.counts) {
      const [kind, at] = key.split(':') as [CellFault['kind'], string];
      const column = this.header.names[Number(at)];
      tell(kind, column === '' || column === undefined ? `column_${Number(at) + 1}` : column, rows);
    }
    tell('MERGED_CELLS_FILLED', null, this.filled);
    return problems;
  }
}
