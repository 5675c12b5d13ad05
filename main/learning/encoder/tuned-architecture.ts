import { z } from 'zod';
import { BUNDLED_ENCODER, encoderId, TUNES } from '../../contract/text-models.ts';
import type { Head } from '../heads.ts';
import { denseLayer } from '../sequence/dense.ts';
import type { SequenceLayer } from '../sequence/layer.ts';
import { lengthLayer } from '../sequence/parts.ts';
import { stackOf, type Stack } from '../sequence/stack.ts';
import type { Tuning } from '../sequence/tuned.ts';
import type { Tf } from '../tensorflow.ts';
import type { RebuiltEncoder } from './rebuilt.ts';

/** What of an encoder was trained on with a head, as the file of a model says it. */
export const tunedArchitecture = z
  .strictObject({
    encoder: encoderId,
    /** Of all that decides the encoder's vectors. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    tune: z.enum(TUNES).exclude(['head']),
    /** Of the adapters of low rank; absent otherwise. */
    rank: z.int().min(1).max(64).optional(),
    /** Widths between the encoder's vector and the outputs. */
    hidden: z.array(z.int().min(1).max(1024)).max(4),
  })
  .refine(({ tune, rank }) => (tune === 'low-rank') === (rank !== undefined))
  .refine(({ encoder }) => encoder === BUNDLED_ENCODER);
export type TunedArchitecture = z.output<typeof tunedArchitecture>;

/** How the texts of a row become pieces: its columns one after another, so many pieces at most. */
export const pieceReading = z.strictObject({
  columns: z.array(z.string().min(1)).min(1).max(64),
  length: z.int().min(1).max(128),
});
export type PieceReading = z.output<typeof pieceReading>;

/** Length of the encoder's vector as the head takes it: long enough for rates usual for the encoder. */
const VECTOR_LENGTH = 20;

export function tuningOf({ tune, rank }: TunedArchitecture): Tuning {
  return rank === undefined ? (tune as 'biases' | 'all') : { rank };
}

/** The layers from pieces of texts to the outputs that a head takes. */
export function tunedStack(
  tf: Tf,
  encoder: RebuiltEncoder,
  architecture: TunedArchitecture,
  head: Pick<Head, 'outputs' | 'constants'>,
): Stack {
  const layers: SequenceLayer[] = [
    encoder.layers(tuningOf(architecture)),
    lengthLayer(tf, VECTOR_LENGTH),
  ];
  const widths = [encoder.dimensions, ...architecture.hidden, head.outputs];
  widths.slice(1).forEach((outputs, i) => {
    const last = i === widths.length - 2;
    const name = last ? 'output' : `hidden${i + 1}`;
    layers.push(denseLayer(tf, name, { inputs: widths[i]!, outputs, relu: !last, last }));
  });
  return stackOf(layers, head);
}

/** Numbers that each way of tuning trains in the encoder; of adapters those of rank 1. */
const TUNED = { biases: 10_240, 'low-rank': 14_848, all: 6_975_744 } as const;
const DIMENSIONS = 512;

/** How many parameters such a stack has, the head's constants included. */
export function tunedSize(
  { tune, rank = 1, hidden }: TunedArchitecture,
  { outputs, constants }: Pick<Head, 'outputs' | 'constants'>,
): number {
  const widths = [DIMENSIONS, ...hidden, outputs];
  const end = widths.slice(1).reduce((sum, width, i) => sum + width * (widths[i]! + 1), 0);
  return TUNED[tune] * rank + end + constants;
}

/** Numbers that the last layer takes of a text. */
export function tunedWidth({ hidden }: TunedArchitecture): number {
  return hidden.at(-1) ?? DIMENSIONS;
}
