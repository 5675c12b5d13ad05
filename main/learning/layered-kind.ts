import type { TrainPlan } from '../contract/train.ts';
import { chooseEngine, type ChosenEngine } from './backend.ts';
import { trainPrivately } from './dpsgd.ts';
import { encodedWidth } from './encode.ts';
import { encodeFloats } from './floats.ts';
import type { Fitted, Given, Kind } from './kind.ts';
import { parameterCount } from './layers.ts';
import { vectorMaterial, type Material } from './material.ts';
import { gaussianMechanism, guaranteeOf, noiseMultiplierOf } from './mechanism.ts';
import { trainPlainly } from './plain-training.ts';
import { firstParameters } from './seeded.ts';
import { settingsOf, type Settings } from './settings.ts';

/** Models of layers: logistic regression and networks, by DP-SGD or plain mini-batches. */
export function layeredKind(plan: TrainPlan): Kind {
  // Refuses kinds that are not there.
  settingsOf(plan, 1, 1);
  return {
    guarantee(target, { columns, count, publicCount }, wanted) {
      const settings = settingsOf(plan, publicCount, columns);
      const statement = guaranteeOf(plan, target, settings, count, publicCount, wanted);
      return { statement, steps: settings.steps };
    },
    check({ columns, publicCount }) {
      // How wide the model is shows only when all is known.
      const { hidden } = settingsOf(plan, publicCount, columns);
      chooseEngine(plan.backend, { inputs: 1, hidden }, plan.unit?.maxRows ?? 1).engine.dispose();
    },
    async fit(task, prepared, given) {
      const material = await vectorMaterial(task.table, prepared, task.split, given.pace);
      const { privacy, columns } = given;
      const settings =
        privacy === null
          ? settingsOf(plan, material.examples.units.rows.length, prepared.encoder.features.length)
          : settingsOf(plan, privacy.public_count, columns);
      const chosen = engineFor(plan, material, settings);
      const started = performance.now();
      try {
        const train = privacy === null ? plainly : privately;
        const parameters = await train(material, settings, chosen, given);
        return fitted(parameters, settings, chosen, (performance.now() - started) / 1000);
      } finally {
        chosen.engine.dispose();
      }
    },
  };
}

function engineFor(plan: TrainPlan, { encoder }: Material, { hidden }: Settings): ChosenEngine {
  const architecture = { inputs: encodedWidth(encoder), hidden };
  return chooseEngine(plan.backend, architecture, plan.unit?.maxRows ?? 1);
}

async function privately(
  { examples }: Material,
  settings: Settings,
  { engine }: ChosenEngine,
  given: Given,
): Promise<Float64Array> {
  const { privacy, random, seed, columns } = given;
  if (privacy === null) throw new RangeError('a private training has a guarantee');
  const mechanism = gaussianMechanism(engine, privacy, examples.units.count, random);
  const run = {
    engine,
    examples,
    mechanism,
    initial: firstParameters(engine.architecture, columns, seed),
    optimiser: settings.optimiser(parameterCount(engine.architecture), noiseMultiplierOf(privacy)),
    clip: settings.clip,
    expectedBatch: settings.batch,
    steps: settings.steps,
    block: settings.block,
    charge: async (from: number, to: number) => given.charge?.(from, to),
    checkpoint: given.checkpoint,
    resumed: given.resumed,
    pace: given.pace,
  };
  try {
    return await trainPrivately(run);
  } finally {
    await mechanism.close();
  }
}

function plainly(
  { examples, encoder }: Material,
  settings: Settings,
  { engine }: ChosenEngine,
  { seed, checkpoint, resumed, pace }: Given,
): Promise<Float64Array> {
  return trainPlainly({
    engine,
    examples,
    initial: firstParameters(engine.architecture, encoder.features.length, seed),
    optimiser: settings.optimiser(parameterCount(engine.architecture), 0),
    batch: settings.batch,
    steps: settings.steps,
    seed,
    block: settings.block,
    checkpoint,
    resumed,
    pace,
  });
}

function fitted(
  parameters: Float64Array,
  { kind, hidden, steps }: Settings,
  { engine, note }: ChosenEngine,
  seconds: number,
): Fitted {
  const architecture = { inputs: engine.architecture.inputs, hidden: [...hidden] };
  return {
    content: { kind, architecture, weights: encodeFloats(parameters) },
    backend: engine.backend,
    note,
    steps,
    seconds,
  };
}
