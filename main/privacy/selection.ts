import type { AnyPhase, Phase, SelectionPhase } from '../contract/privacy.ts';
import { gaussianDelta } from './gaussian.ts';
import { composedRdp } from './rdp.ts';
import { surchargeAt, tellingDelta, trialLaw } from './trials.ts';

/** Epsilon of phases without a search, rounded up. */
export type EpsilonAt = (phases: readonly Phase[], delta: number) => number;

/** More ways than this are left to Renyi divergences. */
const MOST_WAYS = 8;
const ROUNDS = 4;
const SETTLED = 2e-3;
/** Products and sums lose less than this. */
const ROUND_UP = 1e-9;

/** What of phases with searches is left to count once the choice of a trial is paid for. */
interface Unfolded {
  /** One trial of each search among the other phases, in every combination. */
  readonly ways: readonly (readonly Phase[])[];
  readonly searches: readonly SelectionPhase[];
  /** Trials of all searches on average, multiplied: so much more often does a way fail. */
  readonly factor: number;
}

function unfolded(phases: readonly AnyPhase[]): Unfolded {
  let ways: (readonly Phase[])[] = [[]];
  const searches: SelectionPhase[] = [];
  for (const phase of phases) {
    if (phase.mechanism === 'selection') searches.push(phase);
    const trials = phase.mechanism === 'selection' ? phase.of : [[phase]];
    ways = ways.flatMap((way) => trials.map((trial) => [...way, ...trial]));
    if (ways.length > MOST_WAYS) ways = ways.slice(0, MOST_WAYS + 1);
  }
  const factor = searches.reduce((product, one) => product * one.expected_trials, 1 + ROUND_UP);
  return { ways, searches, factor };
}

/**
 * Epsilon of phases with searches: that of one trial of each at a delta so much smaller, and what the
 * choice adds (docs/accounting.md, "Selection", theorem; Koskela, Redberg and Wang 2024 in kind).
 * null where there are too many different trials.
 *
 * @param left what is left of `delta` beside releases that may fail
 */
export function selectionEpsilon(
  phases: readonly AnyPhase[],
  { delta, left }: { readonly delta: number; readonly left: number },
  epsilonAt: EpsilonAt,
): number | null {
  const { ways, searches, factor } = unfolded(phases);
  if (ways.length > MOST_WAYS) return null;
  const rest = left / factor + (delta - left);
  const trials = Math.max(...ways.map((way) => epsilonAt(way, rest)));
  const choices = searches.map((search) => choiceSurcharge(search, epsilonAt));
  return trials + choices.reduce((sum, one) => sum + one, 0);
}

/** What choosing among trials adds to what one of them costs, whatever delta is. */
function choiceSurcharge(search: SelectionPhase, epsilonAt: EpsilonAt): number {
  return Math.max(...search.of.map((trial) => surchargeOf(search, trial, epsilonAt)));
}

/**
 * The surcharge by any point of a trial's privacy profile is valid; the point that a Gaussian release
 * with the same last point would choose is tried until it stays.
 */
function surchargeOf(
  search: SelectionPhase,
  trial: readonly Phase[],
  epsilonAt: EpsilonAt,
): number {
  const law = trialLaw(search);
  // A Gaussian release has this divergence at order 2.
  let mu = Math.sqrt(composedRdp(trial, 2));
  let least = Infinity;
  for (let round = 0; round < ROUNDS && mu > 0 && mu < Infinity; round++) {
    const delta = tellingDelta(law, mu);
    if (!(delta > 0 && delta < 1)) break;
    const epsilon = epsilonAt(trial, delta);
    least = Math.min(least, surchargeAt(law, epsilon, delta));
    const next = gaussianThrough(epsilon, delta);
    if (Math.abs(next / mu - 1) < SETTLED) break;
    mu = next;
  }
  return Math.min(least, surchargeAt(law, Infinity, 1)) * (1 + ROUND_UP);
}

/** Sensitivity over deviation of the Gaussian release that costs `epsilon` at `delta`. */
function gaussianThrough(epsilon: number, delta: number): number {
  let [below, above] = [0, 1];
  while (gaussianDelta(above, epsilon) < delta && above < 2 ** 20) above *= 2;
  while (above - below > 1e-9 * above) {
    const middle = (below + above) / 2;
    if (gaussianDelta(middle, epsilon) < delta) below = middle;
    else above = middle;
  }
  return above;
}
