import { encodeTexts } from './encode-texts.ts';
import { encoderInvalid } from './invalid.ts';
import type { LoadedEncoder } from './loaded-encoder.ts';

const SENTENCES = [
  'The patient was seen with a cough of three weeks.',
  'Rent is due on the first of the month.',
  '患者因反复咳嗽三周入院。',
  'Ω ≠ 7',
  `${'A long sentence that repeats itself, '.repeat(12)}and ends.`,
] as const;

/** Differences by the order of additions stay far below; a graph that mixes its texts far above. */
const TOLERANCE = 1e-4;

/**
 * Encodes a few sentences: the vectors must be finite, of length 1, not all the same, the same
 * again, and the same whether a text is read alone or beside others.
 * @throws ENCODER_INVALID {file, reason: self-check, dimensions or graph}
 */
export async function selfCheck(encoder: LoadedEncoder, file: string): Promise<void> {
  const { dimensions } = encoder;
  const together = await encodeTexts(encoder, SENTENCES);
  const again = await encodeTexts(encoder, SENTENCES);
  const alone = new Float32Array(together.length);
  for (const [place, sentence] of SENTENCES.entries()) {
    alone.set(await encodeTexts(encoder, [sentence]), place * dimensions);
  }
  const lengths = SENTENCES.map((_, place) =>
    Math.hypot(...together.subarray(place * dimensions, (place + 1) * dimensions)),
  );
  const first = together.subarray(0, dimensions);
  const second = together.subarray(dimensions, 2 * dimensions);
  const isSound =
    lengths.every((length) => Math.abs(length - 1) < TOLERANCE) &&
    farthest(together, again) < TOLERANCE &&
    farthest(together, alone) < TOLERANCE &&
    farthest(first, second) > TOLERANCE;
  if (!isSound) throw encoderInvalid(file, 'self-check');
}

/** The largest difference of two entries; NaN where one is not a number. */
const farthest = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
