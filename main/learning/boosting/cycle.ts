import { bendsIn } from './bends.ts';
import type { Course, Part } from './course.ts';
import { smoothed } from './field.ts';
import { addGradients, type BinnedRows } from './histograms.ts';
import type { Outcome, Standing } from './outcome.ts';
import type { BoostingSettings } from './settings.ts';

/** Makes private what is summed over rows, before anything else sees it; nothing in plain training. */
export interface Releases {
  /** Nothing is added to any of them: what is never released may be looked at as well. */
  readonly isPlain: boolean;
  /** Adds the noise of the counts of all columns, one after another in one list, in place. */
  counts(sums: Float64Array): void;
  /** Deviation of the noise of a count. */
  readonly countDeviation: number;
  /** Adds the noise of one part's gradients in a cycle, in place; those of pairs follow the others. */
  gradients(sums: Float64Array, cycle: number): void;
  /** Variance of that noise in every bin. */
  variance(cycle: number): number;
  /** Adds the noise of what all pairs leave unexplained, in place. */
  choice(figures: Float64Array): void;
  /** Adds the noise of the counts of all chosen pairs, in place. */
  pairCounts(sums: Float64Array): void;
  readonly pairCountDeviation: number;
}

/** The scores of the rows under the model so far, [rows x scores]. */
export function scoresOf(
  { parts, pairs, intercepts }: Course,
  bins: readonly Uint16Array[],
  rows: number,
): Float64Array {
  const { length } = intercepts;
  const found = new Float64Array(rows * length);
  for (let at = 0; at < found.length; at++) found[at] = intercepts[at % length]!;
  [...parts, ...(pairs ?? [])].forEach(({ shape, counts }, k) => {
    const places = bins[k]!;
    for (let row = 0, at = 0; row < rows; row++) {
      for (let place = places[row]!; place < shape.length; place += counts.length) {
        found[at++]! += shape[place]!;
      }
    }
  });
  return found;
}

/** What one column's turn works on. */
export interface Turn {
  readonly course: Course;
  readonly rows: BinnedRows;
  readonly outcome: Outcome;
  readonly releases: Releases;
  readonly settings: BoostingSettings;
  /** The scores of the rows under the model so far, kept true. */
  readonly scores: Float64Array;
  readonly residuals: Float64Array;
  /** Of plain training (newton.ts): as long as the scores, and what the rows give at these. */
  readonly curvatures: Float64Array;
  standing: Standing | null;
}

/**
 * One part's turn: its gradient histogram is released at the scores of the model so far, and the
 * shape moves to what all releases so far say together (docs/boosting.md).
 *
 * @param bins the bin of every row
 * @param share what this release weighs against those of other cycles
 */
export function takeTurn(
  turn: Turn,
  part: Part,
  bins: Uint16Array,
  { cycle, share }: { readonly cycle: number; readonly share: number },
): void {
  const { course, rows, outcome, releases, settings, scores, residuals } = turn;
  outcome.residuals(rows.targets, scores, residuals, settings.balanced);
  const gradients = new Float64Array(part.shape.length);
  addGradients(bins, residuals, rows.weights, gradients, outcome.scores);
  releases.gradients(gradients, cycle);
  if (Number.isNaN(course.facts[0])) startAt(turn, part, gradients, releases.variance(cycle));
  const before = part.shape.slice();
  const shifts = moveShape(turn, part, gradients, releases.variance(cycle), share);
  for (let s = 0; s < shifts.length; s++) course.intercepts[s]! += shifts[s]!;
  for (let row = 0, at = 0; row < bins.length; row++) {
    let place = bins[row]!;
    for (let s = 0; s < shifts.length; s++, place += part.counts.length) {
      scores[at++]! += shifts[s]! + (part.shape[place]! - before[place]!);
    }
  }
}

/** The first release of all also says what is usual: the model starts there. */
function startAt(
  { course, outcome, scores, settings }: Turn,
  { counts }: Part,
  gradients: Float64Array,
  variance: number,
): void {
  const size = counts.length;
  const count = counts.reduce((a, b) => a + b, 0);
  const mean = course.intercepts.map(
    (_, s) => gradients.subarray(s * size, (s + 1) * size).reduce((a, b) => a + b, 0) / count,
  );
  const { intercepts, usual } = outcome.start(
    mean,
    course.facts,
    settings,
    Math.sqrt(size * variance) / count,
  );
  course.intercepts.set(intercepts);
  for (let place = 0; place < gradients.length; place++) {
    gradients[place]! -= usual[Math.floor(place / size)]! * counts[place % size]!;
  }
  for (let at = 0; at < scores.length; at++) scores[at] = intercepts[at % intercepts.length]!;
}

/** Moves the shape in place; returns what goes into the intercepts instead. */
function moveShape(
  { course, outcome, settings }: Turn,
  part: Part,
  gradients: Float64Array,
  variance: number,
  share: number,
): Float64Array {
  const { field, target, shape, counts } = part;
  const bends = bendsIn(course, outcome, part, settings, { gradients, variance });
  const kept = settings.memory * part.weight;
  const news = share / (kept + share);
  part.weight = kept + share;
  part.noise = (1 - news) ** 2 * part.noise + news ** 2 * variance;
  return course.intercepts.map((_, s) => {
    const from = s * field.size;
    const aims = target.subarray(from, from + field.size);
    for (let bin = 0; bin < aims.length; bin++) {
      const said =
        shape[from + bin]! + gradients[from + bin]! / (counts[bin]! * bends[from + bin]!);
      aims[bin] = (1 - news) * aims[bin]! + news * said;
    }
    const precision = precisionOf(course, outcome, part, settings, s, bends);
    const mean = weightedMean(aims, precision);
    for (let bin = 0; bin < aims.length; bin++) aims[bin]! -= mean;
    shape.set(smoothed(field, aims, precision), from);
    return mean;
  });
}

/**
 * How sure the target of each bin is: 1 / variance, of the noise that was added and of what so few
 * records can say at all.
 */
export function precisionOf(
  course: Course,
  outcome: Outcome,
  part: Part,
  settings: BoostingSettings,
  score: number,
  bends: Float64Array = bendsIn(course, outcome, part, settings),
): Float64Array {
  const { counts, noise } = part;
  const { bend, variance } = outcome.bends(course.facts, settings);
  const ofNoise = settings.noisePart * noise;
  const ofRow = (settings.samplePart * variance[score]!) / bend[score]!;
  const own = bends.subarray(score * counts.length);
  return counts.map(
    (count, bin) => (count * own[bin]!) ** 2 / (ofNoise + count * own[bin]! * ofRow),
  );
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
