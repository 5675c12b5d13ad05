import { encodeFloats } from '../floats.ts';
import type { LayeredModel } from '../model.ts';
import { emphasisOf } from './emphasis.ts';
import { countedWords, countsWords, fusesCounts, type CountedWords } from './word-counts.ts';
import { wordsOf, type WordsTask } from './words.ts';

/**
 * The words that a plan's rows count, alone or beside vectors; undefined for a plan that counts none.
 * Throws as `wordsOf`.
 *
 * @param share of the squared length of a text that counts have beside vectors
 */
export async function wordsToCount(
  task: WordsTask,
  share: number,
): Promise<CountedWords | undefined> {
  const isAlone = countsWords(task.plan);
  if (!isAlone && !fusesCounts(task.plan)) return undefined;
  const reading = await wordsOf(task);
  // As the model's file has them.
  const said = emphasisSaid(emphasisOf(reading.words));
  return countedWords(said, reading, isAlone ? 1 : share)!;
}

export function emphasisSaid(emphasis: Float64Array): { inputs: number; emphasis: string } {
  return { inputs: emphasis.length, emphasis: encodeFloats(emphasis) };
}

/** The words that a model counts; undefined for one that counts none. */
export function wordsCountedBy(model: LayeredModel): CountedWords | undefined {
  if (model.kind === 'word-counts') return countedWords(model.architecture, model.reading, 1)!;
  const words = 'words' in model ? model.words : undefined;
  return words && countedWords(words, words.reading, words.share)!;
}
