import type { Package } from './package.ts';
import { columnOf, type SheetRow } from './sheet-rows.ts';

/** A block of merged cells; rows from 1 as Excel counts, columns from 0; all edges belong to it. */
export interface Merge {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

const LIMIT = 200_000;
const OVERLAP = 256;
const MERGE =
  /<(?:\w+:)?mergeCell\s[^>]*?ref="(\$?[A-Z]{1,3}\$?\d{1,7}):(\$?[A-Z]{1,3}\$?\d{1,7})"/g;

/**
 * The merged blocks of a sheet, in the order of their first rows. They stand behind the cells they
 * are about, so the part is passed once before its rows are read; looked for by their text, which
 * is much faster than parsing. At most 200,000 are kept.
 */
export async function mergesOf(parts: Package, part: string): Promise<readonly Merge[]> {
  const merges: Merge[] = [];
  let before = '';
  for await (const chunk of parts.part(part)) {
    const piece = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1');
    const text = before + piece;
    let end = 0;
    if (text.includes('mergeCell ')) {
      for (const match of text.matchAll(MERGE)) {
        if (merges.length < LIMIT) merges.push(merge(match[1] as string, match[2] as string));
        end = match.index + match[0].length;
      }
    }
    before = text.slice(Math.max(end, text.length - OVERLAP));
  }
  return merges.sort((a, b) => a.top - b.top);
}

function merge(from: string, to: string): Merge {
  const row = (reference: string): number => Number(/\d+$/.exec(reference)?.[0]);
  return { top: row(from), left: columnOf(from), bottom: row(to), right: columnOf(to) };
}

/** Gives the value of a merged block's first cell to every row below it that the block covers. */
export class MergeFiller {
  /** Rows that were given a value. */
  filled = 0;
  private readonly merges: readonly Merge[];
  private next = 0;
  private open: { merge: Merge; value: string | undefined }[] = [];

  constructor(merges: readonly Merge[]) {
    this.merges = merges;
  }

  fill(row: SheetRow): SheetRow {
    for (; this.next < this.merges.length; this.next++) {
      const merge = this.merges[this.next] as Merge;
      if (merge.top > row.number) break;
      if (merge.bottom > merge.top && merge.top === row.number)
        this.open.push({ merge, value: row.cells[merge.left] });
    }
    if (this.open.length === 0) return row;
    let touched = false;
    for (const { merge, value } of this.open) {
      if (value === undefined || merge.top === row.number || merge.bottom < row.number) continue;
      while (row.cells.length < merge.left) row.cells.push(undefined);
      row.cells[merge.left] ??= value;
      touched = true;
    }
    if (touched) this.filled++;
    this.open = this.open.filter(({ merge }) => merge.bottom > row.number);
    return row;
  }
}
