import type { AnonymisePlan, PrivacyModel } from '../../contract/anonymise.ts';
import { ConcordError } from '../../contract/errors.ts';
import type { Column, Table } from '../../records/table.ts';
import { bindHierarchy, canonicalText, encodeColumn } from '../encode.ts';
import { parseHierarchy, type Hierarchy } from '../hierarchy.ts';
import type { Sensitive } from './conditions.ts';

/** A quasi-identifier with the level it was generalised to. */
export interface Generalised {
  readonly name: string;
  readonly hierarchy: Hierarchy;
  /** Codes of level 0, by row. */
  readonly codes: Int32Array;
  readonly level: number;
}

/** Records with what was done to them. */
export interface ProtectedRecords {
  readonly rows: number;
  readonly quasi: readonly Generalised[];
  readonly sensitive: ReadonlyMap<string, Sensitive>;
  readonly models: readonly PrivacyModel[];
  /** 1 for each row that was left out. */
  readonly suppressed: Uint8Array;
}

/**
 * The records of a protection, coded again from what is kept of it: the original table, the plan,
 * its hierarchies' text and the levels.
 * @throws COLUMN_UNKNOWN, HIERARCHY_LACKS_VALUE where they do not belong together
 */
export function protectedRecords(
  table: Table,
  plan: AnonymisePlan,
  hierarchies: Readonly<Record<string, string>>,
  result: { readonly levels: Readonly<Record<string, number>>; readonly suppressed: Uint8Array },
): ProtectedRecords {
  const columnOf = (name: string): Column => {
    const column = table.columns.find((one) => one.name === name);
    if (column === undefined) throw new ConcordError('COLUMN_UNKNOWN', { column: name });
    return column;
  };
  const hierarchyOf = (column: Column): Hierarchy | null => {
    const text = hierarchies[column.name];
    return text === undefined ? null : parseHierarchy(column.name, text, canonicalText(column));
  };
  const quasi = Object.keys(plan.quasiIdentifiers).flatMap((name) => {
    const column = columnOf(name);
    const hierarchy = hierarchyOf(column);
    if (hierarchy === null) return [];
    const codes = bindHierarchy(encodeColumn(column), hierarchy);
    return [{ name, hierarchy, codes, level: result.levels[name] ?? 0 }];
  });
  const sensitive = new Map(
    Object.keys(plan.sensitive).map((name) => {
      const column = columnOf(name);
      return [name, { column: encodeColumn(column), hierarchy: hierarchyOf(column) }] as const;
    }),
  );
  const { suppressed } = result;
  return { rows: table.rows, quasi, sensitive, models: plan.models, suppressed };
}

/** The codes of a column at a level. */
export function codesAt({ hierarchy, codes }: Generalised, level: number): Int32Array {
  const step = hierarchy.step(0, level);
  return codes.map((code) => step[code]!);
}
