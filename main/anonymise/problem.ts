import type { AnonymisePlan } from '../contract/anonymise.ts';
import { ConcordError } from '../contract/errors.ts';
import type { Column, Table } from '../records/table.ts';
import { distinctTuples, type Classes } from './classes.ts';
import { bindHierarchy, canonicalText, encodeColumn } from './encode.ts';
import { parseHierarchy, type Hierarchy } from './hierarchy.ts';
import { measureOf } from './measures.ts';
import { compileModels, type SensitiveColumn } from './models.ts';
import { rolesOf, type Roles } from './roles.ts';
import type { SearchProblem } from './lattice.ts';
import { TupleLayout } from './tuple-layout.ts';

/** A quasi-identifier as codes of level 0 of its hierarchy, one per row. */
export interface QuasiIdentifier {
  readonly name: string;
  readonly hierarchy: Hierarchy;
  readonly codes: Int32Array;
}

/** A table and its plan as integers: what everything after works on. */
export interface EncodedRecords {
  readonly rows: number;
  readonly roles: Roles;
  readonly quasi: readonly QuasiIdentifier[];
  readonly sensitive: ReadonlyMap<string, SensitiveColumn>;
}

/**
 * Codes the columns of a plan. `hierarchies`: hierarchy text by column. Throws COLUMN_UNKNOWN,
 * ROLE_CONFLICT, ROLE_MISSING, FILE_NO_RECORDS, HIERARCHY_UNREADABLE {column, file},
 * HIERARCHY_INVALID, HIERARCHY_LACKS_VALUE.
 */
export function encodeRecords(
  table: Table,
  plan: AnonymisePlan,
  hierarchies: ReadonlyMap<string, string>,
  releaseAll: boolean,
): EncodedRecords {
  const roles = rolesOf(table, plan, releaseAll);
  if (table.rows === 0) throw new ConcordError('FILE_NO_RECORDS');
  const quasi = roles.quasiIdentifiers.map((column) => {
    const file = plan.quasiIdentifiers[column.name]?.hierarchy;
    const hierarchy = hierarchyOf(column, file, hierarchies);
    return { name: column.name, hierarchy, codes: bindHierarchy(encodeColumn(column), hierarchy) };
  });
  const sensitive = sensitiveColumns(roles.sensitive, plan, hierarchies);
  return { rows: table.rows, roles, quasi, sensitive };
}

/** What the search works on, and the distinct tuple that each row belongs to. */
export interface PosedProblem {
  readonly problem: SearchProblem;
  readonly base: Classes;
  readonly tupleOfRow: Int32Array;
}

/** Groups the records and compiles measure and models. Throws PRIVACY_MODEL_INVALID. */
export function poseProblem(records: EncodedRecords, plan: AnonymisePlan): PosedProblem {
  const { rows, quasi, sensitive } = records;
  const hierarchies = quasi.map(({ hierarchy }) => hierarchy);
  const { base, tupleOfRow } = distinctTuples(
    new TupleLayout(hierarchies),
    quasi.map(({ codes }) => codes),
    rows,
  );
  const problem = {
    base,
    models: compileModels(plan.models, sensitive, tupleOfRow, base),
    measure: measureOf(plan, base),
    allowed: Math.floor(plan.suppressionLimit * rows),
  };
  return { problem, base, tupleOfRow };
}

function hierarchyOf(
  column: Column,
  file: string | undefined,
  hierarchies: ReadonlyMap<string, string>,
): Hierarchy {
  const text = hierarchies.get(column.name);
  if (text === undefined) {
    throw new ConcordError('HIERARCHY_UNREADABLE', { column: column.name, file: file ?? '' });
  }
  return parseHierarchy(column.name, text, canonicalText(column));
}

function sensitiveColumns(
  columns: readonly Column[],
  plan: AnonymisePlan,
  hierarchies: ReadonlyMap<string, string>,
): ReadonlyMap<string, SensitiveColumn> {
  return new Map(
    columns.map((column) => {
      const file = plan.sensitive[column.name]?.hierarchy;
      const hierarchy = file === undefined ? null : hierarchyOf(column, file, hierarchies);
      const encoded = encodeColumn(column);
      if (hierarchy !== null) bindHierarchy(encoded, hierarchy);
      return [column.name, { column: encoded, hierarchy }];
    }),
  );
}
