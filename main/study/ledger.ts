import { anyPhase, type AnyPhase, type EpsilonPlan } from '../contract/privacy.ts';
import type { LedgerReport, LedgerView } from '../contract/vault.ts';
import { ConcordError } from '../contract/errors.ts';
import { epsilonOf, type PrivacyCost } from '../privacy/accountant.ts';
import type { Vault } from '../vault/index.ts';
import { epsilonInThread } from './figures-thread.ts';

/**
 * The ledger a study sees, of its newest records if none are named, with what its whole history would
 * cost if it had been planned.
 */
export function ledgerOf(vault: Vault, study: string, sourceHash?: string): LedgerReport {
  const view = vault.ledger.ofStudy(study, sourceHash);
  const history = historyOf(vault, view);
  const found = history.plan === null ? null : figureOf(() => epsilonOf(history.plan!));
  return { ...view, planned: plannedCost(history, found) };
}

/** The same while the engine goes on answering; a history already worked out is not again. */
export async function ledgerInThread(vault: Vault, study: string): Promise<LedgerReport> {
  const view = vault.ledger.ofStudy(study);
  const of = JSON.stringify([view.source, view.budget, view.entries.length]);
  const last = lastPlanned.get(vault);
  if (last?.of === of) return { ...view, planned: last.planned };
  const history = historyOf(vault, view);
  const found = history.plan === null ? null : await epsilonInThread(history.plan).catch(noFigure);
  const planned = plannedCost(history, found);
  lastPlanned.set(vault, { of, planned });
  return { ...view, planned };
}

/** Asked again by every screen that shows a ledger; only a new job changes it. */
const lastPlanned = new WeakMap<
  Vault,
  { readonly of: string; readonly planned: LedgerReport['planned'] }
>();

/** All phases in one plan at the budget's delta, and what jobs without phases add to its price. */
interface History {
  readonly plan: EpsilonPlan | null;
  readonly beside: number;
  readonly delta: number;
}

function historyOf(vault: Vault, { source, budget }: LedgerView): History {
  const phases: AnyPhase[] = [];
  let beside = 0;
  let left = budget.delta;
  for (const job of vault.ledger.history(source)) {
    const parsed = anyPhase.array().min(1).safeParse(job.phases);
    if (parsed.success) phases.push(...parsed.data);
    else {
      beside += job.epsilon;
      left -= job.delta;
    }
  }
  const plan = phases.length === 0 || !(left > 0) ? null : { phases, delta: left };
  return { plan, beside, delta: budget.delta };
}

function plannedCost(
  { beside, delta }: History,
  found: PrivacyCost | null,
): LedgerReport['planned'] {
  if (found === null) return null;
  return { epsilon: beside + found.epsilon, delta, accountant: found.accountant };
}

function figureOf(act: () => PrivacyCost): PrivacyCost | null {
  try {
    return act();
  } catch (error) {
    return noFigure(error);
  }
}

/** Failures of selections may take all of delta, and a mixture of neighbours has no figure. */
function noFigure(error: unknown): null {
  if (error instanceof ConcordError && error.code === 'MECHANISM_INVALID') return null;
  throw error;
}
