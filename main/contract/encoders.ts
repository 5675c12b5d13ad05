/** What may be wrong with an encoder that is imported. */
export const ENCODER_FAULTS = [
  'description',
  'file',
  'graph',
  'operation',
  'tensor',
  'vocabulary',
  'weights',
  'dimensions',
  'size',
  'self-check',
] as const;
export type EncoderFault = (typeof ENCODER_FAULTS)[number];
