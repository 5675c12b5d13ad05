import { ConcordError } from '../contract/errors.ts';
import type { CodedCells, NumberCells } from './column-builder.ts';
import { daysOfText } from './date-text.ts';
import { narrow } from './narrow-text.ts';
import { numberOfForcedText, numberOfText } from './number-text.ts';
import type { Texts } from './packed-strings.ts';
import type { CodedType, Column, ColumnType, NumericColumn } from './table.ts';
import { truthOfText, truthWordsOf, type TruthWords } from './truth-words.ts';

/** A boolean column that remembers the words its file used, so that they can be shown again. */
export interface BooleanColumn extends NumericColumn {
  readonly type: 'boolean';
  readonly words?: TruthWords;
}

const IDENTIFIER_CELLS = 10;
const IDENTIFIER_SHARE = 0.95;
const TEXT_SHARE = 0.2;
const TEXT_LENGTH = 30;
const TEXT_LENGTH_CJK = 15;
const LENGTH_SAMPLE = 2000;
const CODE_DIGITS = /^[0-9]+$/;
const FEW_CODES = 50;

/** The column of collected cells, typed by what all its cells are. */
export function typedColumn(name: string, cells: NumberCells | CodedCells): Column {
  if (cells.kind === 'numbers') {
    // A column without any cell has no number either: a category without categories.
    if (cells.values.every(Number.isNaN))
      return {
        name,
        type: 'category',
        codes: new Int32Array(cells.values.length).fill(-1),
        dictionary: [],
      };
    return { name, type: cells.real ? 'real' : 'integer', values: cells.values };
  }
  const { codes, texts } = cells;
  const words = truthWords(texts);
  if (words) {
    const ofCode = valuesOf(texts, (text) => (text === words[1] ? 1 : 0));
    const column: BooleanColumn = { name, type: 'boolean', values: decoded(codes, ofCode), words };
    return column;
  }
  // Where full-width digits kept the reader from taking a column for numbers, or a mark did.
  const numbers = readAll(texts, numberOfText);
  if (numbers) {
    const whole = all(texts, (text) => !/[.eE]/.test(narrow(text)));
    return { name, type: whole ? 'integer' : 'real', values: decoded(codes, numbers) };
  }
  const days = readAll(texts, daysOfText);
  if (days) return { name, type: 'date', values: decoded(codes, days) };
  return texts.column({ name, type: codedType(codes, texts), codes });
}

/**
 * The column with the type that the person has set. Throws COLUMN_TYPE_MISMATCH with the first
 * row whose cell does not fit and how many do not.
 */
export function forcedColumn(name: string, cells: CodedCells, type: ColumnType): Column {
  const { codes, texts } = cells;
  if (type === 'category' || type === 'text' || type === 'identifier')
    return texts.column({ name, type, codes });
  const ofCode = valuesOf(texts, READERS[type]);
  const values = decoded(codes, ofCode);
  let rows = 0;
  let first = -1;
  for (let row = 0; row < codes.length; row++) {
    if ((codes[row] as number) < 0 || !Number.isNaN(values[row] as number)) continue;
    if (rows++ === 0) first = row;
  }
  if (rows > 0)
    throw new ConcordError('COLUMN_TYPE_MISMATCH', { column: name, type, row: first + 1, rows });
  const words = type === 'boolean' ? truthWords(texts) : undefined;
  return words ? ({ name, type, values, words } as BooleanColumn) : { name, type, values };
}

const READERS = {
  integer: (text: string) => {
    const value = numberOfForcedText(text);
    return Number.isInteger(value) ? value : NaN;
  },
  real: numberOfForcedText,
  boolean: truthOfText,
  date: daysOfText,
} as const;

function decoded(codes: Int32Array, ofCode: Float64Array): Float64Array {
  const values = new Float64Array(codes.length);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    values[row] = code < 0 ? NaN : (ofCode[code] as number);
  }
  return values;
}

function truthWords(texts: Texts): TruthWords | undefined {
  return texts.count === 2 ? truthWordsOf([texts.at(0), texts.at(1)]) : undefined;
}

function valuesOf(texts: Texts, read: (text: string) => number): Float64Array {
  const values = new Float64Array(texts.count);
  for (let code = 0; code < texts.count; code++) values[code] = read(texts.at(code));
  return values;
}

/** Undefined when one of the texts cannot be read. */
function readAll(texts: Texts, read: (text: string) => number): Float64Array | undefined {
  if (texts.count === 0 || Number.isNaN(read(texts.at(0)))) return undefined;
  const values = new Float64Array(texts.count);
  for (let code = 0; code < texts.count; code++) {
    const value = read(texts.at(code));
    if (Number.isNaN(value)) return undefined;
    values[code] = value;
  }
  return values;
}

function all(texts: Texts, holds: (text: string) => boolean): boolean {
  for (let code = 0; code < texts.count; code++) if (!holds(texts.at(code))) return false;
  return true;
}

/**
 * text: long cells, many of them different. identifier: numbers that are not to be counted with
 * (leading zeros, more than 15 digits), unless a short list of codes returns again and again; or
 * short cells of which almost every one is different. Else category.
 */
function codedType(codes: Int32Array, texts: Texts): CodedType {
  let present = 0;
  // By index: twice as fast here as the iterator of a typed array.
  for (let row = 0; row < codes.length; row++) if ((codes[row] as number) >= 0) present++;
  const distinct = texts.count;
  const share = present === 0 ? 0 : distinct / present;
  if (all(texts, (text) => CODE_DIGITS.test(narrow(text).trim())))
    return distinct <= FEW_CODES && share < 0.5 ? 'category' : 'identifier';
  if (share >= TEXT_SHARE && isLong(texts)) return 'text';
  return present >= IDENTIFIER_CELLS && share >= IDENTIFIER_SHARE ? 'identifier' : 'category';
}

function isLong(texts: Texts): boolean {
  let letters = 0;
  let cjk = 0;
  const step = Math.ceil(texts.count / LENGTH_SAMPLE);
  let sampled = 0;
  for (let code = 0; code < texts.count; code += step) {
    const text = texts.at(code);
    letters += text.length;
    for (const character of text) if (character >= '⺀') cjk++;
    sampled++;
  }
  const mean = letters / sampled;
  return mean >= (cjk * 2 > letters ? TEXT_LENGTH_CJK : TEXT_LENGTH);
}
