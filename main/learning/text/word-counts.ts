import { z } from 'zod';
import type { TrainPlan } from '../../contract/train.ts';
import type { Table } from '../../records/table.ts';
import { decodeFloats } from '../floats.ts';
import { lengthOfShare } from '../text-length.ts';
import { textContent, type TextContent } from './text-content.ts';
import { tokenReader } from './token-rows.ts';
import { FIRST_WORD } from './vocabulary.ts';

/** Whether a plan asks for a bag whose words are counted, with no vector for each. */
export function countsWords({ model, target }: Pick<TrainPlan, 'model' | 'target'>): boolean {
  if (target === 'tags') return false;
  return model.kind === 'bag' && model.embedding === undefined && model.pretrain === undefined;
}

/** Whether a plan asks for counts of words beside the vectors of a frozen encoder. */
export function fusesCounts({ model, target }: Pick<TrainPlan, 'model' | 'target'>): boolean {
  if (model.kind !== 'encoder-head' || model.tune !== 'head' || target === 'tags') return false;
  return model.counts ?? model.hidden === undefined;
}

/** The words that are counted, and how. */
export interface CountedWords {
  /** How a text becomes numbers of tokens. */
  readonly reading: TextContent;
  /** How much each number of a token counts for, padding included; above 0. */
  readonly emphasis: Float64Array;
  /** What counts have of the squared length of a text: 1 where they stand alone. */
  readonly share: number;
}

/** How many numbers of tokens there are, and how much each counts for, as a model's file has it. */
const countsOf = {
  inputs: z.int().min(FIRST_WORD),
  /** Base64 of little-endian float32. */
  emphasis: z.base64(),
};
/** Of a model that counts words: one dense layer over these counts, behind columns of the table. */
export const countsArchitecture = z.strictObject(countsOf);

/** Of a model that has counts beside vectors. */
export const countsBeside = z.strictObject({
  ...countsOf,
  share: z.number().gt(0).lt(1),
  reading: textContent,
});

/** What a model's file says of words that are counted; null where it does not fit together. */
export function countedWords(
  { inputs, emphasis: text }: z.output<typeof countsArchitecture>,
  reading: TextContent,
  share: number,
): CountedWords | null {
  const emphasis = decodeFloats(text);
  const isWeight = (weight: number): boolean => weight > 0 && weight < Infinity;
  const words = FIRST_WORD + reading.words.length;
  const fit = inputs === words && emphasis.length === words && emphasis.every(isWeight);
  return fit ? { reading, emphasis, share } : null;
}

/**
 * Writes a row's counts, a slot for each number of a token: the square root of its count times its
 * emphasis, scaled so that every text with tokens is as long as the share says, whatever it says; a
 * word said ten times counts three times as much as one said once. Of a text without tokens nothing is
 * written, and the answer is false.
 */
export function countsWriter(
  table: Table,
  { reading, emphasis, share }: CountedWords,
  missing: readonly string[],
): (row: number, put: (slot: number, value: number) => void) => boolean {
  const read = tokenReader(table, reading, missing);
  const length = lengthOfShare(share);
  return (row, put) => {
    const sorted = read(row).sort();
    const slots: number[] = [];
    const values: number[] = [];
    let squares = 0;
    for (let from = 0, to = 0; from < sorted.length; from = to) {
      const slot = sorted[from]!;
      while (to < sorted.length && sorted[to] === slot) to++;
      const value = emphasis[slot]! * Math.sqrt(to - from);
      squares += value ** 2;
      slots.push(slot);
      values.push(value);
    }
    const scale = length / Math.sqrt(squares);
    slots.forEach((slot, i) => put(slot, scale * values[i]!));
    return slots.length > 0;
  };
}
