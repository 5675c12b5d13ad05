import type { TrainPlan } from '../contract/train.ts';
import type { Head } from './heads.ts';
import type { StepSettings } from './step-settings.ts';
import { TEXT_LENGTH } from './text-length.ts';

const MOMENTUM = 0.9;
/** Units of a private step at most, and how many steps and passes there are at least. */
const MOST_AT_ONCE = 4096;
const STEPS = 60;
const PASSES = 20;
/** Without privacy. */
const PLAIN_BATCH = 256;
const PLAIN_STEPS = 300;

/** Of the longest gradient a row can have, what is clipped at. */
const CLIPPED_AT = 0.35;
/** Deviation of what the noise of all steps adds to an output, without momentum's late start. */
const NOISE_OF_OUTPUT = 1.7;
/** The same for numbers, which end on a scale from -1 to 1. */
const NOISE_OF_NUMBER = 0.2;
/**
 * Steps of momentum stay stable below `quiet` times 1 / (curvature x squared length of a row): rows that
 * count words share fewer directions than vectors of an encoder do. Plain descent ends after `long` of
 * it per output: longer fits what the texts do not share.
 */
const LIMITS = { vectors: { quiet: 6, long: 1000 }, counts: { quiet: 12, long: 4000 } } as const;

/** The squared length of a row: TEXT_LENGTH for its text, 1 at most for each column beside it. */
export function squaredLength(columns: number): number {
  return TEXT_LENGTH ** 2 + columns;
}

interface HeadSettings extends Pick<StepSettings, 'clip' | 'batch' | 'steps'> {
  /** Of momentum 0.9. */
  readonly rate: (noiseMultiplier: number) => number;
}

/**
 * The knobs of a head without hidden layers on vectors of texts or counts of their words: as many units a step as there are, few
 * steps, gradients clipped at a third of the longest, and a rate with which the noise of all steps moves
 * an output by a fixed amount, whatever epsilon is. Where they come from: docs/text.md.
 *
 * @param outputs of the last layer; counts in plain training, where all is known
 */
export function headSettings(
  plan: Pick<TrainPlan, 'model' | 'privacy' | 'batch' | 'epochs' | 'clip'>,
  { curvature, reach, outputs }: Pick<Head, 'curvature' | 'reach' | 'outputs'>,
  count: number,
  columns: number,
): HeadSettings {
  const [most, least] = plan.privacy === null ? [PLAIN_BATCH, PLAIN_STEPS] : [MOST_AT_ONCE, STEPS];
  const batch = Math.min(plan.batch ?? most, count);
  const ofPasses = (passes: number): number => Math.round((passes * count) / batch);
  const steps =
    plan.epochs === undefined
      ? Math.max(least, ofPasses(PASSES))
      : Math.max(1, ofPasses(plan.epochs));
  const squares = squaredLength(columns);
  const clip = plan.clip ?? CLIPPED_AT * reach * Math.sqrt(squares + 1);
  const limits = LIMITS[plan.model.kind === 'bag' ? 'counts' : 'vectors'];
  const quiet = limits.quiet / (curvature * squares);
  const rate = (noiseMultiplier: number): number => {
    if (noiseMultiplier === 0) {
      return Math.min(quiet, ((1 - MOMENTUM) * limits.long * outputs) / (steps * squares));
    }
    const wanted = curvature >= 1 ? NOISE_OF_NUMBER : NOISE_OF_OUTPUT;
    const noise = (noiseMultiplier * clip * Math.sqrt(squares * steps)) / batch;
    return Math.min(quiet, ((1 - MOMENTUM) * wanted) / noise);
  };
  return { clip, batch, steps, rate };
}
