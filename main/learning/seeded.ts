import { uniform } from '../privacy/random.ts';
import { seededRandom } from '../privacy/seeded.ts';
import type { Head } from './heads.ts';
import type { Architecture } from './layers.ts';
import { parameterCount, tensorsOf } from './layers.ts';

/** A copy in seeded random order (Fisher and Yates). */
export function shuffled(places: Int32Array, seed: number): Int32Array {
  const random = seededRandom(seed);
  const order = places.slice();
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(uniform(random) * (i + 1));
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
  return order;
}

/**
 * First parameters: zeros for a model without hidden layers; else uniform weights of variance
 * 2 / inputs (He et al. 2015) and zeros for the biases and the last layer, so that training starts
 * from a score of one half, or from where the head says. Of the first layer's inputs only `active` are
 * not zero in a row.
 */
export function firstParameters(
  architecture: Architecture,
  active: number,
  seed: number,
  { first }: Pick<Head, 'first'> = {},
): Float64Array {
  const parameters = new Float64Array(parameterCount(architecture));
  const random = seededRandom(seed);
  const weights = tensorsOf(architecture).filter((tensor) => tensor.name.endsWith('/weights'));
  for (const tensor of weights.slice(0, -1)) {
    const inputs = tensor.offset === 0 ? active : tensor.rows;
    const reach = Math.sqrt(6 / inputs);
    for (let i = 0; i < tensor.rows * tensor.columns; i++) {
      parameters[tensor.offset + i] = reach * (2 * uniform(random) - 1);
    }
  }
  if (first === undefined) return parameters;
  const { bias, constants } = first;
  parameters.set(constants, parameters.length - constants.length);
  parameters[parameters.length - constants.length - 1] = bias;
  return parameters;
}
