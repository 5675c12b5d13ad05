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
import { cycleShares, privateSettings, type BoostingSettings } from './settings.ts';

/** A unit's part of a histogram has at most this length (histograms.ts). */
const LENGTH = 1;
/** What rounding may add to it: the weights of a unit's rows sum to 1 but for rounding. */
const SLACK = 1e-9;
/** So that the parts of a budget, added up again, do not exceed it. */
const ROUND_UP = 1 + 1e-9;

/**
 * The guarantee of a boosting run: the counts of all columns are one Gaussian release, every turn
 * of a column one more, none of them on a sample; the budget is divided between them by the
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
  const training = phasesOf(noiseMultiplier, { ...usual, ...chosen }, columns);
  const phases = [...statistics.phases, ...trialPhases(training, trialsOf(plan))];
  const found = epsilonOf({ phases, delta, accountant });
  return statementOf(plan, found, {
    ...{ delta, phases, publicCount, clip: LENGTH, batch: publicCount },
    ...{ wanted, statisticsEpsilon: statistics.epsilon },
  });
}

/** Gaussian releases that together cost as much as one of `noiseMultiplier`. */
function phasesOf(noiseMultiplier: number, settings: BoostingSettings, columns: number): Phase[] {
  const { countShare } = settings;
  const gaussian = (share: number, steps: number): Phase => ({
    mechanism: 'gaussian',
    noise_multiplier: noiseMultiplier * Math.sqrt(steps / share) * ROUND_UP,
    steps,
  });
  const cycles = cycleShares(settings).map((share) => gaussian((1 - countShare) * share, columns));
  return [gaussian(countShare, 1), ...cycles];
}

/** The phases of the boosting itself, after what was bought: the counts, then each cycle. */
export function boostingPhases({ phases, statistics }: PrivacyStatement): readonly Phase[] {
  return phases.slice(statistics?.wanted.length ?? 0).flatMap((phase) => {
    if (phase.mechanism !== 'selection') return [phase];
    throw new RangeError('boosting is given the guarantee of one trial');
  });
}

/** The settings that a guarantee was made with. */
export function settingsBehind(guarantee: PrivacyStatement, columns: number): BoostingSettings {
  const phases = boostingPhases(guarantee);
  const cost = phases.reduce((sum, one) => sum + one.steps / one.noise_multiplier ** 2, 0);
  const counts = { columns, publicCount: guarantee.public_count };
  // The cycles are those of the phases, should rounding have moved the strain over a limit.
  return { ...privateSettings(1 / Math.sqrt(cost), counts), cycles: phases.length - 1 };
}

/**
 * The noise of every release, with the figures of the guarantee.
 *
 * @param sizes bins of each column
 */
export function privateReleases(
  guarantee: PrivacyStatement,
  sizes: readonly number[],
  random: RandomSource,
): Releases {
  const [ofCounts, ...ofCycles] = boostingPhases(guarantee);
  const counts = noiseFor(guarantee, ofCounts!, {
    clip: LENGTH * Math.sqrt(sizes.length),
    dimension: sizes.reduce((a, b) => a + b, 0),
  });
  const widest = Math.max(...sizes);
  const cycles = ofCycles.map((phase) =>
    noiseFor(guarantee, phase, { clip: LENGTH, dimension: widest }),
  );
  return {
    counts: (sums) => addGridNoise(sums, counts, random),
    gradients: (sums, cycle) => addGridNoise(sums, cycles[cycle]!, random),
    variance: (cycle) => cycles[cycle]!.sd ** 2,
    countDeviation: counts.sd,
  };
}

/** Plain training adds nothing. */
export const PLAIN_RELEASES: Releases = {
  counts: () => undefined,
  gradients: () => undefined,
  variance: () => 0,
  countDeviation: 0,
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
