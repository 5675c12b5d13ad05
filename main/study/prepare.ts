import type { FileProfile, ImportOptions } from '../contract/import.ts';
import type { Control } from './context.ts';
import { previewRecords, type Preview } from './preview.ts';
import type { ReadRequest } from './read.ts';
import { inThread, type ThreadNews } from './thread.ts';

/** One file, or all that a window may ask for. */
type Reading =
  { readonly path: string; readonly options: ImportOptions } | { readonly read: ReadRequest };

/** `look`: only first rows are wanted. */
export type ImportTask = Reading | { readonly look: ReadRequest };

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
  | { readonly kind: 'profile'; readonly summary: FileProfile }
  | { readonly kind: 'preview'; readonly preview: Preview };

export type FromImport = ThreadNews | ImportNews;

/**
 * Reads a file and makes of it what the vault keeps, in a thread of its own: a wish to cancel ends
 * the thread wherever it is, and nothing of it is left. `take` is given the bytes while the thread
 * goes on with the profile, and has always ended when this ends.
 * @throws CANCELLED and whatever `readRecords` and `take` throw
 */
export async function prepareRecords<Bytes>(
  task: Reading,
  control: Control,
  take: (bytes: Uint8Array) => Promise<Bytes>,
): Promise<PreparedRecords<Bytes>> {
  let taken: Promise<Omit<PreparedRecords<Bytes>, 'summary'>> | undefined;
  const hear = (news: ImportNews, fail: (error: unknown) => void): FileProfile | undefined => {
    if (news.kind === 'profile') return news.summary;
    if (news.kind !== 'records') return undefined;
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

/**
 * First rows as they would be read. A join reads a second file whole and puts its rows together
 * with the others, which takes a thread of its own. @throws CANCELLED, as previewRecords
 */
export function prepareLook(look: ReadRequest, control: Control): Promise<Preview> {
  if (look.join === undefined) return previewRecords(look, control);
  return inThread('import-worker', { look } satisfies ImportTask, control, (news: ImportNews) =>
    news.kind === 'preview' ? news.preview : undefined,
  );
}
