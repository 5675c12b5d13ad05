import { createReadStream, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { trainPlan, type TrainPlan } from '../main/contract/train.ts';
import { boostingKind } from '../main/learning/boosting/kind.ts';
import { LEVELS, type BoostingSettings } from '../main/learning/boosting/settings.ts';
import { featureColumns } from '../main/learning/features.ts';
import { targetsOf } from '../main/learning/labels.ts';
import { plainFacts, privateFacts } from '../main/learning/material.ts';
import { testMetrics } from '../main/learning/metrics.ts';
import { MODEL_FORMAT, MODEL_VERSION, sealModel } from '../main/learning/model.ts';
import { Pace } from '../main/learning/pace.ts';
import { scoreTable } from '../main/learning/predict.ts';
import { shuffled } from '../main/learning/seeded.ts';
import { publicCountOf } from '../main/learning/settings.ts';
import type { Split } from '../main/learning/split.ts';
import { systemRandom } from '../main/privacy/random.ts';
import { cellTexts } from '../main/records/cell-text.ts';
import { readCsv } from '../main/records/csv-reader.ts';
import { columnOf } from '../main/records/shape.ts';
import type { Table } from '../main/records/table.ts';

/** The reference data stands beside the checkout, from which benches are started. */
const ADULT = resolve('..', 'shared', 'data', 'tabular', 'adult', 'adult.csv');
const PLAN = resolve('test', 'plans', 'adult-boosting.json');
export const FOLDS = 5;
const EPSILONS = [0.5, 1, 3] as const;

const [FINE, USUAL, COARSE] = LEVELS.map(({ settings }) => settings) as [
  BoostingSettings,
  BoostingSettings,
  BoostingSettings,
];

const pairsOn = (pairs: Partial<BoostingSettings['pairs']>): BoostingSettings => ({
  ...USUAL,
  pairs: { ...USUAL.pairs, ...pairs },
});

/** The three levels, and one change at a time to the middle one. */
const TRIED: Readonly<Record<string, BoostingSettings>> = {
  fine: FINE,
  usual: USUAL,
  coarse: COARSE,
  'noise part 1': { ...USUAL, noisePart: 1 },
  'sample part 0.5': { ...USUAL, samplePart: 0.5 },
  'noise part 1, sample part 0.5': { ...USUAL, noisePart: 1, samplePart: 0.5 },
  'curvature 0.8': { ...USUAL, curvature: 0.8 },
  'cycles 8': { ...USUAL, cycles: 8 },
  'memory 0.9': { ...USUAL, memory: 0.9 },
  'counts 0.04': { ...USUAL, countShare: 0.04 },
  unbalanced: { ...USUAL, balanced: false, curvature: 0.75 },
  '3 pairs': pairsOn({ usual: 3 }),
  '3 pairs, a tenth': pairsOn({ usual: 3, share: 0.1 }),
};

export interface Figures {
  readonly accuracy: number;
  readonly auc: number;
  readonly loss: number;
}

/**
 * The search by which the settings of private boosting were chosen: five-fold cross-validation on Adult's
 * training rows (`split` = train) alone. The rows of its test part are in no fold. Each setting is
 * tried in every fold with fresh noise, `runs` times over, on `rows` of those rows (by default all).
 */
export async function benchBoosting(rows?: number, runs = 2): Promise<object> {
  const { table } = await readCsv(() => createReadStream(ADULT));
  const plan = trainPlan.parse(JSON.parse(readFileSync(PLAN, 'utf8')));
  const folds = foldsOf(table, rows);
  const found: Record<string, Record<string, Figures>> = {};
  for (const epsilon of EPSILONS) {
    const privacy = { epsilon, delta: 1e-5 };
    const at: Record<string, Figures> = {};
    for (const [name, settings] of Object.entries(TRIED)) {
      at[name] = await crossValidated(table, folds, { ...plan, privacy }, settings, runs);
    }
    found[`epsilon ${epsilon}`] = at;
  }
  return { folds: FOLDS, runs, found };
}

/** Adult's training rows, or so many of them, in folds. */
export function foldsOf(table: Table, most?: number): Split[] {
  const part = cellTexts(columnOf(table, 'split'));
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
  const order = shuffled(
    rows.filter((row) => part(row) === 'train'),
    1,
  ).slice(0, most);
  return Array.from({ length: FOLDS }, (_, fold) => ({
    train: order.filter((_row, place) => place % FOLDS !== fold),
    test: order.filter((_row, place) => place % FOLDS === fold),
    validation: new Int32Array(0),
    neither: 0,
  }));
}

/** Means over the folds, each with fresh noise `runs` times over. */
export async function crossValidated(
  table: Table,
  folds: readonly Split[],
  plan: TrainPlan,
  settings: BoostingSettings,
  runs: number,
): Promise<Figures> {
  const sums = { accuracy: 0, auc: 0, loss: 0 };
  for (let run = 0; run < runs; run++) {
    for (const split of folds) {
      const figures = await figuresOf(table, split, plan, settings);
      for (const name of ['accuracy', 'auc', 'loss'] as const) sums[name] += figures[name] ?? 0;
    }
  }
  const trials = runs * folds.length;
  const mean = (sum: number): number => Number((sum / trials).toFixed(5));
  return { accuracy: mean(sums.accuracy), auc: mean(sums.auc), loss: mean(sums.loss) };
}

async function figuresOf(
  table: Table,
  split: Split,
  plan: TrainPlan,
  settings: BoostingSettings,
): Promise<ReturnType<typeof testMetrics>> {
  const kind = boostingKind(plan, settings);
  const { privacy: target } = plan;
  const columns = featureColumns(table, plan).length;
  const count = split.train.length;
  const counts = { columns, count, publicCount: publicCountOf(count) };
  const privacy = target === null ? null : kind.guarantee(target, counts, []).statement;
  const prepared =
    target === null ? plainFacts(table, plan, split) : privateFacts(table, plan, split, []);
  const given = {
    privacy,
    columns,
    random: systemRandom(),
    seed: 1,
    pace: new Pace(undefined, undefined),
  };
  const { content } = await kind.fit({ table, plan, split }, prepared, given);
  const { encoder, labels } = prepared;
  const model = sealModel({
    ...{ format: MODEL_FORMAT, version: MODEL_VERSION, ...content },
    encoder: JSON.parse(JSON.stringify(encoder)) as never,
    labels,
    ...{ threshold: 0.5, privacy, backend: 'javascript' },
  });
  const { scores } = await scoreTable(model, table, { rows: split.test });
  return testMetrics(targetsOf(table, labels, plan.missing, split.test), scores);
}
