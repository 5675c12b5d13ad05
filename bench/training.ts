import { createReadStream, readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { trainPlan, type TrainPlan, type TrainPlanInput } from '../main/contract/train.ts';
import { scoreTable } from '../main/learning/predict.ts';
import { trainModel, type Trained } from '../main/learning/train.ts';
import { systemRandom } from '../main/privacy/random.ts';
import { readCsv } from '../main/records/csv-reader.ts';
import { takeRows } from '../main/records/shape.ts';
import type { Column, Table } from '../main/records/table.ts';
import { median, rounded, timed, type Taken } from './timing.ts';
import { benchSteps, type StepsBench } from './training-steps.ts';

/** The reference data stands beside the checkout, from which benches are started. */
const ADULT = resolve('..', 'shared', 'data', 'tabular', 'adult', 'adult.csv');
const ROWS = 1_000_000;
const RUNS = 5;
const PAIRS = 100;
/** 600 steps of 1024 of the 32,000 rows as published. */
const RUN = { batch: 1024, epochs: (600 * 1024) / 32_000 };

interface Growth {
  readonly kind: string;
  readonly rows: number;
  readonly columns: number;
  /** Of the whole training: rows made ready, calibration, steps and test. */
  readonly seconds: number;
  readonly processor_seconds: number;
  readonly processor_microseconds_per_row: number;
  /** The most the process has had so far, kinds and rows before it included. */
  readonly peak_rss_mib: number;
}

interface Scoring {
  readonly rows: number;
  /** Medians. */
  readonly rows_per_second: number;
  readonly rows_per_processor_second: number;
}

/**
 * Wall times beside those of the thread's processor: on a busy machine the first are too long. The
 * thread that makes noise is not in the second.
 */
export interface TrainingBench {
  readonly machine: { readonly processor: string; readonly threads: number };
  /** Of the last minute, before and after: above the number of threads wall times are too long. */
  readonly load: readonly [number, number];
  readonly steps: readonly StepsBench[];
  readonly network: {
    readonly steps: number;
    readonly batch: number;
    readonly parameters: number;
    /** Medians: of the steps, and of the whole with encoding, calibration and test. */
    readonly steps_seconds: number;
    readonly seconds: number;
    readonly processor_seconds: number;
  };
  readonly scoring: Readonly<Record<string, Scoring>>;
  readonly growth: readonly Growth[];
}

/**
 * Speed of private training: a step against a plain one, a whole training of a network on Adult,
 * scoring, and how time and memory grow up to `rows` rows of 30 columns.
 */
export async function benchTraining(rows = ROWS, runs = RUNS): Promise<TrainingBench> {
  const before = loadavg()[0]!;
  const steps: StepsBench[] = [];
  for (const batch of [256, 1024]) steps.push(await benchSteps(batch, runs * (PAIRS / RUNS)));
  const { table } = await readCsv(() => createReadStream(ADULT));
  const network = await benchNetwork(table, runs);
  const scoring: Record<string, Scoring> = {};
  for (const kind of ['boosting', 'logistic']) {
    scoring[kind] = await benchScoring(table, kind, rows, runs);
  }
  const growth: Growth[] = [];
  for (const kind of ['boosting', 'logistic'] as const) {
    for (const part of [4, 2, 1]) growth.push(await benchGrowth(Math.round(rows / part), kind));
  }
  return {
    machine: { processor: cpus()[0]?.model ?? '', threads: cpus().length },
    load: [before, loadavg()[0]!],
    ...{ steps, network, scoring, growth },
  };
}

const planOf = (kind: string): TrainPlan =>
  trainPlan.parse(JSON.parse(readFileSync(resolve('test', 'plans', `adult-${kind}.json`), 'utf8')));

const train = (table: Table, plan: TrainPlan): Promise<Trained> =>
  trainModel(table, plan, { random: systemRandom() });

async function benchNetwork(table: Table, runs: number): Promise<TrainingBench['network']> {
  const plan = { ...planOf('network'), ...RUN };
  const whole: Taken[] = [];
  const ofSteps: number[] = [];
  let last = await train(table, plan);
  for (let run = 0; run < runs; run++) {
    whole.push(await timed(async () => (last = await train(table, plan))));
    ofSteps.push(last.result.steps / last.result.steps_per_second);
  }
  return {
    steps: last.result.steps,
    batch: RUN.batch,
    parameters: last.result.model.parameters,
    steps_seconds: rounded(median(ofSteps)),
    seconds: rounded(median(whole.map(({ wall }) => wall)) / 1000),
    processor_seconds: rounded(median(whole.map(({ processor }) => processor)) / 1000),
  };
}

async function benchScoring(
  table: Table,
  kind: string,
  scored: number,
  runs: number,
): Promise<Scoring> {
  const { model } = await train(table, planOf(kind));
  const rows = Int32Array.from({ length: scored }, (_, row) => row % table.rows);
  const many = takeRows(table, rows);
  const times: Taken[] = [];
  for (let run = 0; run <= runs; run++) times.push(await timed(() => scoreTable(model, many)));
  const perSecond = (by: keyof Taken): number =>
    Math.round((1000 * scored) / median(times.slice(1).map((taken) => taken[by])));
  return {
    rows: scored,
    rows_per_second: perSecond('wall'),
    rows_per_processor_second: perSecond('processor'),
  };
}

async function benchGrowth(rows: number, kind: 'boosting' | 'logistic'): Promise<Growth> {
  const { table, plan } = madeRecords(rows, { kind });
  const { wall, processor } = await timed(() => train(table, plan));
  return {
    kind,
    rows,
    columns: table.columns.length - 1,
    seconds: rounded(wall / 1000),
    processor_seconds: rounded(processor / 1000),
    processor_microseconds_per_row: rounded((1000 * processor) / rows),
    peak_rss_mib: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

/** 20 columns of numbers and 10 of ten kinds each, and a label that follows some of them. */
function madeRecords(
  rows: number,
  model: TrainPlanInput['model'],
): { table: Table; plan: TrainPlan } {
  const next = draws();
  const kinds = Array.from({ length: 10 }, (_, k) => `kind ${k}`);
  const columns: Column[] = [];
  for (let c = 0; c < 20; c++) {
    const values = Float64Array.from({ length: rows }, () => next(10_000) / 100);
    columns.push({ name: `number ${c}`, type: 'real', values });
  }
  for (let c = 0; c < 10; c++) {
    const codes = Int32Array.from({ length: rows }, () => next(kinds.length));
    columns.push({ name: `category ${c}`, type: 'category', codes, dictionary: kinds });
  }
  const { values } = columns[0] as { values: Float64Array };
  const { codes } = columns[20] as { codes: Int32Array };
  const labels = codes.map((code, row) => Number(values[row]! + 5 * code + next(100) > 120));
  columns.push({ name: 'label', type: 'category', codes: labels, dictionary: ['no', 'yes'] });
  const named = (part: 'values' | 'codes'): string[] =>
    columns.filter((column) => part in column && column.name !== 'label').map(({ name }) => name);
  const plan = trainPlan.parse({
    label: 'label',
    labels: ['no', 'yes'],
    positive: 'yes',
    bounds: Object.fromEntries(named('values').map((name) => [name, [0, 100]])),
    categories: Object.fromEntries(named('codes').map((name) => [name, kinds])),
    model,
    privacy: { epsilon: 1, delta: 1e-7 },
  } satisfies TrainPlanInput);
  return { table: { rows, columns }, plan };
}

/** Whole numbers below a bound, the same in every run (Lehmer's generator). */
function draws(): (below: number) => number {
  let state = 20_251;
  return (below) => (state = (state * 48_271) % 2_147_483_647) % below;
}
