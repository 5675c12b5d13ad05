import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { trainPlan, type TrainPlan, type TrainPlanInput } from '../main/contract/train.ts';
import { vectorsForPlan, type TextVectors } from '../main/learning/encoder/text-vectors.ts';
import { layeredKind } from '../main/learning/layered-kind.ts';
import { shuffled } from '../main/learning/seeded.ts';
import { headKnobs, type HeadKnobs } from '../main/learning/text-settings.ts';
import { trainModel } from '../main/learning/train.ts';
import { systemRandom } from '../main/privacy/random.ts';
import { cellTexts } from '../main/records/cell-text.ts';
import type { CodedColumn, Table } from '../main/records/table.ts';
import { takeRows } from '../main/records/shape.ts';
import { spread } from './spread.ts';
import { readTextSet, type SplitTexts, type TextSetName } from './text-sets.ts';

const FOLDS = 5;
const EPSILON = 3;
const DELTA = 1e-5;
const FILE = resolve('bench', 'text-choose.json');

type Change = Partial<HeadKnobs> & { readonly statisticsShare?: number };

/** Where the search begins; of these one is changed at a time. */
const BEGINNING: Change = { clippedAt: 0.2, noise: 0.7, countsShare: 0.65 };

/** What is tried in its place. */
const PRIVATE: Readonly<Record<string, Change>> = {
  'to begin with': {},
  'clipped at .35': { clippedAt: 0.35 },
  'noise .5': { noise: 0.5 },
  'noise 1': { noise: 1 },
};
const PRIVATE_FUSED: Readonly<Record<string, Change>> = {
  'counts .5': { countsShare: 0.5 },
  'counts .8': { countsShare: 0.8 },
  'centre for .15': { statisticsShare: 0.15 },
};
const PLAIN: Readonly<Record<string, Change>> = {
  'to begin with': {},
  'four times as long': { long: 16_000 },
};

interface Tried {
  readonly model: TrainPlanInput['model'];
  /** Tried besides with a guarantee. */
  readonly more?: typeof PRIVATE;
}

const KINDS: Readonly<Record<string, Tried>> = {
  bag: { model: { kind: 'bag' } },
  'vectors alone': { model: { kind: 'encoder-head', counts: false } },
  'counts beside vectors': { model: { kind: 'encoder-head' }, more: PRIVATE_FUSED },
};
const SETS = ['symptom2disease', 'medical-abstracts'] as const satisfies readonly TextSetName[];

type Figures = Readonly<Record<string, ReturnType<typeof spread>>>;
type Found = Record<string, Record<string, Figures>>;

/**
 * The choice of settings for heads on texts: cross-validation on the training rows of the first draw of
 * each set, whose test part is in no fold; accuracy, mean and deviation over the folds, with fresh noise
 * in each.
 *
 * @param runs drawings of noise in each fold
 * @param only `SET:KIND`, `SET` or `:KIND` with semicolons between; others are kept from bench/text-choose.json
 */
export async function benchTextChoose(_rows?: number, runs = 1, only?: string): Promise<object> {
  const parts = only?.split(';').map((part) => part.split(':'));
  const kept =
    parts !== undefined && existsSync(FILE)
      ? (JSON.parse(readFileSync(FILE, 'utf8')) as { found: Found }).found
      : {};
  const found: Found = {};
  for (const set of SETS) {
    const asked = (kind: string): boolean =>
      parts?.some(([s, k]) => (!s || s === set) && (!k || k === kind)) ?? true;
    found[set] = { ...kept[set] } as Record<string, Figures>;
    for (const kind of Object.keys(KINDS).filter(asked)) {
      found[set][kind] = await choicesOf(set, KINDS[kind]!, runs);
    }
  }
  return { folds: FOLDS, runs, delta: DELTA, draw: 1, found };
}

async function choicesOf(
  set: TextSetName,
  { model, more = {} }: Tried,
  runs: number,
): Promise<Figures> {
  const folds = trainingFolds(await readTextSet(set, 1));
  const vectors = model.kind === 'encoder-head' ? await vectorsOf(set, folds[0]!) : undefined;
  const figures: Record<string, ReturnType<typeof spread>> = {};
  const take = async (tried: typeof PRIVATE, epsilon: number | null): Promise<void> => {
    for (const [name, change] of Object.entries(tried)) {
      figures[`${epsilon === null ? 'plain' : `epsilon ${epsilon}`}: ${name}`] =
        await crossValidated(folds, vectors, runs, (fold) => ({
          plan: planOf(fold, model, epsilon, change),
          change,
        }));
    }
  };
  await take(PLAIN, null);
  await take({ ...PRIVATE, ...more }, EPSILON);
  return figures;
}

/** Of sets that were read by the encoder: both of its kinds take the same. */
const READ = new Map<TextSetName, TextVectors>();

async function vectorsOf(set: TextSetName, fold: SplitTexts): Promise<TextVectors> {
  const plan = planOf(fold, { kind: 'encoder-head' }, null);
  const vectors = READ.get(set) ?? (await vectorsForPlan(fold.table, plan, {}));
  READ.set(set, vectors);
  return vectors;
}

async function crossValidated(
  folds: readonly SplitTexts[],
  vectors: TextVectors | undefined,
  runs: number,
  asked: (fold: SplitTexts) => { readonly plan: TrainPlan; readonly change: Change },
): Promise<ReturnType<typeof spread>> {
  const accuracies: number[] = [];
  for (let run = 0; run < runs; run++) {
    for (const [place, fold] of folds.entries()) {
      const { plan, change } = asked(fold);
      const knobs = { ...headKnobs(plan), ...BEGINNING, ...change };
      const name = plan.model.kind === 'bag' ? 'word-counts' : 'encoder-head';
      const kind = layeredKind(plan, name, knobs);
      const initSeed = run * FOLDS + place + 1;
      const random = systemRandom();
      const { result } = await trainModel(fold.table, plan, { random, initSeed, vectors, kind });
      accuracies.push(result.metrics.test.accuracy ?? NaN);
    }
  }
  return spread(accuracies);
}

/** The training rows alone, once for each fold, which stands in for the test part. */
function trainingFolds(set: SplitTexts): SplitTexts[] {
  const isTest = new Set(set.test);
  const all = Int32Array.from({ length: set.table.rows }, (_, row) => row);
  const own = shuffled(
    all.filter((row) => !isTest.has(row)),
    1,
  );
  const training = takeRows(set.table, own);
  return Array.from({ length: FOLDS }, (_, fold) => {
    const part: CodedColumn = {
      ...{ name: 'part', type: 'category', dictionary: ['train', 'test'] },
      codes: Int32Array.from(own, (_row, place) => (place % FOLDS === fold ? 1 : 0)),
    };
    const columns = training.columns.map((column) => (column.name === 'part' ? part : column));
    return { ...set, table: { ...training, columns } };
  });
}

function planOf(
  { table, text, label }: SplitTexts,
  model: TrainPlanInput['model'],
  epsilon: number | null,
  { statisticsShare }: Change = {},
): TrainPlan {
  return trainPlan.parse({
    ...{ label, labels: valuesOf(table, label), text, split: { column: 'part' }, model },
    privacy: epsilon === null ? null : { epsilon, delta: DELTA },
    ...(statisticsShare === undefined ? {} : { statistics: { share: statisticsShare } }),
  });
}

/** The names of the classes are public. */
function valuesOf(table: Table, label: string): string[] {
  const cell = cellTexts(table.columns.find(({ name }) => name === label)!);
  return [...new Set(Array.from({ length: table.rows }, (_, row) => cell(row)))].sort();
}
