import { beginPairs, type Course, type Part } from './course.ts';
import type { Releases, Turn } from './cycle.ts';
import { addCounts, sumOfSquares, type BinnedRows } from './histograms.ts';
import type { Outcome } from './outcome.ts';
import { pairBins } from './pair-bins.ts';
import { byChance, candidates, strongestPairs, unexplained } from './pairs.ts';

interface Counting {
  readonly rows: BinnedRows;
  readonly outcome: Outcome;
  readonly releases: Releases;
}

/** The first release: the counts of all bins of all columns and, of numbers, their mean square. */
export function findCounts(
  { rows, outcome, releases }: Counting,
  { parts, facts }: Pick<Course, 'parts' | 'facts'>,
): void {
  const bins = parts.reduce((sum, { counts }) => sum + counts.length, 0);
  const sums = new Float64Array(bins + (outcome.hasSpread ? 1 : 0));
  const places = placesOf(parts, rows.bins, rows.weights, sums);
  if (outcome.hasSpread) sums[bins] = sumOfSquares(rows);
  releases.counts(sums);
  parts.forEach((part, k) => setCounts(part, places[k]!, releases.countDeviation));
  if (!outcome.hasSpread) return;
  const whole = places[0]!.reduce((a, b) => a + b, 0);
  facts[facts.length - 1] = Math.min(0.25, Math.max(0, sums[bins]! / 4 / Math.max(1, whole)));
}

function placesOf(
  parts: readonly Part[],
  bins: readonly Uint16Array[],
  weights: Float64Array,
  sums: Float64Array,
): Float64Array[] {
  let from = 0;
  return parts.map(({ counts }, k) => {
    const place = sums.subarray(from, (from += counts.length));
    addCounts(bins[k]!, weights, place);
    return place;
  });
}

function setCounts({ counts, field }: Part, sums: Float64Array, deviation: number): void {
  const least = Math.max(0.5, deviation);
  const { ordered, grid } = field;
  // Of neighbours a count in the noise is taken to be as large as the noise; a bin by itself that
  // cannot be told from an empty one is to say nothing.
  const isAlone = (bin: number): boolean =>
    grid === undefined
      ? bin >= ordered
      : bin % grid.columns >= grid.orderedColumns &&
        Math.floor(bin / grid.columns) >= grid.orderedRows;
  const isFaint = (sum: number, bin: number): boolean =>
    isAlone(bin) && sum < FAINT_BELOW * deviation;
  counts.set(sums.map((sum, bin) => (isFaint(sum, bin) ? FAINT : Math.max(least, sum))));
}

/** A count below this many deviations of its noise may well be that of an empty bin. */
const FAINT_BELOW = 1.5;
/** So few records that what is released of them has no weight. */
const FAINT = 1e-3;

/**
 * Chooses the pairs unless they are stated, and releases the counts of their bins. `beat` comes before
 * every look at all rows.
 */
export async function findPairs(
  {
    pairs: { count, stated },
  }: {
    readonly pairs: {
      readonly count: number;
      readonly stated: readonly (readonly [number, number])[] | null;
    };
  },
  turn: Turn,
  beat: () => Promise<void>,
): Promise<void> {
  const { course, rows, releases, settings } = turn;
  const columns = stated ?? (await chosenPairs(turn, count, beat));
  const pairs = beginPairs(course, columns, settings.pairs.bins);
  if (pairs.length > 0) {
    const sums = new Float64Array(pairs.reduce((sum, { counts }) => sum + counts.length, 0));
    const bins = pairs.map(({ pair: [a, b], axes, field }) =>
      pairBins(rows.bins[a]!, rows.bins[b]!, axes, field),
    );
    const places = placesOf(pairs, bins, rows.weights, sums);
    releases.pairCounts(sums);
    pairs.forEach((part, k) => setCounts(part, places[k]!, releases.pairCountDeviation));
  }
  course.pairs = pairs;
}

async function chosenPairs(
  turn: Turn,
  count: number,
  beat: () => Promise<void>,
): Promise<[number, number][]> {
  const { course, rows, outcome, releases, settings, scores, residuals } = turn;
  const all = candidates(course);
  outcome.residuals(rows.targets, scores, residuals, settings.balanced);
  const figures = new Float64Array(all.length);
  for (const [at, pair] of all.entries()) {
    await beat();
    figures.set(unexplained(course, rows, residuals, [pair]), at);
  }
  releases.choice(figures);
  const { variance } = outcome.bends(course.facts, settings);
  const chance = byChance(
    course,
    variance.reduce((a, b) => a + b, 0),
    all,
  );
  return strongestPairs(
    all,
    figures.map((figure, at) => figure - chance[at]!),
    count,
  );
}
