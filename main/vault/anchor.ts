import { createHmac } from 'node:crypto';
import type { LedgerView, PrivacyAmount, VaultAnchor } from '../contract/vault.ts';
import type { VaultContext } from './context.ts';
import { remaining, sumUp } from './exact-sum.ts';
import type { Ledger } from './ledger.ts';

/** The head and what was taken so far; records are named by a keyed hash nobody else can form. */
export function anchorOf(context: VaultContext, ledger: Ledger): VaultAnchor {
  const ledgers = ledger.all().map((view) => ({
    records: keyedName(context, view.source),
    ...takenOf(view),
  }));
  return { vault: context.keyring.vault, head: context.journal.head(), ledgers };
}

/** Counts as spent whatever an anchor of this vault says beyond what this copy knows. */
export function spendWhatAnchorsSay(
  context: VaultContext,
  ledger: Ledger,
  anchors: readonly VaultAnchor[],
): void {
  const ours = anchors.filter((anchor) => anchor.vault === context.keyring.vault);
  for (const [index, anchor] of ours.entries()) {
    for (const view of ledger.all()) {
      const name = keyedName(context, view.source);
      const said = anchor.ledgers.find((entry) => entry.records === name);
      const known = takenOf(view);
      if (said === undefined) continue;
      const missing: PrivacyAmount = {
        epsilon: shortfall(said.epsilon, known.epsilon),
        delta: shortfall(said.delta, known.delta),
      };
      if (missing.epsilon === 0 && missing.delta === 0) continue;
      ledger.addAnchored(view.source, missing, `restore ${context.journal.head()} ${index}`);
    }
  }
}

function takenOf({ reserved, spent }: LedgerView): PrivacyAmount {
  return {
    epsilon: sumUp([reserved.epsilon, spent.epsilon]),
    delta: sumUp([reserved.delta, spent.delta]),
  };
}

/** At least what is missing: `remaining` rounds down, so the next double is taken when it did. */
function shortfall(said: number, known: number): number {
  const left = remaining(said, [known]);
  return left === 0 ? 0 : Math.min(said, sumUp([left, Number.EPSILON * left]));
}

function keyedName(context: VaultContext, source: string): string {
  const key = context.keyring.anchorKey();
  try {
    return createHmac('sha256', key).update(source, 'utf8').digest('hex');
  } finally {
    key.fill(0);
  }
}
