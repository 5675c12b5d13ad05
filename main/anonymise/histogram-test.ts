import type { Histogram } from './sensitive.ts';

/** What a model about a sensitive attribute asks of one class. */
export interface HistogramTest {
  /** Whether the class passes. */
  holds(histogram: Histogram, size: number): boolean;
  /**
   * Of a class that does not pass: how many of its records at least are in classes that do not
   * pass either, however finer levels may divide it. 0 where nothing is known.
   */
  certain(histogram: Histogram, size: number): number;
}

/** A bound on a number of records as whole records, without what rounding may have added. */
export function wholeRecords(bound: number): number {
  return Math.max(0, Math.ceil(bound - 1e-6));
}
