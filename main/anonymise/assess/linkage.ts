import type { Linkage } from '../../contract/assessment.ts';
import { columnOf } from '../../records/shape.ts';
import type { Table } from '../../records/table.ts';
import { groupRows } from '../classes.ts';
import { encoded } from './encoded.ts';

/** Comparisons of a known person with a class of the release that are made at most. */
const COMPARISONS = 20_000_000;
const MOST_PEOPLE = 1000;

/** Whether a released cell fits a value: what the attacker knows of the hierarchies or ranges. */
export type Fits = (value: string, label: string) => boolean;

interface Attacked {
  readonly original: Table;
  readonly output: Table;
  /** The original row of each released one. */
  readonly kept: Int32Array;
  readonly quasiIdentifiers: readonly string[];
  readonly fits: (name: string) => Fits;
}

/**
 * The nearest-record attack: for people spread evenly over the original rows, suppressed ones
 * included, the released rows with the fewest cells that do not fit, one of them by chance.
 */
export function linkageOf({ original, output, kept, quasiIdentifiers, fits }: Attacked): Linkage {
  if (kept.length === 0) return { people: 0, success: null, guess: null, certain: null };
  const labels = quasiIdentifiers.map((name) => encoded(columnOf(output, name)));
  const { sizes, firstRow, groupOfRow } = groupRows(
    labels.map(({ codes }) => codes),
    kept.length,
  );
  const classes = {
    count: sizes.length,
    sizes,
    codes: labels.map(({ codes }) => firstRow.map((row) => codes[row]!)),
  };
  const people = Math.max(
    1,
    Math.min(MOST_PEOPLE, Math.floor(COMPARISONS / classes.count), original.rows),
  );
  const releasedAs = new Int32Array(original.rows).fill(-1);
  kept.forEach((row, at) => (releasedAs[row] = groupOfRow[at]!));
  const known = quasiIdentifiers.map((name, j) => {
    const values = encoded(columnOf(original, name));
    return {
      codes: values.codes,
      misfits: misfitTable(values.values, labels[j]!.values, fits(name)),
    };
  });
  let success = 0;
  let certain = 0;
  for (let person = 0; person < people; person++) {
    const row = Math.floor((person * original.rows) / people);
    const nearest = nearestClasses(
      known.map(({ codes, misfits }) => misfits(codes[row]!)),
      classes,
    );
    const own = releasedAs[row]!;
    if (own < 0 || !nearest.classes.has(own)) continue;
    success += 1 / nearest.rows;
    if (nearest.rows === 1) certain += 1;
  }
  return {
    people,
    success: success / people,
    guess: 1 / kept.length,
    certain: certain / people,
  };
}

/** Per label 1 where it does not fit a value, for the few values of the people attacked. */
function misfitTable(
  values: readonly string[],
  labels: readonly string[],
  fits: Fits,
): (code: number) => Uint8Array {
  const known = new Map<number, Uint8Array>();
  return (code) => {
    const found =
      known.get(code) ?? Uint8Array.from(labels, (label) => (fits(values[code]!, label) ? 0 : 1));
    known.set(code, found);
    return found;
  };
}

function nearestClasses(
  misfitsOf: readonly Uint8Array[],
  { codes, count, sizes }: { codes: readonly Int32Array[]; count: number; sizes: Int32Array },
): { classes: ReadonlySet<number>; rows: number } {
  const width = misfitsOf.length;
  let least = Infinity;
  let rows = 0;
  let classes = new Set<number>();
  for (let c = 0; c < count; c++) {
    let distance = 0;
    for (let j = 0; j < width && distance <= least; j++) {
      distance += misfitsOf[j]![codes[j]![c]!]!;
    }
    if (distance > least) continue;
    if (distance < least) {
      least = distance;
      rows = 0;
      classes = new Set();
    }
    classes.add(c);
    rows += sizes[c]!;
  }
  return { classes, rows };
}
