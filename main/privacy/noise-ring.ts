/** What one thread fills and another takes from, in memory that both see. */
export interface SharedRing {
  readonly counts: SharedArrayBuffer;
  readonly blocks: SharedArrayBuffer;
  /** Values of a block. */
  readonly size: number;
}

/** Where the number of blocks made lies, and that of blocks taken (CLOSED: no more are wanted). */
const MADE = 0;
const TAKEN = 1;
const CLOSED = -1;

/** Memory for `slots` blocks of `size` values, all NaN: what nobody has made is no noise. */
export function newRing(size: number, slots: number): SharedRing {
  const blocks = new SharedArrayBuffer(8 * size * slots);
  new Float64Array(blocks).fill(NaN);
  return { counts: new SharedArrayBuffer(8), blocks, size };
}

/**
 * A ring of blocks for one thread that makes them and one that takes them. Block b lies in slot
 * b mod slots. Each block is taken at most once, whole, and never after another has begun to be
 * written in its place:
 *
 * - MADE is written by the maker alone, and only after block MADE is complete; TAKEN by the taker
 *   alone, and only after block TAKEN is wiped. Both only grow until the ring is closed for good,
 *   so TAKEN <= MADE.
 * - The taker reads block b only while b = TAKEN < MADE: it is complete. Before TAKEN grows the
 *   slot is all NaN, also where the use of the block failed. No call reads b again, as TAKEN > b.
 * - The maker writes block b only while b = MADE < TAKEN + slots: block b - slots, which lay there
 *   before, has been taken and wiped, and the taker reads none but blocks below MADE.
 * - Atomics are sequentially consistent: who sees a count sees all that was written before it.
 *
 * A maker that dies leaves MADE as it is, and what it had begun is never read. Counts are of steps,
 * far below 2^31.
 */
export class NoiseRing {
  readonly #counts: Int32Array;
  readonly #slots: readonly Float64Array[];

  constructor({ counts, blocks, size }: SharedRing) {
    this.#counts = new Int32Array(counts);
    const slots = blocks.byteLength / (8 * size);
    this.#slots = Array.from(
      { length: slots },
      (_, s) => new Float64Array(blocks, 8 * size * s, size),
    );
  }

  /** For the maker: makes blocks while they are wanted, `most` of them; sleeps while all are full. */
  make(most: number, fill: (block: Float64Array) => void): void {
    for (let made = 0; made < most; made++) {
      let taken = this.#count(TAKEN);
      while (taken !== CLOSED && made - taken >= this.#slots.length) {
        Atomics.wait(this.#counts, TAKEN, taken);
        taken = this.#count(TAKEN);
      }
      if (taken === CLOSED) return;
      fill(this.#slots[made % this.#slots.length]!);
      Atomics.store(this.#counts, MADE, made + 1);
    }
  }

  /** For the taker: uses the next block where one is there, and wipes it; says whether it was. */
  take(use: (block: Float64Array) => void): boolean {
    const taken = this.#count(TAKEN);
    if (taken === CLOSED || taken === this.#count(MADE)) return false;
    const block = this.#slots[taken % this.#slots.length]!;
    try {
      use(block);
    } finally {
      block.fill(NaN);
      Atomics.store(this.#counts, TAKEN, taken + 1);
      Atomics.notify(this.#counts, TAKEN);
    }
    return true;
  }

  /** For the taker: nothing more is wanted or taken. A maker that sleeps wakes up and ends. */
  close(): void {
    Atomics.store(this.#counts, TAKEN, CLOSED);
    Atomics.notify(this.#counts, TAKEN);
  }

  /** Wipes all blocks; for when the maker has ended. */
  wipe(): void {
    for (const block of this.#slots) block.fill(NaN);
  }

  #count(which: number): number {
    return Atomics.load(this.#counts, which);
  }
}
