/**
 * Chebyshev coefficients of (4 + x) / 4 erfcx(x) in u = (4 - x) / (4 + x), for x >= 0: computed
 * with 60 digits; what is cut off is below 1e-18.
 */
const COEFFICIENTS = Float64Array.of(
  0.40802446954913146,
  0.37635823567636745,
  0.14758035457222363,
  0.049571317930027586,
  0.014227107557117175,
  0.003443493262717524,
  0.000682254183283808,
  0.00010340451975756189,
  9.72854595199015e-6,
  -1.1988713758412045e-7,
  -2.1747767703449563e-7,
  -3.0291767735991394e-8,
  9.47991756520455e-10,
  8.633411694990956e-10,
  6.872156425953403e-11,
  -1.7034898438296277e-11,
  -3.3921306868290887e-12,
  2.6158087668540244e-13,
  1.212767580310864e-13,
  -2.114689543244809e-15,
  -4.117340933404178e-15,
  -6.328712721700708e-17,
  1.4393110983449846e-16,
  4.5614947982841305e-18,
  -5.339094257978135e-18,
);

/** exp(x^2) erfc(x) for x >= 0, to about 2e-16 relative. */
export function scaledErfc(x: number): number {
  const t = 4 / (4 + x);
  const doubled = 4 * t - 2;
  let before = 0;
  let sum = 0;
  for (let k = COEFFICIENTS.length - 1; k > 0; k--) {
    const next = doubled * sum - before + COEFFICIENTS[k]!;
    before = sum;
    sum = next;
  }
  return t * ((doubled / 2) * sum - before + COEFFICIENTS[0]!);
}

/** ln erfc(x), accurate far into both tails. */
export function logErfc(x: number): number {
  if (x >= 0) return Math.log(scaledErfc(x)) - x * x;
  return Math.LN2 + Math.log1p(-0.5 * scaledErfc(-x) * Math.exp(-x * x));
}
