import type { Clipping } from '../contract/step-ways.ts';
import { clipWeight } from './clipping.ts';
import type { GradientEngine } from './layers.ts';
import type { SparseRows } from './sparse.ts';
import type { Units } from './units.ts';

/** Training rows as a model takes them, with their targets, and whose they are. */
export interface Examples<Rows = SparseRows> {
  readonly vectors: Rows;
  /** [rows, targetWidth of the engine] */
  readonly targets: Float64Array;
  readonly units: Units;
}

/** Rows for one pass of the engine: group g (one unit) owns the places groups[g] .. groups[g + 1]. */
export interface Pack {
  readonly places: Int32Array;
  readonly groups: Int32Array;
}

/**
 * Cuts a logical batch of units into packs of at most `capacity` rows (virtual batches). A unit
 * is never divided between packs, so that it is clipped once; `capacity` must hold the largest.
 */
export function* packs(units: Units, chosen: Int32Array, capacity: number): Generator<Pack> {
  const { starts, rows } = units;
  let from = 0;
  while (from < chosen.length) {
    const places = new Int32Array(capacity);
    const most = Math.min(capacity, chosen.length - from);
    const groups = new Int32Array(most + 1);
    let size = 0;
    let group = 0;
    for (; group < most; from++) {
      const unit = chosen[from]!;
      const start = starts[unit]!;
      const end = starts[unit + 1]!;
      if (size + end - start > capacity) break;
      for (let place = start; place < end; place++) places[size++] = rows[place]!;
      groups[++group] = size;
    }
    if (group === 0) throw new RangeError('capacity holds the largest unit');
    yield { places: places.subarray(0, size), groups: groups.subarray(0, group + 1) };
  }
}

/**
 * Adds to `sum` the gradient of each unit of the pack (the sum over its rows), each clipped to
 * at most length `clip` over all parameters by the weight of `clipWeight`. A unit whose gradient is
 * no finite number contributes nothing.
 */
export function addClipped<Rows>(
  engine: GradientEngine<Rows>,
  examples: Examples<Rows>,
  pack: Pack,
  clip: number,
  sum: Float64Array,
  clipping: Clipping = 'flat',
): void {
  const { places, groups } = pack;
  const rows = engine.gather(examples.vectors, places);
  engine.backward(rows, gatherTargets(examples.targets, places, engine.targetWidth));
  const norms = new Float64Array(groups.length - 1);
  engine.squaredNorms(groups, norms);
  const weights = new Float64Array(places.length);
  for (let g = 0; g < norms.length; g++) {
    if (!Number.isFinite(norms[g])) {
      const finite = withoutUnbounded(pack, norms);
      if (finite.places.length > 0) addClipped(engine, examples, finite, clip, sum, clipping);
      return;
    }
    const weight = clipWeight(Math.sqrt(norms[g]!), clip, clipping);
    for (let r = groups[g]!; r < groups[g + 1]!; r++) weights[r] = weight;
  }
  engine.addWeightedGradient(weights, sum);
}

/** The targets of the chosen rows, [chosen, width]. */
export function gatherTargets(
  targets: Float64Array,
  chosen: Int32Array,
  width: number,
): Float64Array {
  const gathered = new Float64Array(chosen.length * width);
  for (let r = 0; r < chosen.length; r++) {
    const from = chosen[r]! * width;
    for (let i = 0; i < width; i++) gathered[r * width + i] = targets[from + i]!;
  }
  return gathered;
}

/** The pack without the units whose gradient is not finite: no later product sees their rows. */
function withoutUnbounded(pack: Pack, norms: Float64Array): Pack {
  const places: number[] = [];
  const groups = [0];
  for (let g = 0; g < norms.length; g++) {
    if (!Number.isFinite(norms[g]!)) continue;
    places.push(...pack.places.subarray(pack.groups[g], pack.groups[g + 1]));
    groups.push(places.length);
  }
  return { places: Int32Array.from(places), groups: Int32Array.from(groups) };
}
