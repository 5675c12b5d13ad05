import { encodeFloats } from '../floats.ts';
import type { Feature } from '../features.ts';
import type { GlassBoxModel } from '../model.ts';
import { binsOf, orderedBins, type Bins, type Fineness } from './bins.ts';
import type { Course, Part } from './course.ts';
import { precisionOf } from './cycle.ts';
import { deviationsOf } from './field.ts';
import type { Outcome } from './outcome.ts';
import type { BoostingSettings } from './settings.ts';

/** The bins of a feature of a saved model, whose cuts stand in it. */
export function shapeBins(feature: Feature, cuts: readonly number[]): Bins {
  return feature.kind === 'numeric'
    ? orderedBins(Float64Array.from(cuts))
    : binsOf(feature, NO_CUTS);
}

/** Categories are not cut. */
const NO_CUTS: Fineness = { steps: 1, ratio: 2 };

/** The finished model in the form in which it is saved. */
export function glassBoxOf(
  course: Course,
  outcome: Outcome,
  settings: BoostingSettings,
): Pick<GlassBoxModel, 'intercept' | 'shapes' | 'pairs'> {
  const { bins, parts, intercepts } = course;
  const pairs = course.pairs ?? [];
  const floats = (part: Part): { values: string; deviations: string } => ({
    values: encodeFloats(part.shape),
    deviations: encodeFloats(sureness(course, outcome, part, settings)),
  });
  return {
    intercept: outcome.scores === 1 ? intercepts[0]! : [...intercepts],
    shapes: parts.map((part, k) => ({ cuts: [...bins[k]!.cuts], ...floats(part) })),
    ...(pairs.length === 0
      ? {}
      : {
          pairs: pairs.map((part) => ({
            features: [...part.pair],
            bins: part.axes.map((axis) => [...axis]) as [number[], number[]],
            ...floats(part),
          })),
        }),
  };
}

/** How far each bin of each score may be off, [scores x bins]. */
function sureness(
  course: Course,
  outcome: Outcome,
  part: Part,
  settings: BoostingSettings,
): Float64Array {
  const found = new Float64Array(part.shape.length);
  const { size } = part.field;
  for (let score = 0; score < outcome.scores; score++) {
    const aims = part.target.subarray(score * size, (score + 1) * size);
    const precision =
      part.precision?.subarray(score * size, (score + 1) * size) ??
      precisionOf(course, outcome, part, settings, score);
    found.set(deviationsOf(part.field, aims, precision), score * size);
  }
  return found;
}
