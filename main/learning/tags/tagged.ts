import { cellTexts } from '../../records/cell-text.ts';
import type { Column, Table } from '../../records/table.ts';
import { partsOfCell } from './cells.ts';
import { isOfAnotherScheme, OUTSIDE } from './scheme.ts';

/** Different tags of a column at most: two for each kind, and the one of no entity. */
const MOST_TAGS = 101;
/** Rows in which words and tags are counted; the choice of a label counts all. */
const LOOKED_AT = 1000;

/**
 * Columns whose cells have a tag for each word of another column's cell, by name, with the name of that
 * other column. Judged by the first rows that have both; a table without such columns is left after
 * its first rows.
 */
export function taggedColumns(table: Table): ReadonlyMap<string, string> {
  const texts = table.columns.filter((column) => 'codes' in column);
  return new Map(
    texts.flatMap((tags) => {
      const words = texts.find((text) => text !== tags && isTagged(table.rows, text, tags));
      return words === undefined ? [] : [[tags.name, words.name] as const];
    }),
  );
}

function isTagged(rows: number, text: Column, tags: Column): boolean {
  const [words, marks] = [cellTexts(text), cellTexts(tags)];
  const seen = new Set<string>();
  let several = 0;
  for (let row = 0, looked = 0; row < rows && looked < LOOKED_AT; row++) {
    const [said, found] = [partsOfCell(words(row)), partsOfCell(marks(row))];
    if (said.length === 0 || found.length === 0) continue;
    if (said.length !== found.length || found.some(isOfAnotherScheme)) return false;
    for (const tag of found) seen.add(tag);
    if (seen.size > MOST_TAGS) return false;
    if (found.length > 1) several++;
    looked++;
  }
  return several > 0 && seen.has(OUTSIDE) && seen.size > 1;
}
