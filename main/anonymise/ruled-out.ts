import type { Cost } from './measure.ts';

type Levels = readonly number[];

interface Known {
  readonly levels: Levels;
  /** null where every finer node suppresses too much. */
  readonly cost: Cost | null;
}

/** What checked nodes say of all finer ones: that they cannot do, or what they cost at least. */
export class RuledOut {
  readonly #known: Known[] = [];

  /** Everything finer than `levels` suppresses too much (`cost` null), or costs as much more. */
  add(levels: Levels, cost: Cost | null): void {
    this.#known.push({ levels, cost });
  }

  /** Whether a node cannot do, or cannot score `limit` or less. `floor`: its own. */
  has(levels: Levels, floor: number, limit: number): boolean {
    const known = this.#known;
    for (let i = 0; i < known.length; i++) {
      const { levels: coarser, cost } = known[i]!;
      if (!isFiner(levels, coarser)) continue;
      if (cost !== null && cost.scoreAtLeast(levels, floor) <= limit) continue;
      // What rules out one rules out its neighbours, which are asked about next.
      if (i > 0) {
        known[i] = known[i >> 1]!;
        known[i >> 1] = { levels: coarser, cost };
      }
      return true;
    }
    return false;
  }
}

/** Whether no level of `a` is above that of `b`. */
export function isFiner(a: Levels, b: Levels): boolean {
  for (let j = 0; j < a.length; j++) if (a[j]! > b[j]!) return false;
  return true;
}
