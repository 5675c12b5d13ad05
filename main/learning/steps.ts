import type { Examples } from './clipped-sum.ts';
import { trainPrivately } from './dpsgd.ts';
import type { Given } from './kind.ts';
import type { GradientEngine } from './layers.ts';
import { gaussianMechanism, noiseMultiplierOf } from './mechanism.ts';
import { trainPlainly } from './plain-training.ts';
import type { StepSettings } from './step-settings.ts';

/**
 * Trains the engine's parameters from `initial` as is given: by DP-SGD where there is a guarantee, else
 * plainly.
 *
 * @param initial flat; nothing in it may come from the records
 */
export async function trainInSteps<Rows>(
  engine: GradientEngine<Rows>,
  examples: Examples<Rows>,
  initial: Float64Array,
  settings: StepSettings,
  given: Given,
): Promise<Float64Array> {
  const { privacy, random, seed, checkpoint, resumed, pace } = given;
  const { batch, steps, block, averaging } = settings;
  const common = { engine, examples, initial, averaging, steps, block, checkpoint, resumed, pace };
  if (privacy === null) {
    const optimiser = settings.optimiser(engine.parameters, 0);
    return trainPlainly({ ...common, optimiser, batch, seed });
  }
  const mechanism = gaussianMechanism(engine, privacy, examples.units.count, random);
  try {
    return await trainPrivately({
      ...common,
      mechanism,
      optimiser: settings.optimiser(engine.parameters, noiseMultiplierOf(privacy)),
      clip: settings.clip,
      clipping: settings.clipping,
      expectedBatch: batch,
      charge: async (from: number, to: number) => given.charge?.(from, to),
    });
  } finally {
    await mechanism.close();
  }
}
