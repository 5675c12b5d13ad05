import { parentPort } from 'node:worker_threads';
import { ConcordError } from '../contract/errors.ts';
import { guaranteeOf } from '../learning/mechanism.ts';
import { epsilonOf } from '../privacy/accountant.ts';
import type { FiguresAnswer, FiguresAsked } from './figures-thread.ts';

/** The thread that works out prices, one after another: some take longer than a window may wait. */
parentPort?.on('message', ({ id, asked }: { id: number; asked: FiguresAsked }) => {
  parentPort?.postMessage({ id, answer: answerTo(asked) });
});

function answerTo(asked: FiguresAsked): FiguresAnswer {
  try {
    return {
      kind: 'figure',
      figure: asked.kind === 'epsilon' ? epsilonOf(asked.plan) : guaranteeOf(...asked.of),
    };
  } catch (error) {
    if (!(error instanceof ConcordError)) throw error;
    return { kind: 'refused', code: error.code, params: error.params };
  }
}
