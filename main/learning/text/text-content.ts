import { z } from 'zod';
import { TOKENISERS } from './tokens.ts';

const MOST_WORDS = 200_000;
export const MOST_LENGTH = 4096;

/** How texts become numbers, as the file of a model keeps it: scoring cuts as training did. */
export const textContent = z.strictObject({
  /** Columns whose texts are put one after another. */
  columns: z.array(z.string().min(1)).min(1).max(64),
  tokens: z.enum(TOKENISERS),
  /** Word w has the number FIRST_WORD + w. Public, stated or bought; never read off private records. */
  words: z
    .array(z.string().min(1))
    .max(MOST_WORDS)
    .refine((words) => new Set(words).size === words.length, 'a word stands there once'),
  /** Tokens of one row at most. */
  length: z.int().min(1).max(MOST_LENGTH),
});
export type TextContent = z.output<typeof textContent>;
