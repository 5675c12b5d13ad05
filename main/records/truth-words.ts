const PAIRS: readonly (readonly [no: string, yes: string])[] = [
  ['false', 'true'],
  ['no', 'yes'],
  ['否', '是'],
];

/** How a boolean column of a file writes no and yes. */
export type TruthWords = readonly [no: string, yes: string];

/**
 * The words of a boolean column, when its distinct cells are exactly one spelling of each side of
 * one pair (true/false, yes/no, 是/否, any case). A column with a single value or with two
 * spellings of one side stays a category: nothing is merged unasked. 0 and 1 are integers.
 */
export function truthWordsOf(distinct: readonly string[]): TruthWords | undefined {
  if (distinct.length !== 2) return undefined;
  const [first, second] = distinct as readonly [string, string];
  for (const [no, yes] of PAIRS) {
    if (first.toLowerCase() === no && second.toLowerCase() === yes) return [first, second];
    if (first.toLowerCase() === yes && second.toLowerCase() === no) return [second, first];
  }
  return undefined;
}

/** 1, 0, or NaN for a cell of a column that the person has declared boolean. */
export function truthOfText(text: string): number {
  const word = text.trim().toLowerCase();
  if (word === '1') return 1;
  if (word === '0') return 0;
  for (const [no, yes] of PAIRS) {
    if (word === yes) return 1;
    if (word === no) return 0;
  }
  return NaN;
}
