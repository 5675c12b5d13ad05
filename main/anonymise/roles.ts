import type { AnonymisePlan } from '../contract/anonymise.ts';
import { ConcordError } from '../contract/errors.ts';
import { nearestName } from '../records/nearest-name.ts';
import type { Column, Table } from '../records/table.ts';

/** The columns of a table by their role, each list in the order of the table. */
export interface Roles {
  readonly quasiIdentifiers: readonly Column[];
  readonly sensitive: readonly Column[];
  /** Every column that has a role. */
  readonly released: readonly Column[];
}

/**
 * Sorts columns by the roles of a plan. Throws COLUMN_UNKNOWN {column, nearest}, ROLE_CONFLICT
 * {columns} for columns with two roles, and, when every column is to be released, ROLE_MISSING
 * {columns} for those with none.
 */
export function rolesOf(table: Table, plan: AnonymisePlan, releaseAll: boolean): Roles {
  const roles = [
    Object.keys(plan.quasiIdentifiers),
    Object.keys(plan.sensitive),
    [...new Set(plan.insensitive)],
  ];
  const named = roles.flat();
  const names = table.columns.map(({ name }) => name);
  for (const column of named) {
    if (!names.includes(column)) {
      throw new ConcordError('COLUMN_UNKNOWN', { column, nearest: nearestName(column, names) });
    }
  }
  const twice = named.filter((name, index) => named.indexOf(name) !== index);
  if (twice.length > 0) throw new ConcordError('ROLE_CONFLICT', { columns: [...new Set(twice)] });
  const without = names.filter((name) => !named.includes(name));
  if (releaseAll && without.length > 0)
    throw new ConcordError('ROLE_MISSING', { columns: without });
  const select = (wanted: readonly string[] | undefined): Column[] =>
    table.columns.filter(({ name }) => wanted?.includes(name));
  return {
    quasiIdentifiers: select(roles[0]),
    sensitive: select(roles[1]),
    released: select(named),
  };
}
