import type { Architecture } from './layers.ts';
import { parameterCount, tensorsOf } from './layers.ts';

/**
 * Repeatable random numbers for what is neither noise nor private sampling: first weights and the
 * order of plain training. Uniform in [0, 1); mulberry32 (T. Ettinger, public domain).
 */
export function seededUniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A copy in seeded random order (Fisher and Yates). */
export function shuffled(places: Int32Array, seed: number): Int32Array {
  const uniform = seededUniform(seed);
  const order = places.slice();
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
  return order;
}

/**
 * First parameters: zeros for a model without hidden layers; else uniform weights of variance
 * 2 / inputs (He et al. 2015) and zeros for the biases and the last layer, so that training starts
 * from a score of one half. Of the first layer's inputs only `active` are not zero in a row.
 */
export function firstParameters(
  architecture: Architecture,
  active: number,
  seed: number,
): Float64Array {
  const parameters = new Float64Array(parameterCount(architecture));
  const uniform = seededUniform(seed);
  const weights = tensorsOf(architecture).filter((tensor) => tensor.name.endsWith('/weights'));
  for (const tensor of weights.slice(0, -1)) {
    const inputs = tensor.offset === 0 ? active : tensor.rows;
    const reach = Math.sqrt(6 / inputs);
    for (let i = 0; i < tensor.rows * tensor.columns; i++) {
      parameters[tensor.offset + i] = reach * (2 * uniform() - 1);
    }
  }
  return parameters;
}
