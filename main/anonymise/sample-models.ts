import type { PrivacyModel } from '../contract/anonymise.ts';
import type { People } from './population.ts';
import { sizeHistogram, type SizeHistogram } from './risk/histogram.ts';
import { estimateUniqueness } from './risk/uniqueness.ts';

/** Models of the remaining records as a whole, not of each class. */
export type SampleModel = Extract<
  PrivacyModel,
  {
    readonly type:
      'average-risk' | 'records-at-risk' | 'sample-uniqueness' | 'population-uniqueness';
  }
>;

/** Class sizes of the remaining records, in rising order. */
export interface RemainingSizes {
  readonly sizes: Int32Array;
  readonly records: number;
}

export interface SampleTest {
  /** No finer node can meet it by suppressing fewer records. */
  readonly inherited: boolean;
  /** Where it holds without suppression, it holds at coarser nodes without suppression. */
  readonly merging: boolean;
  holds(remaining: RemainingSizes): boolean;
}

const ROUNDING = 1e-12;

/**
 * The test of a model of the whole. Average risk (prosecutor's average, El Emam, Dankar 2008):
 * classes / records at most the threshold. Records at risk: the share of records in classes with
 * 1 / size above the threshold. Sample uniqueness: the share of records alone in their class.
 * Population uniqueness: the estimated share of people alone in theirs. No record left: all hold.
 * `earlier`: sizes of the classes that earlier rounds of local recoding keep; shares that hold in
 * them and here hold in both together, an estimate has to be made of both.
 */
export function sampleTest(
  model: SampleModel,
  people: People | null,
  earlier: Int32Array = new Int32Array(),
): SampleTest {
  switch (model.type) {
    case 'average-risk':
      return {
        inherited: true,
        merging: true,
        holds: ({ sizes, records }) => sizes.length <= model.threshold * records + ROUNDING,
      };
    case 'records-at-risk':
      return small(model.fraction, (size) => isAtRisk(size, model.threshold));
    case 'sample-uniqueness':
      return small(model.fraction, (size) => size === 1);
    case 'population-uniqueness':
      return {
        inherited: false,
        merging: false,
        holds: ({ sizes }) => isRare(sizeHistogram([...earlier, ...sizes]), people!.size, model),
      };
  }
}

/** A record of a class of this size is found with a chance above the threshold. */
export function isAtRisk(size: number, threshold: number): boolean {
  return 1 / size > threshold;
}

/** At most a fraction of the records lies in classes that count as small. */
function small(fraction: number, isSmall: (size: number) => boolean): SampleTest {
  return {
    inherited: false,
    merging: true,
    holds: ({ sizes, records }) => {
      let among = 0;
      for (const size of sizes) {
        if (!isSmall(size)) break;
        among += size;
      }
      return among <= fraction * records + ROUNDING;
    },
  };
}

/** An estimate that does not exist rules nothing out: then only no unique record will do. */
function isRare(
  histogram: SizeHistogram,
  people: number,
  model: SampleModel & { readonly type: 'population-uniqueness' },
): boolean {
  if (histogram.of(1) === 0) return true;
  const estimate = estimateUniqueness(histogram, people)[model.estimator ?? 'dankar'];
  return estimate !== null && estimate <= model.fraction + ROUNDING;
}

/**
 * Suppresses classes in rising order of size, among equals in their order, until every
 * test holds; how many is found by halving. Where the tests get no harder as small classes go
 * (all but population uniqueness by Pitman or SNB, which may be uneven by a class or two) that is
 * the fewest. Adds them to `lost`, the
 * records of each class that are suppressed already, and gives their number.
 */
export function suppressUntil(
  tests: readonly SampleTest[],
  sizes: Int32Array,
  lost: Int32Array,
): number {
  const rising = Int32Array.from(sizes.keys())
    .filter((c) => lost[c] === 0)
    .sort((a, b) => sizes[a]! - sizes[b]! || a - b);
  const ordered = rising.map((c) => sizes[c]!);
  const total = ordered.reduce((sum, size) => sum + size, 0);
  const below = new Float64Array(ordered.length + 1);
  ordered.forEach((size, at) => (below[at + 1] = below[at]! + size));
  const holdsWithout = (first: number): boolean => {
    const remaining = { sizes: ordered.subarray(first), records: total - below[first]! };
    return tests.every(({ holds }) => holds(remaining));
  };
  if (holdsWithout(0)) return 0;
  let fails = 0;
  let holds = ordered.length;
  while (fails + 1 < holds) {
    const middle = (fails + holds) >> 1;
    if (holdsWithout(middle)) holds = middle;
    else fails = middle;
  }
  for (let at = 0; at < holds; at++) lost[rising[at]!] = ordered[at]!;
  return below[holds]!;
}
