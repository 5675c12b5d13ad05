import { tokensOf } from '../main/learning/text/tokens.ts';

/** Texts that share so much of their shingles are the same to a model (Jaccard). */
const ALIKE = 0.8;
const SHINGLE = 3;
/** Two texts of this likeness agree in a band with probability 1 - (1 - 0.8^4)^32 > 1 - 1e-7. */
const BANDS = 32;
const ROWS_OF_BAND = 4;

export interface Distinct {
  /** Places of the texts that stay: of texts alike the first. */
  readonly kept: readonly number[];
  /** Texts that equal an earlier one in the form in which texts are cut. */
  readonly equal: number;
  /** Other texts that share at least 0.8 of their shingles with one that stays. */
  readonly near: number;
}

/**
 * Removes texts that equal or nearly equal an earlier one: Jaccard similarity of their sets of three
 * tokens in a row (words, for Chinese characters). Candidates by MinHash in bands (Broder 1997; Leskovec
 * et al. 2014, section 3.4), each compared exactly.
 */
export function distinctTexts(texts: readonly string[]): Distinct {
  const seen = new Set<string>();
  const bands = Array.from({ length: BANDS }, () => new Map<string, number[]>());
  const shingles = new Map<number, ReadonlySet<number>>();
  const kept: number[] = [];
  let equal = 0;
  for (const [place, text] of texts.entries()) {
    const tokens = tokensOf(text, 'mixed');
    const whole = tokens.join(' ');
    if (seen.has(whole)) {
      equal++;
      continue;
    }
    seen.add(whole);
    const own = shinglesOf(tokens);
    const keys = bandKeys(own);
    const candidates = new Set(keys.flatMap((key, band) => bands[band]!.get(key) ?? []));
    if ([...candidates].some((other) => jaccard(own, shingles.get(other)!) >= ALIKE)) continue;
    kept.push(place);
    shingles.set(place, own);
    for (const [band, key] of keys.entries()) {
      const others = bands[band]!.get(key);
      if (others === undefined) bands[band]!.set(key, [place]);
      else others.push(place);
    }
  }
  return { kept, equal, near: texts.length - kept.length - equal };
}

function shinglesOf(tokens: readonly string[]): ReadonlySet<number> {
  const last = Math.max(0, tokens.length - SHINGLE);
  return new Set(
    Array.from({ length: last + 1 }, (_, at) => hashOf(tokens.slice(at, at + SHINGLE).join(' '))),
  );
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

function bandKeys(shingles: ReadonlySet<number>): string[] {
  const least = new Uint32Array(BANDS * ROWS_OF_BAND).fill(0xffffffff);
  for (const shingle of shingles) {
    for (let h = 0; h < least.length; h++) {
      const hash = mixed(shingle, h);
      if (hash < least[h]!) least[h] = hash;
    }
  }
  return Array.from({ length: BANDS }, (_, band) =>
    least.subarray(band * ROWS_OF_BAND, (band + 1) * ROWS_OF_BAND).join(),
  );
}

/** One of many hashes of a hash (the finaliser of murmur3). */
function mixed(value: number, which: number): number {
  let h = value ^ Math.imul(which + 1, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function jaccard(one: ReadonlySet<number>, other: ReadonlySet<number>): number {
  let both = 0;
  for (const shingle of one) if (other.has(shingle)) both++;
  return both / (one.size + other.size - both);
}
