import type { Course, Part } from './course.ts';
import { addGradients, residual, type BinnedRows } from './histograms.ts';
import type { BoostingSettings } from './settings.ts';
import { smooth } from './smoothing.ts';

/** Makes private what is summed over rows, before anything else sees it; nothing in plain training. */
export interface Releases {
  /** Adds the noise of the counts of all columns, one after another in one list, in place. */
  counts(sums: Float64Array): void;
  /** Adds the noise of one column's gradients in a cycle, in place. */
  gradients(sums: Float64Array, cycle: number): void;
  /** Variance of that noise in every bin. */
  variance(cycle: number): number;
  /** Deviation of the noise of a count. */
  readonly countDeviation: number;
}

/** The least share that is taken for the rarer label, so that scores stay finite. */
const LEAST_RATE = 0.02;

/** The scores of the rows under the model so far. */
export function scoresOf(course: Course, rows: BinnedRows): Float64Array {
  const scores = new Float64Array(rows.targets.length).fill(course.intercept);
  course.parts.forEach(({ shape }, k) => {
    const bins = rows.bins[k]!;
    for (let row = 0; row < scores.length; row++) scores[row]! += shape[bins[row]!]!;
  });
  return scores;
}

/** What one column's turn works on. */
export interface Turn {
  readonly course: Course;
  readonly rows: BinnedRows;
  readonly releases: Releases;
  readonly settings: BoostingSettings;
  /** The scores of the rows under the model so far, kept true. */
  readonly scores: Float64Array;
  readonly residuals: Float64Array;
}

/**
 * One column's turn: its gradient histogram is released at the scores of the model so far, and the
 * shape moves to what all releases so far say together (docs/boosting.md).
 *
 * @param share what this release weighs against those of other cycles
 */
export function takeTurn(turn: Turn, k: number, cycle: number, share: number): void {
  const { course, rows, releases, settings, scores, residuals } = turn;
  const part = course.parts[k]!;
  const bins = rows.bins[k]!;
  for (let row = 0; row < scores.length; row++) {
    residuals[row] = residual(rows.targets[row]!, scores[row]!, settings.balanced);
  }
  const gradients = new Float64Array(part.bins.size);
  addGradients(bins, residuals, rows.weights, gradients);
  releases.gradients(gradients, cycle);
  if (Number.isNaN(course.rate)) startAt(turn, part, gradients);
  const before = part.shape.slice();
  const shift = moveShape(turn, part, gradients, releases.variance(cycle), share);
  course.intercept += shift;
  for (let row = 0; row < scores.length; row++) {
    const bin = bins[row]!;
    scores[row]! += shift + (part.shape[bin]! - before[bin]!);
  }
}

/** The first release of all also says how frequent the positive label is: the model starts there. */
function startAt({ course, scores, settings }: Turn, part: Part, gradients: Float64Array): void {
  const whole = settings.balanced ? 2 : 1;
  const sum = gradients.reduce((a, b) => a + b, 0);
  const count = part.counts.reduce((a, b) => a + b, 0);
  const found = 0.5 + sum / count / whole;
  course.rate = Math.min(1 - LEAST_RATE, Math.max(LEAST_RATE, found));
  course.intercept = Math.log(course.rate / (1 - course.rate));
  const usual = whole * (course.rate - 0.5);
  for (let bin = 0; bin < gradients.length; bin++) gradients[bin]! -= usual * part.counts[bin]!;
  scores.fill(course.intercept);
}

/** Moves the shape in place; returns what goes into the intercept instead. */
function moveShape(
  { course, settings }: Turn,
  part: Part,
  gradients: Float64Array,
  variance: number,
  share: number,
): number {
  const { target, shape, counts } = part;
  const curvature = curvatureOf(course, settings);
  const kept = settings.memory * part.weight;
  const news = share / (kept + share);
  part.weight = kept + share;
  part.noise = (1 - news) ** 2 * part.noise + news ** 2 * variance;
  for (let bin = 0; bin < target.length; bin++) {
    const said = shape[bin]! + gradients[bin]! / (counts[bin]! * curvature);
    target[bin] = (1 - news) * target[bin]! + news * said;
  }
  const precision = precisionOf(course, part, settings);
  const mean = weightedMean(target, precision);
  for (let bin = 0; bin < target.length; bin++) target[bin]! -= mean;
  shape.set(smooth({ values: target, precision, ordered: part.bins.ordered }).shape);
  return mean;
}

/**
 * How sure each bin's target is: 1 / variance, of the noise that was added and of what so few
 * records can say at all.
 */
export function precisionOf(
  course: Course,
  { counts, noise }: Part,
  settings: BoostingSettings,
): Float64Array {
  const curvature = curvatureOf(course, settings);
  return counts.map((count) => {
    const bend = count * curvature;
    return 1 / (noise / bend ** 2 + 1 / bend);
  });
}

/** Curvature of the loss in one record of the usual score. */
function curvatureOf({ rate }: Course, { balanced, curvature }: BoostingSettings): number {
  return curvature * (balanced ? Math.min(rate, 1 - rate) : rate * (1 - rate));
}

function weightedMean(values: Float64Array, weights: Float64Array): number {
  let sum = 0;
  let whole = 0;
  for (let i = 0; i < values.length; i++) {
    sum += weights[i]! * values[i]!;
    whole += weights[i]!;
  }
  return sum / whole;
}
