import { ConcordError } from '../../contract/errors.ts';
import type { EncoderFault } from '../../contract/encoders.ts';

/** ENCODER_INVALID {file, reason}. */
export function encoderInvalid(file: string, reason: EncoderFault): ConcordError {
  return new ConcordError('ENCODER_INVALID', { file, reason });
}
