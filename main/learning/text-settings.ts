import type { TrainPlan } from '../contract/train.ts';
import type { Head } from './heads.ts';
import type { StepSettings } from './step-settings.ts';
import { TEXT_LENGTH } from './text-length.ts';
import { countsWords, fusesCounts } from './text/word-counts.ts';

const MOMENTUM = 0.9;
/** Units of a private step at most, and passes at least. */
const MOST_AT_ONCE = 4096;
const PASSES = 20;
/** Without privacy. */
const PLAIN_BATCH = 256;
const PLAIN_STEPS = 300;

/** What the noise of all steps adds to the only output of a head, and to a number from -1 to 1. */
const NOISE_OF_ONE = 1.7;
const NOISE_OF_NUMBER = 0.2;

/** What was chosen by cross-validation on training rows (`bench text-choose`). */
export interface HeadKnobs {
  /** Of the longest gradient a row can have, what is clipped at. */
  readonly clippedAt: number;
  /**
   * Deviation of what the noise of all steps adds to an output of several, without momentum's late
   * start, as a share of the logarithm of their number: the more values, the further apart outputs are.
   */
  readonly noise: number;
  /** Steps of momentum are at most this over curvature x squared length of a row. */
  readonly quiet: number;
  /** Steps of private training at least. */
  readonly steps: number;
  /** Plain descent ends after so much per output: longer fits what the texts do not share. */
  readonly long: number;
  /** Where counts stand beside vectors, their share of the squared length of a text. */
  readonly countsShare: number;
}

const KNOBS: HeadKnobs = {
  ...{ clippedAt: 0.35, noise: 0.7, quiet: 12, steps: 60, long: 4000, countsShare: 0.5 },
};
/** Vectors share more directions than counts do. */
const KNOBS_OF_VECTORS: HeadKnobs = { ...KNOBS, quiet: 6, long: 1000 };

/** The knobs of a plan's head: by what its rows are made of. */
export function headKnobs(plan: Pick<TrainPlan, 'model' | 'target'>): HeadKnobs {
  return countsWords(plan) || fusesCounts(plan) ? KNOBS : KNOBS_OF_VECTORS;
}

/** The squared length of a row: TEXT_LENGTH for its text, 1 at most for each column beside it. */
export function squaredLength(columns: number): number {
  return TEXT_LENGTH ** 2 + columns;
}

interface HeadSettings extends Pick<StepSettings, 'clip' | 'batch' | 'steps'> {
  /** Of momentum 0.9. */
  readonly rate: (noiseMultiplier: number) => number;
}

/**
 * The settings of a head without hidden layers on vectors of texts or counts of their words: as many
 * units a step as there are, few steps, gradients clipped at a part of the longest, and a rate with
 * which the noise of all steps moves an output by a fixed amount, whatever epsilon is. Where they come
 * from: docs/text.md.
 *
 * @param outputs of the last layer; counts in plain training, where all is known
 */
export function headSettings(
  plan: Pick<TrainPlan, 'model' | 'target' | 'privacy' | 'batch' | 'epochs' | 'clip'>,
  { curvature, reach, outputs }: Pick<Head, 'curvature' | 'reach' | 'outputs'>,
  count: number,
  columns: number,
  knobs: HeadKnobs = headKnobs(plan),
): HeadSettings {
  const [most, least] =
    plan.privacy === null ? [PLAIN_BATCH, PLAIN_STEPS] : [MOST_AT_ONCE, knobs.steps];
  const batch = Math.min(plan.batch ?? most, count);
  const ofPasses = (passes: number): number => Math.round((passes * count) / batch);
  const steps =
    plan.epochs === undefined
      ? Math.max(least, ofPasses(PASSES))
      : Math.max(1, ofPasses(plan.epochs));
  const squares = squaredLength(columns);
  const clip = plan.clip ?? knobs.clippedAt * reach * Math.sqrt(squares + 1);
  const quiet = knobs.quiet / (curvature * squares);
  const rate = (noiseMultiplier: number): number => {
    if (noiseMultiplier === 0) {
      return Math.min(quiet, ((1 - MOMENTUM) * knobs.long * outputs) / (steps * squares));
    }
    const several = outputs === 1 ? NOISE_OF_ONE : knobs.noise * Math.log(outputs);
    const wanted = curvature >= 1 ? NOISE_OF_NUMBER : several;
    const noise = (noiseMultiplier * clip * Math.sqrt(squares * steps)) / batch;
    return Math.min(quiet, ((1 - MOMENTUM) * wanted) / noise);
  };
  return { clip, batch, steps, rate };
}
