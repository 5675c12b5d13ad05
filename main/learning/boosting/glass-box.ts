import { encodeFloats } from '../floats.ts';
import type { Feature } from '../features.ts';
import type { GlassBoxModel } from '../model.ts';
import { binsOf, orderedBins, type Bins, type Fineness } from './bins.ts';
import type { Course, Part } from './course.ts';
import { precisionOf } from './cycle.ts';
import type { BoostingSettings } from './settings.ts';
import { deviations, smooth } from './smoothing.ts';

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
  settings: BoostingSettings,
): Pick<GlassBoxModel, 'intercept' | 'shapes'> {
  return {
    intercept: course.intercept,
    shapes: course.parts.map((part) => shapeOf(part, precisionOf(course, part, settings))),
  };
}

function shapeOf(
  { bins, target, shape }: Part,
  precision: Float64Array,
): GlassBoxModel['shapes'][number] {
  const noisy = { values: target, precision, ordered: bins.ordered };
  return {
    cuts: [...bins.cuts],
    values: encodeFloats(shape),
    deviations: encodeFloats(deviations(noisy, smooth(noisy).prior)),
  };
}
