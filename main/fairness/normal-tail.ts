/**
 * The chance that a standard normal variable exceeds z >= 0: the series below 2.5, else the continued
 * fraction of Mills' ratio. Source: Abramowitz and Stegun 1972, 26.2.11 and 26.2.14.
 */
export function normalTail(z: number): number {
  const density = Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < 2.5) {
    let term = z;
    let sum = z;
    for (let n = 1; n < 100 && Math.abs(term) > 1e-17; n++) {
      term *= (z * z) / (2 * n + 1);
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = z;
  for (let n = 100; n > 0; n--) fraction = z + n / fraction;
  return density / fraction;
}
