import { createReadStream, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { trainPlan } from '../main/contract/train.ts';
import { scoreTable } from '../main/learning/predict.ts';
import { trainModel, type Trained } from '../main/learning/train.ts';
import { systemRandom } from '../main/privacy/random.ts';
import { readCsv } from '../main/records/csv-reader.ts';
import { takeRows } from '../main/records/shape.ts';

/** The reference data stands beside the checkout, from which benches are started. */
const ADULT = resolve('..', 'shared', 'data', 'tabular', 'adult', 'adult.csv');
const PLAN = resolve('test', 'plans', 'adult-boosting.json');
const EPSILONS = [0.5, 1, 3, null] as const;
const SCORED = 1_000_000;

/**
 * What boosting reaches on Adult's official split with the settings as they are (nothing is chosen
 * here; see boosting.ts), how long a training takes, and how many rows are scored in a second.
 */
export async function benchBoostingAdult(scored = SCORED, runs = 20): Promise<object> {
  const { table } = await readCsv(() => createReadStream(ADULT));
  const plan = trainPlan.parse(JSON.parse(readFileSync(PLAN, 'utf8')));
  const found: Record<string, object> = {};
  let last: Trained | null = null;
  for (const epsilon of EPSILONS) {
    const privacy = epsilon === null ? null : { epsilon, delta: 1e-5 };
    const trained: Trained[] = [];
    const processor: number[] = [];
    for (let run = 0; run < (epsilon === null ? 3 : runs); run++) {
      const before = process.cpuUsage();
      trained.push(await trainModel(table, { ...plan, privacy }, { random: systemRandom() }));
      processor.push(process.cpuUsage(before).user / 1e6);
    }
    last = trained.at(-1) ?? null;
    found[epsilon === null ? 'plain' : `epsilon ${epsilon}`] = {
      runs: trained.length,
      epsilon: last?.result.privacy?.epsilon ?? null,
      accuracy: spread(trained.map(({ result }) => result.metrics.test.accuracy ?? NaN)),
      auc: spread(trained.map(({ result }) => result.metrics.test.auc ?? NaN)),
      seconds: median(trained.map(({ result }) => result.seconds)),
      processor_seconds: median(processor),
    };
  }
  const rows = Int32Array.from({ length: scored }, (_, row) => row % table.rows);
  const many = takeRows(table, rows);
  const times: number[] = [];
  const processor: number[] = [];
  for (let run = 0; run < 5 && last !== null; run++) {
    const started = performance.now();
    const before = process.cpuUsage();
    await scoreTable(last.model, many);
    times.push((performance.now() - started) / 1000);
    processor.push(process.cpuUsage(before).user / 1e6);
  }
  return {
    found,
    scoring: {
      rows: scored,
      rows_per_second: Math.round(scored / median(times)),
      rows_per_processor_second: Math.round(scored / median(processor)),
    },
  };
}

function spread(values: readonly number[]): { mean: number; deviation: number; least: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / Math.max(1, values.length - 1));
  const rounded = (value: number): number => Number(value.toFixed(5));
  return {
    mean: rounded(mean),
    deviation: rounded(deviation),
    least: rounded(Math.min(...values)),
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}
