import { parentPort, workerData } from 'node:worker_threads';
import { ConcordError } from '../contract/errors.ts';
import { loadModel } from '../learning/model.ts';
import { decodeTable } from '../records/codec.ts';
import { leakTest } from './leak-test.ts';
import type { LeakNews, LeakTask } from './leak-thread.ts';
import type { ThreadNews } from './thread.ts';

/** The thread of one leak test: it trains several models. */
const { records, model, name, plan, groups, sensitive, ...given } = workerData as LeakTask;
const say = (message: ThreadNews | LeakNews): void => parentPort?.postMessage(message);
const control = {
  signal: new AbortController().signal,
  progress: (progress: Extract<ThreadNews, { kind: 'progress' }>['progress']) =>
    say({ kind: 'progress', progress }),
};

try {
  const asked = { groups, sensitive };
  const tested = loadModel(model, name);
  const found = await leakTest(decodeTable(records), tested, plan, asked, control, given);
  say({ kind: 'tested', found });
} catch (error) {
  if (!(error instanceof ConcordError)) throw error;
  say({ kind: 'refused', code: error.code, params: error.params });
}
