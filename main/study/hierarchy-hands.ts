import { hierarchyLines, type Wording } from '../anonymise/hierarchies/build.ts';
import { usualOrder } from '../anonymise/hierarchies/categories.ts';
import { groupsOfLines } from '../anonymise/hierarchies/tree.ts';
import { unbuildable } from '../anonymise/hierarchies/values.ts';
import { eightBitEncoding } from '../records/encoding-guess.ts';
import { byteOrderMark } from '../records/encoding.ts';
import { columnOf } from '../records/shape.ts';
import type { Table } from '../records/table.ts';
import { ConcordError } from '../contract/errors.ts';
import { BY_HAND, FILE_CHARACTERS } from '../contract/hierarchy-kinds.ts';
import type { HierarchyRecipe, TreeGroups } from '../contract/hierarchy.ts';
import { fileBytes } from './files.ts';
import { valuesAmong } from './population.ts';

/** What the pages for order and groups by hand begin with. */
export interface ByHand {
  /** The different values in their usual order, with the rows of each. */
  readonly values: { value: string; rows: number }[];
  readonly tree: TreeGroups;
}

/**
 * The values of a column and the groups that a hierarchy makes of them, to be changed by hand.
 * Values that the recipe knows nothing of are in no group. Throws COLUMN_UNKNOWN, and
 * HIERARCHY_NOT_BUILT {reason: 'size'} where they are too many.
 */
export function valuesByHand(
  table: Table,
  name: string,
  recipe: HierarchyRecipe,
  wording: Wording,
  people: Table | null = null,
): ByHand {
  const values = valuesAmong(columnOf(table, name), people);
  if (values.texts.length > BY_HAND) throw unbuildable(name, 'size');
  const rows = new Map(values.texts.map((text, at) => [text, values.counts[at] ?? 0]));
  const start = startOf(values.texts, recipe);
  const known = groupsOfLines(hierarchyLines(values, start, wording));
  const groupOf = new Map(known.members.map(({ value, group }) => [value, group]));
  const order = usualOrder(values, wording.language);
  return {
    values: order.map((value) => ({ value, rows: rows.get(value) ?? 0 })),
    tree: {
      groups: known.groups,
      members: order.map((value) => ({ value, group: groupOf.get(value) ?? null })),
    },
  };
}

/** An order that lacks values is of no use for groups; a tree that lacks some leaves them ungrouped. */
function startOf(texts: readonly string[], recipe: HierarchyRecipe): HierarchyRecipe {
  if (recipe.kind !== 'ordered') return recipe;
  return texts.every((text) => recipe.order.includes(text)) ? recipe : { kind: 'hide' };
}

/**
 * The text of a person's hierarchy file, in UTF-8, UTF-16, GB18030 or Windows-1252. Throws
 * FILE_NOT_FOUND, FILE_UNREADABLE, HIERARCHY_UNREADABLE {column, file} where it is no text, and
 * HIERARCHY_NOT_BUILT {reason: 'size'}.
 */
export async function readHierarchyFile(
  path: string,
  column: string,
  file: string,
): Promise<string> {
  const source = fileBytes(path);
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of source()) {
    // The reader uses its memory again for the next piece.
    pieces.push(Uint8Array.from(piece));
    bytes += piece.length;
    if (bytes > 4 * FILE_CHARACTERS) throw unbuildable(column, 'size');
  }
  const content = Buffer.concat(pieces);
  const mark = byteOrderMark(content);
  const text =
    mark === undefined
      ? (decoded(content, 'utf-8') ?? decoded(content, await eightBitEncoding(source)))
      : decoded(content.subarray(mark.length), mark.encoding);
  if (text === null || text.includes('\0')) {
    throw new ConcordError('HIERARCHY_UNREADABLE', { column, file });
  }
  if (text.length > FILE_CHARACTERS) throw unbuildable(column, 'size');
  return text;
}

function decoded(content: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(content);
  } catch {
    return null;
  }
}
