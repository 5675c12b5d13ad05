import type { PackedStrings } from './packed-strings.ts';

/** In the arena: code and length in bytes, then the bytes in words of four. */
const FRONT = 2;
const LENGTH = 1;
/** The bits of a word that its first 0 to 4 bytes fill. */
const FILLED = Int32Array.of(0, 0xff, 0xffff, 0xffffff, -1);
/** From this many entries on they lie outside the processor's first caches. */
const MANY = 1 << 11;

/** Cells of one field: bytes [from, to) each; a `from` below 0 is a missing cell. */
export interface CellRanges {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly count: number;
}

/**
 * Distinct cells of one column, by their bytes: a cell becomes a code without becoming a string
 * first. Open addressing over an arena of the distinct bytes, in words of four, the last one
 * filled up with zeros; what a look-up needs lies side by side, the hash beside its slot and the
 * rest in the arena, since memory that is far apart takes longer than all the rest. Memory grows
 * with what is distinct.
 */
export class CellDictionary {
  count = 0;
  /** Only so that touching memory ahead is not for nothing. */
  touched = 0;
  private arena = new Int32Array(1 << 8);
  private used = 0;
  /** Of each slot the place of its entry in the arena and one more (0: it is free), and the hash. */
  private slots = new Int32Array(256);
  private mask = 127;
  private hashes = new Int32Array(64);

  /** The codes of many cells, in order of first appearance; -1 is missing. */
  codesOf(bytes: DataView, { from, to, count }: CellRanges, codes: Int32Array): void {
    const limit = bytes.byteLength - 4;
    if (this.hashes.length < count) this.hashes = new Int32Array(count);
    const { hashes } = this;
    for (let at = 0; at < count; at++) {
      const start = from[at] as number;
      if (start >= 0) hashes[at] = hashOf(bytes, start, to[at] as number, limit);
    }
    if (this.count >= MANY) this.touch(count);
    for (let at = 0; at < count; at++) {
      const start = from[at] as number;
      const hash = hashes[at] as number;
      codes[at] = start < 0 ? -1 : this.find(bytes, start, to[at] as number, hash, limit);
    }
  }

  codeOfText(text: string): number {
    const own = Buffer.from(text, 'utf8');
    const bytes = new DataView(own.buffer, own.byteOffset, own.length);
    const limit = own.length - 4;
    return this.find(bytes, 0, own.length, hashOf(bytes, 0, own.length, limit), limit);
  }

  /** All of them by their codes, each once. */
  packed(): PackedStrings {
    const { count, used, arena } = this;
    const lengths = new Uint32Array(count);
    let size = count * 4;
    for (let entry = 0, code = 0; code < count; code++) {
      const length = arena[entry + LENGTH] as number;
      lengths[code] = length;
      size += length;
      entry += sizeOf(length);
    }
    const packed = Buffer.allocUnsafeSlow(size);
    packed.set(new Uint8Array(lengths.buffer));
    const bytes = Buffer.from(arena.buffer, 0, used * 4);
    let to = count * 4;
    for (let entry = 0, code = 0; code < count; code++) {
      const length = lengths[code] as number;
      const from = (entry + FRONT) * 4;
      // A call into native code costs more than so few bytes.
      if (length < 64)
        for (let at = 0; at < length; at++) packed[to++] = bytes[from + at] as number;
      else to += bytes.copy(packed, to, from, from + length);
      entry += sizeOf(length);
    }
    return { bytes: packed, count };
  }

  /**
   * Asks for the slots and entries of the hashes at hand: in loops without any decision the
   * processor waits for many of them at once, and the look-ups then find them near.
   */
  private touch(count: number): void {
    const { slots, mask, arena, hashes } = this;
    let touched = 0;
    for (let at = 0; at < count; at++)
      touched ^= slots[((hashes[at] as number) & mask) * 2] as number;
    for (let at = 0; at < count; at++)
      touched ^= arena[slots[((hashes[at] as number) & mask) * 2] as number] as number;
    this.touched = touched;
  }

  private find(bytes: DataView, start: number, end: number, hash: number, limit: number): number {
    const { slots, mask, arena } = this;
    const length = end - start;
    let slot = hash & mask;
    for (;;) {
      const entry = (slots[slot * 2] as number) - 1;
      if (entry < 0) return this.add(bytes, start, end, hash, slot, limit);
      if (slots[slot * 2 + 1] === hash && arena[entry + LENGTH] === length) {
        let word = entry + FRONT;
        let at = start;
        for (; at + 4 < end && arena[word] === bytes.getInt32(at, true); at += 4) word++;
        if (at + 4 >= end && (at === end || arena[word] === lastWord(bytes, at, end, limit)))
          return arena[entry] as number;
      }
      slot = (slot + 1) & mask;
    }
  }

  private add(
    bytes: DataView,
    start: number,
    end: number,
    hash: number,
    slot: number,
    limit: number,
  ): number {
    const code = this.count++;
    const entry = this.used;
    this.used = entry + sizeOf(end - start);
    if (this.used > this.arena.length) this.growArena(this.used);
    const { arena, slots } = this;
    arena[entry] = code;
    arena[entry + LENGTH] = end - start;
    let word = entry + FRONT;
    let at = start;
    for (; at + 4 < end; at += 4) arena[word++] = bytes.getInt32(at, true);
    if (at < end) arena[word] = lastWord(bytes, at, end, limit);
    slots[slot * 2] = entry + 1;
    slots[slot * 2 + 1] = hash;
    if (this.count * 8 > this.mask * 5) this.growSlots();
    return code;
  }

  private growArena(needed: number): void {
    const arena = new Int32Array(Math.max(needed, this.arena.length * 2));
    arena.set(this.arena);
    this.arena = arena;
  }

  /** In the order of the slots: the new ones are then filled from front to back as well. */
  private growSlots(): void {
    const { slots: old } = this;
    const slots = new Int32Array(old.length * (this.count < MANY ? 4 : 2));
    const mask = slots.length / 2 - 1;
    for (let from = 0; from < old.length; from += 2) {
      const place = old[from] as number;
      if (place === 0) continue;
      const hash = old[from + 1] as number;
      let slot = hash & mask;
      while (slots[slot * 2] !== 0) slot = (slot + 1) & mask;
      slots[slot * 2] = place;
      slots[slot * 2 + 1] = hash;
    }
    this.slots = slots;
    this.mask = mask;
  }
}

/** Words of an entry. */
function sizeOf(length: number): number {
  return FRONT + ((length + 3) >> 2);
}

/** FNV-1a over words, mixed at the end. `limit`: the last place that a word can be read from. */
function hashOf(bytes: DataView, start: number, end: number, limit: number): number {
  let hash = 0x811c9dc5 ^ (end - start);
  let at = start;
  for (; at + 4 < end; at += 4) {
    hash = Math.imul(hash ^ bytes.getInt32(at, true), 0x01000193);
    hash ^= hash >>> 15;
  }
  if (at < end) hash = Math.imul(hash ^ lastWord(bytes, at, end, limit), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

/** The one to four bytes [at, end) as a word: which, without a decision to guess wrong. */
function lastWord(bytes: DataView, at: number, end: number, limit: number): number {
  if (at <= limit) return bytes.getInt32(at, true) & (FILLED[end - at] as number);
  let word = 0;
  for (let last = end - 1; last >= at; last--) word = (word << 8) | bytes.getUint8(last);
  return word;
}
