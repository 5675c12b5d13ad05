import { randomFillSync } from 'node:crypto';

/** A stream of independent uniform 32-bit words. */
export interface WordSource {
  /** Fills `words` with fresh words. */
  fill(words: Uint32Array): void;
  /** One fresh word, 0 .. 2^32 - 1. */
  next(): number;
}

declare const mayProtect: unique symbol;

/**
 * The only kind of source that noise and private sampling take. `system`: the operating system's
 * generator, never seeded. `test`: repeatable, from `privateRandomForTests` alone; a seeded source
 * does not have this type, so it cannot be passed by mistake.
 */
export interface RandomSource extends WordSource {
  readonly kind: 'system' | 'test';
  readonly [mayProtect]: true;
}

const BUFFERED_WORDS = 4096;

class SystemWords implements WordSource {
  readonly kind = 'system';
  readonly #buffer = new Uint32Array(BUFFERED_WORDS);
  #used = BUFFERED_WORDS;

  fill(words: Uint32Array): void {
    randomFillSync(words);
  }

  next(): number {
    if (this.#used === BUFFERED_WORDS) {
      randomFillSync(this.#buffer);
      this.#used = 0;
    }
    const word = this.#buffer[this.#used]!;
    // A word that was given out is not kept where a later look at memory would find it.
    this.#buffer[this.#used++] = 0;
    return word;
  }
}

/**
 * Random words of the operating system's generator (by way of OpenSSL's, which it seeds). Cannot
 * be seeded. All guarantees that rest on it are computational: they hold against everyone who
 * cannot tell its output from true randomness.
 */
export function systemRandom(): RandomSource {
  return new SystemWords() as SystemWords & RandomSource;
}

/** Uniform in [0, 1), 53 random bits. */
export function uniform(source: WordSource): number {
  const high = source.next() >>> 5;
  const low = source.next() >>> 6;
  return (high * 2 ** 26 + low) * 2 ** -53;
}
