import type { EncoderTokenizer } from './tokenizer.ts';

/** A piece and the logarithm of its probability, as `vocab.json` lists them: [piece, score]. */
export type ScoredPiece = readonly [piece: string, score: number | null];

/** Stands for a blank inside pieces, U+2581. */
export const BLANK = '\u2581';
const UNKNOWN = 0;
/** A node's children are found under node × LIFT + character. */
const LIFT = 0x11_0000;

/**
 * SentencePiece's unigram model (Kudo 2018, arXiv:1804.10959): of all ways to cut a text into
 * pieces the most probable one, found by Viterbi over a trie of the pieces. Characters of no piece
 * are one unknown piece, number 0, however many follow one another. Where several ways are equally
 * probable the one with the shorter last piece wins.
 *
 * @param pieces in the order of their numbers, most probable first
 * @param reserved so many at the beginning are marks and match no text
 */
export function sentencePieceTokenizer(
  pieces: readonly ScoredPiece[],
  reserved: number,
): EncoderTokenizer {
  const scores = scoresOf(pieces, reserved);
  const children = new Map<number, number>();
  const ends = [-1];
  for (let id = reserved; id < pieces.length; id++) {
    let node = 0;
    for (const character of pieces[id]![0]) {
      const key = node * LIFT + character.codePointAt(0)!;
      let next = children.get(key);
      if (next === undefined) {
        next = ends.push(-1) - 1;
        children.set(key, next);
      }
      node = next;
    }
    if (node !== 0) ends[node] = id;
  }
  return {
    tokens(text) {
      const normalised = normalise(text);
      if (normalised === '') return [];
      const symbols = Int32Array.from(
        [...`${BLANK}${normalised.replaceAll(' ', BLANK)}`],
        (character) => character.codePointAt(0)!,
      );
      return viterbi(symbols, { children, ends, scores });
    },
  };
}

interface Trie {
  readonly children: ReadonlyMap<number, number>;
  /** The piece that ends at a node; -1 for none. */
  readonly ends: readonly number[];
  readonly scores: Float64Array;
}

function viterbi(symbols: Int32Array, { children, ends, scores }: Trie): number[] {
  const count = symbols.length;
  // 0 is 'not yet reached', and so is, as in that tokenizer, a way that has cost nothing so far.
  const best = new Float64Array(count + 1);
  const pieces = new Int32Array(count + 1);
  const starts = new Int32Array(count + 1);
  for (let start = 0; start < count; start++) {
    const before = best[start]!;
    const reach = (end: number, id: number, score: number): void => {
      if (best[end] !== 0 && before + score < best[end]!) return;
      best[end] = before + score;
      pieces[end] = id;
      starts[end] = start;
    };
    let node = children.get(symbols[start]!);
    if (node === undefined || ends[node]! < 0) reach(start + 1, UNKNOWN, scores[UNKNOWN]!);
    for (let end = start + 1; node !== undefined; end++) {
      const id = ends[node]!;
      if (id >= 0) reach(end, id, scores[id]!);
      node = end < count ? children.get(node * LIFT + symbols[end]!) : undefined;
    }
  }
  const ids: number[] = [];
  for (let end = count; end > 0; end = starts[end]!) {
    const id = pieces[end]!;
    if (id !== UNKNOWN || ids.at(-1) !== UNKNOWN) ids.push(id);
  }
  return ids.reverse();
}

/** So much less probable than the least probable piece is an unknown character, by SentencePiece. */
const UNKNOWN_PENALTY = 10;

/** A piece without a score counts 0, as the published tokenizer of the encoder has it. */
function scoresOf(pieces: readonly ScoredPiece[], reserved: number): Float64Array {
  const scores = Float64Array.from(pieces, ([, score], id) => (id < reserved ? 0 : (score ?? 0)));
  scores[UNKNOWN] = scores.reduce((a, b) => Math.min(a, b), 0) - UNKNOWN_PENALTY;
  return scores;
}

/**
 * As SentencePiece's rule `nmt_nfkc`: compatibility forms composed, control characters dropped,
 * every stretch of white space, marks of direction and zero-width signs one blank, none at the ends.
 */
function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[^\P{Cc}\t\n\f\r]/gu, '')
    .replace(/[\s\u200b\u200c\u200e\u200f\u2581\ufeff\ufffd]+/g, ' ')
    .trim();
}
