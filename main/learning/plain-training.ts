import type { Examples } from './clipped-sum.ts';
import type { GradientEngine } from './layers.ts';
import type { Optimiser } from './optimiser.ts';
import { LateAverage } from './optimiser.ts';
import type { Pace } from './pace.ts';
import { shuffled } from './seeded.ts';
import { gatherRows } from './sparse.ts';

export interface PlainRun {
  readonly engine: GradientEngine;
  readonly examples: Examples;
  readonly initial: Float64Array;
  readonly optimiser: Optimiser;
  readonly batch: number;
  readonly steps: number;
  readonly seed: number;
  readonly pace: Pace;
}

/**
 * Training without privacy, for comparison: mini-batches from a seeded shuffle of every pass,
 * mean gradient, the same layers, optimiser and averaging. It promises nothing about the records.
 */
export async function trainPlainly(run: PlainRun): Promise<Float64Array> {
  const parameters = run.initial.slice();
  const average = new LateAverage(parameters.length, run.steps);
  const places = run.examples.units.rows;
  let order = shuffled(places, run.seed);
  let pass = 0;
  let next = 0;
  for (let step = 0; step < run.steps; step++) {
    if (next >= order.length) {
      order = shuffled(places, run.seed + ++pass);
      next = 0;
    }
    const batch = order.subarray(next, next + run.batch);
    next += run.batch;
    run.engine.setParameters(parameters);
    run.optimiser.step(parameters, await meanGradient(run, batch, parameters.length, step));
    average.take(step, parameters);
  }
  await run.pace.beat({ phase: 'training', step: run.steps, steps: run.steps });
  return average.result(parameters);
}

async function meanGradient(
  run: PlainRun,
  batch: Int32Array,
  size: number,
  step: number,
): Promise<Float64Array> {
  const sum = new Float64Array(size);
  const { capacity } = run.engine;
  for (let from = 0; from < batch.length; from += capacity) {
    const part = batch.subarray(from, from + capacity);
    run.engine.backward(
      gatherRows(run.examples.vectors, part),
      Float64Array.from(part, (place) => run.examples.targets[place]!),
    );
    run.engine.addWeightedGradient(new Float64Array(part.length).fill(1 / batch.length), sum);
    await run.pace.beat({ phase: 'training', step, steps: run.steps });
  }
  return sum;
}
