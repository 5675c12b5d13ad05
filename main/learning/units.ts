import type { TrainPlan } from '../contract/train.ts';
import { cellTexts } from '../records/cell-text.ts';
import type { Table } from '../records/table.ts';
import { columnNamed } from './columns.ts';
import { cellHash } from './row-hash.ts';
import { mixHash } from './keyed-hash.ts';

/**
 * Whose data a guarantee covers: unit u owns the places starts[u] .. starts[u + 1] of `rows`,
 * which are places in the list of training rows.
 */
export interface Units {
  readonly count: number;
  readonly starts: Int32Array;
  readonly rows: Int32Array;
}

/** Every row its own unit. */
export function rowUnits(places: Int32Array): Units {
  const starts = Int32Array.from({ length: places.length + 1 }, (_, u) => u);
  return { count: places.length, starts, rows: places };
}

/**
 * The rows of each person, at most `maxRows` of them, chosen by a hash of the person's own rows
 * so that nobody else's records change the choice. Rows without a person cannot be attributed:
 * they take no part, so that the guarantee needs to say nothing of them.
 *
 * @param trainRows rows of the table
 * @param places places in `trainRows` that may be used
 */
export function personUnits(
  table: Table,
  unit: NonNullable<TrainPlan['unit']>,
  trainRows: Int32Array,
  places: Int32Array,
  missing: readonly string[],
): Units {
  const marks = new Set(missing);
  const cell = cellTexts(columnNamed(table, unit.column));
  const byPerson = new Map<string, number[]>();
  for (const place of places) {
    const person = cell(trainRows[place]!);
    if (person === '' || marks.has(person)) continue;
    const owned = byPerson.get(person);
    if (owned === undefined) byPerson.set(person, [place]);
    else owned.push(place);
  }
  const hashes = table.columns.map((c) => cellHash(c, `rows per person ${c.name}`));
  const hashOf = (place: number): number =>
    hashes.reduce((content, hash) => mixHash(content, hash(trainRows[place]!)), 0);
  const starts = new Int32Array(byPerson.size + 1);
  const rows: number[] = [];
  let count = 0;
  for (const owned of byPerson.values()) {
    rows.push(...cap(owned, unit.maxRows, hashOf));
    starts[++count] = rows.length;
  }
  return { count, starts, rows: Int32Array.from(rows) };
}

function cap(owned: number[], most: number, hashOf: (place: number) => number): readonly number[] {
  if (owned.length <= most) return owned;
  const hashed = owned.map((place) => ({ place, hash: hashOf(place) }));
  return hashed
    .sort((a, b) => a.hash - b.hash)
    .slice(0, most)
    .map((entry) => entry.place);
}
