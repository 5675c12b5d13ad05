/** What an auditor knows after one run. */
export interface Guesses {
  /** Canaries, each put in or left out by a fair coin of its own. */
  readonly canaries: number;
  /** How many of them the auditor guessed, fixed before the run; the others are passed over. */
  readonly guessed: number;
  readonly correct: number;
}

/** Epsilons above this are not told apart: no number of canaries in use reaches them. */
const MOST = 64;
const ROUNDS = 60;

/**
 * A lower bound on epsilon at `delta` that a mechanism, audited in one run, fails with probability
 * `failing` at most: the largest epsilon at which so many correct guesses are that improbable; 0
 * where they are not improbable at all (Steinke, Nasr and Jagielski 2023, arXiv:2305.08846,
 * theorem 5.2 and appendix D).
 *
 * @param failing 0.05 for a bound at 95 % confidence
 */
export function epsilonLowerBound(guesses: Guesses, delta: number, failing: number): number {
  let [below, above] = [0, MOST];
  if (!(chanceOfGuesses(guesses, below, delta) <= failing)) return 0;
  for (let round = 0; round < ROUNDS; round++) {
    const middle = (below + above) / 2;
    if (chanceOfGuesses(guesses, middle, delta) <= failing) below = middle;
    else above = middle;
  }
  return below;
}

/**
 * Bound on the probability of at least so many correct guesses when the mechanism is (epsilon,
 * delta)-differentially private under addition or removal of a canary: P[W >= v] + 2 m delta
 * max_i P[v > W >= v - i] / i with W binomial(guessed, e^epsilon / (e^epsilon + 1)), v = correct and
 * m = canaries. Throws RangeError for numbers that do not fit.
 */
export function chanceOfGuesses(
  { canaries, guessed, correct }: Guesses,
  epsilon: number,
  delta: number,
): number {
  const ordered = correct >= 0 && correct <= guessed && guessed <= canaries;
  if (!(ordered && epsilon >= 0 && delta >= 0 && delta <= 1)) {
    throw new RangeError('0 <= correct <= guessed <= canaries, epsilon >= 0, 0 <= delta <= 1');
  }
  const law = binomialLaw(guessed, epsilon);
  let tail = 0;
  for (let k = guessed; k >= correct; k--) tail += law[k]!;
  let below = 0;
  let steepest = 0;
  for (let i = 1; i <= correct; i++) {
    below += law[correct - i]!;
    steepest = Math.max(steepest, below / i);
  }
  return Math.min(1, tail + 2 * canaries * delta * steepest);
}

/** Probabilities of 0 .. n successes, each of probability e^epsilon / (e^epsilon + 1). */
function binomialLaw(n: number, epsilon: number): Float64Array {
  const failure = -epsilon - Math.log1p(Math.exp(-epsilon));
  const success = -Math.log1p(Math.exp(-epsilon));
  const law = new Float64Array(n + 1);
  let choose = 0;
  for (let k = 0; k <= n; k++) {
    law[k] = Math.exp(choose + k * success + (n - k) * failure);
    choose += Math.log((n - k) / (k + 1));
  }
  return law;
}

/**
 * The guesses of an auditor who says "in" of the `each` canaries with the highest scores and "out" of
 * the `each` with the lowest, and nothing of the others.
 *
 * @param scores higher where the canary is more likely to have been in; [canaries]
 * @param wasIn 1 or 0; [canaries]
 */
export function guessExtremes(scores: Float64Array, wasIn: Uint8Array, each: number): Guesses {
  if (2 * each > scores.length) throw new RangeError('no canary is guessed twice');
  const order = [...scores.keys()].sort((a, b) => scores[a]! - scores[b]!);
  const low = order.slice(0, each).filter((canary) => wasIn[canary] === 0);
  const high = order.slice(order.length - each).filter((canary) => wasIn[canary] === 1);
  return { canaries: scores.length, guessed: 2 * each, correct: low.length + high.length };
}
