/**
 * The certainty (0 .. 1) that someone who was undecided (one half) whether a record is in the data
 * can reach at most after seeing a release of this epsilon: e^epsilon / (1 + e^epsilon). Delta is
 * the probability that even this bound fails.
 */
export function worstCaseCertainty(epsilon: number): number {
  return 1 / (1 + Math.exp(-epsilon));
}
