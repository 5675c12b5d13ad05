import { ConcordError } from '../contract/errors.ts';
import type { ByGroup, MitigationFit } from '../contract/mitigation.ts';
import type {
  BoughtStatistic,
  Calibration,
  PrivacyStatement,
  TrainPlan,
  TrainResult,
} from '../contract/train.ts';
import type { RandomSource } from '../privacy/random.ts';
import type { Table } from '../records/table.ts';
import { calibrated, fitCalibration, onlyTwoValues, requireCalibratable } from './calibration.ts';
import { buyStatistics, requireWorth } from './buy.ts';
import type { Checkpoint, Resumed } from './checkpoint.ts';
import { stepsRunOf } from './checkpoint.ts';
import {
  encodingWith,
  vectorsByRow,
  vectorsForPlan,
  type TextVectors,
} from './encoder/text-vectors.ts';
import type { EncoderStore } from './encoder/open-encoder.ts';
import { featureColumns, readsVectors } from './features.ts';
import type { Fitted, Guarantee, Kind, Task } from './kind.ts';
import { kindOf } from './kinds.ts';
import { targetKind, targetsOf } from './labels.ts';
import { plainFacts, privateFacts, privateUnits, type Prepared } from './material.ts';
import { afterTraining, fitByGroup, requireMitigable } from './mitigation/after-training.ts';
import { thresholdsOf } from './mitigation/by-group.ts';
import { metricsOf, undefinedFigures } from './target-metrics.ts';
import type { ModelContent, TrainedModel } from './model.ts';
import { MODEL_FORMAT, modelVersion, othersOf, sealModel, taggerOf, weightsOf } from './model.ts';
import type { TrainProgress } from './pace.ts';
import { Pace } from './pace.ts';
import { scoreTable, type Scores } from './predict.ts';
import { requireValidation } from './search.ts';
import { requirePublicText } from './sequence/pretrain.ts';
import { publicCountOf } from './settings.ts';
import { requirePeopleApart, splitRows } from './split.ts';
import { trainableKind } from './target.ts';
import { splitStatement } from './split-statement.ts';
import { judgeTags } from './tags/judge.ts';
import type { Units } from './units.ts';
import { statisticsSteps, wantedStatistics } from './wanted.ts';

export interface TrainOptions {
  /** Source of private sampling and noise: the system's outside tests. */
  readonly random: RandomSource;
  /** Of the plan's texts in all rows, where they are known already; else they are computed. */
  readonly vectors?: TextVectors | undefined;
  /** Where the encoder of a plan is found if it is not the one of the program. */
  readonly encoders?: readonly EncoderStore[] | undefined;
  /** Of the study, for plans whose split is drawn under it. */
  readonly splitKey?: string | undefined;
  /** Seeds first weights and the order of plain training; never noise or private sampling. */
  readonly initSeed?: number;
  readonly signal?: AbortSignal;
  /** At most 4 times a second in each phase; says only how far the work is. */
  readonly progress?: (progress: TrainProgress) => void;
  /** All of the run's cost, before its first step; what it refuses does not run. */
  readonly reserve?: (statement: PrivacyStatement, steps: number) => Promise<void>;
  /**
   * Private steps from .. to (excluded) are about to run and must be paid for first; what is bought
   * comes before the steps of training.
   */
  readonly charge?: (from: number, to: number) => Promise<void>;
  /** Takes what was bought, as soon as it was: it is not bought again. */
  readonly bought?: (found: readonly BoughtStatistic[]) => Promise<void>;
  /** Takes the state at the end of each charged block: all that is needed to go on later. */
  readonly checkpoint?: (state: Checkpoint) => Promise<void>;
  /** Ends the run at its next checkpoint, with PAUSED. */
  readonly pause?: AbortSignal;
  /** Texts that anyone may know, for a plan that pre-trains on such. */
  readonly publicText?: readonly string[] | undefined;
  /** The plan's own kind of model with other settings, where they are to be chosen. */
  readonly kind?: Kind | undefined;
  /** Goes on with a run that was paused or interrupted: only the steps after `from` are run. */
  readonly resumed?: Resumed;
}

export interface Trained {
  readonly model: TrainedModel;
  readonly result: TrainResult;
  /** Rows of the test part (0-based) and their scores, as `scoreTable` gives them. */
  readonly test: Pick<Scores, 'scores' | 'starts'> & { readonly rows: Int32Array };
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
  const kind = options.kind ?? kindOf(plan);
  const pace = new Pace(options.signal, options.progress, options.pause);
  // Columns with two tasks are told by name before a part that lacks rows because of them.
  featureColumns(table, plan);
  const split = splitRows(table, plan, options.splitKey);
  requirePeopleApart(table, plan, split);
  requireValidation(plan, split);
  requireCalibratable(plan, split);
  requireMitigable(plan, split);
  const { publicText } = options;
  requirePublicText(plan, publicText, options.resumed);
  const vectors = readsVectors(plan)
    ? (options.vectors ??
      (await vectorsForPlan(table, plan, encodingWith(pace), { stores: options.encoders })))
    : undefined;
  const task = { table, plan, split, vectors, publicText };
  const run =
    plan.privacy === null
      ? await runPlainly(task, kind, pace, options)
      : await runPrivately(task, plan.privacy, kind, pace, options);
  const probable = plan.calibration === undefined ? run : await calibrate(run, task, options);
  const trained = await mitigate(probable, task, options);
  const model = sealed(trained);
  const { test, validation } = split;
  const judged = await judge(model, task, 'test', test, options);
  const validated =
    validation.length === 0 ? null : await judge(model, task, 'validation', validation, options);
  const { fitted: made, prepared, calibration } = trained;
  return {
    model,
    test: {
      ...{ rows: test, scores: judged.scores },
      ...(judged.starts === undefined ? {} : { starts: judged.starts }),
    },
    result: {
      model: {
        kind: model.kind,
        target: targetKind(model.labels),
        parameters: weightsOf(model).length,
        backend: made.backend,
        backend_note: made.note,
      },
      privacy: trained.privacy,
      metrics: {
        test: judged.metrics,
        ...(validated === null ? {} : { validation: validated.metrics }),
      },
      ...(calibration === undefined ? {} : { calibration }),
      ...(trained.mitigation === undefined ? {} : { mitigation: trained.mitigation }),
      split: splitStatement(plan, split),
      tested_on: 'held-out-of-training-and-guarantee',
      reasons: { ...judged.reasons, ...validated?.reasons },
      rows: {
        train: trained.privacy === null ? prepared.units.rows.length : null,
        test: test.length,
      },
      abstained: judged.abstained,
      steps: made.steps,
      steps_run: stepsRunOf(made.steps, trained.resumed),
      ...(made.pretraining === undefined ? {} : { pretraining: made.pretraining }),
      ...(made.found === undefined ? {} : { chosen: made.found.chosen }),
      ...(trained.bought.length === 0 ? {} : { bought: [...trained.bought] }),
      seconds: made.found === undefined ? (performance.now() - started) / 1000 : made.seconds,
      steps_per_second: (made.steps - (trained.resumed?.from ?? 0)) / made.seconds,
    },
  };
}

interface Run {
  readonly prepared: Prepared;
  readonly fitted: Fitted;
  readonly bought: readonly BoughtStatistic[];
  /** Where the training itself went on, in its own steps. */
  readonly resumed: Resumed | undefined;
  readonly privacy: PrivacyStatement | null;
  readonly calibration?: Calibration | null;
  readonly byGroup?: ByGroup;
  readonly mitigation?: MitigationFit | undefined;
}

/** The run with its probabilities fitted to the validation part, which is outside the guarantee. */
async function calibrate(run: Run, task: Task, options: TrainOptions): Promise<Run> {
  const model = sealed(run);
  if (targetKind(model.labels) !== 'binary') throw onlyTwoValues();
  const { split } = task;
  const { scores, targets } = await judge(model, task, 'validation', split.validation, options);
  const known = Int32Array.from(scores.keys()).filter(
    (r) => !Number.isNaN(targets[r]) && !Number.isNaN(scores[r]),
  );
  const calibration = fitCalibration(
    Float64Array.from(known, (r) => scores[r]!),
    Float64Array.from(known, (r) => targets[r]!),
  );
  if (calibration === null) return { ...run, calibration };
  const content = calibrated(run.fitted.content, calibration);
  return { ...run, calibration, fitted: { ...run.fitted, content } };
}

/** The run with what is fitted for each group on the validation part, where the plan asks for it. */
async function mitigate(run: Run, task: Task, options: TrainOptions): Promise<Run> {
  const asked = afterTraining(task.plan);
  if (asked === null) return { ...run, mitigation: run.fitted.mitigation };
  const { table, plan, split } = task;
  const rows = split.validation;
  const judged = await judge(sealed(run), task, 'validation', rows, options);
  const { byGroup, fit } = fitByGroup(asked, { table, missing: plan.missing, rows, ...judged });
  return { ...run, byGroup, mitigation: fit };
}

async function runPrivately(
  task: Task,
  target: NonNullable<TrainPlan['privacy']>,
  kind: Kind,
  pace: Pace,
  options: TrainOptions,
): Promise<Run> {
  const { table, plan, split } = task;
  const wanted = wantedStatistics(table, plan);
  const units = privateUnits(table, plan, split.train);
  if (units.count === 0) throw new ConcordError('SPLIT_EMPTY', { part: 'train' });
  const columns = featureColumns(table, plan).length;
  const counts = { columns, count: units.count, publicCount: publicCountOf(units.count) };
  const guarantee = kind.guarantee(target, counts, wanted);
  const { statement: privacy } = guarantee;
  // What can be refused is refused before it is paid for.
  await kind.check(counts, task);
  const bought = wanted.length === 0 ? [] : await buyFacts(task, units, guarantee, pace, options);
  const prepared = privateFacts(table, plan, split, bought, task.vectors);
  if (wanted.length === 0) await options.reserve?.(privacy, guarantee.steps);
  const before = statisticsSteps(privacy);
  const { charge, checkpoint } = options;
  const resumed = afterStatistics(options.resumed, before);
  const fitted = await kind.fit(task, prepared, {
    ...{ privacy, columns, random: options.random, seed: options.initSeed ?? 1 },
    charge: async (from, to) => charge?.(before + from, before + to),
    checkpoint:
      checkpoint &&
      ((state) => checkpoint({ ...state, stepsCharged: before + state.stepsCharged })),
    ...{ bought, resumed, pace },
    select: selecting({ prepared, privacy }, task, options),
    judge: (one) => scoreOf({ prepared, fitted: one, privacy }, task, options),
  });
  return { prepared, fitted, bought, resumed, privacy: fitted.found?.statement ?? privacy };
}

/** Whom of its own training rows a model selects; for a bound on gaps between groups. */
function selecting(
  run: Pick<Run, 'prepared' | 'privacy'>,
  { table, split, vectors }: Task,
  { signal }: TrainOptions,
): (fitted: Fitted) => Promise<Uint8Array> {
  return async (fitted) => {
    const model = sealed({ ...run, fitted });
    const rows = run.prepared.units.rows.map((place) => split.train[place]!);
    const vectorOf = vectors && vectorsByRow(vectors);
    const { scores } = await scoreTable(model, table, { rows, signal, vectorOf });
    return Uint8Array.from(scores, (score) => Number(score >= model.threshold));
  };
}

/**
 * How good a model is on the validation part, which is outside the guarantee: minus its log loss, for
 * numbers minus the root of the mean squared error.
 */
async function scoreOf(
  run: Pick<Run, 'prepared' | 'fitted' | 'privacy'>,
  task: Task,
  options: TrainOptions,
): Promise<number> {
  const { split } = task;
  const { metrics } = await judge(sealed(run), task, 'validation', split.validation, options);
  const loss = metrics.loss ?? metrics.rmse ?? null;
  return loss === null ? -Infinity : -loss;
}

/**
 * Reserves the whole run, then buys the facts it lacks; those of an earlier start of the run are
 * taken as they were. Paid for and lost in a crash, they are not bought again: JOB_NOT_RESUMABLE.
 */
async function buyFacts(
  { table, plan, split, vectors }: Task,
  units: Units,
  guarantee: Guarantee,
  pace: Pace,
  options: TrainOptions,
): Promise<readonly BoughtStatistic[]> {
  const { statement } = guarantee;
  requireWorth(statement);
  const steps = statisticsSteps(statement);
  await options.reserve?.(statement, steps + guarantee.steps);
  const { resumed } = options;
  if (resumed !== undefined && resumed.from > 0) {
    if (resumed.bought === undefined) throw new ConcordError('JOB_NOT_RESUMABLE');
    return resumed.bought;
  }
  await options.charge?.(0, steps);
  const rows = units.rows.map((place) => split.train[place]!);
  const of = { table, plan, units: { ...units, rows }, random: options.random, vectors };
  const bought = await buyStatistics(of, statement, pace);
  await options.bought?.(bought);
  return bought;
}

/** Where the training goes on when the steps before it are not its own. */
function afterStatistics(resumed: Resumed | undefined, before: number): Resumed | undefined {
  if (resumed === undefined || before === 0) return resumed;
  const { from, checkpoint } = resumed;
  return {
    ...resumed,
    from: Math.max(0, from - before),
    checkpoint: checkpoint && { ...checkpoint, stepsCharged: checkpoint.stepsCharged - before },
  };
}

async function runPlainly(task: Task, kind: Kind, pace: Pace, options: TrainOptions): Promise<Run> {
  const prepared = plainFacts(task.table, task.plan, task.split, task.vectors);
  trainableKind(task.plan, targetKind(prepared.labels));
  const { resumed, checkpoint, random } = options;
  const fitted = await kind.fit(task, prepared, {
    ...{ privacy: null, columns: prepared.encoder.features.length, random },
    ...{ seed: options.initSeed ?? 1, checkpoint, resumed, pace },
    select: selecting({ prepared, privacy: null }, task, options),
  });
  return { prepared, fitted, bought: [], resumed, privacy: null };
}

function sealed({
  prepared,
  fitted,
  privacy,
  calibration,
  byGroup,
}: Pick<Run, 'prepared' | 'fitted' | 'privacy' | 'calibration' | 'byGroup'>): TrainedModel {
  const { encoder, labels } = prepared;
  // The parts of a kind belong together; the schema holds them to it.
  return sealModel({
    format: MODEL_FORMAT,
    version: modelVersion(labels, fitted.content.kind),
    ...fitted.content,
    encoder: {
      features: encoder.features.map((feature) =>
        feature.kind === 'category' ? { ...feature, values: [...feature.values] } : { ...feature },
      ),
      missing: [...encoder.missing],
      ...(encoder.text && { text: { ...encoder.text, columns: [...encoder.text.columns] } }),
    },
    labels,
    threshold: 0.5,
    privacy,
    backend: fitted.backend,
    ...(calibration ? { calibration } : {}),
    ...(byGroup === undefined ? {} : { by_group: byGroup }),
  } as ModelContent);
}

interface Judged {
  readonly metrics: TrainResult['metrics']['test'];
  readonly reasons: TrainResult['reasons'];
  readonly scores: Float64Array;
  readonly starts?: Int32Array | undefined;
  readonly targets: Float64Array;
  readonly abstained: number;
}

/** The model as it will be saved, on the rows of a part that have a label and a score. */
async function judge(
  model: TrainedModel,
  { table, vectors }: Task,
  part: 'test' | 'validation',
  rows: Int32Array,
  options: TrainOptions,
): Promise<Judged> {
  const { scores, starts, abstained } = await scoreTable(model, table, {
    ...{ rows, signal: options.signal },
    vectorOf: vectors && vectorsByRow(vectors),
  });
  const targets = targetsOf(table, model.labels, model.encoder.missing, rows, othersOf(model));
  if (starts !== undefined && 'tagger' in model) {
    const metrics = judgeTags(taggerOf(model), table, rows, { scores, starts });
    return { metrics, reasons: reasonsOf(metrics, part), scores, starts, targets, abstained };
  }
  const width = rows.length === 0 ? 1 : scores.length / rows.length;
  const judged = Int32Array.from(rows.keys()).filter(
    (r) => !Number.isNaN(targets[r]) && !Number.isNaN(scores[r * width]),
  );
  const thresholds = thresholdsOf(model, table, rows);
  const metrics = metricsOf(
    { ...model, threshold: Float64Array.from(judged, (r) => thresholds[r]!) },
    Float64Array.from(judged, (r) => targets[r]!),
    Float64Array.from(
      { length: judged.length * width },
      (_, i) => scores[judged[Math.floor(i / width)]! * width + (i % width)]!,
    ),
  );
  return { metrics, reasons: reasonsOf(metrics, part), scores, targets, abstained };
}

function reasonsOf(metrics: Judged['metrics'], part: string): Judged['reasons'] {
  const paths = undefinedFigures(metrics).map((path) => `metrics.${part}.${path}`);
  return Object.fromEntries(paths.map((path) => [path, 'undefined' as const]));
}
