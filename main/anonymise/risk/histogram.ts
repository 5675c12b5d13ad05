/** How many classes there are of each size. */
export interface SizeHistogram {
  readonly classes: number;
  readonly records: number;
  /** [size, number of classes], sizes rising. */
  readonly entries: readonly (readonly [number, number])[];
  of(size: number): number;
}

export function sizeHistogram(sizes: Int32Array | readonly number[]): SizeHistogram {
  const counts = new Map<number, number>();
  let records = 0;
  for (const size of sizes) {
    counts.set(size, (counts.get(size) ?? 0) + 1);
    records += size;
  }
  return {
    classes: sizes.length,
    records,
    entries: [...counts].sort(([a], [b]) => a - b),
    of: (size) => counts.get(size) ?? 0,
  };
}
