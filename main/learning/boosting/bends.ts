import type { Course, Part } from './course.ts';
import type { Outcome } from './outcome.ts';
import type { BoostingSettings } from './settings.ts';

/** What part of a bin's own curvature a step takes at least; with less than a half it overshoots. */
const OWN_PART = 0.5;
/** A mean residual within so many deviations of its noise may be none. */
const DOUBTFUL_BELOW = 2;

/** A release of gradients [scores x bins] and the variance of its noise. */
interface Released {
  readonly gradients: Float64Array;
  readonly variance: number;
}

/**
 * How fast the mean residual of every bin falls with each score, [scores x bins]: as for a usual row
 * but, where a bin is far from usual (above all where a label is rare), not less than a half of what
 * follows for the bin itself from its shape so far and, if given, from what was just released. All of it is
 * public, so nothing is spent.
 */
export function bendsIn(
  { facts, intercepts }: Pick<Course, 'facts' | 'intercepts'>,
  outcome: Outcome,
  { shape, counts }: Pick<Part, 'shape' | 'counts'>,
  settings: BoostingSettings,
  released?: Released,
): Float64Array {
  const { bend } = outcome.bends(facts, settings);
  const bends = new Float64Array(shape.length);
  // A bin's records may be usual in all else, or they alone may be why the usual is what it is.
  const starts = [outcome.usualScores(facts), intercepts];
  const means = new Float64Array(bend.length);
  const doubt = DOUBTFUL_BELOW * Math.sqrt(released?.variance ?? 0);
  for (let bin = 0; bin < counts.length; bin++) {
    for (let s = 0, at = bin; s < bend.length; s++, at += counts.length) {
      const sum = released?.gradients[at] ?? 0;
      means[s] = (Math.sign(sum) * Math.max(0, Math.abs(sum) - doubt)) / counts[bin]!;
    }
    const [own, other] = starts.map((start) => {
      const scores = start.map((score, s) => score + shape[bin + s * counts.length]!);
      return outcome.bendsAt(scores, means, settings.balanced);
    });
    for (let s = 0, at = bin; s < bend.length; s++, at += counts.length) {
      bends[at] = Math.max(bend[s]!, OWN_PART * own![s]!, OWN_PART * other![s]!);
    }
  }
  return bends;
}
