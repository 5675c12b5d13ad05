import type { TrainPlan } from '../../contract/train.ts';
import type { Table } from '../../records/table.ts';
import type { VectorOf } from '../encode.ts';
import { textColumns, type TextFeature } from '../features.ts';
import { encodeTexts, type EncodeOptions } from './encode-texts.ts';
import type { LoadedEncoder } from './loaded-encoder.ts';
import { findEncoder, openEncoder, type EncoderStore } from './open-encoder.ts';
import { ConcordError } from '../../contract/errors.ts';
import { digestOf } from './manifest.ts';
import type { Pace } from '../pace.ts';
import { textsOf } from './texts.ts';

/** Vectors of the texts of a table, [rows, dimensions], and which encoder made them. */
export interface TextVectors extends Pick<TextFeature, 'encoder' | 'sha256' | 'dimensions'> {
  readonly values: Float32Array;
}

/** Texts of which vectors are wanted: cells of columns, those with one of the texts of `missing` left out. */
export interface TextsAsked {
  readonly table: Table;
  readonly columns: readonly string[];
  readonly missing: readonly string[];
}

/** Computes vectors of texts, or finds those that were computed before. */
type Read = (encoder: LoadedEncoder, of: TextsAsked, how: EncodeOptions) => Promise<Float32Array>;

/** Where encoders are found besides the one that comes with the program. */
export interface TextSource {
  readonly stores?: readonly EncoderStore[] | undefined;
  readonly read?: Read | undefined;
}

/**
 * The vectors of all texts that a plan reads, of whatever part. Throws as `openEncoder` and
 * `encodeTexts`, COLUMN_UNKNOWN.
 */
export async function vectorsForPlan(
  table: Table,
  plan: Pick<TrainPlan, 'model' | 'text' | 'missing'>,
  how: EncodeOptions,
  { stores, read = computed }: TextSource = {},
): Promise<TextVectors> {
  const { model, missing } = plan;
  if (model.kind !== 'encoder-head') throw new RangeError('this kind reads no vectors');
  const encoder = await openEncoder(model.encoder, stores);
  try {
    const { id, sha256, dimensions } = encoder;
    const values = await read(encoder, { table, columns: textColumns(plan), missing }, how);
    return { encoder: id, sha256, dimensions, values };
  } finally {
    encoder.dispose();
  }
}

const computed: Read = (encoder, { table, columns, missing }, how) =>
  encodeTexts(encoder, textsOf(table, columns, missing), how);

/**
 * Vectors of the texts of some rows, for a model that was trained on those of its encoder. Throws
 * ENCODER_ALTERED {encoder, file} where the encoder of that name is not the one the model was trained
 * with, and as `openEncoder` and `encodeTexts`, COLUMN_UNKNOWN.
 */
export async function vectorsForRows(
  table: Table,
  { columns, encoder: id, sha256 }: TextFeature,
  { missing, rows }: { readonly missing: readonly string[]; readonly rows: Int32Array },
  how: EncodeOptions,
  stores: readonly EncoderStore[] = [],
): Promise<VectorOf> {
  const source = await findEncoder(id, stores);
  if (digestOf(source.manifest) !== sha256) {
    throw new ConcordError('ENCODER_ALTERED', { encoder: id, file: source.manifest.description.graph });
  }
  const encoder = await openEncoder(id, stores);
  try {
    const values = await encodeTexts(encoder, textsOf(table, columns, missing, rows), how);
    const places = new Map(Array.from(rows, (row, place) => [row, place]));
    return (row) => vectorAt(values, encoder.dimensions, places.get(row)!);
  } finally {
    encoder.dispose();
  }
}

/** Vectors of all rows by their row. */
export function vectorsByRow({ values, dimensions }: TextVectors): VectorOf {
  return (row) => vectorAt(values, dimensions, row);
}

function vectorAt(values: Float32Array, dimensions: number, place: number): Float32Array {
  return values.subarray(place * dimensions, (place + 1) * dimensions);
}

/** How a training that encodes ends at a wish, and how far it tells it is. */
export function encodingWith(pace: Pace): EncodeOptions {
  return {
    ...(pace.signal === undefined ? {} : { signal: pace.signal }),
    progress: ({ done, total }) => pace.tell({ phase: 'encoding', step: done, steps: total }),
  };
}
