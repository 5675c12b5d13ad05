import type { Cipheriv } from 'node:crypto';
import { createCipheriv, createHash } from 'node:crypto';
import type { RandomSource, WordSource } from './random.ts';

const BUFFERED_WORDS = 1024;

class ChaChaWords implements WordSource {
  readonly #stream: Cipheriv;
  readonly #zeros = Buffer.alloc(BUFFERED_WORDS * 4);
  #buffer = new DataView(new ArrayBuffer(0));
  #used = BUFFERED_WORDS;

  constructor(seed: number | string) {
    const key = createHash('sha256')
      .update(`${typeof seed}:${seed}`)
      .digest();
    this.#stream = createCipheriv('chacha20', key, Buffer.alloc(16));
  }

  fill(words: Uint32Array): void {
    for (let i = 0; i < words.length; i++) words[i] = this.next();
  }

  next(): number {
    if (this.#used === BUFFERED_WORDS) {
      const bytes = this.#stream.update(this.#zeros);
      this.#buffer = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      this.#used = 0;
    }
    return this.#buffer.getUint32(4 * this.#used++, true);
  }
}

/**
 * Repeatable words for what protects nobody: splits, first weights, shuffles. ChaCha20 (RFC 8439)
 * keyed by the SHA-256 of the seed; equal on every machine. Noise and private sampling refuse
 * this type.
 */
export function seededRandom(seed: number | string): WordSource {
  return new ChaChaWords(seed);
}

/**
 * TESTS ONLY: a repeatable source in the place of the system's. Whoever knows the seed can take
 * the noise off again. An architecture test holds that nothing under main/ calls it.
 */
export function privateRandomForTests(seed: number | string): RandomSource {
  return Object.assign(new ChaChaWords(seed), { kind: 'test' as const }) as unknown as RandomSource;
}
