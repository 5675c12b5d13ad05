import type { RepairExample } from '../../contract/repair.ts';
import { MOST_EXAMPLES } from '../../contract/repair.ts';
import { cellTexts } from '../cell-text.ts';
import { typedColumn } from '../column-type.ts';
import { textsOf } from '../packed-strings.ts';
import { shortened } from '../profile-text.ts';
import type { CodedColumn, CodedType, Column } from '../table.ts';

/** Each cell of a column of text by itself; null is missing. */
export function mapTexts(column: CodedColumn, map: (text: string) => string | null): CodedColumn {
  const known = new Map<string, number>();
  const recoded = Int32Array.from(column.dictionary, (text) => {
    const mapped = map(text);
    if (mapped === null || mapped === '') return -1;
    const code = known.get(mapped) ?? known.size;
    known.set(mapped, code);
    return code;
  });
  const codes = column.codes.map((code) => (code < 0 ? -1 : (recoded[code] as number)));
  return { ...column, codes, dictionary: [...known.keys()] };
}

/** Each cell of a column of text as a number; NaN is missing. */
export function readTexts(column: CodedColumn, read: (text: string) => number): Float64Array {
  const ofCode = Float64Array.from(column.dictionary, read);
  return Float64Array.from(column.codes, (code) => (code < 0 ? NaN : (ofCode[code] as number)));
}

/**
 * The column with the type its cells have now that some of them were mended: numbers, dates and
 * yes/no by the rules of reading; what stays text keeps its type. What could have been read so
 * `before` was made codes by a person, and stays so.
 */
export function retyped(column: CodedColumn, before: CodedColumn | null = null): Column {
  const compact = withoutUnused(column);
  if (compact.dictionary.length === 0) return { ...compact, type: 'category' };
  const typed = typedByRules(compact);
  if (!('codes' in typed) && !isMadeCodes(before)) return typed;
  return { ...compact, type: column.type satisfies CodedType };
}

function isMadeCodes(column: CodedColumn | null): boolean {
  if (column === null) return false;
  const used = withoutUnused(column);
  return used.dictionary.length > 0 && !('codes' in typedByRules(used));
}

function typedByRules({ name, codes, dictionary }: CodedColumn): Column {
  return typedColumn(name, { kind: 'coded', codes, texts: textsOf(dictionary) });
}

function withoutUnused(column: CodedColumn): CodedColumn {
  const used = new Uint8Array(column.dictionary.length);
  for (const code of column.codes) if (code >= 0) used[code] = 1;
  return used.every((one) => one === 1)
    ? column
    : mapTexts(column, textIfUsed(column.dictionary, used));
}

function textIfUsed(
  dictionary: readonly string[],
  used: Uint8Array,
): (text: string) => string | null {
  const kept = new Set(dictionary.filter((_, code) => used[code] === 1));
  return (text) => (kept.has(text) ? text : null);
}

export interface Changes {
  readonly rows: number;
  /** Rows whose cell became missing. */
  readonly missing: number;
  readonly examples: readonly RepairExample[];
}

/** In how many rows the text of the cell differs, and the first different changes. */
export function changesBetween(before: Column, after: Column): Changes {
  const [textBefore, textAfter] = [cellTexts(before), cellTexts(after)];
  const source = 'codes' in before ? before.codes : before.values;
  // Every repair of a column maps equal cells alike: each distinct one is compared once.
  const known = new Map<number, 'same' | 'changed' | 'missing'>();
  const examples: RepairExample[] = [];
  let rows = 0;
  let missing = 0;
  for (let row = 0; row < source.length; row++) {
    const cell = source[row] as number;
    let change = known.get(cell);
    if (change === undefined) {
      const [old, now] = [textBefore(row), textAfter(row)];
      change = old === now ? 'same' : now === '' ? 'missing' : 'changed';
      known.set(cell, change);
      if (change !== 'same' && examples.length < MOST_EXAMPLES) {
        examples.push({ row: row + 1, before: shortened(old), after: shortened(now) });
      }
    }
    if (change === 'same') continue;
    rows++;
    if (change === 'missing') missing++;
  }
  return { rows, missing, examples };
}
