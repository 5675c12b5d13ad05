export interface Calibrated {
  readonly noiseMultiplier: number;
  readonly epsilon: number;
}

/** Relative width of the bracket at the end. */
const PRECISION = 1e-5;
const LEAST_NOISE = 0.01;
const MOST_ROUNDS = 60;

/**
 * Less noise that still keeps the target: between a multiplier known to suffice and one that does
 * not, by false position on ln epsilon against ln noise (the Illinois rule keeps both ends moving).
 * The answer was itself tested: `epsilonAt` of it is at most the target.
 */
export function lessNoise(
  enough: Calibrated,
  target: number,
  epsilonAt: (noiseMultiplier: number) => number,
): Calibrated {
  let above = end(enough.noiseMultiplier, epsilonAt(enough.noiseMultiplier), target);
  // The other accountant's margin of rounding; it is never below what suffices here.
  if (above.excess > 0) return enough;
  let below = above;
  while (below.excess <= 0) {
    above = below;
    const noise = above.noise * 0.85;
    if (noise < LEAST_NOISE) return { noiseMultiplier: above.noise, epsilon: above.epsilon };
    below = end(noise, epsilonAt(noise), target);
  }
  let [heightAbove, heightBelow] = [above.excess, below.excess];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (above.noise <= below.noise * (1 + PRECISION)) break;
    const found = between(above.noise, below.noise, heightAbove, heightBelow);
    const next = end(found, epsilonAt(found), target);
    if (next.excess <= 0) {
      above = next;
      heightAbove = next.excess;
      heightBelow /= 2;
    } else {
      below = next;
      heightBelow = next.excess;
      heightAbove /= 2;
    }
  }
  return { noiseMultiplier: above.noise, epsilon: above.epsilon };
}

interface End {
  readonly noise: number;
  readonly epsilon: number;
  /** ln(epsilon / target): above 0 where the noise does not suffice. */
  readonly excess: number;
}

function end(noise: number, epsilon: number, target: number): End {
  return { noise, epsilon, excess: Math.log(epsilon / target) };
}

/** Where the line through both ends crosses 0, kept off the ends; the middle where there is none. */
function between(above: number, below: number, heightAbove: number, heightBelow: number): number {
  const [high, low] = [Math.log(above), Math.log(below)];
  const share = heightBelow / (heightBelow - heightAbove);
  const inside = Number.isFinite(share) ? Math.min(0.98, Math.max(0.02, share)) : 0.5;
  return Math.exp(low + inside * (high - low));
}
