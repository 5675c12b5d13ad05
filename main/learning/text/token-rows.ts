import { cellTexts } from '../../records/cell-text.ts';
import type { Table } from '../../records/table.ts';
import { columnNamed } from '../columns.ts';
import type { Pace } from '../pace.ts';
import type { TokenRows } from '../sequence/layer.ts';
import type { TextContent } from './text-content.ts';
import { tokensOf } from './tokens.ts';
import { SEPARATOR, Vocabulary } from './vocabulary.ts';

type Cells = (row: number) => string;

/**
 * Rows of a table as numbers of tokens: the texts of the columns one after another, SEPARATOR between
 * two; a missing cell has no tokens. Where they are longer than `length`, every column keeps its
 * beginning, none less than its equal share. Throws COLUMN_UNKNOWN, CANCELLED.
 */
export async function tokenRows(
  table: Table,
  content: TextContent,
  missing: readonly string[],
  rows: Int32Array,
  pace: Pace,
): Promise<TokenRows> {
  const read = tokenReader(table, content, missing);
  const found: Int32Array[] = [];
  for (const [place, row] of rows.entries()) {
    await pace.beat({ phase: 'encoding', step: place, steps: rows.length });
    found.push(read(row));
  }
  return packed(found);
}

/** The same of one row. Throws COLUMN_UNKNOWN. */
export function tokenReader(
  table: Table,
  content: TextContent,
  missing: readonly string[],
): (row: number) => Int32Array {
  const { columns, tokens, length } = content;
  const cells = textCells(table, columns, missing);
  const vocabulary = new Vocabulary(content.words, tokens);
  return (row) => {
    const texts = cells.map((cell) => numbersOf(cell(row), content, vocabulary));
    return Int32Array.from(joined(texts, length));
  };
}

/** Rows at these places, padded to the longest of them. */
export function gatherTokens(from: TokenRows, places: Int32Array): TokenRows {
  return packed(
    Array.from(places, (place) => {
      const start = place * from.length;
      return from.ids.subarray(start, start + from.lengths[place]!);
    }),
  );
}

/** The text of each column in a row, '' where it is missing. Throws COLUMN_UNKNOWN. */
export function textCells(
  table: Table,
  columns: readonly string[],
  missing: readonly string[],
): Cells[] {
  const marks = new Set(missing);
  return columns.map((name) => {
    const text = cellTexts(columnNamed(table, name));
    return (row) => {
      const cell = text(row);
      return marks.has(cell) ? '' : cell;
    };
  });
}

function numbersOf(text: string, { tokens, length }: TextContent, words: Vocabulary): number[] {
  const numbers: number[] = [];
  for (const token of tokensOf(text, tokens, length)) {
    if (numbers.length >= length) break;
    words.push(token, numbers);
  }
  return numbers;
}

function joined(texts: readonly (readonly number[])[], length: number): number[] {
  const present = texts.filter((text) => text.length > 0).slice(0, length);
  const room = Math.max(present.length, length - (present.length - 1));
  const kept = shares(
    present.map((text) => text.length),
    room,
  );
  const all = present.flatMap((text, place) => [
    ...(place > 0 ? [SEPARATOR] : []),
    ...text.slice(0, kept[place]),
  ]);
  return all.slice(0, length);
}

/** How much each gets of `room`: what it needs, or an equal share of what those that need less leave. */
function shares(needs: readonly number[], room: number): number[] {
  const given = needs.map(() => 0);
  const order = [...needs.keys()].sort((a, b) => needs[a]! - needs[b]!);
  let left = room;
  for (const [done, place] of order.entries()) {
    given[place] = Math.min(needs[place]!, Math.floor(left / (needs.length - done)));
    left -= given[place];
  }
  return given;
}

/** Texts as numbers of tokens, padded to the longest. */
export function packed(texts: readonly Int32Array[]): TokenRows {
  const length = texts.reduce((most, text) => Math.max(most, text.length), 1);
  const ids = new Int32Array(texts.length * length);
  for (const [row, text] of texts.entries()) ids.set(text, row * length);
  return { rows: texts.length, length, ids, lengths: Int32Array.from(texts, (t) => t.length) };
}
