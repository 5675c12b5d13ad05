const EXACT = 256;
const table = new Float64Array(EXACT);
for (let n = 2; n < EXACT; n++) table[n] = table[n - 1]! + Math.log(n);

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** ln n! for whole n >= 0: sums of logarithms, then Stirling's series (Abramowitz, Stegun 6.1.41). */
export function logFactorial(n: number): number {
  if (n < EXACT) return table[n]!;
  const inverse = 1 / n;
  const square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square / 1260));
  return (n + 0.5) * Math.log(n) - n + HALF_LOG_TWO_PI + series;
}
