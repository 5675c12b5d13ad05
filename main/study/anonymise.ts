import { anonymiseTable, type Anonymised } from '../anonymise/anonymise.ts';
import type { AnonymisePlanInput } from '../contract/anonymise.ts';
import { ConcordError } from '../contract/errors.ts';
import { encodeTable } from '../records/codec.ts';
import { selectColumns } from '../records/shape.ts';
import type { Table } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';
import type { Control, Work } from './context.ts';
import { putJson } from './json.ts';
import { loadTable } from './load.ts';

export interface ProtectRequest {
  readonly plan: AnonymisePlanInput;
  /** Hierarchy text by column. */
  readonly hierarchies: ReadonlyMap<string, string>;
  /** Direct identifiers to leave out before anything else. */
  readonly remove?: readonly string[];
  /** Whether all columns are to be released, so that each needs a role. */
  readonly release: boolean;
}

/** Step 3 on a table: direct identifiers out, then generalisation until the models hold. */
export function protectTable(
  table: Table,
  request: ProtectRequest,
  control: Control,
): Promise<Anonymised> {
  const removed = new Set(request.remove ?? []);
  const kept = selectColumns(
    table,
    table.columns.map(({ name }) => name).filter((name) => !removed.has(name)),
  );
  return anonymiseTable(kept, request.plan, request.hierarchies, {
    release: request.release,
    signal: control.signal,
    progress: (done, total) => control.progress({ done, total, unit: 'nodes' }),
  });
}

/** Step 3 as a job: the plan, the protected records and what was measured, kept together. */
export function anonymiseWork(
  vault: Vault,
  source: { readonly study: string; readonly artefact: string },
  request: Omit<ProtectRequest, 'release'>,
): Work {
  return {
    kind: 'anonymise',
    study: source.study,
    async run(control) {
      const { name } = vault.artefacts.info(source.artefact);
      const table = loadTable(vault, source.artefact);
      const done = await protectTable(table, { ...request, release: true }, control);
      const bytes = encodeTable(done.output);
      if (control.signal.aborted) throw new ConcordError('CANCELLED');
      vault.transaction(() => {
        const { study } = source;
        const { job } = control;
        const plan = putJson(
          vault,
          { study, kind: 'protection-plan', name, parents: [source.artefact], job },
          {
            plan: request.plan,
            hierarchies: Object.fromEntries(request.hierarchies),
            remove: request.remove ?? [],
            outcome: done.outcome,
            suppressedRows: rowsOf(done.suppressedRows),
          },
        );
        const records = vault.artefacts.put({
          study,
          kind: 'protected-records',
          name,
          bytes,
          parents: [source.artefact, plan.id],
          job,
        });
        vault.journal.append(
          'records.anonymised',
          { artefact: records.id, hash: records.hash, suppressed: done.outcome.suppressed },
          study,
        );
      });
    },
  };
}

function rowsOf(flags: Uint8Array): number[] {
  return Array.from(flags.keys()).filter((row) => flags[row] === 1);
}
