import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { workerFile } from '../records/worker-file.ts';
import { addCells, addGridNoise, type GridNoise } from './noise.ts';
import { newRing, NoiseRing, type SharedRing } from './noise-ring.ts';
import type { RandomSource } from './random.ts';

/** What the thread of a training's noise is given. */
export interface NoiseTask {
  readonly ring: SharedRing;
  readonly noise: GridNoise;
  readonly steps: number;
}

/** The noise of the steps of one training. */
export interface NoiseSupply {
  /**
   * Puts a sum on the grid and adds the noise of one step to it, as `addGridNoise`. Throws
   * RangeError where the thread died over that noise.
   */
  add(sum: Float64Array): void;
  /** Ends the thread, where there is one, and wipes what was not used. */
  close(): Promise<void>;
}

/** A thread takes as long to begin as so many values of noise. */
const WORTH_A_THREAD = 2 ** 22;
/** Values kept ready, and blocks of a step each. */
const READY = 2 ** 21;
const MOST_BLOCKS = 16;

/**
 * Noise for `steps` sums of `size` coordinates. Where it is much, a thread makes it ahead of use,
 * from the system's generator (`NoiseRing`: each block once, never what was wiped). What was not
 * begun when it is needed is made in place, from `random`: while the thread starts, where it is
 * slower than the steps, and where it has died or there is none. Which of the two it is depends on
 * no value of the noise, and both have the same law.
 *
 * A supply belongs to one run: nothing of it is kept, and a resumed run begins its own.
 */
export function noiseSupply(
  size: number,
  steps: number,
  noise: GridNoise,
  random: RandomSource,
): NoiseSupply {
  const inPlace = (sum: Float64Array): void => addGridNoise(sum, noise, random);
  const isMuch = size * steps >= WORTH_A_THREAD && availableParallelism() > 1;
  // Repeatable noise comes from the source of the test alone.
  const thread = isMuch && random.kind === 'system' ? begin(size, steps, noise) : undefined;
  if (thread === undefined) return { add: inPlace, close: () => Promise.resolve() };
  const { ring, worker } = thread;
  return {
    add(sum) {
      if (sum.length !== size) throw new RangeError('noise is made for sums of one size');
      if (!ring.take((cells) => addCells(sum, cells, noise))) inPlace(sum);
    },
    async close() {
      ring.close();
      await worker.terminate();
      ring.wipe();
    },
  };
}

function begin(
  size: number,
  steps: number,
  noise: GridNoise,
): { ring: NoiseRing; worker: Worker } | undefined {
  try {
    const slots = Math.max(2, Math.min(MOST_BLOCKS, Math.floor(READY / size)));
    const ring = newRing(size, slots);
    const workerData: NoiseTask = { ring, noise, steps };
    const worker = new Worker(workerFile(import.meta.url, 'noise-worker'), { workerData });
    // A thread that fails makes no more blocks; those it had finished are as good as any.
    worker.on('error', () => undefined);
    worker.unref();
    return { ring: new NoiseRing(ring), worker };
  } catch {
    // No memory or no thread to be had.
    return undefined;
  }
}
