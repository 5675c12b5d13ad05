import { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import { columnRole, type ColumnFinding, type ColumnRole } from '../contract/identify.ts';
import { fileProfile } from '../contract/import.ts';
import type { identify } from '../contract/protect-calls.ts';
import { identifyColumns } from '../identify/columns.ts';
import { uniqueSets } from '../identify/uniqueness.ts';
import { nearestName } from '../records/nearest-name.ts';
import { shapeOf } from '../records/profile.ts';
import type { Table } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';
import { jsonBeside, parseJson, putJson } from './json.ts';
import { madeLabel } from './labels-made.ts';
import { loadTable, recordsOf } from './load.ts';
import { chosenLabel } from './arrangement.ts';
import { recordFamily } from './record-family.ts';
import { withFieldRoles } from './templates.ts';

interface Reference {
  readonly study: string;
  readonly artefact: string;
}

interface Decided {
  readonly name: string;
  readonly role: ColumnRole;
}

const findings = z.object({
  columns: z.array(z.object({ name: z.string(), role: columnRole, proposed: columnRole })),
});

/** Step 2: a role for each column, with its evidence, and what was decided before. */
export function proposeRoles(
  vault: Vault,
  reference: Reference,
): z.input<typeof identify.propose.output> {
  const table = loadTable(vault, recordsOf(vault, reference));
  const examples = examplesOf(vault, reference);
  const proposed = proposedColumns(vault, reference, table);
  const decided = keptRoles(vault, reference);
  const narrows = proposed
    .filter(({ name, role }) => (decided?.[name] ?? role) === 'quasi-identifier')
    .map(({ name }) => name);
  return {
    columns: table.columns.flatMap(({ name, type }, index) => {
      const column = proposed[index];
      if (column === undefined) return [];
      const shown = examples.get(name) ?? [];
      // Whom a column names, its examples would name too: only how they are written is shown.
      const named = column.role === 'direct-identifier';
      return [{ ...column, type, examples: named ? [...new Set(shown.map(shapeOf))] : [...shown] }];
    }),
    uniqueness: uniqueSets(table, narrows),
    decided,
  };
}

/**
 * Keeps the roles a person decided, beside those that were proposed, with a line in the journal.
 * @throws COLUMN_UNKNOWN, ROLE_CONFLICT, ROLE_MISSING: each column needs one role.
 */
export function saveRoles(
  vault: Vault,
  { roles, ...reference }: Reference & { readonly roles: readonly Decided[] },
): { artefact: string } {
  const table = loadTable(vault, recordsOf(vault, reference));
  const proposed = proposedColumns(vault, reference, table);
  requireOneEach(
    proposed.map(({ name }) => name),
    roles.map(({ name }) => name),
  );
  const decided = new Map(roles.map(({ name, role }) => [name, role]));
  const columns = proposed.map(({ name, role }) => ({
    name,
    role: decided.get(name) ?? role,
    proposed: role,
  }));
  const changed = columns.filter(({ role, proposed: before }) => role !== before).length;
  const { study, artefact } = reference;
  const { name } = vault.artefacts.info(artefact);
  return vault.transaction(() => {
    const kept = putJson(
      vault,
      { study, kind: 'findings', name, parents: [artefact] },
      { columns },
    );
    const params = { artefact: kept.id, records: artefact, columns: columns.length, changed };
    vault.journal.append('columns.identified', params, study);
    return { artefact: kept.id };
  });
}

function proposedColumns(vault: Vault, reference: Reference, table: Table): ColumnFinding[] {
  const { columns } = identifyColumns(table, labelOf(vault, reference));
  return withFieldRoles(vault, reference.study, columns);
}

/** What was chosen to be predicted, or made as a label, needs no guess. */
function labelOf(vault: Vault, reference: Reference): string | undefined {
  return chosenLabel(vault, reference) ?? madeLabel(vault, reference.artefact);
}

function requireOneEach(names: readonly string[], given: readonly string[]): void {
  const unknown = given.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const nearest = nearestName(unknown, names);
    throw new ConcordError('COLUMN_UNKNOWN', { column: unknown, nearest });
  }
  const twice = given.filter((name, index) => given.indexOf(name) !== index);
  if (twice.length > 0) throw new ConcordError('ROLE_CONFLICT', { columns: [...new Set(twice)] });
  const without = names.filter((name) => !given.includes(name));
  if (without.length > 0) throw new ConcordError('ROLE_MISSING', { columns: without });
}

/**
 * The roles that were decided last for records, or for the same records before or after repairs;
 * null before the first time.
 */
export function keptRoles(vault: Vault, reference: Reference): Record<string, ColumnRole> | null {
  const artefact = recordsOf(vault, reference);
  const family = recordFamily(vault, artefact);
  const kept = vault.artefacts
    .list(reference.study, 'findings')
    .filter(({ parents }) => parents.some((parent) => family.has(parent)))
    .at(-1);
  if (kept === undefined) return null;
  const parsed = findings.safeParse(parseJson(vault.artefacts.get(kept.id)));
  if (!parsed.success) throw new ConcordError('ARTEFACT_DAMAGED');
  return Object.fromEntries(parsed.data.columns.map(({ name, role }) => [name, role]));
}

/** The examples of the profile; one kept by an older version may show what its rules did not find. */
function examplesOf(vault: Vault, reference: Reference): Map<string, readonly string[]> {
  const kept = ifThere(() => jsonBeside(vault, reference, 'profile', fileProfile));
  return new Map(kept?.columns.map(({ name, examples }) => [name, examples]));
}

function ifThere<T>(look: () => T): T | null {
  try {
    return look();
  } catch (error) {
    if (error instanceof ConcordError && error.code === 'ARTEFACT_UNKNOWN') return null;
    throw error;
  }
}
