import type { TrainPlan } from '../contract/train.ts';
import type { TrainProgress } from '../learning/pace.ts';
import { trainModel, type Trained, type TrainOptions } from '../learning/train.ts';
import { systemRandom } from '../privacy/random.ts';
import type { Table } from '../records/table.ts';
import type { Control } from './context.ts';

/** Step 4 on a table; `more` pays, keeps checkpoints and goes on from one. */
export function trainOnTable(
  table: Table,
  plan: TrainPlan,
  control: Control,
  more: Omit<TrainOptions, 'random' | 'signal' | 'progress'> = {},
): Promise<Trained> {
  return trainModel(table, plan, {
    random: systemRandom(),
    signal: control.signal,
    progress: ({ phase, step, steps }: TrainProgress) => {
      // Rows made ready are no steps; the work says that it is getting ready until the first one.
      if (phase === 'training') control.progress({ done: step, total: steps, unit: 'steps' });
      if (phase === 'searching') control.progress({ done: step, total: steps, unit: 'search' });
    },
    ...more,
  });
}
