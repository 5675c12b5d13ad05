import { parentPort, workerData } from 'node:worker_threads';
import { ConcordError } from '../contract/errors.ts';
import { decodeTable, encodeTable } from '../records/codec.ts';
import { frequentCells } from '../records/frequent-cells.ts';
import { labelTable, previewLabels } from '../records/labels/apply.ts';
import { profile } from '../records/profile.ts';
import type { ThreadNews } from './thread.ts';
import { repairedProfile, repairTable, triedRepairs } from './repairing.ts';
import type { RepairNews, RepairTask } from './repair-thread.ts';

/** The thread of repairs and labels: of large records they take seconds, which the engine has not. */
const task = workerData as RepairTask;
const say = (message: ThreadNews | RepairNews, moved: ArrayBuffer[] = []): void =>
  parentPort?.postMessage(message, moved);
const control = {
  signal: new AbortController().signal,
  progress: (progress: Extract<ThreadNews, { kind: 'progress' }>['progress']) =>
    say({ kind: 'progress', progress }),
};
const ofLabels = (done: number): void => control.progress({ done, total: 3, unit: 'parts' });

try {
  const before = decodeTable(task.records);
  switch (task.ask) {
    case 'try-repairs':
      say({ kind: 'seen', seen: triedRepairs(before, task.repairs) });
      break;
    case 'try-labels':
      say({ kind: 'seen', seen: previewLabels(before, task.plan, task.hand) });
      break;
    case 'cells':
      say({ kind: 'seen', seen: frequentCells(before, task.column) });
      break;
    case 'repair': {
      const { table, effects } = await repairTable(before, task.repairs, control);
      const summary = repairedProfile(table, task.about, task.repairs);
      const bytes = new Uint8Array(encodeTable(table));
      say({ kind: 'repaired', bytes, rows: table.rows, effects, summary }, [bytes.buffer]);
      break;
    }
    case 'label': {
      ofLabels(0);
      const { table, effect } = labelTable(before, task.plan, task.hand);
      ofLabels(1);
      const summary = profile(table, { ...task.about, problems: [] });
      ofLabels(2);
      const bytes = new Uint8Array(encodeTable(table));
      say({ kind: 'labelled', bytes, rows: table.rows, effect, summary }, [bytes.buffer]);
    }
  }
} catch (error) {
  if (!(error instanceof ConcordError)) throw error;
  say({ kind: 'refused', code: error.code, params: error.params });
}
