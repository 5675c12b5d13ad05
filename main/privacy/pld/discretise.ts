import type { LossPair } from './pairs.ts';

/** Probabilities of losses that are whole multiples of the grid's width. */
export interface LossGrid {
  readonly width: number;
  /** Ascending; loss = index x width. */
  readonly indices: Int32Array;
  /** Never less private than the pair: its hockey-stick curve is that of the pair or above it. */
  readonly upper: Float64Array;
  /** Never more private than the pair: each loss rounded down. */
  readonly lower: Float64Array;
  /** Probability of a loss without bound. */
  readonly infinite: number;
}

/** A rule of Gauss and Legendre on [-1, 1]. */
interface Rule {
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
}
const EIGHT: Rule = {
  nodes: [
    -0.9602898564975363, -0.7966664774136267, -0.525532409916329, -0.1834346424956498,
    0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363,
  ],
  weights: [
    0.1012285362903763, 0.2223810344533745, 0.3137066458778873, 0.362683783378362,
    0.362683783378362, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763,
  ],
};
const THREE: Rule = {
  nodes: [-Math.sqrt(0.6), 0, Math.sqrt(0.6)],
  weights: [5 / 9, 8 / 9, 5 / 9],
};
/** Parts this much narrower than smooth ones need no more than three nodes. */
const NARROW = 1 / 16;
/** More losses than this are not told apart. */
const MOST_INDEX = 2 ** 30;

/**
 * The pair's losses on a grid of this width by connecting the dots (Doroshenko, Ghazi, Kamath,
 * Kumar and Manurangsi 2022): between two neighbouring dots each loss is split among them so that
 * its probability under P and under Q stay the same; the hockey-stick curve is then exact at the
 * dots and, being convex in e^epsilon, nowhere below the pair's. Dots stand at each of the
 * first `fine` multiples and thin out in proportion to the loss beyond; around single outcomes they
 * stand on both sides of each.
 */
export function onGrid(pair: LossPair, width: number, fine: number): LossGrid {
  const [lowest, highest] = ends(pair);
  const indices =
    pair.from === pair.to ? dotsAround(pair, width) : dots(lowest / width, highest / width, fine);
  const upper = new Float64Array(indices.length);
  const lower = new Float64Array(indices.length);
  const place = (loss: number, mass: number, right: number): void => {
    const top = indices[right]! * width;
    const bottom = indices[right - 1]! * width;
    const share = Math.expm1(top - loss) / Math.expm1(top - bottom);
    const below = mass * Math.min(1, Math.max(0, share));
    upper[right - 1]! += below;
    upper[right]! += mass - below;
    lower[right - 1]! += mass;
  };
  let right = 1;
  for (const { loss, mass } of [...pair.atoms].sort((a, b) => a.loss - b.loss)) {
    while (indices[right]! * width < loss) right++;
    place(loss, mass, right);
  }
  let start = pair.from;
  for (right = 1; right < indices.length; right++) {
    const end = Math.min(pair.to, pair.outcomeAt(indices[right]! * width));
    if (!(end > start)) continue;
    integrate(pair, start, end, (loss, mass) => place(loss, mass, right));
    start = end;
  }
  upper[1]! += pair.below;
  lower[0]! += pair.below;
  return { width, indices, upper, lower, infinite: pair.above };
}

/** Whether the pair's losses are more multiples of the width than a grid can number. */
export function reachesBeyondGrids(pair: LossPair, width: number): boolean {
  const [lowest, highest] = ends(pair);
  return !(Math.max(-lowest, highest) < MOST_INDEX * width);
}

function ends(pair: LossPair): [number, number] {
  let [lowest, highest] = [pair.loss(pair.from), pair.loss(pair.to)];
  for (const { loss } of pair.atoms) {
    lowest = Math.min(lowest, loss);
    highest = Math.max(highest, loss);
  }
  return [lowest, highest];
}

/** The whole numbers at which dots stand: from at most `lowest` to at least `highest`. */
function dots(lowest: number, highest: number, fine: number): Int32Array {
  const rising = steps(highest, fine);
  const falling = steps(-lowest, fine).map((index) => -index);
  const inside = [...falling.reverse(), ...rising.slice(1)];
  // At least one interval that reaches around everything.
  return Int32Array.from(inside.length > 1 ? inside : [0, 1]);
}

/** The multiples next to each outcome of a pair that has single outcomes alone. */
function dotsAround({ atoms }: LossPair, width: number): Int32Array {
  const found = new Set<number>();
  for (const { loss } of atoms) {
    const index = Math.floor(loss / width);
    found.add(index).add(index + 1);
  }
  return Int32Array.from(found).sort();
}

/** 0, 1, 2, ... `fine`, then ever wider apart, until `end` is reached. */
function steps(end: number, fine: number): number[] {
  const found = [0];
  for (let index = 0; index < end;) {
    index += Math.max(1, Math.floor(index / fine));
    found.push(index);
  }
  return found;
}

/** Hands over losses with their probabilities under P between two outcomes. */
function integrate(
  pair: LossPair,
  start: number,
  end: number,
  take: (loss: number, mass: number) => void,
): void {
  const parts = Math.ceil((end - start) / pair.smooth);
  const { nodes, weights } = end - start < NARROW * pair.smooth ? THREE : EIGHT;
  const half = (end - start) / parts / 2;
  for (let part = 0; part < parts; part++) {
    const middle = start + (2 * part + 1) * half;
    for (let n = 0; n < nodes.length; n++) {
      const outcome = middle + nodes[n]! * half;
      take(pair.loss(outcome), weights[n]! * half * pair.density(outcome));
    }
  }
}
