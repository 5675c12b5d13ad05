import type { Criterion } from '../../contract/mitigation.ts';
import { upperHull, type GroupScores, type OperatingPoint } from './roc-points.ts';

/** A decision by lot between two thresholds, and in part without a look at the score. */
export interface LotteryRule {
  /** With probability `share` that of the first point, else that of the second. */
  readonly points: readonly [OperatingPoint, OperatingPoint];
  readonly share: number;
  /** With this probability the score is not looked at and `constant` is the chance of selection. */
  readonly ignored: number;
  readonly constant: number;
  readonly expected: Rates;
}

type Rates = Pick<OperatingPoint, 'fpr' | 'tpr' | 'selection'>;

export interface GroupThresholds {
  /** One for each group: the optimum, which decides by lot in part. */
  readonly lottery: readonly LotteryRule[];
  /** The single threshold nearest to it. */
  readonly chosen: readonly OperatingPoint[];
  readonly lotteryGap: number;
  readonly gap: number;
}

/**
 * Thresholds for each group that make the rates of the criterion alike at the least error (Hardt, Price
 * and Srebro 2016, section 3.2: by the convex hulls of the groups' ROC curves), and the rule without
 * a lottery whose rates are nearest. Rates of the lottery are alike exactly on these records only.
 */
export function groupThresholds(
  groups: readonly GroupScores[],
  criterion: Criterion,
): GroupThresholds {
  const lottery =
    criterion === 'equalised-odds'
      ? oddsAlike(groups)
      : rateAlike(groups, criterion === 'demographic-parity' ? 'selection' : 'tpr');
  const compared = COMPARED[criterion];
  const chosen = groups.map(({ points }, g) => nearest(points, lottery[g]!.expected, compared));
  return {
    lottery,
    chosen,
    lotteryGap: gapOf(
      lottery.map(({ expected }) => expected),
      compared,
    ),
    gap: gapOf(chosen, compared),
  };
}

const COMPARED: Readonly<Record<Criterion, readonly (keyof Rates)[]>> = {
  'demographic-parity': ['selection'],
  'equalised-odds': ['tpr', 'fpr'],
  'equal-opportunity': ['tpr'],
};

function gapOf(rates: readonly Rates[], compared: readonly (keyof Rates)[]): number {
  const gaps = compared.map((rate) => {
    const values = rates.map((one) => one[rate]);
    return Math.max(...values) - Math.min(...values);
  });
  return Math.max(...gaps);
}

function nearest(
  points: readonly OperatingPoint[],
  to: Rates,
  compared: readonly (keyof Rates)[],
): OperatingPoint {
  const away = (point: Rates): number =>
    compared.reduce((sum, rate) => sum + (point[rate] - to[rate]) ** 2, 0);
  return points.reduce((best, point) => (away(point) < away(best) ? point : best));
}

/** A concave function by its corners, x rising, and the points they stand for. */
interface Hull {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly points: readonly OperatingPoint[];
}

function hullOf(
  points: readonly OperatingPoint[],
  x: (point: OperatingPoint) => number,
  y: (point: OperatingPoint) => number,
): Hull {
  const [xs, ys] = [points.map(x), points.map(y)];
  const corners = upperHull(xs, ys);
  return {
    xs: corners.map((at) => xs[at]!),
    ys: corners.map((at) => ys[at]!),
    points: corners.map((at) => points[at]!),
  };
}

/** The corner that begins the stretch with x in it, and how much of that corner is in the mixture. */
function stretchAt({ xs }: Hull, x: number): { readonly from: number; readonly share: number } {
  let from = 0;
  while (from + 2 < xs.length && xs[from + 1]! <= x) from++;
  const length = xs[from + 1]! - xs[from]!;
  const share = length > 0 ? 1 - (x - xs[from]!) / length : 1;
  return { from, share: Math.min(1, Math.max(0, share)) };
}

function valueAt(hull: Hull, x: number): number {
  const { from, share } = stretchAt(hull, x);
  return share * hull.ys[from]! + (1 - share) * hull.ys[from + 1]!;
}

/** One rate alike in all groups: the error at each value of it falls and rises once. */
function rateAlike(groups: readonly GroupScores[], rate: 'selection' | 'tpr'): LotteryRule[] {
  const hulls = groups.map(({ points, positives, negatives }) =>
    hullOf(
      points,
      (point) => point[rate],
      ({ fpr, tpr }) => positives * tpr - negatives * fpr,
    ),
  );
  const right = (x: number): number => hulls.reduce((sum, hull) => sum + valueAt(hull, x), 0);
  const best = bestOf(
    hulls.flatMap(({ xs }) => xs),
    right,
  );
  return hulls.map((hull) => ruleAt(hull, best));
}

function bestOf(xs: readonly number[], value: (x: number) => number): number {
  let [best, most] = [0, -Infinity];
  for (const x of new Set(xs)) {
    const found = value(x);
    if (found > most) [best, most] = [x, found];
  }
  return best;
}

function ruleAt(hull: Hull, x: number): LotteryRule {
  const { from, share } = stretchAt(hull, x);
  const [a, b] = [hull.points[from]!, hull.points[from + 1]!];
  const mixed = (rate: keyof Rates): number => share * a[rate] + (1 - share) * b[rate];
  return {
    points: [a, b],
    share,
    ignored: 0,
    constant: 0,
    expected: { fpr: mixed('fpr'), tpr: mixed('tpr'), selection: mixed('selection') },
  };
}

/** Both rates alike: a point that lies under the ROC hull of every group, of which the best. */
function oddsAlike(groups: readonly GroupScores[]): LotteryRule[] {
  const hulls = groups.map(({ points }) =>
    hullOf(
      points,
      ({ fpr }) => fpr,
      ({ tpr }) => tpr,
    ),
  );
  const lowest = (x: number): number => Math.min(...hulls.map((hull) => valueAt(hull, x)));
  const positives = groups.reduce((sum, one) => sum + one.positives, 0);
  const negatives = groups.reduce((sum, one) => sum + one.negatives, 0);
  const corners = [...new Set(hulls.flatMap(({ xs }) => xs))].sort((a, b) => a - b);
  const fpr = bestOf(
    [...corners, ...crossings(hulls, corners)],
    (x) => positives * lowest(x) - negatives * x,
  );
  const tpr = lowest(fpr);
  return hulls.map((hull, g) => {
    const rule = ruleAt(hull, fpr);
    // Between the hull and the diagonal: in part the score is not looked at.
    const above = rule.expected.tpr - fpr;
    const ignored = above > 0 ? Math.min(1, Math.max(0, (rule.expected.tpr - tpr) / above)) : 0;
    const share = groups[g]!.positives / (groups[g]!.positives + groups[g]!.negatives);
    const selection = share * tpr + (1 - share) * fpr;
    return { ...rule, ignored, constant: fpr, expected: { fpr, tpr, selection } };
  });
}

/** Where two hulls cross between neighbouring corners, on which both are straight. */
function crossings(hulls: readonly Hull[], corners: readonly number[]): number[] {
  const found: number[] = [];
  for (let at = 0; at + 1 < corners.length; at++) {
    const [from, to] = [corners[at]!, corners[at + 1]!];
    const ends = hulls.map((hull) => [valueAt(hull, from), valueAt(hull, to)] as const);
    ends.forEach(([a, b], i) => {
      for (const [c, d] of ends.slice(i + 1)) {
        const [before, after] = [a - c, b - d];
        if (before * after < 0) found.push(from + ((to - from) * before) / (before - after));
      }
    });
  }
  return found;
}
