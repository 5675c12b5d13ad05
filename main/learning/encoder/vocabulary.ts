import { z } from 'zod';
import { encoderInvalid } from './invalid.ts';
import type { ScoredPiece } from './sentence-piece.ts';

const LARGEST = 500_000;

const scoredPieces = z
  .array(z.tuple([z.string().min(1).max(200), z.number().nullable()]))
  .min(2)
  .max(LARGEST);

/** The list of a SentencePiece model as JSON. @throws ENCODER_INVALID {file, reason: vocabulary} */
export function readPieces(file: string, bytes: Uint8Array): readonly ScoredPiece[] {
  try {
    return scoredPieces.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    throw encoderInvalid(file, 'vocabulary');
  }
}

/** The lines of vocab.txt. @throws ENCODER_INVALID {file, reason: vocabulary} */
export function readWords(file: string, bytes: Uint8Array): readonly string[] {
  const lines = Buffer.from(bytes).toString('utf8').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const isSound =
    lines.length <= LARGEST && lines.every((line) => line.length <= 200) && lines.includes('[UNK]');
  if (!isSound) throw encoderInvalid(file, 'vocabulary');
  return lines;
}
