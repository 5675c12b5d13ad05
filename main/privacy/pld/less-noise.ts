export interface Calibrated {
  readonly noiseMultiplier: number;
  readonly epsilon: number;
}

export interface EpsilonAt {
  /** The figure that counts. */
  whole(noiseMultiplier: number): number;
  /** A quick one that errs by nearly the same at noise nearby; null where there is none. */
  rough(noiseMultiplier: number): number | null;
}

/** Of epsilon: how far below the target an answer may stay; it is aimed below it by less than half. */
const CLOSE = 2e-5;
const AIM = 0.4;
/** What the rough figure is about off by, before it is known. */
const USUAL = 1.0045;
const LEAST_NOISE = 0.01;
const MOST_ROUNDS = 12;
const MOST_QUICK = 40;

/**
 * Less noise that still keeps the target, between none and a multiplier known to suffice: where the
 * rough figure, times what it was off by last, meets the target. The answer was itself tested: the
 * whole figure of it is at most the target.
 */
export function lessNoise(
  enough: Calibrated,
  target: number,
  at: EpsilonAt,
  close = CLOSE,
): Calibrated {
  let best: Calibrated = enough;
  let noise = enough.noiseMultiplier;
  let factor = USUAL;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = meeting(noise, target * (1 - AIM * close) * factor, at);
    if (next === null || next >= enough.noiseMultiplier) break;
    noise = Math.max(next, LEAST_NOISE);
    const epsilon = at.whole(noise);
    if (epsilon <= target && noise < best.noiseMultiplier) {
      best = { noiseMultiplier: noise, epsilon };
    }
    if (epsilon <= target && (epsilon >= target * (1 - close) || noise === LEAST_NOISE)) break;
    const rough = at.rough(noise);
    if (rough === null) break;
    factor = rough / epsilon;
  }
  return best;
}

/**
 * The noise at which the rough figure is `wanted`, by false position on ln epsilon against ln noise
 * (the Illinois rule keeps both ends moving), from `start` on.
 */
function meeting(start: number, wanted: number, at: EpsilonAt): number | null {
  const excess = (noise: number): number | null => {
    const rough = at.rough(noise);
    return rough === null ? null : Math.log(Math.max(rough, Number.MIN_VALUE) / wanted);
  };
  let last = { noise: start, excess: excess(start) };
  if (last.excess === null) return null;
  // About as epsilon falls with noise, and a little further, until the figure is on the other side.
  let other = last;
  for (let step = 0; step < MOST_QUICK; step++) {
    const away = Math.max(Math.abs(last.excess ?? 0), 1e-5) * 1.5;
    const noise = last.noise * Math.exp((last.excess ?? 0) > 0 ? away : -Math.min(away, 0.3));
    const found = { noise, excess: excess(noise) };
    if (found.excess === null) return null;
    other = last;
    last = found;
    if (found.excess > 0 !== (other.excess ?? 0) > 0) break;
    if (noise < LEAST_NOISE) return LEAST_NOISE;
  }
  return crossing(other, last, excess);
}

interface End {
  readonly noise: number;
  readonly excess: number | null;
}

function crossing(a: End, b: End, excess: (noise: number) => number | null): number | null {
  let [left, right] = [a, b];
  let [heightLeft, heightRight] = [left.excess ?? 0, right.excess ?? 0];
  for (let step = 0; step < MOST_QUICK; step++) {
    if (Math.abs(left.noise / right.noise - 1) < 1e-7) break;
    const share = heightRight / (heightRight - heightLeft);
    const inside = Number.isFinite(share) ? Math.min(0.999, Math.max(0.001, share)) : 0.5;
    const [from, to] = [Math.log(right.noise), Math.log(left.noise)];
    const noise = Math.exp(from + inside * (to - from));
    const found = { noise, excess: excess(noise) };
    if (found.excess === null) return null;
    if (Math.abs(found.excess) < 2e-6) return noise;
    if (found.excess > 0 === heightLeft > 0) {
      left = found;
      heightLeft = found.excess;
      heightRight /= 2;
    } else {
      right = found;
      heightRight = found.excess;
      heightLeft /= 2;
    }
  }
  return right.noise;
}
