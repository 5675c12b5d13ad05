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
export const PRIVACY_LOSS: Readonly<Partial<Record<ModelKind, readonly (readonly Cell[])[]>>> = {};

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
