import { systemRandom } from '../privacy/random.ts';
import type { PrivacyStatement, TrainPlan, TrainResult } from '../contract/train.ts';
import type { LedgerView } from '../contract/vault.ts';
import type { TrainProgress } from '../learning/pace.ts';
import { saveModel } from '../learning/model.ts';
import { trainModel, type Trained } from '../learning/train.ts';
import type { Table } from '../records/table.ts';
import type { Json, Vault } from '../vault/index.ts';
import type { Control, Work } from './context.ts';
import { putJson } from './json.ts';
import { loadTable, sourceHash, sourcesOf } from './load.ts';

/** How a private run pays: all of it reserved before the first step, blocks charged ahead. */
export interface Payment {
  reserve(statement: PrivacyStatement, steps: number): void;
  charge(toStep: number): void;
}

/** Step 4 on a table. Without a payment there is no ledger: the caller says so in the answer. */
export function trainOnTable(
  table: Table,
  plan: TrainPlan,
  control: Control,
  payment?: Payment,
): Promise<Trained> {
  return trainModel(table, plan, {
    random: systemRandom(),
    signal: control.signal,
    progress: ({ step, steps }: TrainProgress) => {
      control.progress({ done: step, total: steps, unit: 'steps' });
    },
    ...(payment === undefined
      ? {}
      : {
          reserve: async (statement: PrivacyStatement, steps: number) => {
            payment.reserve(statement, steps);
          },
          charge: async (_from: number, to: number) => payment.charge(to),
        }),
  });
}

export interface TrainRequest {
  readonly study: string;
  /** Source or protected records of the study. */
  readonly artefact: string;
  readonly plan: TrainPlan;
}

/** What the work hands to whoever started it in the same process. */
export interface TrainOutcome {
  readonly trained: Trained;
  readonly ledger: LedgerView | null;
}

/**
 * Step 4 as a job on the vault: budget of the source records reserved before they are touched,
 * model and result kept together with the journal entry. A failure or cancel returns nothing.
 */
export function trainWork(
  vault: Vault,
  request: TrainRequest,
  done?: (outcome: TrainOutcome) => void,
): Work {
  return {
    kind: 'train',
    study: request.study,
    async run(control) {
      const sources = sourcesOf(vault, request.artefact).map((source) => sourceHash(vault, source));
      const payment = ledgerPayment(vault, request.study, control.job, sources);
      try {
        const table = loadTable(vault, request.artefact);
        const trained = await trainOnTable(table, request.plan, control, payment);
        vault.transaction(() => {
          keepModel(vault, request, trained, control.job);
          payment.finish('done');
        });
        const [source] = sources;
        const ledger = source === undefined ? null : vault.ledger.ofSource(source);
        done?.({ trained, ledger });
      } catch (error) {
        payment.finish(control.signal.aborted ? 'cancelled' : 'failed');
        throw error;
      }
    },
  };
}

type LedgerPayment = Payment & { finish(state: 'done' | 'failed' | 'cancelled'): void };

/** Every source of the records pays in full: one person may stand in each of them. */
function ledgerPayment(
  vault: Vault,
  study: string,
  job: string,
  sources: readonly string[],
): LedgerPayment {
  const entries = sources.map((source, i) => ({ source, name: i === 0 ? job : `${job}/${i}` }));
  let reserved = false;
  return {
    reserve(statement, steps) {
      vault.transaction(() => {
        for (const { source, name } of entries) {
          vault.ledger.reserve({
            sourceHash: source,
            study,
            job: name,
            kind: 'train',
            epsilon: statement.epsilon,
            delta: statement.delta,
            phases: statement.phases as unknown as readonly Json[],
            steps,
          });
        }
      });
      reserved = true;
    },
    charge(toStep) {
      vault.transaction(() => {
        for (const { name } of entries) vault.ledger.chargeBlock(name, toStep);
      });
    },
    finish(state) {
      if (!reserved) return;
      for (const { name } of entries) {
        // Open again when the transaction that had ended it was rolled back.
        if (vault.ledger.reservation(name).state === 'open') vault.ledger.finish(name, state);
      }
    },
  };
}

function keepModel(vault: Vault, request: TrainRequest, trained: Trained, job: string): void {
  const { study, artefact } = request;
  const { name } = vault.artefacts.info(artefact);
  const model = vault.artefacts.put({
    study,
    kind: 'model',
    name,
    bytes: Buffer.from(saveModel(trained.model), 'utf8'),
    parents: [artefact],
    job,
  });
  const result: TrainResult = trained.result;
  putJson(
    vault,
    { study, kind: 'training', name, parents: [model.id], job },
    {
      plan: request.plan,
      result,
    },
  );
  vault.journal.append(
    'model.trained',
    {
      artefact: model.id,
      hash: model.hash,
      epsilon: result.privacy?.epsilon ?? null,
      delta: result.privacy?.delta ?? null,
    },
    study,
  );
}
