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
    const places: number[] = [];
    const groups = [0];
    while (from < chosen.length) {
      const unit = chosen[from]!;
      const start = units.starts[unit]!;
      const end = units.starts[unit + 1]!;
      if (places.length > 0 && places.length + end - start > capacity) break;
      for (let place = start; place < end; place++) places.push(units.rows[place]!);
      groups.push(places.length);
      from++;
    }
    yield { places: Int32Array.from(places), groups: Int32Array.from(groups) };
  }
}

/**
 * Adds to `sum` the gradient of each unit of the pack (the sum over its rows), each clipped to
 * length `clip` over all parameters: g min(1, clip / |g|) (Abadi et al. 2016, algorithm 1). A unit
 * whose gradient is no finite number contributes nothing.
 */
export function addClipped(
  engine: GradientEngine,
  examples: Examples,
  pack: Pack,
  clip: number,
  sum: Float64Array,
): void {
  const rows = gatherRows(examples.vectors, pack.places);
  engine.backward(
    rows,
    Float64Array.from(pack.places, (place) => examples.targets[place]!),
  );
  const norms = new Float64Array(pack.groups.length - 1);
  engine.squaredNorms(pack.groups, norms);
  if (!norms.every(Number.isFinite)) {
    const finite = withoutUnbounded(pack, norms);
    if (finite.places.length > 0) addClipped(engine, examples, finite, clip, sum);
    return;
  }
  const weights = new Float64Array(pack.places.length);
  for (let g = 0; g < norms.length; g++) {
    const norm = Math.sqrt(norms[g]!);
    weights.fill(norm > clip ? clip / norm : 1, pack.groups[g], pack.groups[g + 1]);
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
