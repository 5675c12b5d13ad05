import { CallError } from '../../client.ts';
import type { ChosenFile, Reading, ReadingWay } from '../../place.ts';

/** Other ways to read a text whose double quotation marks do not pair up. */
export type QuoteWay = Exclude<NonNullable<Reading['quote']>, '"'>;

/**
 * Whether another quotation mark around cells, or none, may make the text readable; with `file` only
 * where it is this one of two files that was refused.
 */
export function failsByQuotes(error: unknown, file?: string): boolean {
  if (!(error instanceof CallError)) return false;
  if (file !== undefined && error.params['file'] !== file) return false;
  return error.code === 'CSV_QUOTE_UNCLOSED' || error.code === 'CSV_QUOTE_STRAY';
}

/** What preview and import are asked for: the files or the text, and how they are read. */
export function requestOf(file: ChosenFile, { text, reading, join }: ReadingWay) {
  return {
    ...(text === undefined
      ? { ticket: file.ticket, also: (file.also ?? []).map(({ ticket }) => ticket) }
      : { text }),
    ...(reading !== undefined && { reading }),
    ...(join !== undefined && {
      join: {
        ...{ ticket: join.ticket, plan: join.plan },
        ...(join.reading !== undefined && { reading: join.reading }),
      },
    }),
  };
}

/** The options with one of them changed; undefined: as found in the file. */
export function changed<K extends keyof Reading>(
  reading: Reading,
  name: K,
  value: Reading[K] | undefined,
): Reading {
  const rest = Object.fromEntries(Object.entries(reading).filter(([key]) => key !== name));
  return value === undefined ? rest : { ...rest, [name]: value };
}
