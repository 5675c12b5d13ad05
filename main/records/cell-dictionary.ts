import type { PackedStrings } from './packed-strings.ts';

/** In the arena: code, length in bytes and hash, then the bytes in words of four. */
const FRONT = 3;
const LENGTH = 1;
const HASH = 2;
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
 * filled up with zeros; what a look-up needs of an entry lies side by side, since memory that is
 * far apart takes longer than all the rest. Memory grows with what is distinct.
 */
export class CellDictionary {
  count = 0;
  /** Only so that touching memory ahead is not for nothing. */
  touched = 0;
  private arena = new Int32Array(1 << 8);
  private used = 0;
  /** The place of an entry in the arena and one more; 0: the slot is free. */
  private slots = new Int32Array(128);
  private mask = 127;
  private hashes = new Int32Array(64);

  /** The codes of many cells, in order of first appearance; -1 is missing. */
  codesOf(bytes: DataView, { from, to, count }: CellRanges, codes: Int32Array): void {
    if (this.hashes.length < count) this.hashes = new Int32Array(count);
    const { hashes } = this;
    for (let at = 0; at < count; at++) {
      const start = from[at] as number;
      if (start >= 0) hashes[at] = hashOf(bytes, start, to[at] as number);
    }
    if (this.count >= MANY) this.touch(count);
    for (let at = 0; at < count; at++) {
      const start = from[at] as number;
      codes[at] = start < 0 ? -1 : this.find(bytes, start, to[at] as number, hashes[at] as number);
    }
  }

  codeOfText(text: string): number {
    const own = Buffer.from(text, 'utf8');
    const bytes = new DataView(own.buffer, own.byteOffset, own.length);
    return this.find(bytes, 0, own.length, hashOf(bytes, 0, own.length));
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
    for (let at = 0; at < count; at++) touched ^= slots[(hashes[at] as number) & mask] as number;
    for (let at = 0; at < count; at++)
      touched ^= arena[slots[(hashes[at] as number) & mask] as number] as number;
    this.touched = touched;
  }

  private find(bytes: DataView, start: number, end: number, hash: number): number {
    const { slots, mask, arena } = this;
    const length = end - start;
    let slot = hash & mask;
    for (;;) {
      const entry = (slots[slot] as number) - 1;
      if (entry < 0) return this.add(bytes, start, end, hash, slot);
      if (arena[entry + HASH] === hash && arena[entry + LENGTH] === length) {
        let word = entry + FRONT;
        let at = start;
        for (; at + 4 <= end && arena[word] === bytes.getInt32(at, true); at += 4) word++;
        if (at === end || (at + 4 > end && arena[word] === lastWord(bytes, at, end)))
          return arena[entry] as number;
      }
      slot = (slot + 1) & mask;
    }
  }

  private add(bytes: DataView, start: number, end: number, hash: number, slot: number): number {
    const code = this.count++;
    const entry = this.used;
    this.used = entry + sizeOf(end - start);
    if (this.used > this.arena.length) this.growArena(this.used);
    const { arena } = this;
    arena[entry] = code;
    arena[entry + LENGTH] = end - start;
    arena[entry + HASH] = hash;
    let word = entry + FRONT;
    let at = start;
    for (; at + 4 <= end; at += 4) arena[word++] = bytes.getInt32(at, true);
    if (at < end) arena[word] = lastWord(bytes, at, end);
    this.slots[slot] = entry + 1;
    if (this.count * 8 > this.mask * 5) this.growSlots();
    return code;
  }

  private growArena(needed: number): void {
    const arena = new Int32Array(Math.max(needed, this.arena.length * 2));
    arena.set(this.arena);
    this.arena = arena;
  }

  private growSlots(): void {
    const { arena, used } = this;
    const slots = new Int32Array(this.slots.length * (this.count < MANY ? 4 : 2));
    const mask = slots.length - 1;
    for (let entry = 0; entry < used; entry += sizeOf(arena[entry + LENGTH] as number)) {
      let slot = (arena[entry + HASH] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = entry + 1;
    }
    this.slots = slots;
    this.mask = mask;
  }
}

/** Words of an entry. */
function sizeOf(length: number): number {
  return FRONT + ((length + 3) >> 2);
}

/** FNV-1a over words, mixed at the end. */
function hashOf(bytes: DataView, start: number, end: number): number {
  let hash = 0x811c9dc5 ^ (end - start);
  let at = start;
  for (; at + 4 <= end; at += 4) {
    hash = Math.imul(hash ^ bytes.getInt32(at, true), 0x01000193);
    hash ^= hash >>> 15;
  }
  if (at < end) hash = Math.imul(hash ^ lastWord(bytes, at, end), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

/** The one to three bytes [at, end) as a word. */
function lastWord(bytes: DataView, at: number, end: number): number {
  if (at + 4 <= bytes.byteLength) return bytes.getInt32(at, true) & ((1 << ((end - at) * 8)) - 1);
  let word = 0;
  for (let last = end - 1; last >= at; last--) word = (word << 8) | bytes.getUint8(last);
  return word;
}
