import type { Averaging, Clipping } from '../contract/step-ways.ts';
import type { Checkpoint, Resumed } from './checkpoint.ts';
import { Course } from './checkpoint.ts';
import type { Examples } from './clipped-sum.ts';
import { addClipped, packs } from './clipped-sum.ts';
import type { GradientEngine } from './layers.ts';
import type { Optimiser } from './optimiser.ts';
import type { Pace } from './pace.ts';
import type { SparseRows } from './sparse.ts';

/** The two random parts of a private step; real ones are built in mechanism.ts. */
export interface Mechanism {
  /** The units of one step, each drawn independently of all others and of other steps. */
  sample(): Int32Array;
  /** Puts the sum on the noise grid and adds the noise of one step, in place. */
  addNoise(sum: Float64Array): void;
}

export interface PrivateRun<Rows = SparseRows> {
  readonly engine: GradientEngine<Rows>;
  readonly examples: Examples<Rows>;
  readonly mechanism: Mechanism;
  /** Parameters to start from, flat; nothing in them may come from the records. */
  readonly initial: Float64Array;
  readonly optimiser: Optimiser;
  readonly clip: number;
  /** How units are weighted to at most `clip`; flat where nothing is said. */
  readonly clipping?: Clipping | undefined;
  /** What of the iterates the model is; the mean of the late ones where nothing is said. */
  readonly averaging?: Averaging | undefined;
  /** The divisor of every step: sampling rate x public count, never the size that was drawn. */
  readonly expectedBatch: number;
  readonly steps: number;
  /** Steps charged at once. */
  readonly block: number;
  /** Must resolve before the steps from .. to (excluded) may run. */
  readonly charge: (from: number, to: number) => Promise<void>;
  /** Takes the state at the end of each charged block. */
  readonly checkpoint?: ((state: Checkpoint) => Promise<void>) | undefined;
  /** Goes on from here instead of from the beginning. */
  readonly resumed?: Resumed | undefined;
  readonly pace: Pace;
}

/**
 * DP-SGD (Abadi et al. 2016, algorithm 1) with Poisson sampling: per step sample, clip each unit,
 * sum, add noise, divide by a public constant, let the optimiser step. Steps are charged ahead in
 * blocks, so whatever ends the run, no step has run that was not charged. An empty sample is a
 * step of noise alone. A resumed run does the steps that were never charged and no others: the
 * block in flight at a crash counts as spent. Returns what `averaging` makes of the iterates. Throws
 * CANCELLED, and PAUSED right after a checkpoint.
 */
export async function trainPrivately<Rows>(run: PrivateRun<Rows>): Promise<Float64Array> {
  const course = new Course(run);
  const { parameters, average } = course;
  const sum = new Float64Array(parameters.length);
  let charged = course.from;
  for (let step = course.from; step < run.steps; step++) {
    if (step === charged) {
      run.pace.check();
      charged = Math.min(step + run.block, run.steps);
      await run.charge(step, charged);
    }
    run.engine.setParameters(parameters);
    await addNoisyGradient(run, sum.fill(0), step);
    run.optimiser.step(parameters, sum, step);
    average.take(step, parameters);
    if (step + 1 === charged) {
      await run.checkpoint?.(course.checkpoint(charged));
      if (charged < run.steps) {
        run.pace.checkPause({ phase: 'training', step: charged, steps: run.steps });
      }
    }
  }
  await run.pace.beat({ phase: 'training', step: run.steps, steps: run.steps });
  return average.result(parameters);
}

async function addNoisyGradient<Rows>(
  run: PrivateRun<Rows>,
  sum: Float64Array,
  step: number,
): Promise<void> {
  await run.pace.beat({ phase: 'training', step, steps: run.steps });
  for (const pack of packs(run.examples.units, run.mechanism.sample(), run.engine.capacity)) {
    addClipped(run.engine, run.examples, pack, run.clip, sum, run.clipping);
    await run.pace.beat({ phase: 'training', step, steps: run.steps });
  }
  run.mechanism.addNoise(sum);
  const share = 1 / run.expectedBatch;
  for (let i = 0; i < sum.length; i++) sum[i]! *= share;
}
