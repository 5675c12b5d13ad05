import type { TrainPlan } from '../../contract/train.ts';
import type { RandomSource } from '../../privacy/random.ts';
import type { Contributions } from '../../privacy/statistics/contributions.ts';
import {
  frequentTokens,
  MOST_TOKENS,
  tokenThreshold,
  TokenWeights,
  WHOLE,
  type TokenNoise,
} from '../../privacy/statistics/frequent-tokens.ts';
import { LEAST_UNITS } from '../../privacy/statistics/frequent-values.ts';
import type { Table } from '../../records/table.ts';
import { keyedHash } from '../keyed-hash.ts';
import type { Pace } from '../pace.ts';
import { publicWords } from './public-words.ts';
import { textCells } from './token-rows.ts';
import { tokensOf } from './tokens.ts';
import { textForm } from './words.ts';

export interface WordsShop {
  readonly table: Table;
  readonly plan: TrainPlan;
  /** Rows of the table by the unit they belong to, training part only. */
  readonly units: Contributions;
  readonly random: RandomSource;
}

/**
 * Words of the records that are not public, the most frequent first, with noise; its phase must have
 * been charged. Of a unit with more than MOST_TOKENS of them a hash of each word says which count.
 * Throws COLUMN_UNKNOWN, CANCELLED.
 */
export async function boughtWords(
  { table, plan, units, random }: WordsShop,
  noise: TokenNoise,
  pace: Pace,
): Promise<string[]> {
  const { columns, tokens, length } = textForm(plan);
  const cells = textCells(table, columns, plan.missing);
  const free = new Set(publicWords(tokens));
  const weights = new TokenWeights();
  for (let unit = 0; unit < units.count; unit++) {
    await pace.beat({ phase: 'encoding', step: unit, steps: units.count });
    const held = new Set<string>();
    for (let place = units.starts[unit]!; place < units.starts[unit + 1]!; place++) {
      const row = units.rows[place]!;
      for (const cell of cells) {
        for (const token of tokensOf(cell(row), tokens, length)) {
          if (!free.has(token)) held.add(token);
        }
      }
    }
    weights.add(held.size <= MOST_TOKENS ? held : chosen(held));
  }
  return frequentTokens(weights.weights(), noise, random);
}

function chosen(held: ReadonlySet<string>): string[] {
  return [...held]
    .map((token) => ({ token, hash: keyedHash('words that count', token) }))
    .sort((a, b) => a.hash - b.hash)
    .slice(0, MOST_TOKENS)
    .map(({ token }) => token);
}

/** New words that a text of usual length has. */
const USUAL_WORDS = 16;

/** Units that must hold a word, each with USUAL_WORDS of them, so that it is seen more often than not. */
export function unitsForWord(noise: TokenNoise): number {
  return LEAST_UNITS - 1 + (tokenThreshold(noise) / WHOLE) * Math.sqrt(USUAL_WORDS);
}
