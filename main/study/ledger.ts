import { phase, type Phase } from '../contract/privacy.ts';
import type { LedgerReport } from '../contract/vault.ts';
import { ConcordError } from '../contract/errors.ts';
import { epsilonOf } from '../privacy/accountant.ts';
import type { Candidate, Vault } from '../vault/index.ts';

/** The ledger a study sees, of its newest records if none are named, with what its whole history would cost if it had been planned. */
export function ledgerOf(vault: Vault, study: string, sourceHash?: string): LedgerReport {
  const view = vault.ledger.ofStudy(study, sourceHash);
  const { source, budget, entries } = view;
  const of = JSON.stringify([source, budget, entries.length]);
  const last = lastPlanned.get(vault);
  if (last?.of === of) return { ...view, planned: last.planned };
  const planned = plannedCost(vault.ledger.history(source), budget.delta);
  lastPlanned.set(vault, { of, planned });
  return { ...view, planned };
}

/** Asked again by every screen that shows a ledger; only a new job changes it. */
const lastPlanned = new WeakMap<
  Vault,
  { readonly of: string; readonly planned: LedgerReport['planned'] }
>();

/**
 * The epsilon of all phases in one composition at `delta`; jobs without phases are added to it. Null
 * where there is no job, or no delta is left for the composition.
 */
export function plannedCost(jobs: readonly Candidate[], delta: number): LedgerReport['planned'] {
  const phases: Phase[] = [];
  let epsilon = 0;
  let left = delta;
  for (const job of jobs) {
    const parsed = phase.array().min(1).safeParse(job.phases);
    if (parsed.success) phases.push(...parsed.data);
    else {
      epsilon += job.epsilon;
      left -= job.delta;
    }
  }
  if (phases.length === 0 || !(left > 0)) return null;
  try {
    const found = epsilonOf({ phases, delta: left });
    return { epsilon: epsilon + found.epsilon, delta, accountant: found.accountant };
  } catch (error) {
    // Failures of selections may take all of delta; a mixture of neighbours has no figure.
    if (error instanceof ConcordError && error.code === 'MECHANISM_INVALID') return null;
    throw error;
  }
}
