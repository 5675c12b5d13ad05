import { ConcordError } from '../contract/errors.ts';

/** Characters (code points after normalisation) a passphrase needs. */
export const PASSPHRASE_MINIMUM = 12;
const DISTINCT_MINIMUM = 6;

/**
 * NFKC (Unicode UAX 15; NIST SP 800-63B 3.1.1.2): an input method in full-width mode types other
 * characters for the same keys, and composed and decomposed letters look alike.
 */
export function normalisePassphrase(passphrase: string): string {
  return passphrase.normalize('NFKC');
}

/** @throws PASSPHRASE_WEAK {minimum}: too short, few different characters, a repetition or a run. */
export function requireStrong(passphrase: string): void {
  const points = [...normalisePassphrase(passphrase)];
  const weak =
    points.length < PASSPHRASE_MINIMUM ||
    new Set(points).size < DISTINCT_MINIMUM ||
    isRepetition(points) ||
    isRun(points);
  if (weak) throw new ConcordError('PASSPHRASE_WEAK', { minimum: PASSPHRASE_MINIMUM });
}

/** abcdefabcdef: one piece written several times. */
function isRepetition(points: readonly string[]): boolean {
  for (let period = 1; period <= points.length / 2; period++) {
    if (points.every((point, index) => point === points[index % period])) return true;
  }
  return false;
}

/** abcdefghijkl, 987654321098: nearly every character follows or precedes its neighbour. */
function isRun(points: readonly string[]): boolean {
  let steps = 0;
  for (let index = 1; index < points.length; index++) {
    const before = points[index - 1]?.codePointAt(0) ?? 0;
    const here = points[index]?.codePointAt(0) ?? 0;
    if (Math.abs(here - before) === 1) steps++;
  }
  return steps >= points.length - 2;
}
