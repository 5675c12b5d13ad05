import { parentPort } from 'node:worker_threads';
import { ConcordError } from '../contract/errors.ts';
import type { Guarantee } from '../learning/kind.ts';
import { kindOf } from '../learning/kinds.ts';
import { epsilonOf } from '../privacy/accountant.ts';
import type { FiguresAnswer, FiguresAsked, GuaranteeAsked } from './figures-thread.ts';

/** The thread that works out prices, one after another: some take longer than a window may wait. */
parentPort?.on('message', ({ id, asked }: { id: number; asked: FiguresAsked }) => {
  parentPort?.postMessage({ id, answer: answerTo(asked) });
});

function answerTo(asked: FiguresAsked): FiguresAnswer {
  try {
    const figure = asked.kind === 'epsilon' ? epsilonOf(asked.plan) : guaranteeFor(asked.of);
    return { kind: 'figure', figure };
  } catch (error) {
    if (!(error instanceof ConcordError)) throw error;
    return { kind: 'refused', code: error.code, params: error.params };
  }
}

function guaranteeFor({ plan, target, counts, wanted }: GuaranteeAsked): Guarantee {
  return kindOf(plan).guarantee(target, counts, wanted);
}
