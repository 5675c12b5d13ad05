import type { Clipping } from '../contract/step-ways.ts';
import { clipWeight } from './clipping.ts';
import type { GradientEngine } from './layers.ts';
import type { SparseRows } from './sparse.ts';
import { gatherRows } from './sparse.ts';
import type { Units } from './units.ts';

/** Training rows as vectors with their targets (0 or 1), and whose they are. */
export interface Examples {
  readonly vectors: SparseRows;
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
  let from = 0;
  while (from < chosen.length) {
    const places = new Int32Array(capacity);
    const groups = new Int32Array(Math.min(capacity, chosen.length - from) + 1);
    let [size, group] = [0, 0];
    for (; from < chosen.length && group < groups.length - 1; from++) {
      const start = units.starts[chosen[from]!]!;
      const end = units.starts[chosen[from]! + 1]!;
      if (size + end - start > capacity) break;
      for (let place = start; place < end; place++) places[size++] = units.rows[place]!;
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
export function addClipped(
  engine: GradientEngine,
  examples: Examples,
  pack: Pack,
  clip: number,
  sum: Float64Array,
  clipping: Clipping = 'flat',
): void {
  const rows = gatherRows(examples.vectors, pack.places);
  const targets = new Float64Array(rows.rows);
  for (let r = 0; r < targets.length; r++) targets[r] = examples.targets[pack.places[r]!]!;
  engine.backward(rows, targets);
  const norms = new Float64Array(pack.groups.length - 1);
  engine.squaredNorms(pack.groups, norms);
  if (!norms.every(Number.isFinite)) {
    const finite = withoutUnbounded(pack, norms);
    if (finite.places.length > 0) addClipped(engine, examples, finite, clip, sum, clipping);
    return;
  }
  const weights = new Float64Array(pack.places.length);
  for (let g = 0; g < norms.length; g++) {
    const weight = clipWeight(Math.sqrt(norms[g]!), clip, clipping);
    weights.fill(weight, pack.groups[g], pack.groups[g + 1]);
  }
  engine.addWeightedGradient(weights, sum);
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
