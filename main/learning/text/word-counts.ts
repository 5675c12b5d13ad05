import { z } from 'zod';
import type { TrainPlan } from '../../contract/train.ts';
import { TEXT_LENGTH } from '../encode.ts';
import { decodeFloats } from '../floats.ts';
import type { Head } from '../heads.ts';
import type { TokenRows } from '../sequence/layer.ts';
import type { SparseRows } from '../sparse.ts';
import { FIRST_WORD } from './vocabulary.ts';

/** Whether a plan asks for a bag whose words are counted, with no vector for each. */
export function countsWords({ model, target }: Pick<TrainPlan, 'model' | 'target'>): boolean {
  if (target === 'tags') return false;
  return model.kind === 'bag' && model.embedding === undefined && model.pretrain === undefined;
}

/** What a model that counts words is: one dense layer over the counts of so many numbers of tokens. */
export const countsArchitecture = z.strictObject({
  inputs: z.int().min(FIRST_WORD),
  /** How much each counts for, as base64 of little-endian float32. */
  emphasis: z.base64(),
});
type CountsArchitecture = z.output<typeof countsArchitecture>;

/** Whether there is a weight above 0 for each of so many numbers of tokens. */
export function fitsWords({ inputs, emphasis }: CountsArchitecture, words: number): boolean {
  const weights = decodeFloats(emphasis);
  const isWeight = (weight: number): boolean => weight > 0 && weight < Infinity;
  return inputs === words && weights.length === words && weights.every(isWeight);
}

/** How many parameters such a model has, the head's constants included. */
export function countsSize(
  { inputs }: CountsArchitecture,
  { outputs, constants }: Pick<Head, 'outputs' | 'constants'>,
): number {
  return (inputs + 1) * outputs + constants;
}

/**
 * Texts as sparse rows, a slot for each number of a token: the square root of its count times its
 * emphasis, scaled so that every text with tokens is TEXT_LENGTH long whatever it says; a word said ten
 * times counts three times as much as one said once. A text without tokens has no entries.
 *
 * @param emphasis of all numbers of tokens there are, padding included; above 0
 */
export function countRows(
  { rows, length, ids, lengths }: TokenRows,
  emphasis: Float64Array,
): SparseRows {
  const starts = new Int32Array(rows + 1);
  const most = lengths.reduce((sum, count) => sum + count, 0);
  const indices = new Int32Array(most);
  const values = new Float32Array(most);
  let end = 0;
  for (let row = 0; row < rows; row++) {
    const count = lengths[row]!;
    const sorted = ids.slice(row * length, row * length + count).sort();
    const start = end;
    let squares = 0;
    for (let from = 0, to = 0; from < count; from = to) {
      while (to < count && sorted[to] === sorted[from]) to++;
      const value = emphasis[sorted[from]!]! * Math.sqrt(to - from);
      squares += value ** 2;
      indices[end] = sorted[from]!;
      values[end++] = value;
    }
    const scale = TEXT_LENGTH / Math.sqrt(squares);
    for (let at = start; at < end; at++) values[at]! *= scale;
    starts[row + 1] = end;
  }
  const entries = { indices: indices.slice(0, end), values: values.slice(0, end) };
  return { rows, width: emphasis.length, starts, ...entries };
}
