/** A node that waits. Children raise `raisedFrom` or a later attribute: one parent per node. */
export interface WaitingNode {
  readonly levels: readonly number[];
  /** No score below this is possible here or at any coarser node. */
  readonly floor: number;
  readonly raisedFrom: number;
}

/**
 * Nodes of the lattice that wait, least floor first; among equal floors the lower sum of levels,
 * then the first in order. A binary heap over typed arrays: a large lattice has millions.
 */
export class Frontier {
  readonly #width: number;
  #heap: Int32Array;
  #floors: Float64Array;
  #heights: Int32Array;
  #raisedFrom: Int32Array;
  #levels: Uint16Array;
  #waiting = 0;

  constructor(width: number) {
    this.#width = width;
    this.#heap = Int32Array.from({ length: 1024 }, (_, id) => id);
    this.#floors = new Float64Array(1024);
    this.#heights = new Int32Array(1024);
    this.#raisedFrom = new Int32Array(1024);
    this.#levels = new Uint16Array(1024 * width);
  }

  get size(): number {
    return this.#waiting;
  }

  /** The least floor that waits; Infinity when nothing does. */
  get leastFloor(): number {
    return this.#waiting === 0 ? Infinity : this.#floors[this.#heap[0]!]!;
  }

  push(levels: readonly number[], floor: number, raisedFrom: number): void {
    if (this.#waiting === this.#heap.length) this.#grow();
    // Beyond the heap stand the places that are free.
    const id = this.#heap[this.#waiting]!;
    this.#floors[id] = floor;
    this.#raisedFrom[id] = raisedFrom;
    let height = 0;
    for (let j = 0; j < this.#width; j++) {
      this.#levels[id * this.#width + j] = levels[j]!;
      height += levels[j]!;
    }
    this.#heights[id] = height;
    this.#rise(this.#waiting++, id);
  }

  pop(): WaitingNode | undefined {
    if (this.#waiting === 0) return undefined;
    const heap = this.#heap;
    const id = heap[0]!;
    const moved = heap[--this.#waiting]!;
    heap[this.#waiting] = id;
    if (this.#waiting > 0) this.#sink(moved);
    const start = id * this.#width;
    const levels: number[] = [];
    for (let j = 0; j < this.#width; j++) levels.push(this.#levels[start + j]!);
    return {
      levels,
      floor: this.#floors[id]!,
      raisedFrom: this.#raisedFrom[id]!,
    };
  }

  #rise(from: number, id: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(id, this.#heap[parent]!)) break;
      this.#heap[at] = this.#heap[parent]!;
      at = parent;
    }
    this.#heap[at] = id;
  }

  #sink(id: number): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#waiting) break;
      if (child + 1 < this.#waiting && this.#before(heap[child + 1]!, heap[child]!)) child += 1;
      if (!this.#before(heap[child]!, id)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = id;
  }

  #before(a: number, b: number): boolean {
    const difference = this.#floors[a]! - this.#floors[b]! || this.#heights[a]! - this.#heights[b]!;
    if (difference !== 0) return difference < 0;
    for (let j = 0; j < this.#width; j++) {
      const step = this.#levels[a * this.#width + j]! - this.#levels[b * this.#width + j]!;
      if (step !== 0) return step < 0;
    }
    return false;
  }

  #grow(): void {
    const size = this.#heap.length * 2;
    const heap = Int32Array.from({ length: size }, (_, id) => id);
    heap.set(this.#heap);
    this.#heap = heap;
    this.#floors = grown(this.#floors, new Float64Array(size));
    this.#heights = grown(this.#heights, new Int32Array(size));
    this.#raisedFrom = grown(this.#raisedFrom, new Int32Array(size));
    this.#levels = grown(this.#levels, new Uint16Array(size * this.#width));
  }
}

function grown<T extends Float64Array | Int32Array | Uint16Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}
