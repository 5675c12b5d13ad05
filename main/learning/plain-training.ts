import type { Averaging } from '../contract/step-ways.ts';
import type { Checkpoint, Resumed } from './checkpoint.ts';
import { Course } from './checkpoint.ts';
import { gatherTargets, type Examples } from './clipped-sum.ts';
import type { GradientEngine } from './layers.ts';
import type { Optimiser } from './optimiser.ts';
import type { Pace } from './pace.ts';
import { shuffled } from './seeded.ts';
import type { SparseRows } from './sparse.ts';

export interface PlainRun<Rows = SparseRows> {
  readonly engine: GradientEngine<Rows>;
  readonly examples: Examples<Rows>;
  readonly initial: Float64Array;
  readonly optimiser: Optimiser;
  readonly averaging?: Averaging | undefined;
  readonly batch: number;
  readonly steps: number;
  readonly seed: number;
  /** Steps between checkpoints. */
  readonly block: number;
  readonly checkpoint?: ((state: Checkpoint) => Promise<void>) | undefined;
  readonly resumed?: Resumed | undefined;
  readonly pace: Pace;
}

/**
 * Training without privacy, for comparison: mini-batches from a seeded shuffle of every pass,
 * mean gradient, the same layers, optimiser and averaging. It promises nothing about the records.
 * The batch of a step follows from its number and the seed, so a resumed run needs neither kept.
 */
export async function trainPlainly<Rows>(run: PlainRun<Rows>): Promise<Float64Array> {
  const course = new Course(run);
  const { parameters, average } = course;
  const sum = new Float64Array(parameters.length);
  const places = run.examples.units.rows;
  const perPass = Math.ceil(places.length / run.batch);
  let pass = Math.floor(course.from / perPass);
  let order = shuffled(places, run.seed + pass);
  for (let step = course.from; step < run.steps; step++) {
    if (Math.floor(step / perPass) > pass) order = shuffled(places, run.seed + ++pass);
    const next = (step % perPass) * run.batch;
    const batch = order.subarray(next, next + run.batch);
    run.engine.setParameters(parameters);
    await addMeanGradient(run, batch, sum.fill(0), step);
    run.optimiser.step(parameters, sum, step);
    average.take(step, parameters);
    if ((step + 1) % run.block === 0 || step + 1 === run.steps) {
      await run.checkpoint?.(course.checkpoint(step + 1));
      if (step + 1 < run.steps) {
        run.pace.checkPause({ phase: 'training', step: step + 1, steps: run.steps });
      }
    }
  }
  await run.pace.beat({ phase: 'training', step: run.steps, steps: run.steps });
  return average.result(parameters);
}

async function addMeanGradient<Rows>(
  run: PlainRun<Rows>,
  batch: Int32Array,
  sum: Float64Array,
  step: number,
): Promise<void> {
  const { capacity } = run.engine;
  for (let from = 0; from < batch.length; from += capacity) {
    const part = batch.subarray(from, from + capacity);
    run.engine.backward(
      run.engine.gather(run.examples.vectors, part),
      gatherTargets(run.examples.targets, part, run.engine.targetWidth),
    );
    run.engine.addWeightedGradient(new Float64Array(part.length).fill(1 / batch.length), sum);
    await run.pace.beat({ phase: 'training', step, steps: run.steps });
  }
}
