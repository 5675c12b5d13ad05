import type { NumericColumn } from '../table.ts';

export interface Outliers {
  /** The nearest round bounds that hold all other values. */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly rows: number;
}

const FENCE = 3;
const SAMPLE = 100_000;
const LEAST_ROWS = 20;
/** More than this and it is the shape of the column, not something odd in it. */
const MOST_SHARE = 0.01;

/**
 * Numbers far outside the middle half: more than three times its width away from it (Tukey,
 * Exploratory Data Analysis, 1977, 'far out'). Quartiles do not move when a few values are wild.
 * Undefined where there are none, where half of the values are equal, or where so many lie far out
 * that the column is just skewed. Quartiles are of at most 100,000 rows, evenly taken.
 */
export function outliersOf({ values, type }: NumericColumn): Outliers | undefined {
  if (type === 'boolean' || type === 'date') return undefined;
  const step = Math.ceil(values.length / SAMPLE);
  const sorted = values.filter((value, row) => row % step === 0 && !Number.isNaN(value)).sort();
  if (sorted.length < LEAST_ROWS) return undefined;
  const quartile = (share: number): number =>
    sorted[Math.floor(share * (sorted.length - 1))] as number;
  const [low, high] = [quartile(0.25), quartile(0.75)];
  const reach = FENCE * (high - low);
  if (!(reach > 0) || !Number.isFinite(reach)) return undefined;
  let [below, above, inside] = [0, 0, 0];
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low - reach) below++;
    else if (value > high + reach) above++;
    else if (!Number.isNaN(value)) {
      inside++;
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  const rows = below + above;
  if (rows === 0 || rows > Math.max(1, MOST_SHARE * (rows + inside))) return undefined;
  return {
    lower: below > 0 ? roundDown(least, most - least) : null,
    upper: above > 0 ? -roundDown(-most, most - least) : null,
    rows,
  };
}

/** The largest round number not above `value`: to two figures of the range. */
function roundDown(value: number, range: number): number {
  const power = Math.floor(Math.log10(range > 0 ? range : 1)) - 1;
  // Powers of ten below one are divided by, since 0.1 is no double.
  if (power >= 0) return Math.floor(value / 10 ** power) * 10 ** power + 0;
  return Math.floor(value * 10 ** -power) / 10 ** -power + 0;
}
