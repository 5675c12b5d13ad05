import type { AnonymisePlan } from '../contract/anonymise.ts';
import { ConcordError } from '../contract/errors.ts';
import type { Column, Table } from '../records/table.ts';
import type { SensitiveColumn } from './attribute-models.ts';
import { distinctTuples, type Classes } from './classes.ts';
import { bindHierarchy, canonicalText, encodeColumn } from './encode.ts';
import { parseHierarchy, type Hierarchy } from './hierarchy.ts';
import type { People } from './population.ts';
import { peopleOf } from './population-table.ts';
import type { Roles } from './roles.ts';

export interface QuasiIdentifier {
  readonly name: string;
  readonly hierarchy: Hierarchy;
  /** Level-0 codes by row. */
  readonly codes: Int32Array;
}

/** A table and a plan as integers, ready to be searched. */
export interface Prepared {
  readonly quasi: readonly QuasiIdentifier[];
  readonly hierarchies: readonly Hierarchy[];
  readonly sensitive: ReadonlyMap<string, SensitiveColumn>;
  /** Distinct original tuples as classes at level 0, and the tuple of each row. */
  readonly base: Classes;
  readonly tupleOfRow: Int32Array;
  readonly people: People | null;
}

/** Hierarchy text by column, and the table of the population where the plan names one. */
export interface PlanFiles {
  readonly hierarchies: ReadonlyMap<string, string>;
  readonly population: Table | null;
}

/**
 * Binds quasi-identifiers to their hierarchies and collects the distinct tuples. Throws
 * PLAN_INVALID for a quasi-identifier without a hierarchy, COLUMN_EMPTY, HIERARCHY_UNREADABLE
 * {column, file}, HIERARCHY_INVALID, HIERARCHY_LACKS_VALUE, POPULATION_UNFIT.
 */
export function prepare(
  table: Table,
  roles: Roles,
  plan: AnonymisePlan,
  files: PlanFiles,
): Prepared {
  requireValues([...roles.quasiIdentifiers, ...roles.sensitive]);
  const quasi = roles.quasiIdentifiers.map((column) => {
    const file = plan.quasiIdentifiers[column.name]?.hierarchy;
    if (file === undefined) {
      const path = `quasiIdentifiers.${column.name}.hierarchy`;
      throw new ConcordError('PLAN_INVALID', { path, expected: 'string' });
    }
    const hierarchy = hierarchyOf(column, file, files.hierarchies);
    return { name: column.name, hierarchy, codes: bindHierarchy(encodeColumn(column), hierarchy) };
  });
  const { base, tupleOfRow } = distinctTuples(
    quasi.map(({ codes }) => codes),
    table.rows,
  );
  return {
    quasi,
    hierarchies: quasi.map(({ hierarchy }) => hierarchy),
    sensitive: sensitiveColumns(roles.sensitive, plan, files.hierarchies),
    base,
    tupleOfRow,
    people: peopleOf(plan.population, { base, quasi, rows: table.rows }, files.population),
  };
}

/** A column of nothing protects nobody and tells nothing. @throws COLUMN_EMPTY {column} */
export function requireValues(columns: readonly Column[]): void {
  for (const column of columns) {
    const holds =
      'codes' in column
        ? column.codes.some((code) => code >= 0)
        : column.values.some((value) => !Number.isNaN(value));
    if (!holds) throw new ConcordError('COLUMN_EMPTY', { column: column.name });
  }
}

function hierarchyOf(
  column: Column,
  file: string,
  hierarchies: ReadonlyMap<string, string>,
): Hierarchy {
  const text = hierarchies.get(column.name);
  if (text === undefined) {
    throw new ConcordError('HIERARCHY_UNREADABLE', { column: column.name, file });
  }
  return parseHierarchy(column.name, text, canonicalText(column));
}

/** Sensitive columns by name, with the hierarchy and the order that the plan gives them. */
export function sensitiveColumns(
  columns: readonly Column[],
  plan: AnonymisePlan,
  hierarchies: ReadonlyMap<string, string>,
): ReadonlyMap<string, SensitiveColumn> {
  return new Map(
    columns.map((column) => {
      const { hierarchy: file, order } = plan.sensitive[column.name] ?? {};
      const hierarchy = file === undefined ? null : hierarchyOf(column, file, hierarchies);
      const encoded = encodeColumn(column);
      if (hierarchy !== null) bindHierarchy(encoded, hierarchy);
      const canonical = order?.map(canonicalText(column)) ?? null;
      return [column.name, { column: encoded, hierarchy, order: canonical }];
    }),
  );
}
