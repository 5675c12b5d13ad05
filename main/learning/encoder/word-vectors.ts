import { FIRST_WORD, GOES_ON } from '../text/vocabulary.ts';
import { builtInEncoder } from './built-in.ts';
import { readChecked } from './manifest.ts';
import { principalAxes } from './principal-axes.ts';
import { BLANK, sentencePieceTokenizer } from './sentence-piece.ts';
import { readPieces } from './vocabulary.ts';
import { readEncoderWeights } from './weights.ts';

const TABLE = 'module/Embeddings_en';
/** Numbers of the vector of a piece. */
const AXES = 256;
const LETTER = /\p{Script=Latin}/u;

/**
 * Vectors of words that everyone has: the rows of the pieces of the encoder that comes with the program
 * (Universal Sentence Encoder lite, Apache-2.0), less their mean, on their first principal axes. A word
 * that is a piece has its row, in lower case where both stand there; another word in Latin letters the
 * mean of its pieces; what has none (other scripts, signs, numbers of tokens that are no words) zeros.
 * Nothing of any record is in them, so they cost no privacy.
 *
 * @param words as in a vocabulary @param width beyond 256 the rest is zeros
 * @returns [FIRST_WORD + words, width], the vectors of words that have one sqrt(width) long on average
 * @throws ENCODER_MISSING, ENCODER_ALTERED {encoder, file}
 */
export async function publicVectors(
  words: readonly string[],
  width: number,
): Promise<Float64Array> {
  const axes = Math.min(width, AXES);
  const scale = Math.sqrt(width / axes);
  const { numbers, cut, projected } = await pieceVectors(axes);
  const found = new Float64Array((FIRST_WORD + words.length) * width);
  for (const [place, word] of words.entries()) {
    const at = (FIRST_WORD + place) * width;
    const ids = piecesOf(word, numbers, cut);
    for (const id of ids) {
      for (let c = 0; c < axes; c++)
        found[at + c]! += (scale * projected[id * axes + c]!) / ids.length;
    }
  }
  return found;
}

interface PieceVectors {
  readonly numbers: ReadonlyMap<string, number>;
  readonly cut: (text: string) => readonly number[];
  /** [pieces, axes] */
  readonly projected: Float64Array;
}

/** Those of as many axes as were asked for last: a search and a review train many models of one width. */
let kept: { readonly axes: number; readonly vectors: PieceVectors } | undefined;

async function pieceVectors(axes: number): Promise<PieceVectors> {
  if (kept?.axes === axes) return kept.vectors;
  const source = builtInEncoder();
  const { tokenizer: how } = source.manifest.description;
  if (how.kind !== 'sentencepiece-unigram') throw new RangeError('its pieces are of that kind');
  const pieces = readPieces(how.file, (await readChecked(source)).get(how.file)!);
  const tokenizer = sentencePieceTokenizer(pieces, how.reserved);
  const { values } = (await readEncoderWeights()).get(TABLE)!;
  const vectors = {
    numbers: new Map(pieces.map(([piece], id) => [piece, id])),
    cut: (text: string) => tokenizer.tokens(text),
    projected: principalAxes(values, AXES, axes),
  };
  kept = { axes, vectors };
  return vectors;
}

function piecesOf(
  word: string,
  numbers: ReadonlyMap<string, number>,
  cut: (text: string) => readonly number[],
): readonly number[] {
  const goesOn = word.startsWith(GOES_ON);
  const letters = goesOn ? word.slice(GOES_ON.length) : word;
  const capital = letters.charAt(0).toUpperCase() + letters.slice(1);
  for (const form of [letters, capital, letters.toUpperCase()]) {
    const id = numbers.get(goesOn ? form : `${BLANK}${form}`);
    if (id !== undefined) return [id];
  }
  if (goesOn || !LETTER.test(word)) return [];
  return cut(word).filter((id) => id !== 0);
}
