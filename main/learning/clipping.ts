import type { Clipping } from '../contract/step-ways.ts';

/** gamma of automatic clipping: far below the length of a usual gradient, public and fixed. */
const GAMMA = 0.01;

/**
 * The weight of a unit whose gradient has length `norm`. Flat: min(1, C / norm) (Abadi et al. 2016,
 * algorithm 1). Automatic: C / (norm + gamma) (Bu et al. 2022, arXiv:2206.07136, equation 4.1), so
 * every unit counts nearly the same, a small gradient too. Either way weight x norm <= C: for the
 * automatic one it is C norm / (norm + gamma), below C for every norm >= 0.
 *
 * @param norm finite, in the units of the gradient @param clip C, above 0
 */
export function clipWeight(norm: number, clip: number, clipping: Clipping): number {
  if (clipping === 'automatic') return clip / (norm + GAMMA);
  return norm > clip ? clip / norm : 1;
}
