import { MOST_FIELDS, type RowReasons } from '../contract/reasons.ts';
import type { VectorOf } from '../learning/encode.ts';
import { encodingWith, vectorsForRows } from '../learning/encoder/text-vectors.ts';
import { headOf } from '../learning/heads.ts';
import { Pace } from '../learning/pace.ts';
import { scoreTable, type ScoreOptions } from '../learning/predict.ts';
import type { Column, Table } from '../records/table.ts';
import { sampledShapley, type SampledValues, type Variant } from './sampled.ts';
import { textsOf, type Explained } from './texts.ts';
import { backgroundDraws, mixedColumn, textColumn } from './variants.ts';

/** Columns that count as one: of features their place, of texts all that are read as one text. */
export type Field = readonly number[];

export interface SampledRow extends SampledValues {
  /** Columns of each field. */
  readonly columns: readonly (readonly string[])[];
}

export type Sampling = NonNullable<RowReasons['sampling']>;

/**
 * Sampled Shapley values of one answer, over at most MOST_FIELDS fields. Of more
 * columns those that move the answer most by themselves are fields of their own, the others are one. The
 * texts that a model reads are one field, without which there is no text.
 *
 * @param record a table of one row
 * @param place of the answer among the values of the label
 * @throws as scoreTable
 */
export async function sampledRow(
  model: Explained,
  record: Table,
  place: number,
  sampling: Sampling,
  options: Omit<ScoreOptions, 'rows'>,
): Promise<SampledRow> {
  const { features } = model.encoder;
  const texts = textsOf(model);
  const columns = [...features.map(({ column }) => [column]), ...(texts.length > 0 ? [texts] : [])];
  const mix = await mixer(model, record, place, sampling, options);
  const singles = columns.map((_, at): Field => [at]);
  const fields = singles.length > MOST_FIELDS ? await strongest(singles, mix) : singles;
  const values = await sampledShapley(fields.length, sampling, (variants) => mix(fields, variants));
  return { ...values, columns: fields.map((field) => field.flatMap((at) => columns[at]!)) };
}

/** Scores variants of a record, on the scale on which the answer is explained. */
type Mix = (fields: readonly Field[], variants: readonly Variant[]) => Promise<Float64Array>;

async function mixer(
  model: Explained,
  record: Table,
  place: number,
  { pairs, seed }: Sampling,
  options: Omit<ScoreOptions, 'rows'>,
): Promise<Mix> {
  const { features, missing } = model.encoder;
  const draws = backgroundDraws(features, pairs, seed);
  const own = await ownVector(model, record, options);
  // The cells of variants have been read: no text in them stands for a missing one.
  const bare = { ...model, encoder: { ...model.encoder, missing: [] } } as Explained;
  const scaled = scaler(model, place);
  return async (fields, variants) => {
    const known = knownBy(fields, variants, features.length + 1);
    const mixed = features.map((feature, k): Column => {
      const cells = variants.map(({ draw }, v) => (known[k]![v]! ? null : draws[k]![draw]!));
      return mixedColumn(feature, record, missing, cells);
    });
    const hasText = known[features.length]!;
    const texts = textsOf(model).filter((name) => !features.some(({ column }) => column === name));
    const table: Table = {
      rows: variants.length,
      columns: [...mixed, ...texts.map((name) => textColumn(record, name, hasText))],
    };
    const vectorOf = own && ((row: number): Float32Array => own(hasText[row]! ? 0 : -1));
    const { scores } = await scoreTable(bare, table, { ...options, vectorOf });
    return Float64Array.from(variants, (_, row) => scaled(scores, row));
  };
}

/** By column: whether each variant has the cell of the record. */
function knownBy(
  fields: readonly Field[],
  variants: readonly Variant[],
  columns: number,
): boolean[][] {
  const known = Array.from({ length: columns }, () => variants.map(() => false));
  for (const [at, field] of fields.entries()) {
    for (const column of field) {
      for (const [v, variant] of variants.entries()) known[column]![v] = variant.known[at] === 1;
    }
  }
  return known;
}

/** The vector of the record's text; of length 0 for row -1. */
async function ownVector(
  model: Explained,
  record: Table,
  { encoders, signal, vectorOf: given }: Omit<ScoreOptions, 'rows'>,
): Promise<VectorOf | undefined> {
  if (!('text' in model.encoder)) return undefined;
  const { text, missing } = model.encoder;
  const rows = Int32Array.of(0);
  const how = encodingWith(new Pace(signal, undefined));
  const vectorOf = given ?? (await vectorsForRows(record, text, { missing, rows }, how, encoders));
  const none = new Float32Array(text.dimensions);
  return (row) => (row < 0 ? none : vectorOf(0));
}

/** A probability is kept this far from 0 and 1, so that its odds stay finite. */
const LEAST_PROBABILITY = 1e-15;

function scaler(
  { labels }: Explained,
  place: number,
): (scores: Float64Array, row: number) => number {
  if (labels.target === 'number') return (scores, row) => scores[row]!;
  const width = headOf(labels).scores;
  const odds = (probability: number): number => {
    const kept = Math.min(1 - LEAST_PROBABILITY, Math.max(LEAST_PROBABILITY, probability));
    return Math.log(kept / (1 - kept));
  };
  if (width > 1) return (scores, row) => odds(scores[row * width + place]!);
  return (scores, row) => (place === 1 ? 1 : -1) * odds(scores[row]!);
}

/** All fields but the weakest by themselves, and these as one. */
async function strongest(singles: readonly Field[], mix: Mix): Promise<Field[]> {
  const all = new Uint8Array(singles.length).fill(1);
  const without = singles.map((_, at) => all.with(at, 0));
  const variants = [all, ...without].map((known): Variant => ({ known, draw: 0 }));
  const outputs = await mix(singles, variants);
  const change = singles.map((_, at) => Math.abs(outputs[0]! - outputs[at + 1]!));
  const ranked = [...singles.keys()].sort((a, b) => change[b]! - change[a]!);
  const alone = ranked.slice(0, MOST_FIELDS - 1).sort((a, b) => a - b);
  const rest = ranked.slice(MOST_FIELDS - 1).sort((a, b) => a - b);
  return [...alone.map((at): Field => [at]), rest];
}
