import { ConcordError } from '../contract/errors.ts';
import { writeHierarchyLines } from './hierarchy-text.ts';

/** The label of the last level of every hierarchy made here. */
const ROOT = '*';

export interface Intervals {
  /** Smallest and largest whole number that may occur. */
  readonly min: number;
  readonly max: number;
  /** Width of the intervals of level 1, 2, ...; each a whole multiple of the one before. */
  readonly widths: readonly number[];
  /** From here upwards all levels but the first say 'N+' (ages: 90). */
  readonly topFrom?: number;
  /** When cells may be missing: their label from level 1 on. */
  readonly missing?: string;
}

/**
 * Hierarchy text for whole numbers: intervals that begin at multiples of their width ('20-24',
 * '20-39'), then '*'. Throws PLAN_INVALID {path, expected}.
 */
export function intervalHierarchy(intervals: Intervals): string {
  const { min, max, widths, topFrom = Infinity } = intervals;
  if (!Number.isInteger(min) || !Number.isInteger(max) || min > max) {
    throw new ConcordError('PLAN_INVALID', { path: 'min', expected: 'min <= max' });
  }
  const nested = widths.every(
    (width, i) => Number.isInteger(width) && width > 0 && width % (widths[i - 1] ?? 1) === 0,
  );
  if (!nested) {
    throw new ConcordError('PLAN_INVALID', {
      path: 'widths',
      expected: 'widths[i+1] % widths[i] = 0',
    });
  }
  const lines: string[][] = [];
  for (let value = min; value <= max; value++) {
    const labels = widths.map((width) => intervalLabel(value, width, topFrom));
    lines.push([String(value), ...labels, ROOT]);
  }
  if (intervals.missing !== undefined) lines.push(missingLine(intervals.missing, widths.length));
  return writeHierarchyLines(lines);
}

function intervalLabel(value: number, width: number, topFrom: number): string {
  if (value >= topFrom) return `${topFrom}+`;
  const start = Math.floor(value / width) * width;
  const end = Math.min(start + width - 1, topFrom - 1);
  return start === end ? String(start) : `${start}-${end}`;
}

export interface Masking {
  /** The side whose characters go first. Postcodes and dates: 'right'. */
  readonly from: 'left' | 'right';
  /** Characters masked per level; default 1. */
  readonly step?: number;
  readonly missing?: string;
}

/**
 * Hierarchy text that masks characters with '*' step by step until nothing is left; shorter values
 * count as already masked to the length of the longest. Characters are code points.
 */
export function maskHierarchy(values: Iterable<string>, masking: Masking): string {
  return writeHierarchyLines(maskLines(values, masking));
}

/** The lines of such a hierarchy. */
export function maskLines(
  values: Iterable<string>,
  { from, step = 1, missing }: Masking,
): string[][] {
  if (!Number.isInteger(step) || step < 1) {
    throw new ConcordError('PLAN_INVALID', { path: 'step', expected: '>= 1' });
  }
  const distinct = [...new Set(values)].filter((value) => value !== '');
  const length = distinct.reduce((most, value) => Math.max(most, Array.from(value).length), 1);
  const levels = Math.ceil(length / step);
  const lines = distinct.map((value) => [
    value,
    ...Array.from({ length: levels }, (_, i) => masked(value, from, length, (i + 1) * step)),
  ]);
  if (missing !== undefined)
    lines.push(['', ...Array<string>(levels - 1).fill(missing), '*'.repeat(length)]);
  return lines;
}

function masked(value: string, from: 'left' | 'right', length: number, hidden: number): string {
  const kept = Math.max(0, length - hidden);
  const characters = Array.from(value);
  const start = from === 'right' ? 0 : Math.max(0, characters.length - kept);
  const shown = characters.slice(start, start + kept);
  const mask = '*'.repeat(length - shown.length);
  return from === 'right' ? shown.join('') + mask : mask + shown.join('');
}

/** Groups of values: a label over further groups, or over the values themselves. */
export interface Tree {
  readonly [label: string]: Tree | readonly string[];
}

/**
 * Hierarchy text of a tree of labels, with '*' over all. Values that stand less deep than others
 * keep their own name on the levels they lack. `missing` as for intervals.
 */
export function treeHierarchy(tree: Tree, missing?: string): string {
  const paths = pathsOf(tree);
  const depth = paths.reduce((most, path) => Math.max(most, path.length), 1);
  const lines = paths.map(([value = '', ...labels]) => {
    const own = Array<string>(depth - labels.length).fill(value);
    return [...own, ...labels, ROOT];
  });
  if (missing !== undefined) lines.push(missingLine(missing, depth - 1));
  return writeHierarchyLines(lines);
}

/** Each value with its labels from the nearest upwards. */
function pathsOf(tree: Tree): string[][] {
  return Object.entries(tree).flatMap(([label, below]) => {
    const paths = isValues(below) ? below.map((value) => [value]) : pathsOf(below);
    return paths.map((path) => [...path, label]);
  });
}

function isValues(below: Tree | readonly string[]): below is readonly string[] {
  return Array.isArray(below);
}

function missingLine(label: string, levels: number): string[] {
  return ['', ...Array<string>(levels).fill(label), ROOT];
}
