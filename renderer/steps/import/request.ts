import type { ChosenFile, Reading, ReadingWay } from '../../place.ts';

/** What preview and import are asked for: the files or the text, and how they are read. */
export function requestOf(file: ChosenFile, { text, reading, join }: ReadingWay) {
  return {
    ...(text === undefined
      ? { ticket: file.ticket, also: (file.also ?? []).map(({ ticket }) => ticket) }
      : { text }),
    ...(reading !== undefined && { reading }),
    ...(join !== undefined && { join: { ticket: join.ticket, plan: join.plan } }),
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
