/** What one thread fills and another takes from, in memory that both see. */
export interface SharedRing {
  readonly counts: SharedArrayBuffer;
  readonly blocks: SharedArrayBuffer;
  /** Values of a block. */
  readonly size: number;
}

/** Where the numbers of blocks begun, made and taken lie; CLOSED in place of the last ends all. */
const BEGUN = 0;
const MADE = 1;
const TAKEN = 2;
const CLOSED = -1;
/** A block that was begun is there in far less, unless its maker died over it. */
const PATIENCE_MS = 20_000;

/** Memory for `slots` blocks of `size` values, all NaN: what nobody has made is no noise. */
export function newRing(size: number, slots: number): SharedRing {
  const blocks = new SharedArrayBuffer(8 * size * slots);
  new Float64Array(blocks).fill(NaN);
  return { counts: new SharedArrayBuffer(12), blocks, size };
}

/**
 * A ring of blocks for one thread that makes them and one that takes them. Block b lies in slot
 * b mod slots.
 *
 * **Once.** Each block is taken at most once, whole, and its slot is written again only after that:
 *
 * - BEGUN and MADE are written by the maker alone, before its first and after its last write to
 *   the block; TAKEN by the taker alone, after the block is wiped. All only grow until the ring is
 *   closed for good, so TAKEN <= MADE <= BEGUN <= MADE + 1.
 * - The taker reads block b only while b = TAKEN < MADE: it is complete. Before TAKEN grows the
 *   slot is all NaN, also where the use of the block failed. No call reads b again, as TAKEN > b.
 * - The maker writes block b only while b = MADE < TAKEN + slots: block b - slots, which lay there
 *   before, has been taken and wiped, and the taker reads none but blocks below MADE.
 * - Atomics are sequentially consistent: who sees a count sees all that was written before it.
 *
 * **Fresh.** Whether a step uses block b or noise of its own must not hang on what b holds (how
 * long a block takes depends a little on its values). It hangs on whether b was begun when the step
 * asked, which is decided at the earlier of the two moments, before anything of b was drawn; a
 * block that was begun is waited for. Given all noise before it, the noise of a step is therefore
 * fresh either way.
 *
 * A maker that dies between blocks leaves nothing that would be waited for; one that dies over a
 * block leaves it unmade, which ends the training with an error. Counts are of steps, far below
 * 2^31.
 */
export class NoiseRing {
  readonly #counts: Int32Array;
  readonly #slots: readonly Float64Array[];
  readonly #patience: number;

  /** @param patience milliseconds in which a block that was begun must be there */
  constructor({ counts, blocks, size }: SharedRing, patience = PATIENCE_MS) {
    this.#counts = new Int32Array(counts);
    const slots = blocks.byteLength / (8 * size);
    this.#slots = Array.from(
      { length: slots },
      (_, s) => new Float64Array(blocks, 8 * size * s, size),
    );
    this.#patience = patience;
  }

  /**
   * For the maker: makes blocks while they are wanted, `most` of them. When all slots are full it
   * sleeps until half of them are free: to be woken for each block would cost the taker more.
   */
  make(most: number, fill: (block: Float64Array) => void): void {
    for (let made = 0; made < most; made++) {
      let taken = this.#count(TAKEN);
      if (made - taken >= this.#slots.length) {
        while (taken !== CLOSED && made - taken > this.#slots.length / 2) {
          Atomics.wait(this.#counts, TAKEN, taken);
          taken = this.#count(TAKEN);
        }
      }
      if (taken === CLOSED) return;
      Atomics.store(this.#counts, BEGUN, made + 1);
      fill(this.#slots[made % this.#slots.length]!);
      Atomics.store(this.#counts, MADE, made + 1);
      Atomics.notify(this.#counts, MADE);
    }
  }

  /**
   * For the taker: uses the next block where it was begun, and wipes it; says whether it was.
   * @throws RangeError where a block that was begun does not come, and what `use` throws
   */
  take(use: (block: Float64Array) => void): boolean {
    const taken = this.#count(TAKEN);
    if (taken === CLOSED || taken === this.#count(BEGUN)) return false;
    while (this.#count(MADE) === taken) {
      if (Atomics.wait(this.#counts, MADE, taken, this.#patience) === 'timed-out') {
        throw new RangeError('noise that was begun did not come');
      }
    }
    const block = this.#slots[taken % this.#slots.length]!;
    try {
      use(block);
    } finally {
      block.fill(NaN);
      Atomics.store(this.#counts, TAKEN, taken + 1);
      if (this.#count(MADE) - taken - 1 <= this.#slots.length / 2) {
        Atomics.notify(this.#counts, TAKEN);
      }
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
