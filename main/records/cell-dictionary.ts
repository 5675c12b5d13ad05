import { distinctStrings } from './packed-strings.ts';

/** Of one slot: the code and one more (0: the slot is free), and the hash. */
const SLOT = 2;

/**
 * Distinct cells of one column, by their bytes: a cell becomes a code without becoming a string
 * first. Open addressing over an arena of the distinct bytes, in words of four, the last one
 * filled up with zeros; memory grows with what is distinct.
 */
export class CellDictionary {
  count = 0;
  private arena = new Int32Array(1 << 8);
  /** By code: the first word in the arena, with the end behind the last, and the length in bytes. */
  private places = new Int32Array(65);
  private lengths = new Uint32Array(64);
  private slots = new Int32Array(128 * SLOT);
  private mask = 127;
  /** The words of the cell in hand. */
  private words = new Int32Array(64);

  /** The code of bytes [start, end), in order of first appearance. */
  codeOf(bytes: Buffer, start: number, end: number): number {
    const length = end - start;
    const size = (length + 3) >> 2;
    if (size > this.words.length) this.words = new Int32Array(size * 2);
    const hash = this.takeWords(bytes, start, end);
    const { slots, mask } = this;
    let slot = hash & mask;
    for (;;) {
      const code = (slots[slot * SLOT] as number) - 1;
      if (code < 0) return this.add(hash, slot * SLOT, size, length);
      if (slots[slot * SLOT + 1] === hash && this.equals(code, size, length)) return code;
      slot = (slot + 1) & mask;
    }
  }

  codeOfText(text: string): number {
    const bytes = Buffer.from(text, 'utf8');
    return this.codeOf(bytes, 0, bytes.length);
  }

  strings(): string[] {
    const { count, places } = this;
    const lengths = this.lengths.subarray(0, count);
    let size = count * 4;
    for (let code = 0; code < count; code++) size += lengths[code] as number;
    const packed = Buffer.allocUnsafeSlow(size);
    packed.set(new Uint8Array(lengths.buffer, 0, count * 4));
    const bytes = Buffer.from(this.arena.buffer);
    let to = count * 4;
    for (let code = 0; code < count; code++) {
      const length = lengths[code] as number;
      const from = (places[code] as number) * 4;
      // A call into native code costs more than so few bytes.
      if (length < 64)
        for (let at = 0; at < length; at++) packed[to++] = bytes[from + at] as number;
      else to += bytes.copy(packed, to, from, from + length);
    }
    return distinctStrings({ bytes: packed, count });
  }

  /** Bytes [start, end) into `words`; gives their hash (FNV-1a over words, mixed at the end). */
  private takeWords(bytes: Buffer, start: number, end: number): number {
    const { words } = this;
    let hash = 0x811c9dc5 ^ (end - start);
    let at = start;
    let size = 0;
    for (; at + 4 <= end; at += 4) {
      const word =
        (bytes[at] as number) |
        ((bytes[at + 1] as number) << 8) |
        ((bytes[at + 2] as number) << 16) |
        ((bytes[at + 3] as number) << 24);
      words[size++] = word;
      hash = Math.imul(hash ^ word, 0x01000193);
      hash ^= hash >>> 15;
    }
    if (at < end) {
      let word = bytes[at] as number;
      if (at + 1 < end) word |= (bytes[at + 1] as number) << 8;
      if (at + 2 < end) word |= (bytes[at + 2] as number) << 16;
      words[size] = word;
      hash = Math.imul(hash ^ word, 0x01000193);
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    return hash ^ (hash >>> 13);
  }

  private equals(code: number, size: number, length: number): boolean {
    if (this.lengths[code] !== length) return false;
    const place = this.places[code] as number;
    const { arena, words } = this;
    for (let at = 0; at < size; at++) {
      if (arena[place + at] !== words[at]) return false;
    }
    return true;
  }

  private add(hash: number, at: number, size: number, length: number): number {
    const code = this.count++;
    if (code === this.lengths.length) this.growCodes();
    const place = this.places[code] as number;
    if (place + size > this.arena.length) this.growArena(place + size);
    const { arena, words } = this;
    for (let word = 0; word < size; word++) arena[place + word] = words[word] as number;
    this.places[code + 1] = place + size;
    this.lengths[code] = length;
    this.slots[at] = code + 1;
    this.slots[at + 1] = hash;
    if (this.count * 8 > this.mask * 5) this.growSlots();
    return code;
  }

  private growCodes(): void {
    const lengths = new Uint32Array(this.lengths.length * 2);
    lengths.set(this.lengths);
    this.lengths = lengths;
    const places = new Int32Array(lengths.length + 1);
    places.set(this.places);
    this.places = places;
  }

  private growArena(needed: number): void {
    const arena = new Int32Array(Math.max(needed, this.arena.length * 2));
    arena.set(this.arena);
    this.arena = arena;
  }

  private growSlots(): void {
    const { slots: old } = this;
    const slots = new Int32Array(old.length * 4);
    const mask = slots.length / SLOT - 1;
    for (let from = 0; from < old.length; from += SLOT) {
      if (old[from] === 0) continue;
      const hash = old[from + 1] as number;
      let slot = hash & mask;
      while (slots[slot * SLOT] !== 0) slot = (slot + 1) & mask;
      slots[slot * SLOT] = old[from] as number;
      slots[slot * SLOT + 1] = hash;
    }
    this.slots = slots;
    this.mask = mask;
  }
}
