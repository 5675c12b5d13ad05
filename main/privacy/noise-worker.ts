import { workerData } from 'node:worker_threads';
import type { NoiseTask } from './noise-ahead.ts';
import { drawNoise } from './noise.ts';
import { NoiseRing } from './noise-ring.ts';
import { systemRandom } from './random.ts';

/** The thread that makes the noise of one training, each step's before it is needed. */
const { ring, noise, steps } = workerData as NoiseTask;
const random = systemRandom();
new NoiseRing(ring).make(steps, (block) => drawNoise(block, noise, random));
