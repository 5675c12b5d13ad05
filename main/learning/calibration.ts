import { ConcordError } from '../contract/errors.ts';
import type { Calibration, TrainPlan } from '../contract/train.ts';
import { decodeFloats, encodeFloats } from './floats.ts';
import { tunedWidth } from './encoder/tuned-architecture.ts';
import { sigmoid } from './heads.ts';
import { stateWidth } from './sequence/architecture.ts';
import type { Fitted } from './kind.ts';
import type { Split } from './split.ts';
import { statedTarget } from './target.ts';

/**
 * Throws PLAN_INVALID where a plan calibrates what is not the probability of one of two values, and
 * CALIBRATION_NEEDS_VALIDATION where no records outside the guarantee are kept for it.
 */
export function requireCalibratable(
  plan: TrainPlan,
  { validation }: Pick<Split, 'validation'>,
): void {
  if (plan.calibration === undefined) return;
  const target = statedTarget(plan);
  if (target !== null && target !== 'binary') throw onlyTwoValues();
  if (validation.length === 0) throw new ConcordError('CALIBRATION_NEEDS_VALIDATION');
}

export function onlyTwoValues(): ConcordError {
  return new ConcordError('PLAN_INVALID', {
    path: 'calibration',
    expected: 'probabilities of two values are calibrated, no others; leave this entry out',
  });
}

const ROUNDS = 100;
const ENOUGH = 1e-10;
/** Log-odds beyond this differ in nothing that a probability shows. */
const MOST_LOG_ODDS = 35;

/**
 * The slope and shift of log-odds that make scores [n] fit targets 0/1 [n] best: Platt scaling (Platt
 * 1999) by Newton's method with halved steps (Lin, Lin and Weng 2007, algorithm 1), targets moved
 * towards one half by one record each. Null where a value is missing from the targets, or where the
 * best slope is not above 0: scores that point the wrong way are not turned round.
 */
export function fitCalibration(scores: Float64Array, targets: Float64Array): Calibration | null {
  const positive = targets.reduce((sum, target) => sum + target, 0);
  const negative = targets.length - positive;
  if (positive === 0 || negative === 0) return null;
  const aims = [1 / (negative + 2), (positive + 1) / (positive + 2)] as const;
  const odds = scores.map(logOdds);
  const aim = targets.map((target) => aims[target === 1 ? 1 : 0]);
  let [slope, shift] = [1, 0];
  let loss = lossOf(odds, aim, slope, shift);
  for (let round = 0; round < ROUNDS; round++) {
    const [bySlope, byShift] = newtonStep(odds, aim, slope, shift);
    let size = 1;
    let next = lossOf(odds, aim, slope + bySlope, shift + byShift);
    while (next > loss && size > ENOUGH) {
      size /= 2;
      next = lossOf(odds, aim, slope + size * bySlope, shift + size * byShift);
    }
    if (!(next <= loss)) break;
    slope += size * bySlope;
    shift += size * byShift;
    const gain = loss - next;
    loss = next;
    if (gain < ENOUGH * loss) break;
  }
  return slope > 0 && Number.isFinite(slope) && Number.isFinite(shift) ? { slope, shift } : null;
}

function logOdds(score: number): number {
  const odds = Math.log(score) - Math.log1p(-score);
  return Math.max(-MOST_LOG_ODDS, Math.min(MOST_LOG_ODDS, odds));
}

function lossOf(odds: Float64Array, aim: Float64Array, slope: number, shift: number): number {
  let loss = 0;
  for (let i = 0; i < odds.length; i++) {
    const z = slope * odds[i]! + shift;
    loss += Math.max(z, 0) - aim[i]! * z + Math.log1p(Math.exp(-Math.abs(z)));
  }
  return loss;
}

/** A trace of curvature keeps the step finite where all scores are the same. */
const RIDGE = 1e-9;

function newtonStep(
  odds: Float64Array,
  aim: Float64Array,
  slope: number,
  shift: number,
): [number, number] {
  let [a, b, ab, aa, bb] = [0, 0, 0, RIDGE, RIDGE];
  for (let i = 0; i < odds.length; i++) {
    const x = odds[i]!;
    const p = sigmoid(slope * x + shift);
    const residual = aim[i]! - p;
    const bend = p * (1 - p);
    a += residual * x;
    b += residual;
    aa += bend * x * x;
    ab += bend * x;
    bb += bend;
  }
  const whole = aa * bb - ab * ab;
  return whole > 0 ? [(bb * a - ab * b) / whole, (aa * b - ab * a) / whole] : [0, b / bb];
}

/**
 * The same model with log-odds slope x log-odds + shift: the last layer, or all curves, pairs and the
 * intercept, are scaled. So nothing but the parameters of a calibrated model differs.
 */
export function calibrated(
  content: Fitted['content'],
  { slope, shift }: Calibration,
): Fitted['content'] {
  const scaled = (text: string): string => encodeFloats(decodeFloats(text).map((v) => v * slope));
  if (content.kind === 'boosting') {
    const { intercept } = content;
    if (typeof intercept !== 'number') throw onlyTwoValues();
    const part = <T extends { readonly values: string; readonly deviations: string }>(
      one: T,
    ): T => ({
      ...one,
      values: scaled(one.values),
      deviations: scaled(one.deviations),
    });
    return {
      ...content,
      intercept: slope * intercept + shift,
      shapes: content.shapes.map(part),
      ...(content.pairs === undefined ? {} : { pairs: content.pairs.map(part) }),
    };
  }
  if ('tagger' in content) throw onlyTwoValues();
  const weights = decodeFloats(content.weights);
  // One weight for each input of the last layer, then its bias.
  const from = weights.length - lastInputs(content) - 1;
  const last = weights.length - 1;
  for (let i = from; i < weights.length; i++) weights[i]! *= slope;
  weights[last]! += shift;
  return { ...content, weights: encodeFloats(weights) };
}

type Stacked = Exclude<Fitted['content'], { kind: 'boosting' } | { tagger: unknown }>;

function lastInputs(content: Stacked): number {
  // One layer, of which all but the bias are inputs.
  if (content.kind === 'word-counts') return decodeFloats(content.weights).length - 1;
  if (content.kind === 'tuned-encoder') return tunedWidth(content.architecture);
  if ('text' in content) return stateWidth(content.architecture);
  const { inputs, hidden } = content.architecture;
  return hidden.at(-1) ?? inputs;
}
