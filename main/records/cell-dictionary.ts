import { distinctStrings } from './packed-strings.ts';

/** Of one slot: code, hash, where its words begin in the arena, length in bytes. */
const SLOT = 4;

/**
 * Distinct cells of one column, by their bytes: a cell becomes a code without becoming a string
 * first. Open addressing over an arena of the distinct bytes, in words of four, the last one
 * filled up with zeros; memory grows with what is distinct. A slot holds all there is to know of
 * its cell but the words, so that a look-up misses the processor's cache twice at most.
 */
export class CellDictionary {
  count = 0;
  private arena = new Int32Array(1 << 8);
  private used = 0;
  private slots = emptySlots(128);
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
      const at = slot * SLOT;
      const code = slots[at] as number;
      if (code < 0) return this.add(hash, at, size, length);
      if (
        slots[at + 1] === hash &&
        slots[at + 3] === length &&
        this.equals(slots[at + 2] as number, size)
      )
        return code;
      slot = (slot + 1) & mask;
    }
  }

  codeOfText(text: string): number {
    const bytes = Buffer.from(text, 'utf8');
    return this.codeOf(bytes, 0, bytes.length);
  }

  strings(): string[] {
    const { count, slots } = this;
    const places = new Int32Array(count);
    const lengths = new Uint32Array(count);
    let size = 0;
    for (let at = 0; at < slots.length; at += SLOT) {
      const code = slots[at] as number;
      if (code < 0) continue;
      places[code] = slots[at + 2] as number;
      lengths[code] = slots[at + 3] as number;
      size += slots[at + 3] as number;
    }
    const packed = Buffer.allocUnsafeSlow(count * 4 + size);
    packed.set(new Uint8Array(lengths.buffer));
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

  private equals(place: number, size: number): boolean {
    const { arena, words } = this;
    for (let at = 0; at < size; at++) {
      if (arena[place + at] !== words[at]) return false;
    }
    return true;
  }

  private add(hash: number, at: number, size: number, length: number): number {
    const code = this.count++;
    const place = this.used;
    if (place + size > this.arena.length) this.growArena(place + size);
    const { arena, words, slots } = this;
    for (let word = 0; word < size; word++) arena[place + word] = words[word] as number;
    this.used = place + size;
    slots[at] = code;
    slots[at + 1] = hash;
    slots[at + 2] = place;
    slots[at + 3] = length;
    if (this.count * 8 > this.mask * 5) this.growSlots();
    return code;
  }

  private growArena(needed: number): void {
    const arena = new Int32Array(Math.max(needed, this.arena.length * 2));
    arena.set(this.arena);
    this.arena = arena;
  }

  private growSlots(): void {
    const { slots: old } = this;
    const slots = emptySlots((old.length / SLOT) * 2);
    const mask = slots.length / SLOT - 1;
    for (let from = 0; from < old.length; from += SLOT) {
      if ((old[from] as number) < 0) continue;
      let slot = (old[from + 1] as number) & mask;
      while ((slots[slot * SLOT] as number) >= 0) slot = (slot + 1) & mask;
      for (let part = 0; part < SLOT; part++)
        slots[slot * SLOT + part] = old[from + part] as number;
    }
    this.slots = slots;
    this.mask = mask;
  }
}

function emptySlots(count: number): Int32Array {
  return new Int32Array(count * SLOT).fill(-1);
}
