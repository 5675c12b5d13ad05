import type { ModelKind } from '../contract/train.ts';

/** Records learned from, and the epsilons, of the cells below. */
const COUNTS = [300, 1000, 3000, 10_000, 30_000] as const;
const EPSILONS = [0.1, 0.25, 0.5, 1, 2, 4, 8] as const;

type Cell = readonly [least: number, most: number];

/**
 * Of 100 cases, how many fewer were right than without privacy: the least and the most of 16
 * trainings, eight on Adult and eight on diabetes-130, on 10,000 other records (delta 1e-5, unit: the
 * record). By kind, one line for each number of records, one cell for each epsilon.
 * Source: `npm run -s concord -- bench privacy-loss --json`, kept as bench/privacy-loss.json; a test
 * holds the two together.
 */
export const PRIVACY_LOSS: Readonly<Partial<Record<ModelKind, readonly (readonly Cell[])[]>>> = {
  logistic: [
    [
      [3.15, 11.27],
      [-0.43, 9.64],
      [2.78, 9.23],
      [-0.5, 7.53],
      [-0.16, 4.57],
      [-1.23, 2.17],
      [-2.48, 1.33],
    ],
    [
      [2.19, 12.56],
      [1.03, 8.47],
      [0.18, 5.54],
      [-0.13, 2.51],
      [-1.16, 2.01],
      [-1.1, 1.23],
      [-0.95, 0.6],
    ],
    [
      [3.91, 8.15],
      [2.41, 5.13],
      [0.94, 2.72],
      [-0.31, 1.96],
      [-0.49, 1.1],
      [-0.24, 0.83],
      [-0.33, 0.82],
    ],
    [
      [1.6, 7.05],
      [1, 3.29],
      [0.26, 1.62],
      [0.16, 1.19],
      [0.02, 0.57],
      [-0.23, 0.32],
      [-0.34, 0.31],
    ],
    [
      [0.49, 2.35],
      [0.03, 1.18],
      [-0.23, 0.88],
      [-0.46, 0.59],
      [-0.18, 0.24],
      [-0.21, 0.24],
      [-0.26, 0.21],
    ],
  ],
  boosting: [
    [
      [-0.07, 58.52],
      [-0.07, 58],
      [-0.07, 11.54],
      [1.92, 14.28],
      [0.61, 10.27],
      [-0.2, 8.64],
      [-0.87, 5.89],
    ],
    [
      [6.7, 59.18],
      [2.67, 15.64],
      [3.61, 12.48],
      [1.39, 7.15],
      [0.71, 7.04],
      [0.15, 6.38],
      [-0.73, 6.54],
    ],
    [
      [7.24, 15.16],
      [3.83, 8.55],
      [2.59, 7.74],
      [1.01, 7.01],
      [0.33, 5.82],
      [0.02, 5.3],
      [-0.22, 0.57],
    ],
    [
      [3.71, 10.09],
      [2.65, 7.18],
      [1.53, 6.54],
      [1.17, 5.3],
      [0.2, 1.48],
      [0.13, 0.85],
      [0.08, 0.65],
    ],
    [
      [2.82, 7.67],
      [1.55, 5.79],
      [0.29, 1.59],
      [0.25, 1.13],
      [0.3, 0.7],
      [0.2, 0.71],
      [0.19, 0.82],
    ],
  ],
  network: [
    [
      [2.23, 17.38],
      [2.04, 11.53],
      [3.02, 9.8],
      [0.89, 7.2],
      [0.14, 6.83],
      [-2.44, 4.4],
      [-0.62, 3.54],
    ],
    [
      [3.37, 10.45],
      [2.49, 9.25],
      [1.4, 6.56],
      [-0.96, 5.16],
      [-0.63, 3.15],
      [-0.6, 2.38],
      [-0.84, 1.45],
    ],
    [
      [3.65, 10.44],
      [3.5, 6.26],
      [1.85, 4.35],
      [0.74, 4.16],
      [-0.13, 2.08],
      [-0.22, 1.59],
      [-1.36, 1.8],
    ],
    [
      [3.28, 6.42],
      [2.01, 4.4],
      [1.08, 3.71],
      [0.48, 2.2],
      [0.03, 2.01],
      [0.07, 1.6],
      [-0.21, 1.41],
    ],
    [
      [1.41, 3.75],
      [0.61, 3],
      [0.17, 1.36],
      [0.17, 1.13],
      [-0.24, 0.82],
      [-0.14, 0.75],
      [-0.04, 0.78],
    ],
  ],
};

/**
 * What privacy is likely to cost in right answers of 100, from public records alone: the hull of the
 * cells around `count` units and `epsilon`. Above the largest count less may be lost, down to
 * nothing. Null below the smallest count or epsilon, and for kinds that were not measured.
 */
export function privacyLoss(
  kind: ModelKind,
  count: number,
  epsilon: number,
): { least: number; most: number } | null {
  const table = PRIVACY_LOSS[kind];
  // An epsilon that was reached from below is a hair under the one that was asked for.
  const asked = epsilon * (1 + 1e-3);
  if (table === undefined || count < COUNTS[0] || asked < EPSILONS[0]) return null;
  const cells = around(COUNTS, count).flatMap((row) =>
    around(EPSILONS, asked).flatMap((column) => {
      const cell = table[row]?.[column];
      return cell === undefined ? [] : [cell];
    }),
  );
  const least = Math.min(...cells.map(([low]) => low));
  const most = Math.max(...cells.map(([, high]) => high));
  const isBeyond = count > COUNTS[COUNTS.length - 1]!;
  return { least: Math.max(0, isBeyond ? 0 : least), most: Math.max(0, most) };
}

/** The places of the stops on either side of a value; one where it stands on a stop or outside. */
function around(stops: readonly number[], value: number): number[] {
  const below = stops.findLastIndex((stop) => stop <= value);
  const isOn = value <= (stops[below] ?? Infinity) * (1 + 2e-3);
  return isOn || below === stops.length - 1 ? [below] : [below, below + 1];
}
