import { MOST_BINS, MOST_VALUES, type HistogramData } from '../contract/charts.ts';
import { cellTexts } from './cell-text.ts';
import { isoDate } from './date-text.ts';
import { shortened } from './profile-text.ts';
import type { CodedColumn, Column, NumericColumn } from './table.ts';

/**
 * How the present values of a column are spread; undefined without any, and for identifiers.
 * Numbers and days stand in up to 20 bins of equal width between the smallest and the largest;
 * bins of whole numbers and of days are a whole number wide, so that every bin holds as many
 * possible values, except that the last one ends at the largest. Of the others, yes/no included,
 * the 12 most frequent are counted.
 */
export function histogramOf(column: Column): HistogramData | undefined {
  if (column.type === 'identifier') return undefined;
  if ('codes' in column) return mostFrequent(column, column.codes);
  if (column.type === 'boolean') return mostFrequent(column, column.values);
  return binned(column);
}

/** Counts by value; equally frequent ones in the order they are met. */
function mostFrequent(
  column: CodedColumn | NumericColumn,
  cells: ArrayLike<number>,
): HistogramData | undefined {
  const found = new Map<number, { row: number; count: number }>();
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row] as number;
    if (!(cell >= 0)) continue;
    const known = found.get(cell);
    if (known) known.count++;
    else found.set(cell, { row, count: 1 });
  }
  if (found.size === 0) return undefined;
  const text = cellTexts(column);
  const sorted = [...found.values()].sort((a, b) => b.count - a.count);
  const rest = sorted.slice(MOST_VALUES);
  return {
    kind: 'values',
    values: sorted
      .slice(0, MOST_VALUES)
      .map(({ row, count }) => ({ value: shortened(text(row)), count })),
    others: { values: rest.length, count: rest.reduce((sum, { count }) => sum + count, 0) },
  };
}

function binned({ type, values: cells }: NumericColumn): HistogramData | undefined {
  const values = type === 'date' ? byDay(cells) : cells;
  let min = Infinity;
  let max = -Infinity;
  let integers = type !== 'real';
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
    if (integers && value === value && !Number.isSafeInteger(value)) integers = false;
  }
  if (min > max) return undefined;
  const whole = integers && Number.isSafeInteger(max - min);
  const starts = whole ? wholeStarts(min, max) : realStarts(min, max);
  const counts = countsFrom(starts, values);
  const edge = type === 'date' ? isoDate : (value: number) => value;
  return {
    kind: 'bins',
    whole,
    bins: starts.map((from, at) => {
      const next = starts[at + 1];
      const to = next === undefined ? max : whole ? next - 1 : next;
      return { from: edge(from), to: edge(to), count: counts[at] ?? 0 };
    }),
  };
}

/** Times of day say nothing in bins of days; they stay where all lie within a few days. */
function byDay(values: Float64Array): Float64Array {
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return max - min >= MOST_BINS ? values.map(Math.floor) : values;
}

/** Where bins of whole numbers begin. */
function wholeStarts(min: number, max: number): number[] {
  const width = Math.ceil((max - min + 1) / MOST_BINS);
  const bins = Math.ceil((max - min + 1) / width);
  return Array.from({ length: bins }, (_, at) => min + at * width);
}

function realStarts(min: number, max: number): number[] {
  if (min === max) return [min];
  const range = max - min;
  return Array.from({ length: MOST_BINS }, (_, at) => {
    const part = at / MOST_BINS;
    return Number.isFinite(range) ? min + range * part : min * (1 - part) + max * part;
  });
}

/** How many values stand in each bin: at or above its start and below the next one's. */
function countsFrom(starts: readonly number[], values: Float64Array): number[] {
  const counts = starts.map(() => 0);
  for (const value of values) {
    if (value !== value) continue;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (value >= (starts[middle] as number)) low = middle;
      else high = middle - 1;
    }
    counts[low] = (counts[low] as number) + 1;
  }
  return counts;
}
