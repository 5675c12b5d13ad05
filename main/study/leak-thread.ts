import type { LeakTestResult } from '../contract/leak-test.ts';
import type { TrainPlan } from '../contract/train.ts';
import type { TextVectors } from '../learning/encoder/text-vectors.ts';
import type { Control } from './context.ts';
import { inThread } from './thread.ts';

export interface LeakTask {
  /** The storage form of the records. */
  readonly records: Uint8Array;
  /** The model as it is saved, and its name. */
  readonly model: string;
  readonly name: string;
  readonly plan: TrainPlan;
  readonly groups: readonly string[];
  readonly sensitive: string | undefined;
  readonly splitKey: string | undefined;
  readonly vectors: TextVectors | undefined;
}

export type LeakNews = { readonly kind: 'tested'; readonly found: LeakTestResult };

/** `leakTest` in a thread of its own. @throws as leakTest */
export function leakTestInThread(task: LeakTask, control: Control): Promise<LeakTestResult> {
  return inThread<LeakNews, LeakTestResult>('leak-worker', task, control, ({ found }) => found);
}
