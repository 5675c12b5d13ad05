import { sigmoid } from '../heads.ts';
import type { Labels } from '../labels.ts';
import type { BinnedRows } from './histograms.ts';
import type { BoostingSettings } from './settings.ts';

/** How a loss is computed; of the settings only what it depends on. */
export type LossSettings = Pick<BoostingSettings, 'balanced' | 'curvature'>;

/**
 * What is predicted, as far as boosting needs to know: the gradients of its loss and how it bends.
 * Every row has `scores` numbers; what is known of all rows together is kept in `facts` numbers.
 */
export interface Outcome {
  readonly scores: number;
  readonly facts: number;
  /** Whether the mean square of the targets is released along with the counts, into the last fact. */
  readonly hasSpread: boolean;
  /**
   * Minus the gradient of the loss of every row in its scores, into `residuals` [rows x scores].
   * Of each row a vector of length at most 1 (but for rounding, below 1e-12), which depends on the
   * row and its scores alone. `balanced`: divided by the largest length it could have for these
   * scores, so that rows which are not yet decided count in full.
   */
  residuals(
    targets: Float64Array,
    scores: Float64Array,
    residuals: Float64Array,
    balanced: boolean,
  ): void;
  /**
   * Where a model starts, from the mean residual at scores 0 (noisy, so any number; `doubt` is the
   * deviation of its noise): sets the facts, and returns the intercepts and the mean residual that
   * these stand for. A share in the noise is taken to be as large as the noise.
   */
  start(
    mean: Float64Array,
    facts: Float64Array,
    settings: LossSettings,
    doubt: number,
  ): { readonly intercepts: Float64Array; readonly usual: Float64Array };
  /**
   * In plain training, of every row the whole of minus its gradient and how fast that falls with
   * each score (of several values the diagonal of a matrix above the Hessian), [rows x scores].
   */
  look(
    rows: Pick<BinnedRows, 'targets' | 'weights'>,
    scores: Float64Array,
    residuals: Float64Array,
    curvatures: Float64Array,
  ): Standing;
  /** Of one row of usual scores: how fast each residual falls with its score, and its variance. */
  bends(
    facts: Float64Array,
    settings: LossSettings,
  ): { readonly bend: Float64Array; readonly variance: Float64Array };
  /** Scores that stand for the facts. */
  usualScores(facts: Float64Array): Float64Array;
  /**
   * Of rows of these scores whose mean residuals are `means`: how fast these fall on the way to where
   * they would be none.
   */
  bendsAt(scores: Float64Array, means: Float64Array, balanced: boolean): Float64Array;
}

/** The training rows under a model. */
export interface Standing {
  /** Summed by weight. */
  readonly loss: number;
  /** Variance of a residual over its curvature. */
  readonly dispersion: number;
}

/** The least share that is taken for a label, so that scores stay finite. */
const LEAST_RATE = 0.02;

/** One of two values, by the logistic loss; targets are 0 or 1, the fact is the share of 1. */
export const TWO_VALUES: Outcome = {
  scores: 1,
  facts: 1,
  hasSpread: false,
  residuals(targets, scores, residuals, balanced) {
    for (let row = 0; row < targets.length; row++) {
      residuals[row] = residual(targets[row]!, scores[row]!, balanced);
    }
  },
  start(mean, facts, { balanced }, doubt) {
    const whole = balanced ? 2 : 1;
    const least = clamped(doubt / whole, LEAST_RATE, 0.5);
    const rate = clamped(0.5 + mean[0]! / whole, least, 1 - least);
    facts[0] = rate;
    return {
      intercepts: Float64Array.of(Math.log(rate / (1 - rate))),
      usual: Float64Array.of(whole * (rate - 0.5)),
    };
  },
  look({ targets, weights }, scores, residuals, curvatures) {
    let loss = 0;
    for (let row = 0; row < targets.length; row++) {
      const score = scores[row]!;
      const small = Math.exp(-Math.abs(score));
      residuals[row] = targets[row]! - (score < 0 ? small : 1) / (1 + small);
      curvatures[row] = small / (1 + small) ** 2;
      loss += weights[row]! * (Math.log1p(small) + Math.max(score, 0) - targets[row]! * score);
    }
    return { loss, dispersion: 1 };
  },
  bends([rate], { balanced, curvature }) {
    const spread = balanced ? Math.min(rate!, 1 - rate!) : rate! * (1 - rate!);
    const bend = Float64Array.of(curvature * spread);
    return { bend, variance: bend };
  },
  usualScores: ([rate]) => Float64Array.of(Math.log(rate! / (1 - rate!))),
  bendsAt([score], [mean], balanced) {
    const p = clamped(sigmoid(score!), LEAST_SHARE, 1 - LEAST_SHARE);
    const longest = balanced ? Math.max(p, 1 - p) : 1;
    const to = clamped(p + mean! * longest, LEAST_SHARE, 1 - LEAST_SHARE);
    const way = Math.log(to / (1 - to)) - Math.log(p / (1 - p));
    const slope = Math.abs(way) < NEAR ? p * (1 - p) : (to - p) / way;
    return Float64Array.of(slope / longest);
  },
};

/** Shares are held this far from 0 and 1 before their logarithms are taken. */
const LEAST_SHARE = 1e-4;
/** On so short a way a slope is that of its beginning. */
const NEAR = 1e-6;

/**
 * Minus the gradient of the logistic loss in a row's score: target - p. `balanced`: divided by
 * max(p, 1 - p), the largest it could be for this score, so that records near one half count
 * in full. In both cases within [-1, 1]; depends on the row alone, given the released model.
 */
export function residual(target: number, score: number, balanced: boolean): number {
  const p = 1 / (1 + Math.exp(-score));
  const gap = target - p;
  if (!balanced) return gap;
  const scaled = gap / (p > 0.5 ? p : 1 - p);
  return clamped(scaled, -1, 1);
}

/**
 * One of several values, by the cross-entropy of a softmax; targets are places 0 .. values - 1, the
 * facts their shares. The gradient e_y - p has the length sqrt(1 - 2 p_y + |p|^2), at most
 * sqrt(1 - 2 min p + |p|^2) whatever y is, and that is at most sqrt(2): it is divided by the one
 * (balanced) or the other.
 */
export function severalValues(values: number): Outcome {
  const p = new Float64Array(values);
  return {
    scores: values,
    facts: values,
    hasSpread: false,
    residuals(targets, scores, residuals, balanced) {
      for (let row = 0, at = 0; row < targets.length; row++, at += values) {
        softmax(scores, at, p);
        const scale = 1 / longest(p, balanced);
        for (let c = 0; c < values; c++) residuals[at + c] = -p[c]! * scale;
        residuals[at + targets[row]!]! += scale;
      }
    },
    start(mean, facts, { balanced }, doubt) {
      const even = new Float64Array(values).fill(1 / values);
      const whole = longest(even, balanced);
      const least = clamped(whole * doubt, LEAST_RATE / values, 1 / values);
      for (let c = 0; c < values; c++) facts[c] = Math.max(least, 1 / values + whole * mean[c]!);
      const sum = facts.reduce((a, b) => a + b, 0);
      for (let c = 0; c < values; c++) facts[c]! /= sum;
      return {
        intercepts: facts.map((rate) => Math.log(rate * values)),
        usual: facts.map((rate) => (rate - 1 / values) / whole),
      };
    },
    look({ targets, weights }, scores, residuals, curvatures) {
      let loss = 0;
      for (let row = 0, at = 0; row < targets.length; row++, at += values) {
        softmax(scores, at, p);
        for (let c = 0; c < values; c++) residuals[at + c] = -(curvatures[at + c] = p[c]!);
        residuals[at + targets[row]!]! += 1;
        loss -= weights[row]! * Math.log(Math.max(p[targets[row]!]!, Number.MIN_VALUE));
      }
      return { loss, dispersion: 1 };
    },
    bends(facts, { balanced, curvature }) {
      // The Hessian diag(p) - p p' lies below diag(p), so steps of single scores never go too far.
      const bend = facts.map((rate) => (curvature * rate) / longest(facts, balanced));
      return { bend, variance: bend };
    },
    usualScores: (facts) => facts.map(Math.log),
    bendsAt(scores, means, balanced) {
      softmax(scores, 0, p);
      const length = longest(p, balanced);
      return p.map((share, c) => {
        const from = Math.max(LEAST_SHARE, share);
        const to = clamped(from + means[c]! * length, LEAST_SHARE, 1);
        const way = Math.log(to / from);
        return (Math.abs(way) < NEAR ? from : (to - from) / way) / length;
      });
    },
  };
}

function softmax(scores: Float64Array, at: number, p: Float64Array): void {
  let most = -Infinity;
  for (let c = 0; c < p.length; c++) most = Math.max(most, scores[at + c]!);
  let sum = 0;
  for (let c = 0; c < p.length; c++) sum += p[c] = Math.exp(scores[at + c]! - most);
  for (let c = 0; c < p.length; c++) p[c]! /= sum;
}

function longest(p: Float64Array, balanced: boolean): number {
  if (!balanced) return Math.SQRT2;
  let least = 1;
  let squares = 0;
  for (const share of p) {
    least = Math.min(least, share);
    squares += share * share;
  }
  return Math.sqrt(1 - 2 * least + squares);
}

/**
 * A number, by the squared loss; targets and scores lie within [-1/2, 1/2], to which a score is held
 * before it is compared. The gap t - s is at most 1/2 + |s| whatever t is, and that is at most 1.
 * The facts are the mean of the targets and their mean square.
 */
export const ONE_NUMBER: Outcome = {
  scores: 1,
  facts: 2,
  hasSpread: true,
  residuals(targets, scores, residuals, balanced) {
    for (let row = 0; row < targets.length; row++) {
      const score = clamped(scores[row]!, -0.5, 0.5);
      const gap = targets[row]! - score;
      residuals[row] = clamped(balanced ? gap / (0.5 + Math.abs(score)) : gap, -1, 1);
    }
  },
  start(mean, facts, { balanced }) {
    const whole = balanced ? 2 : 1;
    // Never exactly 0, which would stand for a mean that is not known yet.
    const found = clamped(mean[0]! / whole, -0.5, 0.5) || Number.EPSILON;
    facts[0] = found;
    return { intercepts: Float64Array.of(found), usual: Float64Array.of(whole * found) };
  },
  look({ targets, weights }, scores, residuals, curvatures) {
    let loss = 0;
    let whole = 0;
    for (let row = 0; row < targets.length; row++) {
      const gap = targets[row]! - clamped(scores[row]!, -0.5, 0.5);
      residuals[row] = gap;
      curvatures[row] = 1;
      loss += (weights[row]! * gap ** 2) / 2;
      whole += weights[row]!;
    }
    return { loss, dispersion: clamped((2 * loss) / whole, LEAST_SPREAD, 0.25) };
  },
  bends([mean, square], { balanced }) {
    const scale = balanced ? 0.5 + Math.abs(mean!) : 1;
    const spread = clamped(square! - mean! ** 2, LEAST_SPREAD, 0.25);
    return { bend: Float64Array.of(1 / scale), variance: Float64Array.of(spread / scale ** 2) };
  },
  usualScores: ([mean]) => Float64Array.of(mean!),
  bendsAt: ([score], _means, balanced) =>
    Float64Array.of(balanced ? 1 / (0.5 + Math.min(0.5, Math.abs(score!))) : 1),
};

/** Variance of targets below which nothing would be left to explain. */
const LEAST_SPREAD = 1e-4;

function clamped(value: number, least: number, most: number): number {
  return value < least ? least : value > most ? most : value;
}

/** What a label asks of boosting; values in order are told apart as any others are. */
export function outcomeOf(labels: Labels): Outcome {
  switch (labels.target) {
    case 'tags':
      throw new RangeError('boosting predicts no tags');
    case undefined:
      return TWO_VALUES;
    case 'classes':
    case 'ordered':
      return severalValues(labels.values.length);
    case 'number':
      return ONE_NUMBER;
  }
}

/** Targets as the outcome takes them: numbers are held to their bounds and put on its scale. */
export function outcomeTargets(labels: Labels, targets: Float64Array): Float64Array {
  if (labels.target !== 'number') return targets;
  const { lower, upper } = labels;
  return targets.map((target) => (clamped(target, lower, upper) - lower) / (upper - lower) - 0.5);
}

/** Answers of rows as `scoreTable` gives them, from their sums; both [rows x scores], in place. */
export function answer(labels: Labels, sums: Float64Array): void {
  if (labels.target === 'number') {
    const { lower, upper } = labels;
    for (let row = 0; row < sums.length; row++) {
      sums[row] = lower + (upper - lower) * (clamped(sums[row]!, -0.5, 0.5) + 0.5);
    }
    return;
  }
  const { scores } = outcomeOf(labels);
  if (scores === 1) {
    for (let row = 0; row < sums.length; row++) sums[row] = sigmoid(sums[row]!);
    return;
  }
  const p = new Float64Array(scores);
  for (let at = 0; at < sums.length; at += scores) {
    softmax(sums, at, p);
    sums.set(p, at);
  }
}
