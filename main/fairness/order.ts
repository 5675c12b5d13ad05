const DIGIT = 1 << 16;

/** Positions of scores (0 to 1, no NaN) from the lowest to the highest; equal ones in their order. */
export function byScore(score: Float64Array): Uint32Array {
  const n = score.length;
  // Bits of doubles from 0 up rise with them; adding 0 turns -0 into 0.
  const digits = new Uint16Array(Float64Array.from(score, (s) => s + 0).buffer);
  let from = Uint32Array.from({ length: n }, (_, at) => at);
  let to = new Uint32Array(n);
  for (let digit = 0; digit < 4; digit++) {
    const starts = new Uint32Array(DIGIT + 1);
    for (let at = 0; at < n; at++) starts[digits[4 * at + digit]! + 1]!++;
    if (starts.some((count) => count === n)) continue;
    for (let d = 1; d <= DIGIT; d++) starts[d]! += starts[d - 1]!;
    for (let at = 0; at < n; at++) {
      const place = from[at]!;
      to[starts[digits[4 * place + digit]!]!++] = place;
    }
    [from, to] = [to, from];
  }
  return from;
}
