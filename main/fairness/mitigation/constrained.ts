import type { Criterion } from '../../contract/mitigation.ts';
import {
  comparisonsOf,
  errorOf,
  gapOf,
  rateIn,
  totalOf,
  type Cells,
  type RateCells,
} from './cells.ts';
import { cheapestMixture } from './linear-program.ts';

/** What a model is to learn of the records in each cell: an answer, and how much it counts. */
export interface Lesson {
  /** 0 or 1. */
  readonly target: Float64Array;
  /** 1 in every cell where nothing is asked of the gap. */
  readonly weight: Float64Array;
}

export interface ConstrainedRun {
  readonly counts: Cells;
  readonly criterion: Criterion;
  /** Of the gap between any two groups. */
  readonly bound: number;
  /** Models that may be trained. */
  readonly rounds: number;
  /** Trains a model on a lesson; gives how many records of each cell it selects. */
  readonly respond: (lesson: Lesson, round: number) => Promise<Cells>;
  /** What one model made of those so far, by these shares, selects; null where there is none. */
  readonly merge?: (shares: Float64Array) => Promise<Cells | null>;
}

export interface Response {
  readonly selected: Cells;
  readonly error: number;
  readonly gap: number;
}

export interface Constrained {
  /** In the order in which they were trained; a merged one comes last. */
  readonly tried: readonly Response[];
  /** Share of each in the mixture that keeps the bound at the least error. */
  readonly shares: Float64Array;
  /** The one that keeps the bound at the least error, else the one of the smallest gap. */
  readonly best: number;
}

/** One model less another in one rate must not exceed the bound. */
interface Pair {
  readonly above: RateCells;
  readonly below: RateCells;
}

/** What a unit of gap beyond the bound costs against a share of wrong decisions. */
const PENALTY = 10;
/** How much weights move with the first gap that is found. */
const FIRST_STEP = 3.5;
const SAME = 1e-9;
/** Of the bound, what a model that is made of several aims at. */
const MARGIN = 0.85;

/**
 * Training under a bound on the gap as a game of a learner against the prices of the limits (Agarwal,
 * Beygelzimer, Dudik, Langford and Wallach 2018, ICML, section 3): for given prices the learner's best
 * answer is a model trained on weighted and relabelled records. Limits hold between every two groups,
 * where the paper's hold between a group and all together: what is promised is the gap itself. Prices
 * rise with what is exceeded until a mixture of the models so far keeps the bound; from then on they
 * are those of the cheapest mixture, which needs far fewer models than multiplicative updates.
 */
export async function constrained(run: ConstrainedRun): Promise<Constrained> {
  const { counts, criterion, bound, rounds, respond, merge } = run;
  const pairs = comparisonsOf(criterion, counts).flatMap((rates) =>
    rates.flatMap((above) =>
      rates.filter((below) => below !== above).map((below): Pair => ({ above, below })),
    ),
  );
  const tried: Response[] = [];
  const asked: Float64Array[] = [];
  let prices: Float64Array = new Float64Array(pairs.length);
  let shares: Float64Array = Float64Array.of(1);
  let step = FIRST_STEP;
  for (let round = 0; round < rounds; round++) {
    const selected = await respond(lessonOf(pairs, prices, counts), round);
    asked.push(prices);
    const isKnown = tried.some((one) => isSame(one.selected, selected));
    tried.push(responseOf(selected, counts, criterion));
    const mixed = mixtureOf(run, pairs, tried, bound);
    shares = mixed.shares;
    if (mixed.excess > SAME) {
      prices = raised(prices, pairs, counts, { selected, bound, step });
      step *= 2;
      continue;
    }
    // A model that is known already says nothing new: half way to the best one there may be another.
    const from = isKnown ? asked[bestOf(tried, bound)]! : mixed.prices;
    const next = mixed.prices.map((price, k) => (price + from[k]!) / 2);
    if (asked.some((one) => isSame(one, next))) break;
    prices = next;
  }
  // One model made of several keeps the bound less exactly than their lottery.
  const inside = mixtureOf(run, pairs, tried, MARGIN * bound).shares;
  const isMixed = inside.filter((share) => share > SAME).length > 1;
  const selected = isMixed ? ((await merge?.(inside)) ?? null) : null;
  if (selected !== null) {
    tried.push(responseOf(selected, counts, criterion));
    shares = Float64Array.of(...shares, 0);
  }
  return { tried, shares, best: bestOf(tried, bound) };
}

function mixtureOf(
  { counts }: Pick<ConstrainedRun, 'counts'>,
  pairs: readonly Pair[],
  tried: readonly Response[],
  bound: number,
): ReturnType<typeof cheapestMixture> {
  const uses = pairs.map((pair) => tried.map((one) => excessOf(pair, counts, one.selected)));
  const errors = tried.map(({ error }) => error);
  const limits = pairs.map(() => bound);
  return cheapestMixture(errors, uses, limits, PENALTY);
}

function responseOf(selected: Cells, counts: Cells, criterion: Criterion): Response {
  const gap = gapOf(criterion, counts, selected);
  return { selected, error: errorOf(counts, selected), gap };
}

/** How far the first rate lies above the second. */
function excessOf({ above, below }: Pair, counts: Cells, selected: Cells): number {
  return rateIn(above, counts, selected) - rateIn(below, counts, selected);
}

/** The cost of selecting a record of each cell, as an answer and a weight. */
function lessonOf(pairs: readonly Pair[], prices: Float64Array, counts: Cells): Lesson {
  const total = totalOf(counts);
  const costs = counts.map((_, cell) => (cell % 2 === 1 ? -1 : 1));
  pairs.forEach(({ above, below }, k) => {
    const price = prices[k]!;
    if (price === 0) return;
    for (const cell of above.cells) costs[cell]! += (price * total) / sizeOf(above, counts);
    for (const cell of below.cells) costs[cell]! -= (price * total) / sizeOf(below, counts);
  });
  return { target: costs.map((cost) => (cost < 0 ? 1 : 0)), weight: costs.map(Math.abs) };
}

function sizeOf({ cells }: RateCells, counts: Cells): number {
  return cells.reduce((sum, cell) => sum + Math.max(0, counts[cell]!), 0);
}

/** Prices raised by what the last model exceeds, and lowered by what it does not. */
function raised(
  prices: Float64Array,
  pairs: readonly Pair[],
  counts: Cells,
  { selected, bound, step }: { selected: Cells; bound: number; step: number },
): Float64Array {
  const total = totalOf(counts);
  return prices.map((price, k) => {
    const { above, below } = pairs[k]!;
    const part = Math.min(sizeOf(above, counts), sizeOf(below, counts)) / total;
    const over = excessOf(pairs[k]!, counts, selected) - bound;
    return Math.max(0, price + step * part * over);
  });
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  return a.every((value, at) => Math.abs(value - b[at]!) <= SAME * Math.max(1, Math.abs(value)));
}

function bestOf(tried: readonly Response[], bound: number): number {
  let best = 0;
  tried.forEach(({ error, gap }, at) => {
    const now = tried[best]!;
    const [keeps, kept] = [gap <= bound, now.gap <= bound];
    const isBetter = keeps === kept ? (keeps ? error < now.error : gap < now.gap) : keeps;
    if (isBetter) best = at;
  });
  return best;
}
