import { ConcordError } from '../../contract/errors.ts';
import type { BoughtStatistic, TrainPlan } from '../../contract/train.ts';
import type { Table } from '../../records/table.ts';
import { textColumns } from '../features.ts';
import type { Pace } from '../pace.ts';
import { publicWords } from './public-words.ts';
import type { TextContent } from './text-content.ts';
import { textCells } from './token-rows.ts';
import { tokensOf, type Tokeniser } from './tokens.ts';
import { GOES_ON } from './vocabulary.ts';
import { fusesCounts } from './word-counts.ts';

/** Tokens of a row that are read where the plan says nothing: a bag of words costs little for each. */
const USUAL_LENGTH = 128;
const USUAL_LENGTH_OF_BAG = 512;
/** Plain training learns words that as many of its rows hold, and no more words than this. */
const LEAST_ROWS = 5;
const MOST_LEARNT = 20_000;

/** What words are made of: training rows of a table, and what was bought of them. */
export interface WordsTask {
  readonly table: Table;
  readonly plan: TrainPlan;
  /** Rows of the table; only plain training looks at them. */
  readonly train: Int32Array;
  readonly bought?: readonly BoughtStatistic[] | undefined;
  readonly pace: Pace;
}

/**
 * How the plan's texts become numbers. Its words are those that the plan states, in the form in which
 * texts are cut; else the public ones, and before them what was bought of the records or, in plain
 * training, what at least five training rows hold. Throws PLAN_INVALID where words are to be bought
 * without a budget, COLUMN_UNKNOWN, CANCELLED.
 */
export async function wordsOf(task: WordsTask): Promise<TextContent> {
  const { plan, bought = [] } = task;
  const form = textForm(plan);
  const { tokens } = form;
  const source = vocabularySource(plan);
  if (typeof source !== 'string') return { ...form, words: statedWords(source, tokens) };
  const found = source === 'learnt' ? await learntWords(task, form) : boughtWords(bought);
  return { ...form, words: [...new Set([...found, ...publicWords(tokens)])] };
}

/** Columns, tokeniser and length of a plan for a model trained here: from the plan alone. */
export function textForm(plan: TrainPlan): Omit<TextContent, 'words'> {
  const { model, target } = plan;
  const tokens = 'tokens' in model ? model.tokens : undefined;
  const length = 'length' in model ? model.length : undefined;
  const counts = model.kind === 'bag' || fusesCounts(plan);
  return {
    columns: [...textColumns(plan)],
    tokens: target === 'tags' ? 'spaces' : (tokens ?? 'mixed'),
    length: length ?? (counts ? USUAL_LENGTH_OF_BAG : USUAL_LENGTH),
  };
}

/**
 * Where the words of a model trained here come from. Throws PLAN_INVALID where they are to be bought
 * in plain training.
 */
export function vocabularySource(
  plan: TrainPlan,
): 'public' | 'bought' | 'learnt' | readonly string[] {
  const stated = 'vocabulary' in plan.model ? plan.model.vocabulary : undefined;
  if (stated === 'bought' && plan.privacy === null) {
    throw new ConcordError('PLAN_INVALID', {
      path: 'model.vocabulary',
      expected: 'plain training buys nothing: leave it out to learn the words',
    });
  }
  return stated ?? (plan.privacy === null ? 'learnt' : 'public');
}

/** Words of a plan in the form of tokens; one that is cut into several gives all of them. */
function statedWords(words: readonly string[], tokens: Tokeniser): string[] {
  const cut = words.flatMap((word) =>
    word.startsWith(GOES_ON) ? [word.toLowerCase()] : tokensOf(word, tokens),
  );
  return [...new Set(cut)];
}

function boughtWords(bought: readonly BoughtStatistic[]): readonly string[] {
  const found = bought.find(({ kind }) => kind === 'vocabulary')?.found;
  return found?.is === 'values' ? found.values : [];
}

/** The words that at least LEAST_ROWS rows hold, the most frequent first. */
async function learntWords(
  { table, plan, train, pace }: WordsTask,
  { columns, tokens, length }: Omit<TextContent, 'words'>,
): Promise<string[]> {
  const cells = textCells(table, columns, plan.missing);
  const rowsWith = new Map<string, number>();
  for (const [place, row] of train.entries()) {
    await pace.beat({ phase: 'encoding', step: place, steps: train.length });
    const held = new Set(cells.flatMap((cell) => tokensOf(cell(row), tokens, length)));
    for (const token of held) rowsWith.set(token, (rowsWith.get(token) ?? 0) + 1);
  }
  return [...rowsWith]
    .filter(([, rows]) => rows >= LEAST_ROWS)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, MOST_LEARNT)
    .map(([token]) => token);
}
