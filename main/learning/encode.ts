import type { Table } from '../records/table.ts';
import { columnNamed } from './columns.ts';
import { decodeFloats } from './floats.ts';
import type { Encoder, Feature, TextFeature } from './features.ts';
import { categoryReader, numberReader } from './features.ts';
import type { SparseRows } from './sparse.ts';
import { lengthOfShare } from './text-length.ts';
import { countsWriter, type CountedWords } from './text/word-counts.ts';

/** Slots of a numeric column: hat functions on this many even knots between its bounds, then 'missing'. */
const KNOTS = 8;
/** Range above which even knots would leave the small values in one: there the scale is logarithmic. */
const WIDE = 1000;

/** The vector of a row's text; of length 0 where it has none. */
export type VectorOf = (row: number) => Float32Array;

/** How many slots a feature takes in the vector. */
function slotsOf(feature: Feature): number {
  return feature.kind === 'numeric' ? KNOTS + 1 : feature.values.length + 2;
}

/** Width of the vectors of an encoder. */
export function encodedWidth(encoder: Encoder, words?: CountedWords): number {
  const ofColumns = encoder.features.reduce((sum, feature) => sum + slotsOf(feature), 0);
  return ofColumns + (encoder.text?.dimensions ?? 0) + (words?.emphasis.length ?? 0);
}

/** Where a number stands between its public bounds, 0 to 1; values outside are clamped. */
export function position(value: number, lower: number, upper: number): number {
  const share = Math.min(1, Math.max(0, (value - lower) / (upper - lower)));
  if (upper - lower < WIDE) return share;
  return Math.log1p(share * (upper - lower)) / Math.log1p(upper - lower);
}

/** The number half way between the bounds, where `position` is 0.5. */
export function middle(lower: number, upper: number): number {
  const range = upper - lower;
  return lower + (range < WIDE ? range / 2 : Math.expm1(Math.log1p(range) / 2));
}

type RowWriter = (row: number, put: (slot: number, value: number) => void) => boolean;

function numericWriter(
  table: Table,
  feature: Feature & { kind: 'numeric' },
  marks: readonly string[],
): RowWriter {
  const read = numberReader(columnNamed(table, feature.column), marks);
  return (row, put) => {
    const found = read(row);
    const value = Number.isNaN(found) ? (feature.fill ?? NaN) : found;
    if (Number.isNaN(value)) {
      put(KNOTS, 1);
      return false;
    }
    const place = position(value, feature.lower, feature.upper) * (KNOTS - 1);
    const knot = Math.min(KNOTS - 2, Math.floor(place));
    const share = place - knot;
    if (share < 1) put(knot, 1 - share);
    if (share > 0) put(knot + 1, share);
    // What was filled in is nothing known of the row.
    return !Number.isNaN(found);
  };
}

function categoryWriter(
  table: Table,
  feature: Feature & { kind: 'category' },
  marks: readonly string[],
): RowWriter {
  const read = categoryReader(columnNamed(table, feature.column), feature.values, marks);
  const count = feature.values.length;
  const filled = feature.fill === undefined ? -1 : feature.values.indexOf(feature.fill);
  return (row, put) => {
    const found = read(row);
    const slot = found === -1 ? filled : found;
    put(slot >= 0 ? slot : count - 1 - slot, 1);
    return found !== -1;
  };
}

/** The text's direction from the centre: what all texts have in common tells nothing. */
function textWriter(feature: TextFeature, vectorOf: VectorOf, length: number): RowWriter {
  const { dimensions } = feature;
  const centre = feature.centre === undefined ? null : decodeFloats(feature.centre);
  const away = new Float64Array(dimensions);
  return (row, put) => {
    const vector = vectorOf(row);
    if (vector.every((value) => value === 0)) return false;
    let squares = 0;
    for (let d = 0; d < dimensions; d++) {
      away[d] = vector[d]! - (centre?.[d] ?? 0);
      squares += away[d]! ** 2;
    }
    if (!(squares > 0 && squares < Infinity)) return false;
    const scale = length / Math.sqrt(squares);
    for (let d = 0; d < dimensions; d++) put(d, scale * away[d]!);
    return true;
  };
}

/** What of texts stands in a row, behind the features of the table. */
export interface TextParts {
  /** Of an encoder with texts. */
  readonly vectorOf?: VectorOf | undefined;
  readonly words?: CountedWords | undefined;
}

export interface EncodedRows extends SparseRows {
  /** 1 where at least one feature of the row was there. */
  readonly known: Uint8Array;
}

/**
 * Rows of a table as sparse vectors. Each column adds at most length 1 (hat functions between
 * public knots sum to one; a category is one slot, with slots for 'missing' and 'other' that are
 * always there), so a vector is no longer than the root of the number of columns, whatever the
 * records hold. A text adds length TEXT_LENGTH at most, whichever of its vector and counts of its words
 * stand there: each has its share of the squared length, or nothing.
 */
export function encodeRows(table: Table, encoder: Encoder, rows: Int32Array): EncodedRows {
  return rowEncoder(table, encoder)(rows);
}

/** The same for many lists of rows of one table: what belongs to the columns is prepared once. */
export function rowEncoder(
  table: Table,
  encoder: Encoder,
  { vectorOf, words }: TextParts = {},
): (rows: Int32Array) => EncodedRows {
  const writers = encoder.features.map((feature) =>
    feature.kind === 'numeric'
      ? numericWriter(table, feature, encoder.missing)
      : categoryWriter(table, feature, encoder.missing),
  );
  const widths = encoder.features.map(slotsOf);
  if (encoder.text !== undefined) {
    if (vectorOf === undefined) throw new RangeError('texts are read by their encoder first');
    const length = lengthOfShare(words === undefined ? 1 : 1 - words.share);
    writers.push(textWriter(encoder.text, vectorOf, length));
    widths.push(encoder.text.dimensions);
  }
  const width = encodedWidth(encoder, words);
  let most = 2 * encoder.features.length + (encoder.text?.dimensions ?? 0);
  if (words !== undefined) {
    writers.push(countsWriter(table, words, encoder.missing));
    most += words.reading.length;
  }
  return (rows) => writeRows({ writers, widths, width, most }, rows);
}

interface Writers {
  readonly writers: readonly RowWriter[];
  /** Slots of each but the last. */
  readonly widths: readonly number[];
  readonly width: number;
  /** Entries of a row at most. */
  readonly most: number;
}

function writeRows({ writers, widths, width, most }: Writers, rows: Int32Array): EncodedRows {
  const indices = new Int32Array(rows.length * most);
  const values = new Float32Array(rows.length * most);
  const starts = new Int32Array(rows.length + 1);
  const known = new Uint8Array(rows.length);
  let end = 0;
  let offset = 0;
  const put = (slot: number, value: number): void => {
    indices[end] = offset + slot;
    values[end++] = value;
  };
  for (let r = 0; r < rows.length; r++) {
    offset = 0;
    for (let f = 0; f < writers.length; f++) {
      if (writers[f]!(rows[r]!, put)) known[r] = 1;
      offset += widths[f] ?? 0;
    }
    starts[r + 1] = end;
  }
  return {
    rows: rows.length,
    width,
    starts,
    indices: indices.slice(0, end),
    values: values.slice(0, end),
    known,
  };
}

/** Rows of several lists as one. */
export function joinRows(parts: readonly EncodedRows[], width: number): EncodedRows {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const entries = parts.reduce((sum, part) => sum + part.indices.length, 0);
  const starts = new Int32Array(rows + 1);
  const indices = new Int32Array(entries);
  const values = new Float32Array(entries);
  const known = new Uint8Array(rows);
  let row = 0;
  let entry = 0;
  for (const part of parts) {
    for (let r = 0; r < part.rows; r++) starts[row + r + 1] = entry + part.starts[r + 1]!;
    indices.set(part.indices, entry);
    values.set(part.values, entry);
    known.set(part.known, row);
    row += part.rows;
    entry += part.indices.length;
  }
  return { rows, width, starts, indices, values, known };
}
