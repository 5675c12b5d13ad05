import type { Tune } from '../main/contract/text-models.ts';
import { trainPlan } from '../main/contract/train.ts';
import { trainModel } from '../main/learning/train.ts';
import { systemRandom } from '../main/privacy/random.ts';
import { cellTexts } from '../main/records/cell-text.ts';
import { spread } from './spread.ts';
import { readTextSet, type SplitTexts } from './text-sets.ts';

const DELTA = 1e-5;
/** What is trained with the head, and with which guarantees. */
const WAYS: readonly (readonly [Tune, readonly (number | null)[]])[] = [
  ['biases', [null, 8, 3]],
  ['low-rank', [null, 8, 3]],
];

interface TuningFigures {
  readonly parameters: number;
  /** On the test part, over the runs. */
  readonly accuracy: ReturnType<typeof spread>;
  readonly macro_f1: ReturnType<typeof spread>;
  readonly seconds: number;
}

/**
 * Training on the encoder itself beside its head, at the usual settings, on symptom2disease without its
 * duplicates: a quarter is the test part, drawn anew for each run.
 */
export async function benchTextTuning(_rows?: number, runs = 3): Promise<object> {
  const sets = [];
  for (let seed = 1; seed <= runs; seed++) sets.push(await readTextSet('symptom2disease', seed));
  const found: Record<string, Record<string, TuningFigures>> = {};
  for (const [tune, epsilons] of WAYS) {
    found[tune] = {};
    for (const epsilon of epsilons) {
      found[tune][epsilon ?? 'plain'] = await figuresOf(sets, tune, epsilon);
    }
  }
  return { set: 'symptom2disease', runs, delta: DELTA, tuned: found };
}

async function figuresOf(
  sets: readonly SplitTexts[],
  tune: Tune,
  epsilon: number | null,
): Promise<TuningFigures> {
  const trained = [];
  for (const [place, { table, text, label }] of sets.entries()) {
    const plan = trainPlan.parse({
      ...{ label, labels: valuesOf(table, label), text, split: { column: 'part' } },
      model: { kind: 'encoder-head', tune },
      privacy: epsilon === null ? null : { epsilon, delta: DELTA },
    });
    const { result } = await trainModel(table, plan, {
      random: systemRandom(),
      initSeed: place + 1,
    });
    trained.push(result);
  }
  return {
    parameters: trained[0]!.model.parameters,
    accuracy: spread(trained.map(({ metrics }) => metrics.test.accuracy ?? NaN)),
    macro_f1: spread(trained.map(({ metrics }) => metrics.test.macro_f1 ?? NaN)),
    seconds: Math.round(trained.reduce((sum, { seconds }) => sum + seconds, 0) / trained.length),
  };
}

/** The names of the diseases are public. */
function valuesOf(table: SplitTexts['table'], label: string): string[] {
  const cell = cellTexts(table.columns.find(({ name }) => name === label)!);
  return [...new Set(Array.from({ length: table.rows }, (_, row) => cell(row)))].sort();
}
