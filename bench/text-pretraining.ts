import type { TrainPlanInput } from '../main/contract/train.ts';
import { trainPlan } from '../main/contract/train.ts';
import { shuffled } from '../main/learning/seeded.ts';
import { textCells } from '../main/learning/text/token-rows.ts';
import { trainModel } from '../main/learning/train.ts';
import { systemRandom } from '../main/privacy/random.ts';
import { cellTexts } from '../main/records/cell-text.ts';
import { takeRows } from '../main/records/shape.ts';
import { spread } from './spread.ts';
import { readTextSet, type SplitTexts, type TextSetName } from './text-sets.ts';

const DELTA = 1e-5;
const EPSILON = 8;
/** Share of the training texts that keep their label; the others are taken for public text. */
const LABELLED = 0.1;
/** Training texts of a set at most, so that all of it takes minutes. */
const MOST = 1000;
const LENGTH = 32;
/** Small models, short texts and few passes: what is compared is with and without. */
const MODELS = [
  { kind: 'bag', embedding: 32 },
  { kind: 'attention', width: 32, heads: 2, layers: 1 },
] as const;
const PRIVATE_EPOCHS = 20;

const SETS = [
  ['medical-abstracts', 'words'],
  ['zh-internal-medicine', 'characters'],
] as const satisfies readonly (readonly [TextSetName, string])[];

interface PretrainingFigures {
  /** On the test part, over the runs. */
  readonly accuracy: ReturnType<typeof spread>;
  readonly macro_f1: ReturnType<typeof spread>;
  readonly seconds: number;
}

/**
 * What pre-training brings: to plain training on a tenth of the labels with the other texts as if public,
 * and to private training on all of the labels with a pre-training on the same records, within one
 * epsilon. The test part and the labels that are kept are drawn anew for each run.
 */
export async function benchTextPretraining(rows = MOST, runs = 3): Promise<object> {
  const found: Record<string, object> = {};
  for (const [name, tokens] of SETS) found[name] = await figuresOfSet(name, tokens, rows, runs);
  const sizes = { training_texts_at_most: rows, length: LENGTH, labelled: LABELLED };
  return { runs, ...sizes, private_epochs: PRIVATE_EPOCHS, delta: DELTA, found };
}

async function figuresOfSet(
  name: TextSetName,
  tokens: (typeof SETS)[number][1],
  rows: number,
  runs: number,
): Promise<object> {
  const cuts = [];
  for (let seed = 1; seed <= runs; seed++) {
    cuts.push(cut(await readTextSet(name, seed), rows, seed));
  }
  const found: Record<string, Record<string, PretrainingFigures>> = {};
  for (const widths of MODELS) {
    const model = { ...widths, tokens, length: LENGTH };
    found[model.kind] = {
      'plain, a tenth of the labels': await figuresOf(cuts, model, null),
      'the same, pre-trained on the other texts': await figuresOf(cuts, model, 'public'),
      'epsilon 8, all labels': await figuresOf(cuts, model, EPSILON),
      'the same, pre-trained on the records': await figuresOf(cuts, model, 'records'),
    };
  }
  return found;
}

interface Cut {
  readonly set: SplitTexts;
  /** Rows of the training part that have a label, all of them, and those of the test part. */
  readonly labelled: Int32Array;
  readonly train: Int32Array;
  readonly publicText: readonly string[];
  readonly seed: number;
}

function cut(set: SplitTexts, most: number, seed: number): Cut {
  const isTest = new Set(set.test);
  const all = Int32Array.from({ length: set.table.rows }, (_, row) => row);
  const train = shuffled(
    all.filter((row) => !isTest.has(row)),
    seed,
  ).subarray(0, most);
  const labelled = train.subarray(0, Math.round(LABELLED * train.length));
  const cells = textCells(set.table, set.text, []);
  const rest = train.subarray(labelled.length);
  const publicText = Array.from(rest, (row) => cells.map((cell) => cell(row)).join('\n'));
  return { set, labelled, train, publicText, seed };
}

type Way = null | 'public' | number | 'records';

async function figuresOf(
  cuts: readonly Cut[],
  model: Extract<TrainPlanInput['model'], { length?: number | undefined }>,
  way: Way,
): Promise<PretrainingFigures> {
  const isPlain = way === null || way === 'public';
  const results = [];
  for (const { set, labelled, train, publicText, seed } of cuts) {
    const { label, text } = set;
    const rows = Int32Array.from([...(isPlain ? labelled : train), ...set.test]).sort();
    const pretrain =
      way === 'public' || way === 'records'
        ? { pretrain: { on: way, ...(isPlain ? {} : { epochs: PRIVATE_EPOCHS / 2 }) } }
        : {};
    const plan = trainPlan.parse({
      ...{ label, labels: valuesOf(set), text: [...text], split: { column: 'part' } },
      model: { ...model, vocabulary: 'public', ...pretrain },
      ...(isPlain ? {} : { epochs: PRIVATE_EPOCHS }),
      privacy: isPlain ? null : { epsilon: EPSILON, delta: DELTA },
    });
    const trained = await trainModel(takeRows(set.table, rows), plan, {
      random: systemRandom(),
      ...(way === 'public' ? { publicText } : {}),
      initSeed: seed,
    });
    results.push(trained.result);
  }
  return {
    accuracy: spread(results.map(({ metrics }) => metrics.test.accuracy ?? NaN)),
    macro_f1: spread(results.map(({ metrics }) => metrics.test.macro_f1 ?? NaN)),
    seconds: Math.round(results.reduce((sum, { seconds }) => sum + seconds, 0) / results.length),
  };
}

/** The names of the classes are public. */
function valuesOf({ table, label }: SplitTexts): string[] {
  const cell = cellTexts(table.columns.find(({ name }) => name === label)!);
  return [...new Set(Array.from({ length: table.rows }, (_, row) => cell(row)))].sort();
}
