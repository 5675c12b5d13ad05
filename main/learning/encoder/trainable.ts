import type { Table } from '../../records/table.ts';
import type { Pace } from '../pace.ts';
import type { TokenRows } from '../sequence/layer.ts';
import type { Tf } from '../tensorflow.ts';
import { packed, textCells } from '../text/token-rows.ts';
import { builtInEncoder } from './built-in.ts';
import { digestOf, readChecked } from './manifest.ts';
import { rebuildEncoder, type RebuiltEncoder } from './rebuilt.ts';
import { sentencePieceTokenizer } from './sentence-piece.ts';
import type { EncoderTokenizer } from './tokenizer.ts';
import type { PieceReading } from './tuned-architecture.ts';
import { readPieces } from './vocabulary.ts';
import { readEncoderWeights } from './weights.ts';

/** The encoder that comes with the program, in layers that can be trained on. To be disposed of. */
export interface TrainableEncoder extends RebuiltEncoder {
  readonly id: string;
  /** Of all that decides its vectors. */
  readonly sha256: string;
  readonly tokenizer: EncoderTokenizer;
}

/** Opens it, its files checked. @throws ENCODER_MISSING, ENCODER_ALTERED {encoder, file} */
export async function openTrainable(tf: Tf): Promise<TrainableEncoder> {
  const source = builtInEncoder();
  const { id, tokenizer: how } = source.manifest.description;
  if (how.kind !== 'sentencepiece-unigram') throw new RangeError('its pieces are of that kind');
  const files = await readChecked(source);
  const tokenizer = sentencePieceTokenizer(
    readPieces(how.file, files.get(how.file)!),
    how.reserved,
  );
  const rebuilt = rebuildEncoder(tf, await readEncoderWeights());
  return { id, sha256: digestOf(source.manifest), tokenizer, ...rebuilt };
}

/** Characters read per piece at most: pieces of real text have four on average. */
const CHARACTERS_PER_PIECE = 16;

/**
 * Rows of a table as pieces: the texts of the columns with a space between two, a missing cell left out.
 * Throws COLUMN_UNKNOWN, CANCELLED.
 */
export async function pieceRows(
  table: Table,
  { columns, length }: PieceReading,
  missing: readonly string[],
  rows: Int32Array,
  tokenizer: EncoderTokenizer,
  pace: Pace,
): Promise<TokenRows> {
  const cells = textCells(table, columns, missing);
  const found: Int32Array[] = [];
  for (const [place, row] of rows.entries()) {
    await pace.beat({ phase: 'encoding', step: place, steps: rows.length });
    const texts = cells.map((cell) => cell(row)).filter((text) => text !== '');
    const text = texts.join(' ').slice(0, length * CHARACTERS_PER_PIECE);
    found.push(Int32Array.from(tokenizer.tokens(text).slice(0, length)));
  }
  return packed(found);
}
