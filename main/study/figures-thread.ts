import { Worker } from 'node:worker_threads';
import { ConcordError, type ErrorCode, type ErrorParams } from '../contract/errors.ts';
import type { EpsilonPlan } from '../contract/privacy.ts';
import type { PrivacyAmount } from '../contract/vault.ts';
import type { TrainPlan, WantedStatistic } from '../contract/train.ts';
import type { Counts, Guarantee } from '../learning/kind.ts';
import type { PrivacyCost } from '../privacy/accountant.ts';
import { workerFile } from '../records/worker-file.ts';

/** What `Kind.guarantee` is asked, and for which plan. */
export interface GuaranteeAsked {
  readonly plan: TrainPlan;
  readonly target: PrivacyAmount;
  readonly counts: Counts;
  readonly wanted: readonly WantedStatistic[];
}

export type FiguresAsked =
  | { readonly kind: 'epsilon'; readonly plan: EpsilonPlan }
  | { readonly kind: 'guarantee'; readonly of: GuaranteeAsked };

export type FiguresAnswer =
  | { readonly kind: 'figure'; readonly figure: PrivacyCost | Guarantee }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly params: ErrorParams };

type Waiting = (answer: FiguresAnswer | null) => void;

/** One thread for as long as the process lives: a slider asks often, and it keeps nothing open. */
let kept: { readonly worker: Worker; readonly waiting: Map<number, Waiting> } | undefined;
let last = 0;

/** `Kind.guarantee` while the engine goes on answering. @throws as that */
export async function guaranteeInThread(of: GuaranteeAsked): Promise<Guarantee> {
  return (await ask({ kind: 'guarantee', of })) as Guarantee;
}

/** `epsilonOf` while the engine goes on answering. @throws as that */
export async function epsilonInThread(plan: EpsilonPlan): Promise<PrivacyCost> {
  return (await ask({ kind: 'epsilon', plan })) as PrivacyCost;
}

async function ask(asked: FiguresAsked): Promise<PrivacyCost | Guarantee> {
  const { worker, waiting } = thread();
  const id = ++last;
  const answer = await new Promise<FiguresAnswer | null>((resolve) => {
    waiting.set(id, resolve);
    worker.ref();
    worker.postMessage({ id, asked });
  });
  if (waiting.size === 0) worker.unref();
  if (answer === null) throw new ConcordError('INTERNAL', { incident: 'figures-thread' });
  if (answer.kind === 'refused') throw new ConcordError(answer.code, answer.params);
  return answer.figure;
}

function thread(): NonNullable<typeof kept> {
  if (kept !== undefined) return kept;
  const worker = new Worker(workerFile(import.meta.url, 'figures-worker'));
  const waiting = new Map<number, Waiting>();
  const settle = (id: number, answer: FiguresAnswer | null): void => {
    const done = waiting.get(id);
    waiting.delete(id);
    done?.(answer);
  };
  worker.on('message', ({ id, answer }: { id: number; answer: FiguresAnswer }) =>
    settle(id, answer),
  );
  // What nobody foresaw ends the thread; its message might quote what it was asked.
  worker.on('error', () => {
    kept = undefined;
    for (const id of [...waiting.keys()]) settle(id, null);
  });
  kept = { worker, waiting };
  return kept;
}
