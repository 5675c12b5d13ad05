import type { Classes } from './classes.ts';
import { isFiner } from './ruled-out.ts';

export interface StartingPoint {
  readonly classes: Classes;
  /** What the measure says of these classes and of all coarser ones. */
  readonly floor: number;
}

interface Kept extends StartingPoint {
  readonly bytes: number;
  lastUsed: number;
}

const KEPT_BYTES = 256 * 2 ** 20;
/** A search goes through them for every node. */
const MOST_POINTS = 400;
/** Copies are worth their room when they are this much smaller than what they came from. */
const WORTH_KEEPING = 0.7;

/** Classes held so that coarser nodes are merged from few; the distinct tuples always are. */
export class StartingPoints {
  /** In rising number of classes. */
  readonly #points: Kept[];
  #bytes = 0;
  #clock = 0;

  constructor(base: Classes, floor: number) {
    this.#points = [{ classes: base, floor, bytes: 0, lastUsed: Infinity }];
  }

  /** The fewest classes at levels nowhere coarser. */
  nearest(levels: readonly number[]): StartingPoint {
    const points = this.#points;
    let at = 0;
    while (!isFiner(points[at]!.classes.levels, levels)) at++;
    const point = points[at]!;
    if (point.lastUsed !== Infinity) point.lastUsed = ++this.#clock;
    return point;
  }

  isWorthKeeping(classes: Classes, from: StartingPoint): boolean {
    return classes.count <= from.classes.count * WORTH_KEEPING;
  }

  /** Keeps classes that last; those that were not used for longest make room. */
  keep(classes: Classes, floor: number): StartingPoint {
    const { count, words } = classes;
    const point = {
      classes,
      floor,
      bytes: (words.length + 1) * 4 * count,
      lastUsed: ++this.#clock,
    };
    let at = this.#points.findIndex(({ classes: known }) => known.count > count);
    if (at === -1) at = this.#points.length;
    this.#points.splice(at, 0, point);
    this.#bytes += point.bytes;
    while (this.#bytes > KEPT_BYTES || this.#points.length > MOST_POINTS) this.#dropOldest();
    return point;
  }

  #dropOldest(): void {
    let oldest = 0;
    this.#points.forEach(({ lastUsed }, at) => {
      if (lastUsed < this.#points[oldest]!.lastUsed) oldest = at;
    });
    const [dropped] = this.#points.splice(oldest, 1);
    this.#bytes -= dropped!.bytes;
  }
}
