import type { Population } from '../contract/anonymise.ts';
import { ConcordError } from '../contract/errors.ts';
import type { Table } from '../records/table.ts';
import { distinctTuples, type Classes } from './classes.ts';
import { encodeColumn } from './encode.ts';
import type { Hierarchy } from './hierarchy.ts';
import { PopulationCounts, type People } from './population.ts';

interface Records {
  readonly base: Classes;
  readonly quasi: readonly { readonly name: string; readonly hierarchy: Hierarchy }[];
  readonly rows: number;
}

/**
 * The people that records were drawn from, as the plan says: so many, or those of a table, which
 * must hold everyone the records stand for. Throws POPULATION_UNFIT {reason, column?}.
 */
export function peopleOf(
  population: Population | undefined,
  records: Records,
  table: Table | null,
): People | null {
  if (population === undefined) return null;
  const people =
    'table' in population
      ? peopleOfTable(table, records)
      : { size: sizeOf(population, records.rows), counts: null };
  if (people.size < records.rows) throw unfit('size-below-rows');
  return people;
}

/** How many people a plan speaks of without a table; null where it speaks of none. */
export function sizeOf(
  population: Exclude<Population, { readonly table: string }>,
  rows: number,
): number {
  return 'size' in population ? population.size : Math.round(rows / population.samplingFraction);
}

function peopleOfTable(table: Table | null, { base, quasi }: Records): People {
  if (table === null) throw unfit('table-unreadable');
  const columns = quasi.map(({ name, hierarchy }) => {
    const column = table.columns.find((candidate) => candidate.name === name);
    if (column === undefined) throw unfit('column-missing', name);
    const { values, codes } = encodeColumn(column);
    const known = Int32Array.from(values, (value) => hierarchy.codeOf(value) ?? -1);
    if (known.includes(-1)) throw unfit('hierarchy-lacks-value', name);
    return codes.map((code) => known[code]!);
  });
  const people = distinctTuples(base.layout, columns, table.rows).base;
  const counts = new PopulationCounts(people);
  if (counts.of(base).some((count, tuple) => count < base.sizes[tuple]!)) {
    throw unfit('records-missing');
  }
  return { size: table.rows, counts };
}

function unfit(reason: string, column?: string): ConcordError {
  return new ConcordError('POPULATION_UNFIT', {
    reason,
    ...(column === undefined ? {} : { column }),
  });
}
