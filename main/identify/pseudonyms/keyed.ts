import { createHmac } from 'node:crypto';

/**
 * A keyed choice: numbers that follow from a key and a text, and say nothing of the text without
 * the key (HMAC-SHA-256, RFC 2104, with a counter). The same key and text give the same numbers.
 */
export class Keyed {
  readonly #key: Uint8Array;
  readonly #seed: string;
  #block: Buffer = Buffer.alloc(0);
  #at = 0;
  #count = 0;

  /** `purpose` keeps choices for different uses of one text apart. */
  constructor(key: Uint8Array, purpose: string, text: string) {
    this.#key = key;
    this.#seed = `${purpose}\u0000${text}`;
  }

  /** A whole number from 0 to below `bound` (at most 65,536), all alike likely but for 1 in 2^16. */
  below(bound: number): number {
    const draw = this.#next() * 0x1000000 + this.#next() * 0x10000 + this.#next() * 0x100;
    return (draw + this.#next()) % bound;
  }

  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  digit(): string {
    return String(this.below(10));
  }

  #next(): number {
    if (this.#at >= this.#block.length) {
      const hmac = createHmac('sha256', this.#key);
      this.#block = hmac.update(`${this.#seed}\u0000${this.#count++}`, 'utf8').digest();
      this.#at = 0;
    }
    return this.#block[this.#at++] ?? 0;
  }
}
