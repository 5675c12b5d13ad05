import { ConcordError } from '../contract/errors.ts';
import type { PrivacyStatement, TrainPlan, TrainResult } from '../contract/train.ts';
import type { RandomSource } from '../privacy/random.ts';
import type { Table } from '../records/table.ts';
import type { ChosenEngine } from './backend.ts';
import { chooseEngine } from './backend.ts';
import type { Checkpoint, Resumed } from './checkpoint.ts';
import { stepsRunOf } from './checkpoint.ts';
import type { Examples } from './clipped-sum.ts';
import { trainPrivately } from './dpsgd.ts';
import type { EncodedRows } from './encode.ts';
import { encodedWidth, joinRows, rowEncoder } from './encode.ts';
import type { Encoder } from './features.ts';
import { learntEncoder, publicEncoder } from './features.ts';
import { withLearnedFills } from './fill.ts';
import type { Labels } from './labels.ts';
import { labelValues, requireBothValues, targetsOf } from './labels.ts';
import { parameterCount } from './layers.ts';
import { gaussianMechanism, guaranteeOf, noiseMultiplierOf } from './mechanism.ts';
import { testMetrics } from './metrics.ts';
import type { TrainedModel } from './model.ts';
import { encodeWeights, MODEL_FORMAT, MODEL_VERSION, sealModel } from './model.ts';
import type { TrainProgress } from './pace.ts';
import { Pace } from './pace.ts';
import { trainPlainly } from './plain-training.ts';
import { scoreTable } from './predict.ts';
import { firstParameters } from './seeded.ts';
import type { Settings } from './settings.ts';
import { publicCountOf, settingsOf } from './settings.ts';
import { requirePeopleApart, splitRows, type Split } from './split.ts';
import { splitStatement } from './split-statement.ts';
import { personUnits, rowUnits } from './units.ts';
import type { Units } from './units.ts';

export interface TrainOptions {
  /** Source of private sampling and noise: the system's outside tests. */
  readonly random: RandomSource;
  /** Of the study, for plans whose split is drawn under it. */
  readonly splitKey?: string | undefined;
  /** Seeds first weights and the order of plain training; never noise or private sampling. */
  readonly initSeed?: number;
  readonly signal?: AbortSignal;
  /** At most 4 times a second in each phase; says only how far the work is. */
  readonly progress?: (progress: TrainProgress) => void;
  /** All of the run's cost, before its first step; what it refuses does not run. */
  readonly reserve?: (statement: PrivacyStatement, steps: number) => Promise<void>;
  /** Private steps from .. to (excluded) are about to run and must be paid for first. */
  readonly charge?: (from: number, to: number) => Promise<void>;
  /** Takes the state at the end of each charged block: all that is needed to go on later. */
  readonly checkpoint?: (state: Checkpoint) => Promise<void>;
  /** Ends the run at its next checkpoint, with PAUSED. */
  readonly pause?: AbortSignal;
  /** Goes on with a run that was paused or interrupted: only the steps after `from` are run. */
  readonly resumed?: Resumed;
}

export interface Trained {
  readonly model: TrainedModel;
  readonly result: TrainResult;
  /** Rows of the test part (0-based) and their scores; NaN where the model abstained. */
  readonly test: { readonly rows: Int32Array; readonly scores: Float64Array };
}

/** What is trained on, and what it was made with. */
interface Material {
  readonly encoder: Encoder;
  readonly labels: Labels;
  readonly examples: Examples;
  readonly split: Split;
}

/**
 * Trains the plan's model on its training part and judges it on its test part. With `privacy` the
 * model is (epsilon, delta)-differentially private in the training part under addition or removal
 * of one unit; nothing else about that part leaves this function. Throws the errors of the plan's
 * parts (docs/private-training.md lists them), CANCELLED and PAUSED.
 */
export async function trainModel(
  table: Table,
  plan: TrainPlan,
  options: TrainOptions,
): Promise<Trained> {
  const started = performance.now();
  settingsOf(plan, 1, 1);
  const pace = new Pace(options.signal, options.progress, options.pause);
  const material = await prepare(table, plan, pace, options.splitKey);
  const trained =
    plan.privacy === null
      ? await runPlainly(plan, material, pace, options)
      : await runPrivately(plan, plan.privacy, material, pace, options);
  const model = sealed(material, trained);
  const { test, validation } = material.split;
  const judged = await judge(model, table, 'test', test, options);
  const validated =
    validation.length === 0 ? null : await judge(model, table, 'validation', validation, options);
  const { settings, chosen, seconds } = trained;
  const stepsHere = settings.steps - (options.resumed?.from ?? 0);
  return {
    model,
    test: { rows: test, scores: judged.scores },
    result: {
      model: {
        kind: settings.kind,
        parameters: parameterCount(model.architecture),
        backend: chosen.engine.backend,
        backend_note: chosen.note,
      },
      privacy: trained.privacy,
      metrics: {
        test: judged.metrics,
        ...(validated === null ? {} : { validation: validated.metrics }),
      },
      split: splitStatement(plan, material.split),
      tested_on: 'held-out-of-training-and-guarantee',
      reasons: { ...judged.reasons, ...validated?.reasons },
      rows: {
        train: trained.privacy === null ? material.examples.units.rows.length : null,
        test: test.length,
      },
      abstained: judged.abstained,
      steps: settings.steps,
      steps_run: stepsRunOf(settings.steps, options.resumed),
      seconds: (performance.now() - started) / 1000,
      steps_per_second: stepsHere / seconds,
    },
  };
}

async function prepare(
  table: Table,
  plan: TrainPlan,
  pace: Pace,
  splitKey: string | undefined,
): Promise<Material> {
  if (plan.text !== undefined) {
    throw new ConcordError('PLAN_INVALID', {
      path: 'text',
      expected: 'free text cannot be a feature yet; leave this entry out',
    });
  }
  const encoder = plan.privacy === null ? null : publicEncoder(table, plan);
  const split = splitRows(table, plan, splitKey);
  requirePeopleApart(table, plan, split);
  const { train } = split;
  const labels = labelValues(table, plan, train);
  const targets = targetsOf(table, labels, plan.missing, train);
  requireBothValues(targets, plan.label);
  const used = encoder ?? withLearnedFills(table, learntEncoder(table, plan, train), plan, train);
  if (used.features.length === 0) {
    throw new ConcordError('PLAN_INVALID', { path: 'features', expected: 'no column is left' });
  }
  const places = Int32Array.from(targets.keys()).filter((place) => !Number.isNaN(targets[place]));
  const units: Units =
    plan.unit === undefined
      ? rowUnits(places)
      : personUnits(table, plan.unit, train, places, plan.missing);
  const vectors = await encodeAll(table, used, train, pace);
  return { encoder: used, labels, examples: { vectors, targets, units }, split };
}

const CHUNK = 16_384;

async function encodeAll(
  table: Table,
  encoder: Encoder,
  rows: Int32Array,
  pace: Pace,
): Promise<EncodedRows> {
  const encode = rowEncoder(table, encoder);
  const parts: EncodedRows[] = [];
  for (let from = 0; from < rows.length; from += CHUNK) {
    await pace.beat({ phase: 'encoding', step: from, steps: rows.length });
    parts.push(encode(rows.subarray(from, from + CHUNK)));
  }
  return joinRows(parts, encodedWidth(encoder));
}

interface TrainedParameters {
  readonly parameters: Float64Array;
  readonly settings: Settings;
  readonly chosen: ChosenEngine;
  readonly privacy: PrivacyStatement | null;
  readonly seconds: number;
}

function engineFor(plan: TrainPlan, material: Material, settings: Settings): ChosenEngine {
  const architecture = { inputs: encodedWidth(material.encoder), hidden: settings.hidden };
  return chooseEngine(plan.backend, architecture, plan.unit?.maxRows ?? 1);
}

async function runPrivately(
  plan: TrainPlan,
  target: NonNullable<TrainPlan['privacy']>,
  material: Material,
  pace: Pace,
  options: TrainOptions,
): Promise<TrainedParameters> {
  const { examples, encoder } = material;
  const count = examples.units.count;
  if (count === 0) throw new ConcordError('SPLIT_EMPTY', { part: 'train' });
  const publicCount = publicCountOf(count);
  const settings = settingsOf(plan, publicCount, encoder.features.length);
  const guarantee = guaranteeOf(plan, target, settings, count, publicCount);
  const chosen = engineFor(plan, material, settings);
  await options.reserve?.(guarantee, settings.steps);
  const started = performance.now();
  try {
    const parameters = await trainPrivately({
      engine: chosen.engine,
      examples,
      mechanism: gaussianMechanism(chosen.engine, guarantee, count, options.random),
      initial: firstParameters(
        chosen.engine.architecture,
        encoder.features.length,
        options.initSeed ?? 1,
      ),
      optimiser: settings.optimiser(
        parameterCount(chosen.engine.architecture),
        noiseMultiplierOf(guarantee),
      ),
      clip: settings.clip,
      expectedBatch: settings.batch,
      steps: settings.steps,
      block: settings.block,
      charge: options.charge ?? (async () => {}),
      checkpoint: options.checkpoint,
      resumed: options.resumed,
      pace,
    });
    const seconds = (performance.now() - started) / 1000;
    return { parameters, settings, chosen, privacy: guarantee, seconds };
  } finally {
    chosen.engine.dispose();
  }
}

async function runPlainly(
  plan: TrainPlan,
  material: Material,
  pace: Pace,
  options: TrainOptions,
): Promise<TrainedParameters> {
  const { examples, encoder } = material;
  const settings = settingsOf(plan, examples.units.rows.length, encoder.features.length);
  const chosen = engineFor(plan, material, settings);
  const seed = options.initSeed ?? 1;
  const started = performance.now();
  try {
    const parameters = await trainPlainly({
      engine: chosen.engine,
      examples,
      initial: firstParameters(chosen.engine.architecture, encoder.features.length, seed),
      optimiser: settings.optimiser(parameterCount(chosen.engine.architecture), 0),
      batch: settings.batch,
      steps: settings.steps,
      seed,
      block: settings.block,
      checkpoint: options.checkpoint,
      resumed: options.resumed,
      pace,
    });
    const seconds = (performance.now() - started) / 1000;
    return { parameters, settings, chosen, privacy: null, seconds };
  } finally {
    chosen.engine.dispose();
  }
}

function sealed(material: Material, trained: TrainedParameters): TrainedModel {
  return sealModel({
    format: MODEL_FORMAT,
    version: MODEL_VERSION,
    kind: trained.settings.kind,
    architecture: {
      inputs: encodedWidth(material.encoder),
      hidden: [...trained.settings.hidden],
    },
    weights: encodeWeights(trained.parameters),
    encoder: {
      features: material.encoder.features.map((feature) =>
        feature.kind === 'category' ? { ...feature, values: [...feature.values] } : { ...feature },
      ),
      missing: [...material.encoder.missing],
    },
    labels: { column: material.labels.column, values: [...material.labels.values] },
    threshold: 0.5,
    privacy: trained.privacy,
    backend: trained.chosen.engine.backend,
  });
}

interface Judged {
  readonly metrics: TrainResult['metrics']['test'];
  readonly reasons: TrainResult['reasons'];
  readonly scores: Float64Array;
  readonly abstained: number;
}

/** The model as it will be saved, on the rows of a part that have a label and a score. */
async function judge(
  model: TrainedModel,
  table: Table,
  part: 'test' | 'validation',
  rows: Int32Array,
  options: TrainOptions,
): Promise<Judged> {
  const { scores, abstained } = await scoreTable(model, table, { rows, signal: options.signal });
  const targets = targetsOf(table, model.labels, model.encoder.missing, rows);
  const judged = Int32Array.from(rows.keys()).filter(
    (r) => !Number.isNaN(targets[r]) && !Number.isNaN(scores[r]),
  );
  const metrics = testMetrics(
    Float64Array.from(judged, (r) => targets[r]!),
    Float64Array.from(judged, (r) => scores[r]!),
    model.threshold,
  );
  const reasons: Record<string, 'undefined'> = {};
  for (const [name, figure] of Object.entries(metrics)) {
    if (figure === null) reasons[`metrics.${part}.${name}`] = 'undefined';
  }
  return { metrics, reasons, scores, abstained };
}
