import type { ErrorParams } from '../../contract/errors.ts';
import type { EncoderFault } from '../../contract/encoders.ts';
import { show } from '../show.ts';

const FAULTS: Readonly<Record<EncoderFault, string>> = {
  description:
    'it is not a description of an encoder as the manual shows one. Mend encoder.json as docs/encoders.md describes it.',
  file: 'it is missing, or is a link or a folder. Put the file itself beside encoder.json.',
  graph:
    'it is not a graph that TensorFlow.js can run. Convert the model again with tensorflowjs_converter.',
  operation:
    'its graph holds operations that an encoder does not need (loops, functions, tables, random numbers). Export the forward pass alone.',
  tensor:
    'the graph has no tensor of a name that encoder.json gives. Look the names up in model.json.',
  vocabulary:
    'it is not a vocabulary of the stated kind, or lacks a piece that encoder.json names. Use the vocabulary the model was trained with.',
  weights: 'the files of weights do not hold as many bytes as the graph needs. Copy them again.',
  dimensions:
    'the output does not have the stated form. Correct "output", "pooling" or "dimensions" in encoder.json.',
  size: 'it is larger than the program takes. Use a smaller encoder.',
  'self-check':
    'the encoder does not give the same finite vectors for the same sentences. Convert the model again.',
};

export const encoderErrors = {
  ENCODER_UNKNOWN: (p: ErrorParams) =>
    `There is no text encoder "${show(p['encoder'])}". At hand: ${show(p['known'])}. Import it first ("encoders import DIR").`,
  ENCODER_MISSING: (p: ErrorParams) =>
    `A file of the text encoder "${show(p['encoder'])}" is missing: ${show(p['file'])}. Install the program again, or import the encoder again.`,
  ENCODER_ALTERED: (p: ErrorParams) =>
    `A file of the text encoder "${show(p['encoder'])}" is not the one that was installed: ${show(p['file'])}. It is not used. Install the program again, or import the encoder again from a source you trust.`,
  ENCODER_INVALID: (p: ErrorParams) =>
    `${show(p['file'])} cannot be used for a text encoder: ${FAULTS[p['reason'] as EncoderFault]}`,
  ENCODER_EXISTS: (p: ErrorParams) =>
    `There is already a text encoder "${show(p['encoder'])}". Give this one another "id" in encoder.json, or remove the other first.`,
};
