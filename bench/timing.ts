/** Milliseconds of some work. */
export interface Taken {
  readonly wall: number;
  /** Of this thread's processor alone: without waiting for others on a busy machine. */
  readonly processor: number;
}

export async function timed(act: () => unknown): Promise<Taken> {
  const processor = process.threadCpuUsage();
  const started = performance.now();
  await act();
  const wall = performance.now() - started;
  const { user, system } = process.threadCpuUsage(processor);
  return { wall, processor: (user + system) / 1000 };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** To three figures. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
