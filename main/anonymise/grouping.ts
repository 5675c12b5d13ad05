import type { GroupStep } from './tuple-layout.ts';

/** Packed tuples: the words of tuple i, and how many records it stands for. */
export interface PackedTuples {
  readonly count: number;
  readonly words: readonly Int32Array[];
  readonly sizes: Int32Array;
}

const MULTIPLIER = 0x9e3779b1;
const NO_TABLE = new Int32Array(1);

/**
 * Merges equal tuples by an open-addressing hash over their packed words; equality is always
 * decided on the words themselves. A slot holds words and size side by side, so that a tuple
 * touches one line of the cache. The buffers serve every call: what `merge` gives back is valid
 * until the next one.
 */
export class Grouper {
  /** Per slot the words of a class and its size, which is 0 where the slot is free. */
  #slots: Int32Array;
  /** Where the slots of the classes begin, in order of first appearance. */
  readonly #order: Int32Array;
  readonly #words: readonly Int32Array[];
  readonly #sizes: Int32Array;

  constructor(words: number, maxTuples: number) {
    this.#slots = new Int32Array(2 ** slotBits(Math.min(maxTuples, 4096)) * (words + 1));
    this.#order = new Int32Array(maxTuples);
    this.#words = Array.from({ length: words }, () => new Int32Array(maxTuples));
    this.#sizes = new Int32Array(maxTuples);
  }

  /**
   * Distinct tuples of `from` after the steps; null as soon as there are more than `most`.
   * `possible`: a bound on how many different ones there can be. `classOf`, if given, gets the
   * class of each tuple.
   */
  merge(
    from: PackedTuples,
    steps: readonly GroupStep[],
    most: number,
    possible = Infinity,
    classOf: Int32Array | null = null,
  ): PackedTuples | null {
    const bits = slotBits(Math.min(from.count, possible, most));
    const stride = this.#words.length + 1;
    // All slots are free between calls: larger ones can simply take their place.
    if (this.#slots.length < 2 ** bits * stride) this.#slots = new Int32Array(2 ** bits * stride);
    const count =
      stride === 2
        ? this.#mergeWord(from, steps, most, bits, classOf)
        : this.#mergeWords(from, steps, most, bits, classOf);
    return this.#harvest(count < 0 ? ~count : count, classOf, from.count, count < 0);
  }

  /** One word a tuple. The number of classes, or that number inverted when it gave up. */
  #mergeWord(
    from: PackedTuples,
    steps: readonly GroupStep[],
    most: number,
    bits: number,
    classOf: Int32Array | null,
  ): number {
    const keys = from.words[0]!;
    const { sizes, count: tuples } = from;
    const slots = this.#slots;
    const order = this.#order;
    const shift = 32 - bits;
    const mask = 2 ** (bits + 1) - 1;
    let keep = -1;
    for (const { group } of steps) keep &= ~(group.mask << group.shift);
    // Four look-ups stand in the loop, so that it has none of its own; what does not change is
    // looked up in a table of one.
    const { table: tableA, shift: shiftA, mask: maskA } = lookUp(steps[0]);
    const { table: tableB, shift: shiftB, mask: maskB } = lookUp(steps[1]);
    const { table: tableC, shift: shiftC, mask: maskC } = lookUp(steps[2]);
    const { table: tableD, shift: shiftD, mask: maskD } = lookUp(steps[3]);
    const more = steps.length > 4 ? steps.slice(4) : null;
    let count = 0;
    for (let tuple = 0; tuple < tuples; tuple++) {
      const old = keys[tuple]!;
      let key =
        (old & keep) |
        tableA[(old >>> shiftA) & maskA]! |
        tableB[(old >>> shiftB) & maskB]! |
        tableC[(old >>> shiftC) & maskC]! |
        tableD[(old >>> shiftD) & maskD]!;
      if (more !== null) key |= moreBits(old, more);
      let slot = (Math.imul(key ^ (key >>> 15), MULTIPLIER) >>> shift) << 1;
      let size = slots[slot + 1]!;
      while (size !== 0 && slots[slot] !== key) {
        slot = (slot + 2) & mask;
        size = slots[slot + 1]!;
      }
      if (size === 0) {
        if (count === most) return ~count;
        slots[slot] = key;
        order[count++] = slot;
      }
      slots[slot + 1] = size + sizes[tuple]!;
      if (classOf !== null) classOf[tuple] = slot;
    }
    return count;
  }

  /** Any number of words a tuple. */
  #mergeWords(
    from: PackedTuples,
    steps: readonly GroupStep[],
    most: number,
    bits: number,
    classOf: Int32Array | null,
  ): number {
    const { words, sizes, count: tuples } = from;
    const width = words.length;
    const stride = width + 1;
    const slots = this.#slots;
    const order = this.#order;
    const shift = 32 - bits;
    const end = 2 ** bits * stride;
    const keep = new Int32Array(width).fill(-1);
    for (const { group } of steps) keep[group.word]! &= ~(group.mask << group.shift);
    const perWord = words.map((_, w) => steps.filter(({ group }) => group.word === w));
    const candidate = new Int32Array(width);
    let count = 0;
    for (let tuple = 0; tuple < tuples; tuple++) {
      let hash = 0;
      for (let w = 0; w < width; w++) {
        const old = words[w]![tuple]!;
        const key = (old & keep[w]!) | moreBits(old, perWord[w]!);
        candidate[w] = key;
        hash = Math.imul(hash ^ key ^ (key >>> 15), MULTIPLIER);
        hash ^= hash >>> 13;
      }
      let slot = (Math.imul(hash, MULTIPLIER) >>> shift) * stride;
      while (slots[slot + width] !== 0 && !equalAt(slots, slot, candidate)) {
        slot += stride;
        if (slot === end) slot = 0;
      }
      if (slots[slot + width] === 0) {
        if (count === most) return ~count;
        for (let w = 0; w < width; w++) slots[slot + w] = candidate[w]!;
        order[count++] = slot;
      }
      slots[slot + width]! += sizes[tuple]!;
      if (classOf !== null) classOf[tuple] = slot;
    }
    return count;
  }

  /** Takes the classes out of their slots, which are free again. */
  #harvest(
    count: number,
    classOf: Int32Array | null,
    tuples: number,
    gaveUp: boolean,
  ): PackedTuples | null {
    const slots = this.#slots;
    const order = this.#order;
    const width = this.#words.length;
    const sizes = this.#sizes;
    for (let w = 0; w < width && !gaveUp; w++) {
      const word = this.#words[w]!;
      for (let c = 0; c < count; c++) word[c] = slots[order[c]! + w]!;
    }
    for (let c = 0; c < count; c++) sizes[c] = slots[order[c]! + width]!;
    if (classOf !== null && !gaveUp) {
      // For the moment the size tells each slot its class.
      for (let c = 0; c < count; c++) slots[order[c]! + width] = c;
      for (let tuple = 0; tuple < tuples; tuple++) {
        classOf[tuple] = slots[classOf[tuple]! + width]!;
      }
    }
    for (let c = 0; c < count; c++) slots[order[c]! + width] = 0;
    return gaveUp ? null : { count, words: this.#words, sizes };
  }
}

interface LookUp {
  readonly table: Int32Array;
  readonly shift: number;
  readonly mask: number;
}

function lookUp(step: GroupStep | undefined): LookUp {
  if (step === undefined) return { table: NO_TABLE, shift: 0, mask: 0 };
  return { table: step.table, shift: step.group.shift, mask: step.group.mask };
}

function moreBits(old: number, steps: readonly GroupStep[]): number {
  let bits = 0;
  for (const { group, table } of steps) bits |= table[(old >>> group.shift) & group.mask]!;
  return bits;
}

/** At least twice as many slots as there can be classes, in powers of two. */
function slotBits(classes: number): number {
  return Math.max(4, 33 - Math.clz32(Math.max(1, classes - 1)));
}

function equalAt(slots: Int32Array, slot: number, words: Int32Array): boolean {
  for (let w = 0; w < words.length; w++) if (slots[slot + w] !== words[w]) return false;
  return true;
}
