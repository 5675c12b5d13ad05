import { z } from 'zod';
import { TEXT_LENGTH } from '../encode.ts';
import type { Head } from '../heads.ts';
import type { TokenRows } from '../sequence/layer.ts';
import type { SparseRows } from '../sparse.ts';
import { FIRST_WORD } from './vocabulary.ts';

/** What a model that counts words is: one dense layer over the counts of so many numbers of tokens. */
export const countsArchitecture = z.strictObject({ inputs: z.int().min(FIRST_WORD) });

/** How many parameters such a model has, the head's constants included. */
export function countsSize(
  { inputs }: z.output<typeof countsArchitecture>,
  { outputs, constants }: Pick<Head, 'outputs' | 'constants'>,
): number {
  return (inputs + 1) * outputs + constants;
}

/**
 * Texts as sparse rows, a slot for each number of a token: TEXT_LENGTH times the square root of its
 * share of the text's tokens, so that every text with tokens is TEXT_LENGTH long whatever it says, and a
 * word said ten times counts three times as much as one said once. Their products are the Bhattacharyya
 * coefficients of the texts (Bhattacharyya 1943). A text without tokens has no entries.
 *
 * @param words numbers of tokens there are, padding included
 */
export function countRows({ rows, length, ids, lengths }: TokenRows, words: number): SparseRows {
  const starts = new Int32Array(rows + 1);
  const most = lengths.reduce((sum, count) => sum + count, 0);
  const indices = new Int32Array(most);
  const values = new Float32Array(most);
  let end = 0;
  for (let row = 0; row < rows; row++) {
    const count = lengths[row]!;
    const sorted = ids.slice(row * length, row * length + count).sort();
    for (let from = 0, to = 0; from < count; from = to) {
      while (to < count && sorted[to] === sorted[from]) to++;
      indices[end] = sorted[from]!;
      values[end++] = TEXT_LENGTH * Math.sqrt((to - from) / count);
    }
    starts[row + 1] = end;
  }
  const entries = { indices: indices.slice(0, end), values: values.slice(0, end) };
  return { rows, width: words, starts, ...entries };
}
