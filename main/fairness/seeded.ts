/**
 * Repeatable random numbers for draws that protect nobody: intervals and permutations of a review. Never
 * used for private noise. Source: Blackman and Vigna 2021, xoshiro128++ (ACM TOMS 47(4)); the state is
 * filled from the seed by splitmix32.
 */
export class Seeded {
  #a: number;
  #b: number;
  #c: number;
  #d: number;
  #kept = NaN;

  constructor(seed: number) {
    let state = seed >>> 0;
    const next = (): number => {
      state = (state + 0x9e3779b9) | 0;
      let z = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
      z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
      return z ^ (z >>> 16);
    };
    [this.#a, this.#b, this.#c, this.#d] = [next(), next(), next(), next() | 1];
  }

  /** A word, 0 .. 2^32 - 1. */
  word(): number {
    const sum = (this.#a + this.#d) | 0;
    const result = (((sum << 7) | (sum >>> 25)) + this.#a) >>> 0;
    const t = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= t;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result;
  }

  /** Uniform in (0, 1), 32 random bits. */
  uniform(): number {
    return (this.word() + 0.5) * 2 ** -32;
  }

  /** A whole number below `limit` (at most 2^32), by rejection. */
  below(limit: number): number {
    const fair = 2 ** 32 - (2 ** 32 % limit);
    for (;;) {
      const word = this.word();
      if (word < fair) return word % limit;
    }
  }

  /** Standard normal, by the polar method (Marsaglia and Bray 1964). */
  normal(): number {
    if (this.#kept === this.#kept) {
      const kept = this.#kept;
      this.#kept = NaN;
      return kept;
    }
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const r = x * x + y * y;
      if (r >= 1 || r === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(r)) / r);
      this.#kept = y * factor;
      return x * factor;
    }
  }
}
