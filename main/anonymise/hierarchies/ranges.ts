import type { RecipeOf } from '../../contract/hierarchy.ts';
import {
  boundsOf,
  missingLine,
  ROOT,
  unbuildable,
  type ColumnValues,
  type HierarchyLabels,
  type Line,
} from './values.ts';

export type Ranges = Omit<RecipeOf<'intervals'>, 'kind'>;

/** Whole numbers of a smaller range get a line for each, also for those that do not occur. */
const DENSE_RANGE = 1000;
/** Above this age people are few: 'Safe Harbor' of HIPAA, 45 CFR 164.514(b)(2)(i)(C), says 90. */
const TOP_AGE = 90;
const OLDEST = 130;

/**
 * Lines of numbers: '20-24' for whole numbers from 0 up, else '[20, 25)', from 20 up to, not
 * including, 25. Ranges begin at origin + a multiple of their width; what lies below `bottom` is
 * '<20', from `top` on '90+', and the ranges beside them are cut there.
 * Throws HIERARCHY_NOT_BUILT {column, reason: 'numbers' | 'widths' | 'bounds'}.
 */
export function rangeLines(values: ColumnValues, ranges: Ranges, labels: HierarchyLabels): Line[] {
  const { widths, bottom, top, origin } = ranges;
  const numbers = values.texts.map(Number);
  if (!numbers.every(Number.isFinite)) throw unbuildable(values.name, 'numbers');
  if (!nest(widths)) throw unbuildable(values.name, 'widths');
  if (bottom !== null && top !== null && bottom >= top) throw unbuildable(values.name, 'bounds');
  const { min, max } = boundsOf(values.texts);
  const whole =
    [...widths, origin, bottom ?? 0, top ?? 0].every(Number.isInteger) &&
    numbers.every(Number.isInteger);
  const name = namer(ranges, whole && min >= 0 && origin >= 0 && (bottom ?? 0) >= 0);
  const dense = whole && max - min <= DENSE_RANGE;
  const texts = dense
    ? Array.from({ length: max - min + 1 }, (_, i) => String(min + i))
    : values.texts;
  return [
    ...texts.map((text) => [text, ...name(Number(text)), ROOT]),
    ...missingLine(values, labels, widths.length),
  ];
}

/** Each width a whole multiple of the one before; in binary 0.3 / 0.1 is not quite 3. */
function nest(widths: readonly number[]): boolean {
  return widths.every((width, at) => {
    const ratio = width / (widths[at - 1] ?? width);
    return Math.abs(ratio - Math.round(ratio)) < 1e-9 && (at === 0 || Math.round(ratio) > 1);
  });
}

/**
 * The labels of a number, one per width. A wider range is named by the range within it, not by the
 * value again, so that rounding can never set the two apart.
 */
function namer(
  { widths, origin, bottom, top }: Ranges,
  dashed: boolean,
): (value: number) => string[] {
  const finest = widths[0] ?? 1;
  // Rounded, because 3 * 0.1 is not 0.3; fifteen digits are all that a double is sure of.
  const shown = (bound: number): number => Number(bound.toPrecision(15));
  return (value) => {
    if (top !== null && value >= top) return widths.map(() => `${top}+`);
    if (bottom !== null && value < bottom) return widths.map(() => `<${bottom}`);
    const inner = Math.floor((value - origin) / finest);
    return widths.map((width) => {
      const band = Math.floor(inner / Math.round(width / finest));
      const start = Math.max(shown(origin + band * width), bottom ?? -Infinity);
      const end = Math.min(shown(origin + (band + 1) * width), top ?? Infinity);
      if (!dashed || start < 0) return `[${start}, ${end})`;
      return end - start === 1 ? String(start) : `${start}-${end - 1}`;
    });
  };
}

/** Ages by 5, 10, 20, 40 years, those of 90 and more together; null where no number is an age. */
export function ageRanges({ texts }: ColumnValues): Ranges | null {
  const { min, max } = boundsOf(texts);
  const whole = texts.every((text) => Number.isInteger(Number(text)));
  if (!whole || min < 0 || max > OLDEST) return null;
  return { widths: [5, 10, 20, 40], origin: 0, bottom: null, top: TOP_AGE };
}

/** Up to four widths 1 or 5 times a power of ten, each a multiple of the one before. */
export function niceRanges({ texts, type }: ColumnValues): Ranges | null {
  const { min, max } = boundsOf(texts);
  const range = max - min;
  // Further apart than the largest number there is: no range could be written down.
  if (!Number.isFinite(range)) return null;
  const least = Math.max(range / 40, type === 'integer' ? 2 : Number.MIN_VALUE);
  const widths: number[] = [];
  for (let power = Math.floor(Math.log10(least)); widths.length < 4; power++) {
    for (const digit of [1, 5]) {
      const width = power < 0 ? digit / 10 ** -power : digit * 10 ** power;
      if (width >= least && widths.length < 4 && (width < range || widths.length === 0)) {
        widths.push(width);
      }
    }
    if (10 ** power > range) break;
  }
  return widths.length === 0 ? null : { widths, origin: 0, bottom: null, top: null };
}
