import { ConcordError } from '../../contract/errors.ts';
import { BUNDLED_ENCODER } from '../../contract/text-models.ts';
import { builtInEncoder } from '../encoder/built-in.ts';
import { digestOf, readChecked } from '../encoder/manifest.ts';
import { sentencePieceTokenizer } from '../encoder/sentence-piece.ts';
import { readPieces } from '../encoder/vocabulary.ts';
import { readEncoderWeights } from '../encoder/weights.ts';

const TENSOR = 'module/Embeddings_en';

/** Vectors of words, made of the pieces that a frozen encoder begins with. */
export interface PieceVectors {
  readonly encoder: string;
  /** Of all that decides them. */
  readonly sha256: string;
  readonly width: number;
  /** Writes the vector of a token, at most 1 long; zeros where it has no piece. */
  write(token: string, into: Float32Array): void;
}

/**
 * The piece vectors of the encoder that comes with the program, without its graph and without
 * TensorFlow: each less the mean of all pieces (public), of length 1; a token is the mean of its pieces.
 * @throws ENCODER_MISSING, ENCODER_ALTERED {encoder, file}
 */
export async function openPieceVectors(): Promise<PieceVectors> {
  const source = builtInEncoder();
  const { tokenizer } = source.manifest.description;
  if (tokenizer.kind !== 'sentencepiece-unigram') throw new RangeError('pieces of a unigram model');
  const files = await readChecked(source);
  const tensor = (await readEncoderWeights()).get(TENSOR)!;
  const [count, width] = tensor.shape as [number, number];
  const vectors = centred(Float64Array.from(tensor.values), count, width, tokenizer.reserved);
  const pieces = readPieces(tokenizer.file, files.get(tokenizer.file)!);
  const { tokens } = sentencePieceTokenizer(pieces, tokenizer.reserved);
  return {
    encoder: BUNDLED_ENCODER,
    sha256: digestOf(source.manifest),
    width,
    write(token, into) {
      const ids = tokens(token);
      into.fill(0);
      for (const id of ids) {
        for (let i = 0; i < width; i++) into[i]! += vectors[id * width + i]! / ids.length;
      }
    },
  };
}

/** Throws ENCODER_ALTERED where these are not the vectors that a model was trained with. */
export function requireSame(
  found: PieceVectors,
  { encoder, sha256 }: { encoder: string; sha256: string },
): void {
  if (found.encoder === encoder && found.sha256 === sha256) return;
  throw new ConcordError('ENCODER_ALTERED', { encoder, file: 'model.json' });
}

function centred(
  values: Float64Array,
  count: number,
  width: number,
  reserved: number,
): Float64Array {
  const mean = new Float64Array(width);
  for (let id = reserved; id < count; id++) {
    for (let i = 0; i < width; i++) mean[i]! += values[id * width + i]! / (count - reserved);
  }
  for (let id = 0; id < count; id++) {
    let length = 0;
    for (let i = 0; i < width; i++) {
      values[id * width + i]! -= mean[i]!;
      length += values[id * width + i]! ** 2;
    }
    for (let i = 0; i < width; i++) values[id * width + i]! /= Math.sqrt(length);
  }
  return values;
}
