/**
 * Distinct cells of one column, by their bytes: a cell becomes a code without becoming a string
 * first. Open addressing over an arena of the distinct bytes; memory grows with what is distinct.
 */
export class CellDictionary {
  count = 0;
  private arena = Buffer.allocUnsafe(1 << 10);
  private offsets = new Float64Array(65);
  private hashes = new Int32Array(64);
  private slots = new Int32Array(128).fill(-1);

  /** The code of bytes [start, end), in order of first appearance. */
  codeOf(bytes: Buffer, start: number, end: number): number {
    let hash = 0x811c9dc5 | 0;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const code = this.slots[slot] as number;
      if (code < 0) return this.add(hash, slot, bytes, start, end);
      if (this.hashes[code] === hash && this.equals(code, bytes, start, end)) return code;
      slot = (slot + 1) & mask;
    }
  }

  codeOfText(text: string): number {
    const bytes = Buffer.from(text, 'utf8');
    return this.codeOf(bytes, 0, bytes.length);
  }

  strings(): string[] {
    const strings = new Array<string>(this.count);
    for (let code = 0; code < this.count; code++) {
      strings[code] = this.arena.toString('utf8', this.offsets[code], this.offsets[code + 1]);
    }
    return strings;
  }

  private equals(code: number, bytes: Buffer, start: number, end: number): boolean {
    const from = this.offsets[code] as number;
    if ((this.offsets[code + 1] as number) - from !== end - start) return false;
    const { arena } = this;
    for (let at = start, own = from; at < end; at++, own++) {
      if (arena[own] !== bytes[at]) return false;
    }
    return true;
  }

  private add(hash: number, slot: number, bytes: Buffer, start: number, end: number): number {
    const code = this.count++;
    if (code === this.hashes.length) this.growCodes();
    const from = this.offsets[code] as number;
    const to = from + end - start;
    if (to > this.arena.length) this.growArena(to);
    if (to - from > 64) {
      bytes.copy(this.arena, from, start, end);
    } else {
      // A call into native code costs more than so few bytes.
      const { arena } = this;
      for (let at = start, own = from; at < end; at++, own++) arena[own] = bytes[at] as number;
    }
    this.offsets[code + 1] = to;
    this.hashes[code] = hash;
    this.slots[slot] = code;
    if (this.count * 2 > this.slots.length) this.growSlots();
    return code;
  }

  private growCodes(): void {
    const hashes = new Int32Array(this.hashes.length * 2);
    hashes.set(this.hashes);
    this.hashes = hashes;
    const offsets = new Float64Array(hashes.length + 1);
    offsets.set(this.offsets);
    this.offsets = offsets;
  }

  private growArena(needed: number): void {
    const arena = Buffer.allocUnsafe(Math.max(needed, this.arena.length * 2));
    this.arena.copy(arena);
    this.arena = arena;
  }

  private growSlots(): void {
    const slots = new Int32Array(this.slots.length * 4).fill(-1);
    const mask = slots.length - 1;
    for (let code = 0; code < this.count; code++) {
      let slot = (this.hashes[code] as number) & mask;
      while ((slots[slot] as number) >= 0) slot = (slot + 1) & mask;
      slots[slot] = code;
    }
    this.slots = slots;
  }
}
