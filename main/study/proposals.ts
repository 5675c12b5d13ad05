import { fileProfile, type FileProfile, type Problem } from '../contract/import.ts';
import type { repairCalls } from '../contract/repair-calls.ts';
import type { Repair } from '../contract/repair.ts';
import type { z } from 'zod';
import { profile } from '../records/profile.ts';
import { leaksOf } from '../records/repairs/leakage.ts';
import type { Table } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';
import { chosenLabel } from './arrangement.ts';
import { keptRoles } from './identify.ts';
import { jsonBeside } from './json.ts';
import { loadTable, recordsOf } from './load.ts';
import { repairsBehind, repairsOf } from './repair.ts';

interface Reference {
  readonly study: string;
  readonly artefact: string;
}

/** Records that nobody has to decide about any more. */
const NOTHING_TO_DO: ReadonlySet<string> = new Set(['none', 'name_column']);

/**
 * What may be wrong with records and what would mend it: the points of the profile, the empty cells
 * of each column, and, once the label is chosen or named by the roles, the columns that give it away.
 */
export function proposeRepairs(
  vault: Vault,
  reference: Reference,
): z.input<typeof repairCalls.proposals.output> {
  const artefact = recordsOf(vault, reference);
  const kept = jsonBeside(vault, reference, 'profile', fileProfile);
  const isOld = kept.problems.some(
    ({ proposal, repairs }) => repairs === undefined && !NOTHING_TO_DO.has(proposal),
  );
  const label = labelOf(vault, reference, kept);
  const table = isOld || label !== null ? loadTable(vault, artefact) : null;
  const { encoding, delimiter } = kept;
  const told =
    isOld && table !== null ? profile(table, { encoding, delimiter, problems: [] }) : kept;
  const { repairs: applied } = repairsOf(vault, reference);
  const filled = new Set(
    repairsBehind(vault, reference).flatMap((one) => (one.kind === 'fill' ? [one.column] : [])),
  );
  return {
    problems: [
      ...told.problems,
      ...(table === null || label === null ? [] : givenAway(table, label)),
      ...emptyCells(told, label, filled),
    ],
    label,
    applied,
  };
}

/** The label that was chosen to be predicted; else the one that the roles name. */
function labelOf(vault: Vault, reference: Reference, { columns }: FileProfile): string | null {
  const names = new Set(columns.map(({ name }) => name));
  const chosen = chosenLabel(vault, reference);
  if (chosen !== null && names.has(chosen)) return chosen;
  const roles = keptRoles(vault, reference);
  const found = Object.entries(roles ?? {}).find(
    ([name, role]) => role === 'label' && names.has(name),
  );
  return found?.[0] ?? null;
}

function givenAway(table: Table, label: string): Problem[] {
  return leaksOf(table, label).map(({ column, rows }) => ({
    ...{ code: 'LABEL_GIVEN_AWAY' as const, column, rows, proposal: 'drop_column' as const },
    repairs: [{ kind: 'drop-column', column }],
  }));
}

/** Columns with some empty cells; the label is never filled, since that would invent answers. */
function emptyCells(
  { columns, rows }: FileProfile,
  label: string | null,
  filled: ReadonlySet<string>,
): Problem[] {
  return columns.flatMap(({ name, type, missing }) => {
    if (missing === 0 || missing === rows || filled.has(name)) return [];
    const isQuantity = type === 'integer' || type === 'real' || type === 'date';
    const fill: Repair = {
      kind: 'fill',
      column: name,
      with: isQuantity ? 'median' : 'mode',
    };
    const drop: Repair = { kind: 'drop-rows', column: name };
    const named = type === 'identifier' || type === 'text' || name === label;
    return [
      {
        ...{ code: 'MISSING_CELLS' as const, column: name, rows: missing },
        proposal: 'fill' as const,
        repairs: named ? [drop] : [fill, drop],
      },
    ];
  });
}
