import type { Attended } from '../contract/model-text.ts';
import { headOf } from '../learning/heads.ts';
import type { Labels } from '../learning/labels.ts';
import type { TrainedModel } from '../learning/model.ts';
import { mostLikely } from '../learning/target-metrics.ts';

/** The model's answer for the first row, and the score of that very answer in all rows. */
export interface Read {
  readonly answer: Attended['answer'];
  /** Its place among the values of the label; 0 for a number, -1 where there is no answer. */
  readonly place: number;
  /** The score of the same value in another row; NaN where the model gives no answer. */
  at(row: number): number;
}

/** @param scores as `scoreTable` gives them */
export function scoreReader(
  { labels, threshold }: Pick<TrainedModel, 'labels' | 'threshold'>,
  scores: Float64Array,
): Read {
  const width = headOf(labels).scores;
  const first = scores[0]!;
  if (Number.isNaN(first)) return { answer: null, place: -1, at: () => NaN };
  if (labels.target === 'number') {
    return { answer: { value: null, score: first }, place: 0, at: (row) => scores[row]! };
  }
  if (labels.target === undefined) {
    const place = Number(first >= threshold);
    const at = (row: number): number => (place === 1 ? scores[row]! : 1 - scores[row]!);
    return { answer: { value: labels.values[place]!, score: at(0) }, place, at };
  }
  const place = mostLikely(scores, 0, width);
  const at = (row: number): number => scores[row * width + place]!;
  return { answer: { value: labels.values[place]!, score: at(0) }, place, at };
}

/** Outputs of an additive model as its answer is explained: its weight for each of them. */
export interface Side {
  readonly scale: 'odds' | 'odds-of-all' | 'number';
  /** What a sum of outputs is multiplied with, and what is added; of the second, once for all. */
  readonly weights: readonly number[];
  readonly shift: number;
}

/**
 * The answer's side of a sum of outputs: of two values the logarithm of its odds; of several against
 * the mean of all logarithms; a number in its unit, of outputs from -`half` to `half`.
 */
export function sideOf(labels: Labels, place: number, half: number): Side {
  if (labels.target === 'number') {
    const { lower, upper } = labels;
    const weights = [(upper - lower) / (2 * half)];
    return { scale: 'number', weights, shift: (lower + upper) / 2 };
  }
  if (labels.target === undefined) {
    return { scale: 'odds', weights: [place === 1 ? 1 : -1], shift: 0 };
  }
  const values = headOf(labels).scores;
  const weights = Array.from({ length: values }, (_, c) => Number(c === place) - 1 / values);
  return { scale: 'odds-of-all', weights, shift: 0 };
}
