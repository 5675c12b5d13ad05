import type { VaultCheck } from '../contract/vault.ts';
import type { VaultContext } from './context.ts';

const ACTIONS = [
  'ledger.opened',
  'ledger.budget-set',
  'ledger.filter-chosen',
  'ledger.reserved',
  'ledger.anchored',
  'ledger.charged',
  'ledger.ended',
  'ledger.resumed',
];

const NO_FILTER = { filterOrder: null, filterDelta: null, filterAfter: null };

type Figures = Record<string, unknown>;

/**
 * Tells the ledger's whole story again from the journal and compares: a figure changed in one of
 * the two alone is found.
 */
export function compareLedger({
  store,
  journal,
}: Pick<VaultContext, 'store' | 'journal'>): VaultCheck['ledger'] {
  const told = retell(journal.replay(ACTIONS));
  const found = new Map<string, Figures>();
  const ledgers = store.all<Figures>(
    `SELECT source, records, epsilon, delta, filter_order AS filterOrder,
       filter_delta AS filterDelta, filter_after AS filterAfter FROM ledgers`,
  );
  for (const row of ledgers) {
    found.set(String(row['source']), row);
  }
  const reservations = store.all<Figures>(
    `SELECT job, source, kind, epsilon, delta, phases, steps_reserved AS steps,
       steps_charged AS toStep, state FROM reservations`,
  );
  for (const row of reservations) {
    found.set(String(row['job']), { ...row, phases: JSON.parse(String(row['phases'])) as unknown });
  }
  const names = new Set([...told.keys(), ...found.keys()]);
  const differences = [...names].filter((name) => !isSame(told.get(name), found.get(name)));
  return { ok: differences.length === 0, entries: reservations.length, differences };
}

function retell(entries: readonly { action: string; params: Figures }[]): Map<string, Figures> {
  const told = new Map<string, Figures>();
  const change = (name: unknown, figures: Figures): void => {
    told.set(String(name), { ...told.get(String(name)), ...figures });
  };
  for (const { action, params } of entries) {
    switch (action) {
      case 'ledger.opened':
        change(params['source'], { ...NO_FILTER, ...params });
        break;
      case 'ledger.budget-set':
      case 'ledger.filter-chosen':
        change(params['source'], params);
        break;
      case 'ledger.reserved':
        change(params['job'], { ...params, toStep: 0, state: 'open' });
        break;
      case 'ledger.anchored':
        change(params['job'], { ...params, toStep: 0, state: 'interrupted' });
        break;
      case 'ledger.resumed':
        change(params['job'], { state: 'open' });
        break;
      case 'ledger.ended':
        change(params['job'], endOf(told.get(String(params['job'])), params));
        break;
      default:
        change(params['job'], params);
    }
  }
  return told;
}

/** What had ended cannot end: then its state was changed back behind the journal. */
function endOf(before: Figures | undefined, params: Figures): Figures {
  return before?.['state'] === 'open' ? params : { ...params, state: 'ended twice' };
}

function isSame(told: Figures | undefined, found: Figures | undefined): boolean {
  if (told === undefined || found === undefined) return false;
  return sorted(told) === sorted(found);
}

function sorted(figures: Figures): string {
  return JSON.stringify(Object.entries(figures).sort(([a], [b]) => (a < b ? -1 : 1)));
}
