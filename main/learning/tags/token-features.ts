/** Hashed features of tokens: token t owns the entries starts[t] .. starts[t + 1] of `indices`. */
export interface TokenFeatures {
  /** Places that an index can have. */
  readonly width: number;
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  /** The value of every entry of a token; its vector has the length that was asked for. */
  readonly values: Float32Array;
}

/** Of a token, so much is looked at; a longer one is no word. */
const LONGEST = 64;
const MOST_ENTRIES = 34;
const PLACES = [-1, 0, 1] as const;
const AFFIXES = [1, 2, 3, 4] as const;

/** Slots keep the same text apart when it means different things. */
const SLOTS = {
  constant: 1,
  first: 2,
  shape: 3,
  shapes: 4,
  before: 5,
  after: 6,
  edge: 8,
  prefix: 16,
  suffix: 24,
  around: 32,
} as const;

/** What is known of one word, apart from where it stands. */
interface Word {
  /** Short shape: upper, lower, figure and letter runs each as one sign. */
  readonly shape: string;
  /** Hashes of what neighbours see of it: lower-case word, shape, prefixes and suffixes of two and three. */
  readonly seen: readonly number[];
  /** Indices that it has by itself. */
  readonly own: readonly number[];
}

/**
 * A function giving the features of the tokens of texts: of each token and its two neighbours the
 * lower-case word, its shape, beginnings and endings; of the token its full shape and longer
 * beginnings and endings in their own case, and the shapes together. All of it is hashed (Weinberger et al. 2009,
 * "Feature hashing for large scale multitask learning"), so that no list of words is kept or has to
 * be bought: nothing in it depends on the records.
 *
 * @param bits the width is 2^bits @param length of each token's vector
 */
export function featureMaker(
  bits: number,
  length: number,
): (texts: readonly (readonly string[])[]) => TokenFeatures {
  const mask = 2 ** bits - 1;
  const known = new Map<string, Word>();
  const wordOf = (token: string): Word => {
    const kept = known.get(token);
    if (kept !== undefined) return kept;
    const word = lookAt(token, mask);
    known.set(token, word);
    return word;
  };
  return (texts) => {
    const tokens = texts.reduce((sum, text) => sum + text.length, 0);
    const starts = new Int32Array(tokens + 1);
    const indices = new Int32Array(tokens * MOST_ENTRIES);
    const values = new Float32Array(tokens);
    let end = 0;
    let token = 0;
    const put = (index: number): void => {
      for (let e = starts[token]!; e < end; e++) if (indices[e] === index) return;
      indices[end++] = index;
    };
    for (const text of texts) {
      const words = text.map(wordOf);
      for (let t = 0; t < words.length; t++) {
        putToken(words, t, mask, put);
        values[token] = length / Math.sqrt(end - starts[token]!);
        starts[++token] = end;
      }
    }
    return { width: mask + 1, starts, indices: indices.slice(0, end), values };
  };
}

function putToken(
  words: readonly Word[],
  t: number,
  mask: number,
  put: (index: number) => void,
): void {
  put(hash(SLOTS.constant, '') & mask);
  for (const place of PLACES) {
    const word = words[t + place];
    if (word === undefined) {
      put(hash(SLOTS.edge + place, '') & mask);
      continue;
    }
    word.seen.forEach((one, kind) => {
      put(finish(one ^ Math.imul(SLOTS.around + 8 * kind + place + 1, STEP)) & mask);
    });
  }
  const word = words[t]!;
  word.own.forEach(put);
  const [before, after] = [words[t - 1]?.shape ?? '', words[t + 1]?.shape ?? ''];
  put(hash(SLOTS.shapes, `${before}|${word.shape}|${after}`) & mask);
  put(hash(SLOTS.before, `${before}|${word.shape}`) & mask);
  put(hash(SLOTS.after, `${word.shape}|${after}`) & mask);
  if (t === 0) put(hash(SLOTS.first, word.shape) & mask);
}

function lookAt(token: string, mask: number): Word {
  const text = token.slice(0, LONGEST);
  const lower = text.toLowerCase();
  const full = Array.from(text, signOf).join('');
  const shape = full.replace(/(.)\1+/gu, '$1');
  const parts = [
    lower,
    `${shape}#`,
    ...[2, 3].flatMap((n) => [`${lower.slice(0, n)}*`, `*${lower.slice(-n)}`]),
  ];
  return {
    shape,
    seen: parts.map((part) => hash(0, part)),
    own: [
      hash(SLOTS.shape, full) & mask,
      ...AFFIXES.flatMap((n) => [
        hash(SLOTS.prefix + n, text.slice(0, n)) & mask,
        hash(SLOTS.suffix + n, text.slice(-n)) & mask,
      ]),
    ],
  };
}

/** A capital, a small letter, a figure, another letter, or the character itself. */
function signOf(character: string): string {
  if (/\p{Lu}/u.test(character)) return 'A';
  if (/\p{Ll}/u.test(character)) return 'a';
  if (/\p{Nd}/u.test(character)) return 'd';
  return /\p{L}/u.test(character) ? 'x' : character;
}

const STEP = 0x9e3779b1;

/** FNV-1a over code units with the finaliser of murmur3, of 32 bits: public and the same everywhere. */
function hash(slot: number, text: string): number {
  let h = 0x811c9dc5 ^ Math.imul(slot, STEP);
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ (text.charCodeAt(i) & 255), 0x01000193);
    h = Math.imul(h ^ (text.charCodeAt(i) >>> 8), 0x01000193);
  }
  return finish(h);
}

function finish(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
