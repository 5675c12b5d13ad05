import type { FileProfile } from '../contract/import.ts';
import type { LabelEffect, LabelPlan, LabelPreview } from '../contract/label.ts';
import type { Repair, RepairEffect, RepairPreview } from '../contract/repair.ts';
import type { HandGiven } from '../records/labels/apply.ts';
import type { FrequentCells } from '../records/frequent-cells.ts';
import type { Control } from './context.ts';
import { inThread } from './thread.ts';

/** Of the file that the records came from. */
export type AboutFile = Pick<FileProfile, 'encoding' | 'delimiter'>;

interface Labelling {
  readonly plan: LabelPlan;
  readonly hand: HandGiven;
}

/** What makes records of records. */
type Making =
  | { readonly ask: 'repair'; readonly repairs: readonly Repair[]; readonly about: AboutFile }
  | ({ readonly ask: 'label'; readonly about: AboutFile } & Labelling);

/** What only looks at records; nothing of it is kept. */
type Look =
  | { readonly ask: 'try-repairs'; readonly repairs: readonly Repair[] }
  | ({ readonly ask: 'try-labels' } & Labelling)
  | { readonly ask: 'cells'; readonly column: string };

interface Seen {
  readonly 'try-repairs': RepairPreview;
  readonly 'try-labels': LabelPreview;
  readonly cells: FrequentCells;
}

/** With the storage form of the records before. */
export type RepairTask = (Making | Look) & { readonly records: Uint8Array };

interface MadeRecords {
  readonly bytes: Uint8Array;
  readonly rows: number;
  readonly summary: FileProfile;
}

export interface RepairedRecords extends MadeRecords {
  readonly effects: readonly RepairEffect[];
}

export interface LabelledRecords extends MadeRecords {
  readonly effect: LabelEffect;
}

export type RepairNews =
  | ({ readonly kind: 'repaired' } & RepairedRecords)
  | ({ readonly kind: 'labelled' } & LabelledRecords)
  | { readonly kind: 'seen'; readonly seen: Seen[keyof Seen] };

const NAME = 'repair-worker';

/** All repairs, the profile and the storage form of what they made. @throws CANCELLED, as applyRepair */
export function repairInThread(
  records: Uint8Array,
  repairs: readonly Repair[],
  about: AboutFile,
  control: Control,
): Promise<RepairedRecords> {
  const task: RepairTask = { records, ask: 'repair', repairs, about };
  return inThread(NAME, task, control, (news: RepairNews) =>
    news.kind === 'repaired' ? news : undefined,
  );
}

/** The labels, the profile and the storage form of what got them. @throws CANCELLED, as labelTable */
export function labelInThread(
  records: Uint8Array,
  labelling: Labelling,
  about: AboutFile,
  control: Control,
): Promise<LabelledRecords> {
  const task: RepairTask = { records, ask: 'label', ...labelling, about };
  return inThread(NAME, task, control, (news: RepairNews) =>
    news.kind === 'labelled' ? news : undefined,
  );
}

/** The look of each kind that goes on, by the vault it looks into. */
const looking = new WeakMap<object, Map<Look['ask'], AbortController>>();

/**
 * Looks at records, with nobody waiting at a progress bar. A newer look of the same kind into the
 * same vault ends one that is still at work: its question was changed meanwhile.
 * @throws CANCELLED when it was ended; as applyRepair, previewLabels, frequentCells
 */
export async function lookInThread<A extends Look['ask']>(
  vault: object,
  records: Uint8Array,
  look: Extract<Look, { readonly ask: A }>,
): Promise<Seen[A]> {
  const own = new AbortController();
  const inVault = looking.get(vault) ?? new Map<Look['ask'], AbortController>();
  looking.set(vault, inVault);
  inVault.get(look.ask)?.abort();
  inVault.set(look.ask, own);
  try {
    const quiet = { signal: own.signal, progress: () => undefined };
    const task: RepairTask = { ...(look as Look), records };
    return await inThread(NAME, task, quiet, (news: RepairNews) =>
      news.kind === 'seen' ? (news.seen as Seen[A]) : undefined,
    );
  } finally {
    if (inVault.get(look.ask) === own) inVault.delete(look.ask);
  }
}
