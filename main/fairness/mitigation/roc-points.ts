/** Who of a group is selected at a threshold. */
export interface OperatingPoint {
  /** A score of at least this is selected. */
  readonly threshold: number;
  readonly fpr: number;
  readonly tpr: number;
  readonly selection: number;
}

/** A group's people with a score. */
export interface GroupScores {
  readonly positives: number;
  readonly negatives: number;
  /** From nobody selected to all: a point for each distinct score. */
  readonly points: readonly OperatingPoint[];
}

/** Nobody has a score of this. */
const NOBODY = 2;

/** The operating points of each group; all groups must have both labels for rates to exist. */
export function groupScores(
  scores: Float64Array,
  truth: ArrayLike<number>,
  codes: ArrayLike<number>,
  groups: number,
): GroupScores[] {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]!);
  const size = new Float64Array(2 * groups);
  for (const at of order) size[2 * codes[at]! + truth[at]!]!++;
  const seen = new Float64Array(2 * groups);
  const last = new Float64Array(groups).fill(NaN);
  const points = Array.from({ length: groups }, (): OperatingPoint[] => []);
  const add = (group: number, next: number | null): void => {
    const [negatives, positives] = [size[2 * group]!, size[2 * group + 1]!];
    const [fp, tp] = [seen[2 * group]!, seen[2 * group + 1]!];
    points[group]!.push({
      threshold: between(last[group]!, next),
      fpr: fp / negatives,
      tpr: tp / positives,
      selection: (fp + tp) / (negatives + positives),
    });
  };
  for (const at of order) {
    const group = codes[at]!;
    if (scores[at] !== last[group]) add(group, scores[at]!);
    last[group] = scores[at]!;
    seen[2 * group + truth[at]!]!++;
  }
  for (let group = 0; group < groups; group++) add(group, null);
  return points.map((of, group) => ({
    negatives: size[2 * group]!,
    positives: size[2 * group + 1]!,
    points: of,
  }));
}

/** A threshold half way between two neighbouring scores, so that near scores fall on the same side. */
function between(above: number, below: number | null): number {
  if (below === null) return 0;
  if (!Number.isNaN(above)) return (above + below) / 2;
  return below < 1 ? (1 + below) / 2 : NOBODY;
}

/** Places of the points on the upper hull of y over x, x rising. */
export function upperHull(xs: readonly number[], ys: readonly number[]): number[] {
  const hull: number[] = [];
  for (let at = 0; at < xs.length; at++) {
    while (hull.length > 1) {
      const [a, b] = [hull.at(-2)!, hull.at(-1)!];
      const turn = (xs[b]! - xs[a]!) * (ys[at]! - ys[a]!) - (ys[b]! - ys[a]!) * (xs[at]! - xs[a]!);
      if (turn < 0) break;
      hull.pop();
    }
    const before = hull.at(-1);
    if (before !== undefined && xs[before] === xs[at]) {
      if (ys[before]! >= ys[at]!) continue;
      hull.pop();
    }
    hull.push(at);
  }
  return hull;
}
