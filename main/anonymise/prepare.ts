import type { AnonymisePlan } from '../contract/anonymise.ts';
import { ConcordError } from '../contract/errors.ts';
import type { Column, Table } from '../records/table.ts';
import type { SensitiveColumn } from './attribute-models.ts';
import { distinctTuples, type Classes } from './classes.ts';
import { bindHierarchy, canonicalText, encodeColumn } from './encode.ts';
import { parseHierarchy, type Hierarchy } from './hierarchy.ts';
import { leastLevel, withinLimits } from './level-limits.ts';
import type { People } from './population.ts';
import { peopleOf } from './population-table.ts';
import type { Roles } from './roles.ts';
import { TupleLayout } from './tuple-layout.ts';

export interface QuasiIdentifier {
  readonly name: string;
  readonly hierarchy: Hierarchy;
  /** Codes of the least level that the plan allows, by row. */
  readonly codes: Int32Array;
  /** That level: 0 is the value as it is. */
  readonly least: number;
  /** Codes of the values as they came. */
  readonly asTheyCame: Int32Array;
}

/** The columns of a plan as integers. */
export interface EncodedRecords {
  readonly rows: number;
  readonly quasi: readonly QuasiIdentifier[];
  readonly sensitive: ReadonlyMap<string, SensitiveColumn>;
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
 * Binds quasi-identifiers to their hierarchies. Throws PLAN_INVALID for a quasi-identifier without
 * a hierarchy, COLUMN_EMPTY, HIERARCHY_UNREADABLE {column, file}, HIERARCHY_INVALID,
 * HIERARCHY_LACKS_VALUE, LEVELS_INVALID.
 */
export function encodeRecords(
  table: Table,
  roles: Roles,
  plan: AnonymisePlan,
  files: PlanFiles,
): EncodedRecords {
  requireValues([...roles.quasiIdentifiers, ...roles.sensitive]);
  const quasi = roles.quasiIdentifiers.map((column) => {
    const file = plan.quasiIdentifiers[column.name]?.hierarchy;
    if (file === undefined) {
      const path = `quasiIdentifiers.${column.name}.hierarchy`;
      throw new ConcordError('PLAN_INVALID', { path, expected: 'string' });
    }
    const limits = plan.quasiIdentifiers[column.name];
    const whole = hierarchyOf(column, file, files.hierarchies);
    const hierarchy = withinLimits(column.name, whole, limits);
    const encoded = encodeColumn(column);
    return {
      name: column.name,
      hierarchy,
      codes: bindHierarchy(encoded, hierarchy),
      least: leastLevel(limits),
      asTheyCame: encoded.codes,
    };
  });
  const sensitive = sensitiveColumns(roles.sensitive, plan, files.hierarchies);
  return { rows: table.rows, quasi, sensitive };
}

/** Collects the distinct tuples, and the people they were drawn from. Throws POPULATION_UNFIT. */
export function group(
  { rows, quasi, sensitive }: EncodedRecords,
  plan: AnonymisePlan,
  population: Table | null,
): Prepared {
  const hierarchies = quasi.map(({ hierarchy }) => hierarchy);
  const { base, tupleOfRow } = distinctTuples(
    new TupleLayout(hierarchies),
    quasi.map(({ codes }) => codes),
    rows,
  );
  const people = peopleOf(plan.population, { base, quasi, rows }, population);
  return { quasi, hierarchies, sensitive, base, tupleOfRow, people };
}

/** Both, one after the other. */
export function prepare(
  table: Table,
  roles: Roles,
  plan: AnonymisePlan,
  files: PlanFiles,
): Prepared {
  return group(encodeRecords(table, roles, plan, files), plan, files.population);
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
