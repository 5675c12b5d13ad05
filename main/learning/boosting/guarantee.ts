import type { Phase } from '../../contract/privacy.ts';
import type { PrivacyStatement, TrainPlan, WantedStatistic } from '../../contract/train.ts';
import { epsilonOf, requireDelta } from '../../privacy/accountant.ts';
import { calibrateNoise, trialPhases } from '../../privacy/calibrate.ts';
import { addGridNoise, gridNoise, sumErrorBound, type GridNoise } from '../../privacy/noise.ts';
import type { RandomSource } from '../../privacy/random.ts';
import type { Counts } from '../kind.ts';
import { statementOf, trialsOf } from '../statement.ts';
import { priceWanted } from '../wanted.ts';
import type { Releases } from './cycle.ts';
import { pairsOf, type PairWish } from './pairs.ts';
import {
  cycleShares,
  pairCycleShares,
  privateSettings,
  type BoostingSettings,
} from './settings.ts';

/** A unit's part of a histogram, or of a pair's figure, has at most this length (histograms.ts, pairs.ts). */
const LENGTH = 1;
/** What rounding may add to it: the weights of a unit's rows sum to 1 but for rounding. */
const SLACK = 1e-9;
/** So that the parts of a budget, added up again, do not exceed it. */
const ROUND_UP = 1 + 1e-9;

/**
 * The guarantee of a boosting run: the counts of all columns are one Gaussian release, every turn
 * of a column one more, and so for pairs, none of them on a sample; the budget is divided between them by the
 * settings, and the whole is calibrated as the one Gaussian release they equal (Dong, Roth and Su
 * 2022, corollary 3.3). Throws as `guaranteeOf` does.
 *
 * @param wanted statistics that are bought before
 * @param chosen other settings than the usual
 */
export function boostingGuarantee(
  plan: TrainPlan,
  target: NonNullable<TrainPlan['privacy']>,
  { columns, count, publicCount }: Counts,
  wanted: readonly WantedStatistic[],
  chosen?: Partial<BoostingSettings>,
): PrivacyStatement {
  const { epsilon, delta } = target;
  requireDelta(delta, count);
  const accountant = plan.accountant ?? 'pld';
  const statistics = priceWanted(wanted, { ...plan, accountant }, target);
  const { noiseMultiplier } = calibrateNoise({
    ...{ targetEpsilon: epsilon, delta, accountant },
    ...{ sampleRate: 1, steps: 1, beside: statistics.phases, search: trialsOf(plan) },
  });
  const usual = privateSettings(noiseMultiplier, { columns, publicCount });
  const settings = { ...usual, ...chosen };
  const pairs = pairsOf(plan, settings.pairs.usual, columns);
  const training = phasesOf(noiseMultiplier, settings, columns, pairs);
  const phases = [...statistics.phases, ...trialPhases(training, trialsOf(plan))];
  const found = epsilonOf({ phases, delta, accountant });
  return statementOf(plan, found, {
    ...{ delta, phases, publicCount, clip: LENGTH, batch: publicCount },
    ...{ wanted, statisticsEpsilon: statistics.epsilon },
  });
}

/** Gaussian releases that together cost as much as one of `noiseMultiplier`. */
function phasesOf(
  noiseMultiplier: number,
  settings: BoostingSettings,
  columns: number,
  { count, stated }: PairWish,
): Phase[] {
  const { countShare } = settings;
  const gaussian = (share: number, steps: number): Phase => ({
    mechanism: 'gaussian',
    noise_multiplier: noiseMultiplier * Math.sqrt(steps / share) * ROUND_UP,
    steps,
  });
  const forPairs = count === 0 ? 0 : settings.pairs.share;
  const forSingles = 1 - forPairs;
  const singles = [
    gaussian(forSingles * countShare, 1),
    ...cycleShares(settings).map((share) =>
      gaussian(forSingles * (1 - countShare) * share, columns),
    ),
  ];
  if (count === 0) return singles;
  const choice = stated === null ? settings.pairs.choiceShare : 0;
  const rest = 1 - choice - settings.pairs.countShare;
  return [
    ...singles,
    ...(choice === 0 ? [] : [gaussian(forPairs * choice, 1)]),
    gaussian(forPairs * settings.pairs.countShare, 1),
    ...pairCycleShares(settings).map((share) => gaussian(forPairs * rest * share, count)),
  ];
}

/** The phases of the boosting itself, after what was bought: the counts, then each cycle. */
export function boostingPhases({ phases, statistics }: PrivacyStatement): readonly Phase[] {
  return phases.slice(statistics?.wanted.length ?? 0).flatMap((phase) => {
    if (phase.mechanism !== 'selection') return [phase];
    throw new RangeError('boosting is given the guarantee of one trial');
  });
}

/** The settings that a guarantee was made with. */
export function settingsBehind(
  plan: TrainPlan,
  guarantee: PrivacyStatement,
  columns: number,
): BoostingSettings {
  const phases = boostingPhases(guarantee);
  const cost = phases.reduce((sum, one) => sum + one.steps / one.noise_multiplier ** 2, 0);
  const counts = { columns, publicCount: guarantee.public_count };
  const settings = privateSettings(1 / Math.sqrt(cost), counts);
  // The cycles are those of the phases, should rounding have moved the strain over a limit.
  const ofPairs = pairPhases(settings, pairsOf(plan, settings.pairs.usual, columns));
  return { ...settings, cycles: phases.length - 1 - ofPairs };
}

function pairPhases({ pairs }: BoostingSettings, { count, stated }: PairWish): number {
  return count === 0 ? 0 : pairs.cycles + (stated === null ? 2 : 1);
}

/** What histograms a run releases noise for; all of it is public. */
export interface Released {
  /** Bins of each column. */
  readonly sizes: readonly number[];
  /** Numbers each row is scored with. */
  readonly scores: number;
  /** Whether a mean square is released along with the counts. */
  readonly hasSpread: boolean;
  readonly settings: BoostingSettings;
  readonly pairs: PairWish;
}

/** The noise of every release, with the figures of the guarantee. */
export function privateReleases(
  guarantee: PrivacyStatement,
  { sizes, scores, hasSpread, settings, pairs }: Released,
  random: RandomSource,
): Releases {
  const phases = [...boostingPhases(guarantee)];
  const counts = noiseFor(guarantee, phases.shift()!, {
    clip: LENGTH * Math.sqrt(sizes.length + (hasSpread ? 1 : 0)),
    dimension: sizes.reduce((a, b) => a + b, 0) + 1,
  });
  const ofSingles = phases.splice(0, settings.cycles);
  const ofChoice = pairs.count > 0 && pairs.stated === null ? phases.shift() : undefined;
  const ofPairCounts = pairs.count > 0 ? phases.shift() : undefined;
  // A column's bins, and one for missing numbers in each direction.
  const cells = (settings.pairs.bins + 1) ** 2;
  const gradients = [
    ...ofSingles.map((phase) => ({ phase, dimension: Math.max(...sizes) * scores })),
    ...phases.map((phase) => ({ phase, dimension: cells * scores })),
  ].map(({ phase, dimension }) => noiseFor(guarantee, phase, { clip: LENGTH, dimension }));
  const pairCounts =
    ofPairCounts &&
    noiseFor(guarantee, ofPairCounts, {
      clip: LENGTH * Math.sqrt(pairs.count),
      dimension: cells * pairs.count,
    });
  return {
    isPlain: false,
    counts: (sums) => addGridNoise(sums, counts, random),
    countDeviation: counts.sd,
    gradients: (sums, cycle) => addGridNoise(sums, gradients[cycle]!, random),
    variance: (cycle) => gradients[cycle]!.sd ** 2,
    choice(figures) {
      const clip = LENGTH * Math.sqrt(figures.length);
      const dimension = figures.length;
      addGridNoise(figures, noiseFor(guarantee, ofChoice!, { clip, dimension }), random);
    },
    pairCounts: (sums) => addGridNoise(sums, pairCounts!, random),
    pairCountDeviation: pairCounts?.sd ?? 0,
  };
}

/** Plain training adds nothing. */
export const PLAIN_RELEASES: Releases = {
  isPlain: true,
  counts: () => undefined,
  gradients: () => undefined,
  variance: () => 0,
  countDeviation: 0,
  choice: () => undefined,
  pairCounts: () => undefined,
  pairCountDeviation: 0,
};

function noiseFor(
  { public_count, max_rows }: PrivacyStatement,
  phase: Phase,
  { clip, dimension }: { readonly clip: number; readonly dimension: number },
): GridNoise {
  // The true count is below 1.1 times the published one, which was rounded down to two figures.
  const rows = max_rows ?? 1;
  const units = Math.ceil(1.1 * public_count) * rows;
  const norm = (clip * (1 + SLACK)) / rows;
  const sumError = sumErrorBound({ units, norm, chunk: units, roundoff: 2 ** -53 });
  return gridNoise({
    ...{ noiseMultiplier: phase.noise_multiplier, clip, dimension },
    ...{ clipSlack: SLACK, sumError },
  });
}
