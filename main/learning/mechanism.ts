import type { Phase } from '../contract/privacy.ts';
import type { PrivacyStatement, TrainPlan, WantedStatistic } from '../contract/train.ts';
import { epsilonOf, requireDelta } from '../privacy/accountant.ts';
import { calibrateNoise, trialPhases } from '../privacy/calibrate.ts';
import { gridNoise, sumErrorBound } from '../privacy/noise.ts';
import { noiseSupply } from '../privacy/noise-ahead.ts';
import type { RandomSource } from '../privacy/random.ts';
import { poissonSample } from '../privacy/sampling.ts';
import type { Mechanism } from './dpsgd.ts';
import type { GradientEngine } from './layers.ts';
import { GROUP_CANCELLATION } from './layers.ts';
import type { Settings } from './settings.ts';
import { statementOf, trialsOf } from './statement.ts';
import { priceWanted } from './wanted.ts';

/** Norms and weights are computed in double precision from what is summed: far below this. */
const CLIP_SLACK = 1e-6;
/** -ln of the probability that a sample is larger than `largestSample` says (2^-100). */
const RARE = 100 * Math.LN2;

/**
 * The guarantee of a run of `settings`: noise calibrated to the plan's epsilon and delta for what
 * is bought first and the steps that will run, and the epsilon those phases have, which is never
 * above the plan's. Throws
 * EPSILON_INVALID, DELTA_INVALID, DELTA_TOO_LARGE, CALIBRATION_IMPOSSIBLE, ACCOUNTANT_UNAVAILABLE.
 *
 * @param count units in the training part; checked against delta, not published
 * @param publicCount the count as published
 * @param wanted statistics that are bought before the first step
 */
export function guaranteeOf(
  plan: TrainPlan,
  target: NonNullable<TrainPlan['privacy']>,
  settings: Released,
  count: number,
  publicCount: number,
  wanted: readonly WantedStatistic[] = [],
): PrivacyStatement {
  const { epsilon, delta } = target;
  requireDelta(delta, count);
  const statistics = priceWanted(wanted, plan, target);
  const sampleRate = settings.batch / publicCount;
  const pretraining = pricePretraining(plan, target, settings, publicCount);
  const before = [...statistics.phases, ...(pretraining === null ? [] : [pretraining.phase])];
  const { noiseMultiplier, ...found } = calibrateNoise({
    targetEpsilon: epsilon,
    delta,
    sampleRate,
    steps: settings.steps,
    accountant: plan.accountant,
    beside: before,
    search: trialsOf(plan),
  });
  const training: Phase = {
    mechanism: 'poisson_gaussian',
    noise_multiplier: noiseMultiplier,
    sample_rate: sampleRate,
    steps: settings.steps,
  };
  const phases = [...before, ...trialPhases([training], trialsOf(plan))];
  const statement = statementOf(
    plan,
    { ...found, neighbours: 'add-remove' },
    {
      ...{ delta, phases, publicCount, clip: settings.clip, batch: settings.batch },
      ...{ wanted, statisticsEpsilon: statistics.epsilon },
    },
  );
  if (pretraining === null) return statement;
  const { share, epsilon: alone } = pretraining;
  const { epsilon: rest } = epsilonOf({ phases: [training], delta, accountant: found.accountant });
  return { ...statement, pretraining: { share, epsilon: alone, training_epsilon: rest } };
}

/** What is released of the records: steps of training and, before them, of a pre-training. */
type Released = Pick<Settings, 'batch' | 'clip' | 'steps'> & {
  readonly pretraining?: Pick<Settings, 'batch' | 'steps'> & {
    /** Of epsilon. */
    readonly share: number;
  };
};

/** The phase of a pre-training, and what it would cost by itself; null without one. */
function pricePretraining(
  { accountant }: TrainPlan,
  { epsilon, delta }: NonNullable<TrainPlan['privacy']>,
  { pretraining }: Released,
  publicCount: number,
): { readonly phase: Phase; readonly share: number; readonly epsilon: number } | null {
  if (pretraining === undefined) return null;
  const { batch, steps, share } = pretraining;
  const sampleRate = batch / publicCount;
  const found = calibrateNoise({
    ...{ targetEpsilon: share * epsilon, delta, sampleRate, steps, accountant },
  });
  const phase: Phase = {
    mechanism: 'poisson_gaussian',
    noise_multiplier: found.noiseMultiplier,
    sample_rate: sampleRate,
    steps,
  };
  return { phase, share, epsilon: found.epsilon };
}

/** The guarantee as it is while the pre-training runs: the phase before the last is its own. */
export function guaranteeOfPretraining(guarantee: PrivacyStatement): PrivacyStatement {
  const phases = guarantee.phases.slice(0, -1);
  const during = { ...guarantee, phases };
  return { ...during, expected_batch: phaseOf(during).sample_rate * guarantee.public_count };
}

/** What the noise has to know of how gradients are computed. */
type Arithmetic = Pick<GradientEngine, 'parameters' | 'rounding' | 'normSlack'>;

/** A mechanism that may hold a thread, to be closed when the run ends. */
interface OpenMechanism extends Mechanism {
  close(): Promise<void>;
}

/**
 * Poisson sampling and grid noise with the figures of the guarantee, from `random`; much noise is
 * made ahead by a thread (`noiseSupply`).
 */
export function gaussianMechanism(
  engine: Arithmetic,
  guarantee: PrivacyStatement,
  count: number,
  random: RandomSource,
): OpenMechanism {
  const phase = phaseOf(guarantee);
  const dimension = engine.parameters;
  const noise = gridNoise({
    noiseMultiplier: phase.noise_multiplier,
    clip: guarantee.clip,
    dimension,
    clipSlack: CLIP_SLACK + engine.normSlack,
    sumError: sumErrorOf(engine, guarantee),
  });
  const supply = noiseSupply(dimension, phase.steps, noise, random);
  const drawn = new Int32Array(count);
  return {
    sample: () => drawn.slice(0, poissonSample(count, phase.sample_rate, random, drawn)),
    addNoise: (sum) => supply.add(sum),
    close: () => supply.close(),
  };
}

/** The phase of the training itself: the last, after all that was bought. */
export function phaseOf(
  guarantee: PrivacyStatement,
): Extract<Phase, { mechanism: 'poisson_gaussian' }> {
  const phase = guarantee.phases.at(-1);
  if (phase?.mechanism === 'poisson_gaussian') return phase;
  throw new RangeError('DP-SGD is a phase of Poisson-sampled Gaussian steps');
}

/** Deviation of the noise per unit of sensitivity. */
export function noiseMultiplierOf(guarantee: PrivacyStatement): number {
  return phaseOf(guarantee).noise_multiplier;
}

/** Bound on the rounding of one step's sum; from public figures only. */
function sumErrorOf(engine: Arithmetic, guarantee: PrivacyStatement): number {
  const units = largestSample(guarantee.public_count, guarantee.expected_batch);
  const rows = (guarantee.max_rows ?? 1) * (engine.rounding.terms ?? 1);
  const length = guarantee.clip * (1 + CLIP_SLACK + engine.normSlack);
  return sumErrorBound({
    units: units * rows,
    norm: rows === 1 ? length : (length * GROUP_CANCELLATION) / rows,
    chunk: engine.rounding.chunk,
    roundoff: engine.rounding.roundoff,
  });
}

/**
 * More units than this are drawn in a step with probability below 2^-100 (Bernstein's inequality).
 * The true count is below 1.1 times the published one, which was rounded down to two figures.
 */
export function largestSample(publicCount: number, expectedBatch: number): number {
  const most = Math.ceil(1.1 * publicCount);
  const mean = 1.1 * expectedBatch;
  const above = RARE / 3 + Math.sqrt(RARE ** 2 / 9 + 2 * RARE * mean);
  return Math.min(most, Math.ceil(mean + above));
}
