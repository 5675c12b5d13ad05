import type { Classes } from './classes.ts';
import { CodeCounts } from './code-counts.ts';

/**
 * About how many classes there are at given levels, as if attributes were independent: 2 to the
 * sum of their entropies, levelling off at the number of distinct tuples. Only ever decides what
 * is worth computing.
 */
export class ExpectedClasses {
  readonly #bits: readonly (readonly number[])[];
  readonly #most: number;

  constructor(base: Classes) {
    const counts = new CodeCounts(base);
    const { records } = counts;
    this.#most = base.count;
    this.#bits = base.layout.hierarchies.map(({ levels }, j) =>
      levels.map((_, level) =>
        counts
          .at(j, level)
          .reduce((bits, n) => (n === 0 ? bits : bits - (n / records) * Math.log2(n / records)), 0),
      ),
    );
  }

  at(levels: readonly number[]): number {
    let bits = 0;
    for (let j = 0; j < levels.length; j++) bits += this.#bits[j]![levels[j]!]!;
    const cells = 2 ** bits;
    return Number.isFinite(cells) ? (this.#most * cells) / (this.#most + cells) : this.#most;
  }
}
