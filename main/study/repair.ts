import { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import { fileProfile } from '../contract/import.ts';
import {
  MOST_REPAIRS,
  repair as repairSchema,
  repairEffect,
  type Repair,
  type RepairPreview,
} from '../contract/repair.ts';
import type { TrainPlan } from '../contract/train.ts';
import type { FrequentCells } from '../records/frequent-cells.ts';
import { learnedFills } from '../records/repairs/apply.ts';
import type { EarlyBytes, Vault } from '../vault/index.ts';
import type { JobControl, Work } from './context.ts';
import { withEarly } from './early.ts';
import { jsonBeside, putJson } from './json.ts';
import { recordsOf } from './load.ts';
import { lookInThread, repairInThread, type RepairedRecords } from './repair-thread.ts';

interface Reference {
  readonly study: string;
  readonly artefact: string;
}

const keptList = z.object({ repairs: z.array(repairSchema), effects: z.array(repairEffect) });
type KeptList = z.output<typeof keptList>;

/** The repairs behind records, with what each did; empty for records as they came. */
export function repairsOf(vault: Vault, reference: Reference): KeptList {
  const { kind } = vault.artefacts.info(recordsOf(vault, reference));
  if (kind !== 'repaired-records') return { repairs: [], effects: [] };
  return jsonBeside(vault, reference, 'repair-plan', keptList);
}

/** All repairs on the way to records, also those made before they got a label. */
export function repairsBehind(vault: Vault, { study, artefact }: Reference): Repair[] {
  const { repairs } = repairsOf(vault, { study, artefact });
  const before = recordsBefore(vault, artefact);
  const { kind, parents } = vault.artefacts.info(before);
  const [unlabelled] = parents;
  if (kind !== 'labelled-records' || unlabelled === undefined) return repairs;
  return [...repairsBehind(vault, { study, artefact: unlabelled }), ...repairs];
}

/** What was repaired: the records themselves where nothing was. */
export function recordsBefore(vault: Vault, artefact: string): string {
  const { kind, parents } = vault.artefacts.info(artefact);
  return kind === 'repaired-records' ? (parents[0] ?? artefact) : artefact;
}

/**
 * What repairs would do to the records as they are now; nothing is kept.
 * @throws what a repair that does not fit throws: see applyRepair
 */
export function tryRepairs(
  vault: Vault,
  { repairs, ...reference }: Reference & { readonly repairs: readonly Repair[] },
): Promise<RepairPreview> {
  const records = vault.artefacts.get(recordsOf(vault, reference));
  return lookInThread(vault, records, { ask: 'try-repairs', repairs });
}

/** The most frequent values of a column of records. @throws COLUMN_UNKNOWN */
export function cellsOf(
  vault: Vault,
  { column, ...reference }: Reference & { readonly column: string },
): Promise<FrequentCells> {
  const records = vault.artefacts.get(recordsOf(vault, reference));
  return lookInThread(vault, records, { ask: 'cells', column });
}

/** Adds repairs to those behind the records; the whole list is done again on what was repaired. */
export function repairWork(
  vault: Vault,
  { repairs, ...reference }: Reference & { readonly repairs: readonly Repair[] },
): Work {
  const list = [...repairsOf(vault, reference).repairs, ...repairs];
  if (list.length > MOST_REPAIRS) {
    throw new ConcordError('PLAN_INVALID', {
      path: 'repairs',
      expected: `at most ${MOST_REPAIRS} repairs`,
    });
  }
  return listWork(vault, reference, list);
}

/** The records with all repairs but the last. @throws ARTEFACT_UNKNOWN where there are none */
export function undoWork(vault: Vault, reference: Reference): Work {
  const { repairs } = repairsOf(vault, reference);
  if (repairs.length === 0) throw new ConcordError('ARTEFACT_UNKNOWN');
  return listWork(vault, reference, repairs.slice(0, -1));
}

/** The same repairs once more, so that these records are the newest. @throws ARTEFACT_UNKNOWN */
export function againWork(vault: Vault, reference: Reference): Work {
  return listWork(vault, reference, repairsOf(vault, reference).repairs);
}

/** A list of repairs as a job: repaired records, the list and their profile, kept together. */
function listWork(vault: Vault, reference: Reference, repairs: readonly Repair[]): Work {
  const { study } = reference;
  const before = recordsBefore(vault, recordsOf(vault, reference));
  return {
    kind: 'repair',
    study,
    async run(control) {
      const { encoding, delimiter } = jsonBeside(
        vault,
        { study, artefact: before },
        'profile',
        fileProfile,
      );
      const records = vault.artefacts.get(before);
      const done = await repairInThread(records, repairs, { encoding, delimiter }, control);
      await withEarly(vault, study, control.signal, async (write) => {
        const bytes = await write(done.bytes);
        keep(vault, { study, artefact: before }, { ...done, repairs, bytes }, control);
      });
    },
  };
}

interface Made extends Omit<RepairedRecords, 'bytes'> {
  readonly repairs: readonly Repair[];
  readonly bytes: EarlyBytes;
}

function keep(
  vault: Vault,
  { study, artefact }: Reference,
  { repairs, effects, rows, bytes, summary }: Made,
  { job }: JobControl,
): void {
  const { name } = vault.artefacts.info(artefact);
  vault.transaction(() => {
    const list = putJson(
      vault,
      { study, kind: 'repair-plan', name, parents: [artefact], job },
      { repairs, effects },
    );
    const parents = [artefact, list.id];
    const records = vault.artefacts.put({
      ...{ study, kind: 'repaired-records', name, bytes, parents, job },
    });
    putJson(vault, { study, kind: 'profile', name, parents: [records.id], job }, summary);
    const params = {
      ...{ artefact: records.id, hash: records.hash, rows },
      repairs: repairs.map(({ kind }) => kind),
    };
    vault.journal.append('records.repaired', params, study);
  });
}

/**
 * The plan with the fills that the records' repairs left to be learned in training; what the plan
 * itself says of a column comes first.
 */
export function withRepairFills<P extends Pick<TrainPlan, 'fill'>>(
  vault: Vault,
  reference: Reference,
  plan: P,
): P {
  const learned = learnedFills(repairsBehind(vault, reference));
  if (Object.keys(learned).length === 0) return plan;
  return { ...plan, fill: { ...learned, ...plan.fill } };
}
