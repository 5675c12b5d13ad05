import { cellTexts } from '../../records/cell-text.ts';
import type { CodedColumn, Column, Table } from '../../records/table.ts';
import { partsOfCell } from './cells.ts';
import { isOfAnotherScheme, OUTSIDE } from './scheme.ts';

/** Different tags of a column at most: two for each kind, and the one of no entity. */
const MOST_TAGS = 101;
/** Different cells, and rows in which words and tags are counted; the choice of a label counts all. */
const LOOKED_AT = 1000;

/**
 * Columns whose cells have a tag for each word of another column's cell, by name, with the name of that
 * other column. Judged by the first cells and the first rows that have both.
 */
export function taggedColumns(table: Table): ReadonlyMap<string, string> {
  const texts = table.columns.filter((column) => 'codes' in column);
  const tagged = texts.filter(holdsTags);
  return new Map(
    tagged.flatMap((tags) => {
      // A second column of tags for the same words is none of words.
      const words = texts
        .filter((text) => !tagged.includes(text))
        .find((text) => areBeside(table.rows, text, tags));
      return words === undefined ? [] : [[tags.name, words.name] as const];
    }),
  );
}

/** Few different tags, `O` among them, and several in some cell. */
function holdsTags({ dictionary }: CodedColumn): boolean {
  const seen = new Set<string>();
  let hasSeveral = false;
  for (const cell of dictionary.slice(0, LOOKED_AT)) {
    const tags = partsOfCell(cell);
    for (const tag of tags) {
      if (isOfAnotherScheme(tag) || seen.add(tag).size > MOST_TAGS) return false;
    }
    hasSeveral ||= tags.length > 1;
  }
  return hasSeveral && seen.has(OUTSIDE) && seen.size > 1;
}

function areBeside(rows: number, text: Column, tags: Column): boolean {
  const [words, marks] = [cellTexts(text), cellTexts(tags)];
  let looked = 0;
  for (let row = 0; row < rows && looked < LOOKED_AT; row++) {
    const [said, found] = [partsOfCell(words(row)), partsOfCell(marks(row))];
    if (said.length === 0 || found.length === 0) continue;
    if (said.length !== found.length) return false;
    looked++;
  }
  return looked > 0;
}
