import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Tune } from '../main/contract/text-models.ts';
import { trainPlan } from '../main/contract/train.ts';
import { trainModel } from '../main/learning/train.ts';
import { systemRandom } from '../main/privacy/random.ts';
import { cellTexts } from '../main/records/cell-text.ts';
import { spread } from './spread.ts';
import { readTextSet, type SplitTexts } from './text-sets.ts';

const DELTA = 1e-5;
/** What is trained with the head; `head` is what the others are to be compared with. */
const WAYS = ['head', 'biases', 'low-rank', 'all'] as const satisfies readonly Tune[];
const EPSILONS = ['plain', 8, 3, 1] as const;

interface TuningFigures {
  readonly runs: number;
  readonly parameters: number;
  /** On the test part, over the runs. */
  readonly accuracy: ReturnType<typeof spread>;
  readonly macro_f1: ReturnType<typeof spread>;
  readonly seconds: number;
}

/** Per way and epsilon. */
type Tuned = Readonly<Record<string, Readonly<Record<string, TuningFigures>>>>;

/** Where the figures of other parts stand, which a run of some parts keeps. */
const FILE = resolve('bench', 'text-tuning.json');

/**
 * Training on the encoder itself beside its head alone, at the usual settings, on symptom2disease without
 * its duplicates: a quarter is the test part, drawn anew for each run.
 *
 * @param only parts that are measured, `WAY:EPSILON`, `WAY` or `:EPSILON` with semicolons between, the
 *   epsilon `plain` or a number; the others are those of bench/text-tuning.json. All where it is left out.
 */
export async function benchTextTuning(_rows?: number, runs = 3, only?: string): Promise<object> {
  const parts = only?.split(';').map((part) => part.split(':'));
  const isAsked = (way: string, epsilon: string): boolean =>
    parts?.some(([w, e]) => (!w || w === way) && (!e || e === epsilon)) ?? true;
  const before = parts !== undefined && existsSync(FILE) ? earlier() : {};
  const sets = [];
  for (let seed = 1; seed <= runs; seed++) sets.push(await readTextSet('symptom2disease', seed));
  const found: Record<string, Record<string, TuningFigures>> = {};
  for (const tune of WAYS) {
    const figures: Record<string, TuningFigures> = {};
    for (const epsilon of EPSILONS) {
      const kept = before[tune]?.[epsilon];
      if (isAsked(tune, `${epsilon}`)) {
        figures[epsilon] = await figuresOf(sets, tune, epsilon === 'plain' ? null : epsilon);
      } else if (kept !== undefined) figures[epsilon] = kept;
    }
    found[tune] = figures;
  }
  return { set: 'symptom2disease', delta: DELTA, tuned: found };
}

function earlier(): Tuned {
  return (JSON.parse(readFileSync(FILE, 'utf8')) as { readonly tuned: Tuned }).tuned;
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
      // Counts of words, which a head alone has beside it, are no part of the comparison.
      model: { kind: 'encoder-head', tune, ...(tune === 'head' && { counts: false }) },
      privacy: epsilon === null ? null : { epsilon, delta: DELTA },
    });
    const { result } = await trainModel(table, plan, {
      random: systemRandom(),
      initSeed: place + 1,
    });
    trained.push(result);
  }
  return {
    runs: sets.length,
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
