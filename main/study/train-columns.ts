import { z } from 'zod';
import { columnRole, type ColumnRole } from '../contract/identify.ts';
import type { DistinctClass, TrainColumn } from '../contract/train-calls.ts';
import { identifyColumns } from '../identify/columns.ts';
import { distinctCount } from '../records/shape.ts';
import type { Column, Table } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';
import { loadTable } from './load.ts';

/** Columns to choose from; of the values only how many there are, in classes. */
export function trainColumns(vault: Vault, artefact: string): TrainColumn[] {
  const table = loadTable(vault, artefact);
  const roles = rolesOf(vault, artefact, table);
  return table.columns.map((column) => ({
    name: column.name,
    type: column.type,
    role: roles.get(column.name) ?? 'other',
    distinct: classOf(column),
  }));
}

const FEW = 20;

function classOf(column: Column): DistinctClass {
  const distinct = distinctCount(column);
  if (distinct < 2) return '0-1';
  if (distinct === 2) return '2';
  return distinct <= FEW ? '3-20' : 'more';
}

const findings = z.object({
  columns: z.array(z.object({ name: z.string(), role: columnRole })),
});

/** The roles the person has settled, else those the records suggest. */
function rolesOf(vault: Vault, artefact: string, table: Table): ReadonlyMap<string, ColumnRole> {
  const { ancestors } = vault.artefacts.lineage(artefact);
  const family = new Set([artefact, ...ancestors.map(({ id }) => id)]);
  const { study } = vault.artefacts.info(artefact);
  const kept = vault.artefacts
    .list(study, 'findings')
    .filter(({ parents }) => parents.some((parent) => family.has(parent)))
    .at(-1);
  const settled =
    kept === undefined
      ? null
      : findings.safeParse(JSON.parse(String(vault.artefacts.get(kept.id))));
  const { columns } = settled?.success === true ? settled.data : identifyColumns(table);
  return new Map(columns.map(({ name, role }) => [name, role]));
}
