import type { FileProfile } from '../contract/import.ts';
import type { Repair, RepairEffect, RepairPreview } from '../contract/repair.ts';
import type { Control } from './context.ts';
import { inThread } from './thread.ts';

/** Of the file that the records came from. */
export type AboutFile = Pick<FileProfile, 'encoding' | 'delimiter'>;

export interface RepairTask {
  /** The storage form of the records before. */
  readonly records: Uint8Array;
  readonly repairs: readonly Repair[];
  /** null: the repairs are only tried. */
  readonly about: AboutFile | null;
}

export interface RepairedRecords {
  readonly bytes: Uint8Array;
  readonly rows: number;
  readonly effects: readonly RepairEffect[];
  readonly summary: FileProfile;
}

export type RepairNews =
  | ({ readonly kind: 'repaired' } & RepairedRecords)
  | { readonly kind: 'tried'; readonly preview: RepairPreview };

/** All repairs, the profile and the storage form of what they made. @throws CANCELLED, as applyRepair */
export function repairInThread(
  records: Uint8Array,
  repairs: readonly Repair[],
  about: AboutFile,
  control: Control,
): Promise<RepairedRecords> {
  const task: RepairTask = { records, repairs, about };
  return inThread('repair-worker', task, control, (news: RepairNews) =>
    news.kind === 'repaired' ? news : undefined,
  );
}

/** What the repairs would do; nobody waits at a progress bar for it. @throws as applyRepair */
export function tryInThread(
  records: Uint8Array,
  repairs: readonly Repair[],
): Promise<RepairPreview> {
  const task: RepairTask = { records, repairs, about: null };
  const quiet = { signal: new AbortController().signal, progress: () => undefined };
  return inThread('repair-worker', task, quiet, (news: RepairNews) =>
    news.kind === 'tried' ? news.preview : undefined,
  );
}
