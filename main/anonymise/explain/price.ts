import type { PriceCell } from '../../contract/explanation.ts';

/** The k and the limits that are tried, beside those of the plan. */
export const PRICED_K: readonly number[] = [2, 3, 5, 10, 20, 50];
export const PRICED_LIMITS: readonly number[] = [0, 0.01, 0.02, 0.05, 0.1];

/** The best result under one k and one limit. */
export interface Priced {
  readonly suppressed: number;
  readonly lost: number;
  /** Rows of the smallest group that is left; null where none is. */
  readonly smallest: number | null;
}

/** null: not even with every column hidden; 'stopped': there was no time to find out. */
export type Solve = (k: number, limit: number) => Promise<Priced | null | 'stopped'>;

export interface PriceOptions {
  readonly rows: number;
  /** Leaving a record out never makes the measure better, as with loss; else each k is by itself. */
  readonly acrossK: boolean;
  readonly solve: Solve;
  readonly progress?: (done: number, total: number) => void;
}

/** All cells of the table, k by k, none of them worked out. */
export function openCells(
  rows: number,
  chosen: { readonly k: number | null; readonly limit: number },
): PriceCell[] {
  const ks = sorted([...PRICED_K, ...(chosen.k === null ? [] : [chosen.k])]);
  const limits = sorted([...PRICED_LIMITS, chosen.limit]);
  return ks
    .filter((k) => k <= rows)
    .flatMap((k) =>
      limits.map((limit) => ({ k, limit, state: 'open', suppressed: null, lost: null }) as const),
    );
}

/**
 * Works the open cells out, the highest limit first, until `solve` is stopped. Two things spare
 * most of the searches, both exact: the best result under a higher limit that leaves out no more
 * than a lower one allows is the best under that too; and the best result for a lower k whose
 * groups are all large enough is the best for a higher one.
 */
export async function workOut(
  cells: readonly PriceCell[],
  { rows, acrossK, solve, progress = () => undefined }: PriceOptions,
): Promise<PriceCell[]> {
  const found = new Map<string, Priced | null>();
  const out = cells.map((cell) => ({ ...cell }));
  const order = out
    .map((_, at) => at)
    .sort((a, b) => out[a]!.k - out[b]!.k || out[b]!.limit - out[a]!.limit);
  let done = 0;
  for (const at of order) {
    const cell = out[at]!;
    progress(done++, out.length);
    if (cell.state !== 'open') continue;
    const known = knownFor(cell, { rows, acrossK }, found);
    const result = known === undefined ? await solve(cell.k, cell.limit) : known;
    if (result === 'stopped') break;
    found.set(keyOf(cell), result);
    out[at] =
      result === null
        ? { ...cell, state: 'impossible' }
        : { ...cell, state: 'done', suppressed: result.suppressed, lost: result.lost };
  }
  return out;
}

/** What follows from results found before; undefined: nothing. */
function knownFor(
  { k, limit }: PriceCell,
  { rows, acrossK }: Pick<PriceOptions, 'rows' | 'acrossK'>,
  found: ReadonlyMap<string, Priced | null>,
): Priced | null | undefined {
  for (const [key, result] of found) {
    const [otherK = 0, otherLimit = 0] = key.split(' ').map(Number);
    if (otherK > k || otherLimit < limit) continue;
    // Less was asked there, and it was impossible.
    if (result === null) return null;
    const isWithin = result.suppressed <= Math.floor(limit * rows);
    const isLarge = otherK === k || (acrossK && result.smallest !== null && result.smallest >= k);
    if (isWithin && isLarge) return result;
  }
  return undefined;
}

const keyOf = ({ k, limit }: Pick<PriceCell, 'k' | 'limit'>): string => `${k} ${limit}`;

function sorted(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
