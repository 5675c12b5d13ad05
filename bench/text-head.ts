import { trainPlan } from '../main/contract/train.ts';
import { vectorsForPlan, type TextVectors } from '../main/learning/encoder/text-vectors.ts';
import { trainModel } from '../main/learning/train.ts';
import { systemRandom } from '../main/privacy/random.ts';
import { cellTexts } from '../main/records/cell-text.ts';
import { spread } from './spread.ts';
import { readTextSet, type SplitTexts } from './text-sets.ts';

const DELTA = 1e-5;
const EPSILONS = [null, 8, 3, 1] as const;
const SETS = ['symptom2disease', 'medical-abstracts'] as const;

interface HeadFigures {
  /** On the test part, over the runs. */
  readonly accuracy: ReturnType<typeof spread>;
  readonly macro_f1: ReturnType<typeof spread>;
  /** Of the training alone, without the encoding. */
  readonly seconds: number;
}

/**
 * A head on the frozen encoder at the usual settings, on English texts without their duplicates: a
 * quarter is the test part, drawn anew for each run.
 */
export async function benchTextHead(_rows?: number, runs = 5): Promise<object> {
  const found: Record<string, object> = {};
  for (const name of SETS) {
    const sets = [];
    for (let seed = 1; seed <= runs; seed++) sets.push(await readTextSet(name, seed));
    const started = performance.now();
    const vectors = await vectorsForPlan(sets[0]!.table, planOf(sets[0]!, null), {});
    const encoding = Math.round((performance.now() - started) / 1000);
    const figures: Record<string, HeadFigures> = {};
    for (const epsilon of EPSILONS) {
      figures[epsilon ?? 'plain'] = await figuresOf(sets, vectors, epsilon);
    }
    const { table, test, removed } = sets[0]!;
    const rows = { train: table.rows - test.length, test: test.length };
    found[name] = { rows, removed, seconds_of_encoding: encoding, ...figures };
  }
  return { runs, delta: DELTA, sets: found };
}

async function figuresOf(
  sets: readonly SplitTexts[],
  vectors: TextVectors,
  epsilon: number | null,
): Promise<HeadFigures> {
  const trained = [];
  for (const [place, set] of sets.entries()) {
    const options = { random: systemRandom(), initSeed: place + 1, vectors };
    trained.push((await trainModel(set.table, planOf(set, epsilon), options)).result);
  }
  const seconds = trained.reduce((sum, result) => sum + result.seconds, 0) / trained.length;
  return {
    accuracy: spread(trained.map(({ metrics }) => metrics.test.accuracy ?? NaN)),
    macro_f1: spread(trained.map(({ metrics }) => metrics.test.macro_f1 ?? NaN)),
    seconds: Math.round(10 * seconds) / 10,
  };
}

function planOf({ table, text, label }: SplitTexts, epsilon: number | null) {
  return trainPlan.parse({
    ...{ label, labels: valuesOf(table, label), text, split: { column: 'part' } },
    model: { kind: 'encoder-head' },
    privacy: epsilon === null ? null : { epsilon, delta: DELTA },
  });
}

/** The names of the classes are public. */
function valuesOf(table: SplitTexts['table'], label: string): string[] {
  const cell = cellTexts(table.columns.find(({ name }) => name === label)!);
  return [...new Set(Array.from({ length: table.rows }, (_, row) => cell(row)))].sort();
}
