import type { TrainPlan } from '../contract/train.ts';
import { requirePeopleApart, splitRows } from '../learning/split.ts';
import { uniform, type RandomSource } from '../privacy/random.ts';
import { cellTexts } from '../records/cell-text.ts';
import { columnOf } from '../records/shape.ts';
import type { Table } from '../records/table.ts';

/** More than this many are attacked by lot: the figures are sure enough, and work stays bounded. */
const MOST_UNITS = 100_000;
const NOBODY = -1;

/** Whose membership is guessed: a row, or with a unit of persons a person with all rows. */
export interface Attacked {
  /** Rows of the table that are attacked, ascending. */
  readonly rows: Int32Array;
  /** The unit of each of them. */
  readonly units: Int32Array;
  readonly count: number;
  /** Whether the model learned from the unit, 1 or 0; [count] */
  readonly members: Uint8Array;
  /** A row of each unit, by which its groups are told; [count] */
  readonly first: Uint32Array;
  /** Rows that helped to calibrate the model: neither members nor others. */
  readonly validation: Int32Array;
}

/**
 * The records a model was trained on and those that were held out to test it, as units. Rows of
 * nobody take no part where units are persons, as in training. Throws as `splitRows` and
 * `requirePeopleApart`.
 */
export function attackedRecords(
  table: Table,
  plan: TrainPlan,
  splitKey: string | undefined,
  random: RandomSource,
): Attacked {
  const split = splitRows(table, plan, splitKey);
  requirePeopleApart(table, plan, split);
  const isMember = new Uint8Array(table.rows);
  for (const row of split.train) isMember[row] = 1;
  const all = Int32Array.from([...split.train, ...split.test]).sort();
  const unitOf = unitsOf(table, plan);
  const share = MOST_UNITS / all.length;
  const places = new Map<number, number>();
  const members: number[] = [];
  const first: number[] = [];
  const rows: number[] = [];
  const units: number[] = [];
  for (const row of all) {
    const unit = unitOf(row);
    if (unit === NOBODY) continue;
    let place = places.get(unit);
    if (place === undefined) {
      const takesPart = share >= 1 || uniform(random) < share;
      place = takesPart ? first.push(row) - 1 : NOBODY;
      places.set(unit, place);
      if (takesPart) members.push(isMember[row]!);
    }
    if (place === NOBODY) continue;
    rows.push(row);
    units.push(place);
  }
  return {
    ...{ rows: Int32Array.from(rows), units: Int32Array.from(units), count: first.length },
    ...{ members: Uint8Array.from(members), first: Uint32Array.from(first) },
    validation: split.validation,
  };
}

function unitsOf(table: Table, { unit, missing }: TrainPlan): (row: number) => number {
  if (unit === undefined) return (row) => row;
  const cell = cellTexts(columnOf(table, unit.column));
  const nobody = new Set(['', ...missing]);
  const known = new Map<string, number>();
  return (row) => {
    const person = cell(row);
    if (nobody.has(person)) return NOBODY;
    const number = known.get(person) ?? known.size;
    known.set(person, number);
    return number;
  };
}
