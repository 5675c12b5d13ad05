/** The mean of several runs, their deviation, and the least of them. */
export function spread(values: readonly number[]): {
  mean: number;
  deviation: number;
  least: number;
} {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / Math.max(1, values.length - 1));
  const rounded = (value: number): number => Number(value.toFixed(5));
  return {
    mean: rounded(mean),
    deviation: rounded(deviation),
    least: rounded(Math.min(...values)),
  };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}
