import type { Part } from './course.ts';
import type { Turn } from './cycle.ts';
import { smoothed } from './field.ts';
import { addGradients } from './histograms.ts';
import type { Standing } from './outcome.ts';

/**
 * One part's turn in plain training: a Newton step on the loss with the smoothing's penalty, whose
 * curvature is that of the records in each bin themselves. That is never released, so private
 * training cannot take it. Halved until the loss of the training rows does not rise; where no
 * fraction of it helps, the part stays as it is.
 *
 * @param bins the bin of every row
 */
export function takeNewtonTurn(turn: Turn, part: Part, bins: Uint16Array): void {
  const { course, outcome, scores } = turn;
  if (Number.isNaN(course.facts[0])) startExactly(turn);
  turn.standing ??= lookAt(turn);
  const before = turn.standing;
  const step = stepOf(turn, part, bins, before);
  const from = scores.slice();
  const size = part.counts.length;
  for (let fraction = 1; fraction >= LEAST_FRACTION; fraction /= 2) {
    for (let row = 0, at = 0; row < bins.length; row++) {
      let place = bins[row]!;
      for (let s = 0; s < outcome.scores; s++, place += size, at++) {
        scores[at] = from[at]! + fraction * (step.shifts[s]! + step.moves[place]!);
      }
    }
    turn.standing = lookAt(turn);
    if (turn.standing.loss > before.loss) continue;
    for (let at = 0; at < part.shape.length; at++) part.shape[at]! += fraction * step.moves[at]!;
    for (let s = 0; s < outcome.scores; s++) course.intercepts[s]! += fraction * step.shifts[s]!;
    return;
  }
  scores.set(from);
  turn.standing = null;
}

const LEAST_FRACTION = 1 / 64;

function lookAt({ outcome, rows, scores, residuals, curvatures }: Turn): Standing {
  return outcome.look(rows, scores, residuals, curvatures);
}

/** The model starts at what is usual. */
function startExactly({ course, outcome, rows, scores, residuals }: Turn): void {
  outcome.residuals(rows.targets, scores, residuals, false);
  const mean = new Float64Array(outcome.scores);
  const everywhere = new Uint16Array(rows.targets.length);
  addGradients(everywhere, residuals, rows.weights, mean, outcome.scores);
  const whole = rows.weights.reduce((a, b) => a + b, 0);
  const { intercepts } = outcome.start(
    mean.map((sum) => sum / whole),
    course.facts,
    { balanced: false, curvature: 1 },
    0,
  );
  course.intercepts.set(intercepts);
  for (let at = 0; at < scores.length; at++) scores[at] = intercepts[at % intercepts.length]!;
}

/** Added to the curvature of every bin, in records whose score lies at one half. */
const RIDGE = 0.1;
/** No bin moves further at once: what is said so far from a score holds near it only. */
const FURTHEST = 3;

interface Step {
  /** What is added to the shape, [scores x bins]. */
  readonly moves: Float64Array;
  /** What is added to the intercepts. */
  readonly shifts: Float64Array;
}

function stepOf(
  { rows, outcome, settings, residuals, curvatures }: Turn,
  part: Part,
  bins: Uint16Array,
  { dispersion }: Standing,
): Step {
  const { field, shape, target } = part;
  const gradients = new Float64Array(shape.length);
  addGradients(bins, residuals, rows.weights, gradients, outcome.scores);
  const bends = new Float64Array(shape.length).fill(RIDGE / 4);
  addGradients(bins, curvatures, rows.weights, bends, outcome.scores);
  const ofRow = settings.samplePart * dispersion;
  const precision = bends.map((bend) => bend / ofRow);
  part.precision = precision;
  const moves = new Float64Array(shape.length);
  const shifts = new Float64Array(outcome.scores);
  for (let s = 0; s < outcome.scores; s++) {
    const [from, to] = [s * field.size, (s + 1) * field.size];
    const sure = precision.subarray(from, to);
    const aims = target.subarray(from, to);
    let sum = 0;
    let whole = 0;
    for (let bin = 0; bin < field.size; bin++) {
      const step = gradients[from + bin]! / bends[from + bin]!;
      aims[bin] = shape[from + bin]! + Math.min(FURTHEST, Math.max(-FURTHEST, step));
      sum += sure[bin]! * aims[bin]!;
      whole += sure[bin]!;
    }
    shifts[s] = sum / whole;
    for (let bin = 0; bin < field.size; bin++) aims[bin]! -= shifts[s]!;
    moves.set(smoothed(field, aims, sure), from);
  }
  for (let at = 0; at < moves.length; at++) moves[at]! -= shape[at]!;
  return { moves, shifts };
}
