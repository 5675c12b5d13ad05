/** Below this the series is not exact to the last digits, so the argument is raised first. */
const LARGE = 15;

/** ln Gamma(x) for x > 0, by Stirling's series (Abramowitz, Stegun 1972, 6.1.41), about 14 digits. */
export function logGamma(x: number): number {
  let raised = 1;
  let at = x;
  while (at < LARGE) {
    raised *= at;
    at += 1;
  }
  const inverse = 1 / at;
  const square = inverse * inverse;
  const series =
    inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680))));
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series - Math.log(raised);
}
