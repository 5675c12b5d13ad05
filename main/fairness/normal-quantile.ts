/** Coefficients of PPND16, highest power first; numerators and denominators of three ranges. */
const CENTRE = {
  above: [
    2.50908092873012267e3, 3.34305755835881281e4, 6.726577092700870085e4, 4.592195393154987146e4,
    1.373169376550946112e4, 1.971590950306551443e3, 1.331416678917843774e2, 3.387132872796366608,
  ],
  below: [
    5.226495278852854561e3, 2.872908573572194267e4, 3.930789580009271061e4, 2.121379430158659587e4,
    5.394196021424751108e3, 6.871870074920579083e2, 4.231333070160091125e1, 1,
  ],
} as const;
const MIDDLE = {
  above: [
    7.7454501427834140764e-4, 2.27238449892691845833e-2, 2.4178072517745061177e-1,
    1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959,
    1.42343711074968357734,
  ],
  below: [
    1.05075007164441684324e-9, 5.475938084995344946e-4, 1.51986665636164571966e-2,
    1.4810397642748007459e-1, 6.8976733498510000455e-1, 1.6763848301838038494,
    2.05319162663775882187, 1,
  ],
} as const;
const TAIL = {
  above: [
    2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.2426609473880784386e-3,
    2.6532189526576123093e-2, 2.9656057182850489123e-1, 1.7848265399172913358,
    5.4637849111641143699, 6.6579046435011037772,
  ],
  below: [
    2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5,
    7.868691311456132591e-4, 1.4875361290850615e-2, 1.3692988092273580531e-1,
    5.9983220655588793769e-1, 1,
  ],
} as const;

/**
 * The value below which a standard normal variable falls with probability `p` (0 < p < 1; NaN
 * outside). About 16 figures. Source: Wichura 1988, Algorithm AS 241 (PPND16), Applied
 * Statistics 37(3), 477-484.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return NaN;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(CENTRE, 0.180625 - q * q);
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const size = r <= 5 ? ratio(MIDDLE, r - 1.6) : ratio(TAIL, r - 5);
  return q < 0 ? -size : size;
}

function ratio(of: { above: readonly number[]; below: readonly number[] }, r: number): number {
  return polynomial(of.above, r) / polynomial(of.below, r);
}

function polynomial(coefficients: readonly number[], r: number): number {
  return coefficients.reduce((sum, coefficient) => sum * r + coefficient, 0);
}
