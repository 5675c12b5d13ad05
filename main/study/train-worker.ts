import { parentPort, workerData } from 'node:worker_threads';
import { ConcordError } from '../contract/errors.ts';
import type { TrainOptions } from '../learning/train.ts';
import { decodeTable } from '../records/codec.ts';
import type { ThreadNews } from './thread.ts';
import { trainOnTable } from './train-on-table.ts';
import type { Question, TrainNews, TrainTask, TrainWord } from './train-thread.ts';

/** The thread of one training: minutes of arithmetic, which the engine has not. */
const task = workerData as TrainTask;
const say = (message: ThreadNews | TrainNews): void => parentPort?.postMessage(message);

/** One question at a time: the training waits for each. */
let done = (): void => {};
const ask = (question: Question): Promise<void> => {
  say(question);
  return new Promise((resolve) => (done = resolve));
};
const pause = new AbortController();
parentPort?.on('message', (word: TrainWord) => {
  if (word === 'pause') pause.abort();
  else done();
});

const { splitKey, resumed, vectors, publicText } = task;
const options: Omit<TrainOptions, 'random' | 'signal' | 'progress'> = {
  splitKey,
  vectors,
  publicText,
  ...(resumed === undefined ? {} : { resumed }),
  pause: pause.signal,
  reserve: (...given) => ask({ kind: 'asks', of: 'reserve', given }),
  charge: (...given) => ask({ kind: 'asks', of: 'charge', given }),
  bought: (...given) => ask({ kind: 'asks', of: 'bought', given }),
  checkpoint: (...given) => ask({ kind: 'asks', of: 'checkpoint', given }),
};
const control = {
  signal: new AbortController().signal,
  progress: (progress: Extract<ThreadNews, { kind: 'progress' }>['progress']) =>
    say({ kind: 'progress', progress }),
};

try {
  const trained = await trainOnTable(decodeTable(task.records), task.plan, control, options);
  say({ kind: 'trained', trained });
} catch (error) {
  if (!(error instanceof ConcordError)) throw error;
  say({ kind: 'refused', code: error.code, params: error.params });
}
