import type { Classes } from './classes.ts';
import { isFiner } from './ruled-out.ts';

export interface StartingPoint {
  readonly classes: Classes;
  /** What the measure says of these classes and of all coarser ones. */
  readonly floor: number;
  readonly bytes: number;
}

const KEPT_BYTES = 256 * 2 ** 20;
const MOST_POINTS = 400;
/** Copies are worth their room when they are this much smaller than what they came from. */
const WORTH_KEEPING = 0.7;

/** Classes held so that coarser nodes are merged from few; the distinct tuples always are. */
export class StartingPoints {
  /** In rising number of classes. */
  readonly #points: StartingPoint[];
  #bytes = 0;

  constructor(base: Classes, floor: number) {
    this.#points = [{ classes: base, floor, bytes: 0 }];
  }

  /** The fewest classes at levels nowhere coarser. */
  nearest(levels: readonly number[]): StartingPoint {
    return this.#points.find(({ classes }) => isFiner(classes.levels, levels))!;
  }

  isWorthKeeping(classes: Classes, from: StartingPoint): boolean {
    return classes.count <= from.classes.count * WORTH_KEEPING;
  }

  keep(classes: Classes, floor: number): void {
    const { count, words } = classes;
    const bytes = (words.length + 1) * 4 * count;
    let at = this.#points.findIndex((point) => point.classes.count > count);
    if (at === -1) at = this.#points.length;
    this.#points.splice(at, 0, { classes, floor, bytes });
    this.#bytes += bytes;
    while (this.#bytes > KEPT_BYTES || this.#points.length > MOST_POINTS) {
      // The largest but one saves the least; the largest are the distinct tuples.
      const [dropped] = this.#points.splice(-2, 1);
      this.#bytes -= dropped!.bytes;
    }
  }
}
