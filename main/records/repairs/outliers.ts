import type { NumericColumn } from '../table.ts';

export interface Outliers {
  /** The nearest round bounds that hold all other values. */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly rows: number;
}

const FENCE = 3;
const LEAST_ROWS = 20;
/** More than this and it is the shape of the column, not something odd in it. */
const MOST_SHARE = 0.01;

/**
 * Numbers far outside the middle half: more than three times its width away from it (Tukey,
 * Exploratory Data Analysis, 1977, 'far out'). Quartiles do not move when a few values are wild.
 * Undefined where there are none, where half of the values are equal, or where so many lie far out
 * that the column is just skewed.
 */
export function outliersOf({ values, type }: NumericColumn): Outliers | undefined {
  if (type === 'boolean' || type === 'date') return undefined;
  const sorted = values.slice().sort();
  let present = sorted.length;
  while (present > 0 && Number.isNaN(sorted[present - 1])) present--;
  if (present < LEAST_ROWS) return undefined;
  const quartile = (share: number): number => sorted[Math.floor(share * (present - 1))] as number;
  const [low, high] = [quartile(0.25), quartile(0.75)];
  const reach = FENCE * (high - low);
  if (!(reach > 0) || !Number.isFinite(reach)) return undefined;
  let first = 0;
  while ((sorted[first] as number) < low - reach) first++;
  let last = present - 1;
  while ((sorted[last] as number) > high + reach) last--;
  const above = present - 1 - last;
  const rows = first + above;
  if (rows === 0 || rows > Math.max(1, MOST_SHARE * present)) return undefined;
  const [least, most] = [sorted[first] as number, sorted[last] as number];
  return {
    lower: first > 0 ? roundDown(least, most - least) : null,
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
