import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import { privacyStatement } from '../contract/train.ts';
import { parameterCount } from './layers.ts';

export const MODEL_FORMAT = 'concord-model';
export const MODEL_VERSION = 1;

const feature = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('numeric'),
    column: z.string(),
    lower: z.number(),
    upper: z.number(),
    fill: z.number().optional(),
  }),
  z.strictObject({
    kind: z.literal('category'),
    column: z.string(),
    values: z.array(z.string()),
    fill: z.string().optional(),
  }),
]);

const modelContent = z.strictObject({
  format: z.literal(MODEL_FORMAT),
  version: z.literal(MODEL_VERSION),
  kind: z.enum(['logistic', 'network']),
  architecture: z.strictObject({ inputs: z.int().min(1), hidden: z.array(z.int().min(1)) }),
  /** All parameters, flat in the order of `tensorsOf`, as base64 of little-endian float32. */
  weights: z.base64(),
  encoder: z.strictObject({ features: z.array(feature).min(1), missing: z.array(z.string()) }),
  labels: z.strictObject({ column: z.string(), values: z.tuple([z.string(), z.string()]) }),
  /** A score of at least this is a prediction of the positive label; fixed beforehand. */
  threshold: z.number(),
  privacy: privacyStatement.nullable(),
  backend: z.string(),
});

export const trainedModel = modelContent.extend({ sha256: z.string() });
export type ModelContent = z.output<typeof modelContent>;
/** A trained model as a plain object that JSON can hold: no seed, no figure of the records in it. */
export type TrainedModel = z.output<typeof trainedModel>;

/** Seals the content: `sha256` is over its JSON. */
export function sealModel(content: ModelContent): TrainedModel {
  const ordered = modelContent.parse(content);
  return { ...ordered, sha256: digestOf(ordered) };
}

function digestOf(content: ModelContent): string {
  return createHash('sha256').update(JSON.stringify(content), 'utf8').digest('hex');
}

/** The model as the text of a file. */
export function saveModel(model: TrainedModel): string {
  return `${JSON.stringify(model, null, 1)}\n`;
}

/** Reads such a text. Throws MODEL_UNREADABLE {file} when it is damaged or something else. */
export function loadModel(text: string, file: string): TrainedModel {
  const unreadable = new ConcordError('MODEL_UNREADABLE', { file });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw unreadable;
  }
  const parsed = trainedModel.safeParse(json);
  if (!parsed.success) throw unreadable;
  const { sha256, ...content } = parsed.data;
  if (digestOf(content) !== sha256) throw unreadable;
  const model = { ...content, sha256 };
  if (weightsOf(model).length !== parameterCount(model.architecture)) throw unreadable;
  return model;
}

export function encodeWeights(parameters: Float64Array): string {
  const bytes = Buffer.alloc(parameters.length * 4);
  parameters.forEach((value, i) => bytes.writeFloatLE(value, i * 4));
  return bytes.toString('base64');
}

/** The parameters of a model, flat, in the order of `tensorsOf`. */
export function weightsOf(model: TrainedModel): Float64Array {
  const bytes = Buffer.from(model.weights, 'base64');
  return Float64Array.from({ length: bytes.length >> 2 }, (_, i) => bytes.readFloatLE(i * 4));
}
