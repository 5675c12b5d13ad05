import { columnValues, type ColumnValues } from '../anonymise/hierarchies/values.ts';
import type { AnonymisePlanInput } from '../contract/anonymise.ts';
import type { Column, Table } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';
import { loadTable, recordsOf } from './load.ts';

/**
 * The records of everyone that a plan of this study names by their id; null where it names none.
 * @throws ARTEFACT_UNKNOWN, ARTEFACT_DAMAGED
 */
export function populationOf(
  vault: Vault,
  study: string,
  { population }: Pick<AnonymisePlanInput, 'population'>,
): Table | null {
  if (population === undefined || !('table' in population)) return null;
  return loadTable(vault, recordsOf(vault, { study, artefact: population.table }));
}

/** The values of a column, and those that only other people have: of no row, but with a line. */
export function valuesAmong(column: Column, people: Table | null): ColumnValues {
  const own = columnValues(column);
  const theirs = people?.columns.find(({ name }) => name === column.name);
  if (theirs === undefined) return own;
  const known = new Set(own.texts);
  const more = columnValues(theirs).texts.filter((text) => !known.has(text));
  return { ...own, texts: [...own.texts, ...more], counts: [...own.counts, ...more.map(() => 0)] };
}
