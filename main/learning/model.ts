import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import { byGroup } from '../contract/mitigation.ts';
import { calibration, privacyStatement } from '../contract/train.ts';
import { encoderId } from '../contract/text-models.ts';
import { outcomeOf } from './boosting/outcome.ts';
import { pieceReading, tunedArchitecture, tunedSize } from './encoder/tuned-architecture.ts';
import { encodedWidth } from './encode.ts';
import { decodeFloats } from './floats.ts';
import { headOf } from './heads.ts';
import { areLabels, type Labels } from './labels.ts';
import { architectureOf, parameterCount, type Architecture } from './layers.ts';
import { isSequenceWhole, sequenceArchitecture } from './sequence/architecture.ts';
import { isSequence, SEQUENCES } from './target.ts';
import { isTagger, taggerContent, tagLabelsContent, type TaggerModel } from './tags/model.ts';
import { textContent } from './text/text-content.ts';
import {
  countedWords,
  countsArchitecture,
  countsBeside,
  type CountedWords,
} from './text/word-counts.ts';

export const MODEL_FORMAT = 'concord-model';
/** Of models of two values; those of another target are of the next, which older programs refuse. */
export const MODEL_VERSION = 1;
const TARGET_VERSION = 2;
/** Of models of text, whatever they predict. */
const TEXT_VERSION = 3;
const MOST_DIMENSIONS = 65_536;

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

/** Vectors of texts by the encoder of that name whose files have that hash. */
const textFeature = z.strictObject({
  columns: z.array(z.string()).min(1),
  encoder: encoderId,
  sha256: z.string(),
  dimensions: z.int().min(1).max(MOST_DIMENSIONS),
  centre: z.base64().optional(),
});

const head = {
  format: z.literal(MODEL_FORMAT),
  version: z.literal([MODEL_VERSION, TARGET_VERSION, TEXT_VERSION]),
};
const texts = z.array(z.string()).readonly();
const labels = z.union([
  z.strictObject({
    target: z.undefined().optional(),
    column: z.string(),
    values: z.tuple([z.string(), z.string()]).readonly(),
  }),
  z.strictObject({
    target: z.enum(['classes', 'ordered']),
    column: z.string(),
    values: texts,
    positive: z.string().optional(),
  }),
  z.strictObject({
    target: z.literal('number'),
    column: z.string(),
    lower: z.number(),
    upper: z.number(),
  }),
  tagLabelsContent,
]);

const tail = {
  encoder: z.strictObject({ features: z.array(feature), missing: z.array(z.string()) }),
  labels,
  /** A score of at least this is a prediction of the positive one of two values; fixed beforehand. */
  threshold: z.number(),
  privacy: privacyStatement.nullable(),
  backend: z.string(),
  /** What its log-odds were multiplied with and shifted by, to fit records outside the guarantee. */
  calibration: calibration.optional(),
  /** What its scores and decisions have of their own for the values of a column. */
  by_group: byGroup.optional(),
};

const layers = z.strictObject({
  ...head,
  kind: z.enum(['logistic', 'linear', 'network']),
  /** What stands at its end follows from the labels. */
  architecture: z.strictObject({ inputs: z.int().min(1), hidden: z.array(z.int().min(1)) }),
  /** All parameters, flat in the order of `tensorsOf`, as base64 of little-endian float32. */
  weights: z.base64(),
  ...tail,
});

/** Layers over the vectors of texts by a frozen encoder, and columns of the table where there are any. */
const encoderHead = layers.extend({
  kind: z.literal('encoder-head'),
  encoder: z.strictObject({
    features: z.array(feature),
    missing: z.array(z.string()),
    text: textFeature,
  }),
  /** Counted beside the vectors; of a model without, left out. */
  words: countsBeside.optional(),
});

/** Layers over the tokens of texts. */
const sequence = z.strictObject({
  ...head,
  kind: z.enum(SEQUENCES),
  architecture: sequenceArchitecture,
  /** How a text becomes numbers of tokens. */
  text: textContent,
  /** All parameters, flat in the order of the layers' tensors, as base64 of little-endian float32. */
  weights: z.base64(),
  ...tail,
});

/** A dense layer over how often a text says each word, behind columns of the table. */
const wordCounts = z.strictObject({
  ...head,
  kind: z.literal('word-counts'),
  architecture: countsArchitecture,
  /** How a text becomes numbers of tokens. */
  reading: textContent,
  /** A row of the layer for each slot of the columns, then for each number, then its bias, as base64. */
  weights: z.base64(),
  ...tail,
});

/** The encoder that comes with the program, trained on together with a head. */
const tuned = z.strictObject({
  ...head,
  kind: z.literal('tuned-encoder'),
  architecture: tunedArchitecture,
  reading: pieceReading,
  /** What was trained on alone, flat in the order of the layers' tensors, as base64 of little-endian float32. */
  weights: z.base64(),
  ...tail,
  encoder: z.strictObject({ features: z.array(feature).max(0), missing: z.array(z.string()) }),
});

const shapeValues = {
  /**
   * Of every bin, as base64 of little-endian float32: what it adds, and how far that may be off; of
   * several scores those of the first, then those of the next.
   */
  values: z.base64(),
  deviations: z.base64(),
};
const placesOfBins = z.array(z.int().min(0).max(255)).min(1);

/**
 * A score is the intercept and one value of each shape, found by the bin of the column's cell, and of
 * each pair, found by those of both columns' cells.
 */
const glassBox = z.strictObject({
  ...head,
  kind: z.literal('boosting'),
  /** A list where a row has several scores. */
  intercept: z.union([z.number(), z.array(z.number()).min(2)]),
  /** One for each feature of the encoder, in that order. */
  shapes: z.array(
    z.strictObject({
      /** Where the bins of a number begin; none for a category. */
      cuts: z.array(z.number()),
      ...shapeValues,
    }),
  ),
  /** Of the grid of two features: the row of each bin of the first, the column of each of the second. */
  pairs: z
    .array(
      z.strictObject({
        features: z.tuple([z.int().min(0), z.int().min(0)]),
        bins: z.tuple([placesOfBins, placesOfBins]),
        ...shapeValues,
      }),
    )
    .optional(),
  ...tail,
});

/** A tag for every token of a text. */
const tags = z.strictObject({ ...head, ...taggerContent, ...tail });

const modelContent = z.discriminatedUnion('kind', [
  layers,
  encoderHead,
  sequence,
  wordCounts,
  tuned,
  tags,
  glassBox,
]);

const sha256 = z.string();
export const trainedModel = z.discriminatedUnion('kind', [
  layers.extend({ sha256 }),
  encoderHead.extend({ sha256 }),
  sequence.extend({ sha256 }),
  wordCounts.extend({ sha256 }),
  tuned.extend({ sha256 }),
  tags.extend({ sha256 }),
  glassBox.extend({ sha256 }),
]);
export type ModelContent = z.output<typeof modelContent>;
export type LayersModel = z.output<typeof layers> & { readonly sha256: string };
export type HeadModel = z.output<typeof encoderHead> & { readonly sha256: string };
export type LayeredModel = LayersModel | HeadModel | CountsModel;
export type SequenceModel = z.output<typeof sequence> & { readonly sha256: string };
export type CountsModel = z.output<typeof wordCounts> & { readonly sha256: string };
export type TunedModel = z.output<typeof tuned> & { readonly sha256: string };
export type GlassBoxModel = z.output<typeof glassBox> & { readonly sha256: string };
export type TagModel = z.output<typeof tags> & { readonly sha256: string };
/** A trained model as a plain object that JSON can hold: no seed, no figure of the records in it. */
export type TrainedModel = z.output<typeof trainedModel>;

const TEXT_MODELS: ReadonlySet<string> = new Set([
  ...['encoder-head', 'tuned-encoder', 'word-counts', 'tagger'],
]);

/** The version of the format in which a model of that kind and such labels is written. */
export function modelVersion(found: Labels, kind: ModelContent['kind']): 1 | 2 | 3 {
  const isOfText = isSequence(kind) || TEXT_MODELS.has(kind);
  if (isOfText) return TEXT_VERSION;
  return found.target === undefined ? MODEL_VERSION : TARGET_VERSION;
}

/** What is done with cells that are no value of the label: where those were bought a rare one may be. */
export function othersOf({ labels: { column }, privacy }: ModelContent): 'skip' | 'refuse' {
  const bought = privacy?.statistics?.wanted.some((one) => one.column === column);
  return bought === true ? 'skip' : 'refuse';
}

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
  if (!fits(content)) throw unreadable;
  return parsed.data;
}

/** All parameters of a model, flat: of layers in the order of `tensorsOf`. */
export function weightsOf(model: ModelContent): Float64Array {
  if (model.kind !== 'boosting') return decodeFloats(model.weights);
  const shapes = [...model.shapes, ...(model.pairs ?? [])];
  return Float64Array.from([
    ...[model.intercept].flat(),
    ...shapes.flatMap(({ values }) => [...decodeFloats(values)]),
  ]);
}

/** A model of tags with its labels. */
export function taggerOf(model: z.output<typeof tags>): TaggerModel {
  const { labels } = model;
  if (labels.target === 'tags') return { ...model, labels };
  throw new RangeError('a model of tags has tags for labels');
}

/** Whether the parameters are as many as the rest of the model says. */
function fits(model: ModelContent): boolean {
  if (model.version !== modelVersion(model.labels, model.kind) || !areLabels(model.labels))
    return false;
  if (model.by_group !== undefined && model.labels.target !== undefined) return false;
  if ('tagger' in model) return model.labels.target === 'tags' && isTagger(taggerOf(model));
  if (model.labels.target === 'tags') return false;
  if ('text' in model) {
    const parts = { beside: encodedWidth(model.encoder), weights: weightsOf(model) };
    return isSequenceWhole(model, headOf(model.labels), parts);
  }
  if (model.kind === 'word-counts') {
    const words = countedWords(model.architecture, model.reading, 1);
    return words !== null && weightsOf(model).length === parameterCount(layersOf(model, words));
  }
  if (model.kind === 'tuned-encoder') {
    return weightsOf(model).length === tunedSize(model.architecture, headOf(model.labels));
  }
  if (model.kind !== 'boosting') {
    if (model.kind === 'encoder-head' && !fitsText(model)) return false;
    return weightsOf(model).length === parameterCount(layersOf(model));
  }
  const { features } = model.encoder;
  const scores = [model.intercept].flat().length;
  return (
    scores === outcomeOf(model.labels).scores &&
    model.shapes.length === features.length &&
    model.shapes.every((shape, k) => isShapeOf(features[k]!, shape, scores)) &&
    (model.pairs ?? []).every((pair) => isPairOf(model, pair, scores))
  );
}

/**
 * The layers of a model, their width included.
 * @param words that it counts, of a model that counts them alone
 */
export function layersOf(
  model: z.output<typeof layers | typeof encoderHead | typeof wordCounts>,
  words?: CountedWords,
): Architecture {
  const { kind, architecture, encoder } = model;
  const of =
    kind === 'word-counts' ? { inputs: encodedWidth(encoder, words), hidden: [] } : architecture;
  return architectureOf(of, headOf(model.labels));
}

function fitsText({ architecture, encoder, words }: z.output<typeof encoderHead>): boolean {
  const counted = words && countedWords(words, words.reading, words.share);
  if (counted === null) return false;
  const { centre, dimensions } = encoder.text;
  const numbers = centre === undefined ? null : decodeFloats(centre);
  return (
    architecture.inputs === encodedWidth(encoder, counted) &&
    (numbers === null || (numbers.length === dimensions && numbers.every(Number.isFinite)))
  );
}

type FeatureContent = ModelContent['encoder']['features'][number];
type ShapeContent = GlassBoxModel['shapes'][number];
type PairContent = NonNullable<GlassBoxModel['pairs']>[number];

function isShapeOf(one: FeatureContent, shape: ShapeContent, scores: number): boolean {
  const { cuts } = shape;
  const rising = cuts.every((cut, i) => i === 0 || cut > cuts[i - 1]!);
  const isCut = one.kind === 'numeric' || cuts.length === 0;
  return rising && isCut && areFinite(shape, binsOfShape(one, shape) * scores);
}

function binsOfShape(one: FeatureContent, { cuts }: ShapeContent): number {
  return (one.kind === 'numeric' ? cuts.length : one.values.length) + 2;
}

function isPairOf(
  { shapes, encoder }: Pick<GlassBoxModel, 'shapes' | 'encoder'>,
  pair: PairContent,
  scores: number,
): boolean {
  const sides = pair.features.map((k, side) => {
    const [feature, shape, bins] = [encoder.features[k], shapes[k], pair.bins[side]!];
    if (feature === undefined || shape === undefined) return 0;
    return bins.length === binsOfShape(feature, shape) ? Math.max(...bins) + 1 : 0;
  });
  return sides.every((size) => size > 0) && areFinite(pair, sides[0]! * sides[1]! * scores);
}

function areFinite(
  { values, deviations }: Pick<ShapeContent, 'values' | 'deviations'>,
  size: number,
): boolean {
  return [values, deviations].every((text) => {
    const numbers = decodeFloats(text);
    return numbers.length === size && numbers.every(Number.isFinite);
  });
}
