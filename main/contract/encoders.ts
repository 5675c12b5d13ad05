import { z } from 'zod';
import { call } from './call.ts';
import { encoderId } from './text-models.ts';

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

/** `missing`, `altered`: its files are not what they were; `unavailable`: it does not run here. */
export const ENCODER_STATES = ['ready', 'missing', 'altered', 'unavailable'] as const;
export type EncoderState = (typeof ENCODER_STATES)[number];

/** A text encoder in plain facts. */
export const encoderView = z.strictObject({
  id: encoderId,
  name: z.string(),
  /** BCP 47 tags of the languages it was made for; none: for several or any. */
  languages: z.array(z.string()),
  /** Numbers of a text's vector. */
  dimensions: z.int().positive(),
  bytes: z.int().nonnegative(),
  licence: z.string(),
  provenance: z.string(),
  /** It comes with the program. */
  bundled: z.boolean(),
  state: z.enum(ENCODER_STATES),
  /** When it was last checked, ISO 8601 in UTC; null: not yet. */
  checked: z.string().nullable(),
});
export type EncoderView = z.output<typeof encoderView>;

/** Text encoders: the one that comes with the program, and those kept in this vault. */
export const encoders = {
  list: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'operator', 'auditor'],
    input: z.strictObject({}),
    output: z.strictObject({ encoders: z.array(encoderView) }),
  }),
  /** Takes an institution's own encoder from the folder behind a ticket. */
  import: call({
    at: 'engine',
    who: ['steward'],
    input: z.strictObject({ ticket: z.string().max(64) }),
    output: z.strictObject({ encoder: encoderView }),
  }),
  /** Every file against its hash, then a few sentences encoded. */
  check: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({ encoder: encoderId }),
    output: z.strictObject({ encoder: encoderView }),
  }),
  /** What was computed by it stays. */
  remove: call({
    at: 'engine',
    who: ['steward'],
    input: z.strictObject({ encoder: encoderId }),
    output: z.strictObject({}),
  }),
} as const;
