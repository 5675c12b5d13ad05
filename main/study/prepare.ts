import type { FileProfile, ImportOptions } from '../contract/import.ts';
import type { Control } from './context.ts';
import type { ReadRequest } from './read.ts';
import { inThread, type ThreadNews } from './thread.ts';

/** One file, or all that a window may ask for. */
export type ImportTask =
  { readonly path: string; readonly options: ImportOptions } | { readonly read: ReadRequest };

/** Records as the vault keeps them. */
export interface PreparedRecords<Bytes = Uint8Array> {
  /** The storage form of the table, or what was made of it. */
  readonly bytes: Bytes;
  /** Content hash of the table. */
  readonly source: string;
  readonly rows: number;
  readonly summary: FileProfile;
}

type ImportNews =
  | ({ readonly kind: 'records' } & Omit<PreparedRecords, 'summary'>)
  | { readonly kind: 'profile'; readonly summary: FileProfile };

export type FromImport = ThreadNews | ImportNews;

/**
 * Reads a file and makes of it what the vault keeps, in a thread of its own: a wish to cancel ends
 * the thread wherever it is, and nothing of it is left. `take` is given the bytes while the thread
 * goes on with the profile, and has always ended when this ends.
 * @throws CANCELLED and whatever `readRecords` and `take` throw
 */
export async function prepareRecords<Bytes>(
  task: ImportTask,
  control: Control,
  take: (bytes: Uint8Array) => Promise<Bytes>,
): Promise<PreparedRecords<Bytes>> {
  let taken: Promise<Omit<PreparedRecords<Bytes>, 'summary'>> | undefined;
  const hear = (news: ImportNews, fail: (error: unknown) => void): FileProfile | undefined => {
    if (news.kind === 'profile') return news.summary;
    const { bytes, source, rows } = news;
    taken = take(bytes).then((kept) => ({ bytes: kept, source, rows }));
    taken.catch(fail);
    return undefined;
  };
  try {
    const summary = await inThread('import-worker', task, control, hear);
    if (taken === undefined) throw new Error('a profile came without its records');
    return { ...(await taken), summary };
  } finally {
    await taken?.catch(() => undefined);
  }
}
