import { parentPort, workerData } from 'node:worker_threads';
import { ConcordError } from '../contract/errors.ts';
import { decodeTable, encodeTable } from '../records/codec.ts';
import type { ThreadNews } from './thread.ts';
import { repairedProfile, repairTable, triedRepairs } from './repairing.ts';
import type { RepairNews, RepairTask } from './repair-thread.ts';

/** The thread of one list of repairs: of large records they take seconds, which the engine has not. */
const task = workerData as RepairTask;
const say = (message: ThreadNews | RepairNews, moved: ArrayBuffer[] = []): void =>
  parentPort?.postMessage(message, moved);
const control = {
  signal: new AbortController().signal,
  progress: (progress: Extract<ThreadNews, { kind: 'progress' }>['progress']) =>
    say({ kind: 'progress', progress }),
};

try {
  const before = decodeTable(task.records);
  if (task.about === null) {
    say({ kind: 'tried', preview: triedRepairs(before, task.repairs) });
  } else {
    const { table, effects } = await repairTable(before, task.repairs, control);
    const summary = repairedProfile(table, task.about, task.repairs);
    const bytes = new Uint8Array(encodeTable(table));
    say({ kind: 'repaired', bytes, rows: table.rows, effects, summary }, [bytes.buffer]);
  }
} catch (error) {
  if (!(error instanceof ConcordError)) throw error;
  say({ kind: 'refused', code: error.code, params: error.params });
}
