import { parentPort, workerData } from 'node:worker_threads';
import { ConcordError } from '../contract/errors.ts';
import type { JobProgress } from '../contract/job.ts';
import { encodeTable } from '../records/codec.ts';
import { tableHash } from '../records/table-hash.ts';
import type { FromImport, ImportTask } from './prepare.ts';
import { previewRecords } from './preview.ts';
import { keptProfile } from './profile.ts';
import { readRequest } from './read.ts';

/** The thread of one import: whatever it is busy with, the engine answers, and can end it. */
const task = workerData as ImportTask;
const say = (message: FromImport, moved: ArrayBuffer[] = []): void =>
  parentPort?.postMessage(message, moved);

const control = {
  signal: new AbortController().signal,
  progress: (progress: JobProgress) => say({ kind: 'progress', progress }),
};

try {
  if ('look' in task) {
    say({ kind: 'preview', preview: await previewRecords(task.look, control) });
  } else {
    const read =
      'read' in task ? task.read : { from: { paths: [task.path] }, options: task.options };
    const { table, facts } = await readRequest(
      { ...read, options: { ...read.options, encode: true } },
      control,
    );
    const source = tableHash(table);
    const bytes = new Uint8Array(encodeTable(table));
    say({ kind: 'records', bytes, source, rows: table.rows }, [bytes.buffer]);
    say({ kind: 'profile', summary: keptProfile(table, facts) });
  }
} catch (error) {
  if (!(error instanceof ConcordError)) throw error;
  say({ kind: 'refused', code: error.code, params: error.params });
}
