import { ConcordError } from '../contract/errors.ts';
import type { JobTrace } from '../contract/job.ts';
import type { AnyPhase } from '../contract/privacy.ts';
import type { PrivacyStatement } from '../contract/train.ts';
import type { Json, Vault } from '../vault/index.ts';
import { epsilonInThread } from './figures-thread.ts';

/** How a private run pays: all of it reserved before the first step, blocks charged ahead. */
export interface Payment {
  reserve(statement: PrivacyStatement, steps: number): void;
  /** `beside` is kept together with the charge, or neither is. */
  charge(toStep: number, beside?: () => void): void;
}

export interface LedgerPayment extends Payment {
  /** Steps that count as run since an earlier start of the job; null when it never reserved. */
  readonly charged: number | null;
  /** Ends what is reserved; 'interrupted' lets it be taken up again by a resumed job. */
  finish(state: 'done' | 'failed' | 'cancelled' | 'interrupted'): void;
}

/**
 * Every source of the records pays in full: one person may stand in each of them. A job that goes
 * on takes up what it had reserved, and only if the run is the very one that was reserved.
 */
export function ledgerPayment(
  vault: Vault,
  study: string,
  job: string,
  sources: readonly string[],
): LedgerPayment {
  const entries = sources.map((source, i) => ({ source, name: i === 0 ? job : `${job}/${i}` }));
  const { ledger } = vault;
  const earlier = entries.map(({ name }) => ledger.find(name)).filter((found) => found !== null);
  let reserved = false;
  const resume = (statement: PrivacyStatement, steps: number): void => {
    for (const { job: name, phases, epsilon, delta, stepsReserved } of earlier) {
      const same =
        epsilon === statement.epsilon &&
        delta === statement.delta &&
        stepsReserved === steps &&
        isSame(phases, statement.phases);
      if (!same || earlier.length !== entries.length) throw new ConcordError('JOB_NOT_RESUMABLE');
      ledger.resume(name);
    }
  };
  const reserve = (statement: PrivacyStatement, steps: number): void => {
    for (const { source, name } of entries) {
      ledger.reserve({
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
  };
  return {
    charged: earlier.length === 0 ? null : Math.max(...earlier.map((one) => one.stepsCharged)),
    reserve(statement, steps) {
      const take = earlier.length === 0 ? reserve : resume;
      vault.transaction(() => take(statement, steps));
      reserved = true;
    },
    charge(toStep, beside) {
      vault.transaction(() => {
        for (const { name } of entries) ledger.chargeBlock(name, toStep);
        beside?.();
      });
    },
    finish(state) {
      if (!reserved) return;
      for (const { name } of entries) {
        // Open again when the transaction that had ended it was rolled back.
        if (ledger.reservation(name).state === 'open') ledger.finish(name, state);
      }
    },
  };
}

/** What a job has taken from the ledger; null when it never reserved. */
export function paidFor(vault: Vault, job: string): JobTrace['paid'] {
  const found = vault.ledger.find(job);
  if (found === null) return null;
  const { epsilon, delta, stepsCharged, stepsReserved } = found;
  return { epsilon, delta, steps_charged: stepsCharged, steps_reserved: stepsReserved };
}

/**
 * What the first `steps` steps of a run would cost by themselves, by its own accountant and delta:
 * all of them the epsilon of the statement. The ledger counts the whole run all the same.
 */
export async function epsilonOfSteps(
  { phases, delta, accountant }: Pick<PrivacyStatement, 'phases' | 'delta' | 'accountant'>,
  steps: number,
): Promise<number> {
  let left = steps;
  const ran = phases.flatMap((phase): AnyPhase[] => {
    const some = Math.min(left, phase.steps);
    left -= some;
    if (some === 0) return [];
    return phase.mechanism === 'selection' ? [phase] : [{ ...phase, steps: some }];
  });
  if (ran.length === 0) return 0;
  return (await epsilonInThread({ phases: ran, delta, accountant })).epsilon;
}

function isSame(reserved: readonly Json[], phases: PrivacyStatement['phases']): boolean {
  return sorted(reserved) === sorted(phases);
}

/** JSON with the keys of every phase in one order. */
function sorted(phases: readonly unknown[]): string {
  return JSON.stringify(phases.map((phase) => Object.entries(phase as object).toSorted()));
}
