import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { trainPlan, type TrainPlanInput } from '../main/contract/train.ts';
import { vectorsForPlan, type TextVectors } from '../main/learning/encoder/text-vectors.ts';
import { trainModel } from '../main/learning/train.ts';
import { systemRandom } from '../main/privacy/random.ts';
import { cellTexts } from '../main/records/cell-text.ts';
import { spread } from './spread.ts';
import { readTextSet, type SplitTexts, type TextSetName } from './text-sets.ts';

const DELTA = 1e-5;
const EPSILONS = [null, 8, 3, 1] as const;

/** A way to train, as its plan says it, and how many times it is trained. */
interface Way {
  readonly model: TrainPlanInput['model'];
  readonly runs: number;
}

/**
 * All at their defaults but for the vectors of a bag, which are none by default, and an encoder's, which
 * have counts beside them by default. Quick ones are trained with five seeds, slow ones with fewer.
 */
const WAYS: Readonly<Record<string, Way>> = {
  bag: { model: { kind: 'bag' }, runs: 5 },
  'encoder-head': { model: { kind: 'encoder-head' }, runs: 5 },
  'vectors alone': { model: { kind: 'encoder-head', counts: false }, runs: 5 },
  'bag of vectors': { model: { kind: 'bag', embedding: 100 }, runs: 2 },
  recurrent: { model: { kind: 'recurrent' }, runs: 2 },
  attention: { model: { kind: 'attention' }, runs: 2 },
};

/** What is read: a set, and in place of its columns of text others. */
interface Reading {
  readonly set: TextSetName;
  readonly text?: readonly string[];
}

const READINGS: Readonly<Record<string, Reading>> = {
  'medical-abstracts': { set: 'medical-abstracts' },
  symptom2disease: { set: 'symptom2disease' },
  'zh-internal-medicine': { set: 'zh-internal-medicine' },
  'zh-internal-medicine, ask alone': { set: 'zh-internal-medicine', text: ['ask'] },
};

type Spread = ReturnType<typeof spread>;

interface Figures {
  /** On the test part, over the runs. */
  readonly accuracy: Spread;
  readonly macro_f1: Spread;
  /** Of a training, the encoding of texts by a frozen encoder left out. */
  readonly seconds: number;
}

interface Found {
  readonly runs: number;
  readonly plan: TrainPlanInput['model'];
  readonly plain?: Figures;
  readonly 'epsilon 8'?: Figures;
  readonly 'epsilon 3'?: Figures;
  readonly 'epsilon 1'?: Figures;
}

interface SetFigures {
  readonly rows: { readonly train: number; readonly test: number };
  readonly removed: SplitTexts['removed'];
  readonly classes: number;
  /** Share of the test part of the class that most of it has; the same for every class is macro_f1. */
  readonly most_common: Spread;
  readonly found: Readonly<Record<string, Found>>;
}

interface Tables {
  readonly delta: number;
  readonly sets: Readonly<Record<string, SetFigures>>;
}

/** Where the figures of other parts stand, which a run of some parts keeps. */
const FILE = resolve('bench', 'text-tables.json');

/**
 * Models of text on the sets of texts, plainly and at three budgets: each way of training at its
 * defaults, a quarter of the texts for the test, drawn anew for each run.
 *
 * @param runs of every way, in place of its usual number
 * @param only parts that are measured, `SET:WAY:EPSILON` with semicolons between, each of the three left
 *   out where all are meant, the epsilon `plain` or a number; the others are those of
 *   bench/text-tables.json. All are measured where it is left out.
 */
export async function benchTextTables(
  _rows?: number,
  runs?: number,
  only?: string,
): Promise<Tables> {
  const parts = only?.split(';').map((part) => part.split(':'));
  const isAsked = (set: string, way: string, epsilon: number | null): boolean =>
    parts?.some(
      ([s, w, e]) =>
        (!s || s === set) && (!w || w === way) && (!e || e === `${epsilon ?? 'plain'}`),
    ) ?? true;
  const before = parts !== undefined && existsSync(FILE) ? earlier() : {};
  const sets: Record<string, SetFigures> = {};
  for (const [name, reading] of Object.entries(READINGS)) {
    const found: Record<string, Found> = {};
    for (const [way, { model, runs: usual }] of Object.entries(WAYS)) {
      const kept = before[name]?.found[way];
      const asked = EPSILONS.filter((epsilon) => isAsked(name, way, epsilon));
      if (asked.length > 0 && reads(way, reading)) {
        const measured = await figuresOf(reading, model, runs ?? usual, asked);
        // Figures of other epsilons stay where they are means over as many runs.
        const count = runs ?? usual;
        const others = kept?.runs === count ? kept : {};
        found[way] = { runs: count, plan: model, ...inOrder({ ...others, ...measured }) };
      } else if (kept !== undefined) found[way] = kept;
    }
    // They do not change with the ways to train.
    const facts = before[name] ?? (await factsOf(reading));
    sets[name] = { ...facts, found };
  }
  return { delta: DELTA, sets };
}

type Measured = Readonly<Record<string, Figures>>;

const nameOf = (epsilon: number | null): string =>
  epsilon === null ? 'plain' : `epsilon ${epsilon}`;

/** Figures from plain to the least epsilon, whichever of them were measured first. */
function inOrder(figures: object): Measured {
  const all = figures as Measured;
  const names = EPSILONS.map(nameOf).filter((name) => all[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, all[name]!]));
}

/** The encoder that comes with the program knows English. */
function reads(way: string, { set }: Reading): boolean {
  const isEncoded = WAYS[way]?.model.kind === 'encoder-head';
  return !isEncoded || set !== 'zh-internal-medicine';
}

function earlier(): Tables['sets'] {
  return (JSON.parse(readFileSync(FILE, 'utf8')) as Tables).sets;
}

async function factsOf({ set }: Reading): Promise<Omit<SetFigures, 'found'>> {
  const { table, test, label, removed } = await readTextSet(set, 1);
  const shares = [];
  for (let seed = 1; seed <= 5; seed++) {
    const split = await readTextSet(set, seed);
    const cell = cellTexts(split.table.columns.find(({ name }) => name === label)!);
    const counts = new Map<string, number>();
    for (const row of split.test) counts.set(cell(row), (counts.get(cell(row)) ?? 0) + 1);
    shares.push(Math.max(...counts.values()) / split.test.length);
  }
  return {
    rows: { train: table.rows - test.length, test: test.length },
    removed,
    classes: valuesOf(table, label).length,
    most_common: spread(shares),
  };
}

async function figuresOf(
  { set, text }: Reading,
  model: TrainPlanInput['model'],
  runs: number,
  epsilons: readonly (number | null)[],
): Promise<Measured> {
  const splits: SplitTexts[] = [];
  for (let seed = 1; seed <= runs; seed++) {
    const split = await readTextSet(set, seed);
    splits.push({ ...split, text: text ?? split.text });
  }
  const vectors =
    model.kind === 'encoder-head' && (model.tune ?? 'head') === 'head'
      ? await vectorsForPlan(splits[0]!.table, planOf(splits[0]!, model, null), {})
      : undefined;
  const found: Record<string, Figures> = {};
  for (const epsilon of epsilons) {
    found[nameOf(epsilon)] = await figuresAt(splits, model, epsilon, vectors);
  }
  return found;
}

async function figuresAt(
  splits: readonly SplitTexts[],
  model: TrainPlanInput['model'],
  epsilon: number | null,
  vectors: TextVectors | undefined,
): Promise<Figures> {
  const trained = [];
  for (const [place, split] of splits.entries()) {
    const options = { random: systemRandom(), initSeed: place + 1, vectors };
    const { result } = await trainModel(split.table, planOf(split, model, epsilon), options);
    trained.push(result);
  }
  const seconds = trained.reduce((sum, result) => sum + result.seconds, 0) / trained.length;
  return {
    accuracy: spread(trained.map(({ metrics }) => metrics.test.accuracy ?? NaN)),
    macro_f1: spread(trained.map(({ metrics }) => metrics.test.macro_f1 ?? NaN)),
    seconds: Math.round(10 * seconds) / 10,
  };
}

function planOf(
  { table, text, label }: SplitTexts,
  model: TrainPlanInput['model'],
  epsilon: number | null,
) {
  return trainPlan.parse({
    ...{ label, labels: valuesOf(table, label), text, split: { column: 'part' }, model },
    privacy: epsilon === null ? null : { epsilon, delta: DELTA },
  });
}

/** The names of the classes are public. */
function valuesOf(table: SplitTexts['table'], label: string): string[] {
  const cell = cellTexts(table.columns.find(({ name }) => name === label)!);
  return [...new Set(Array.from({ length: table.rows }, (_, row) => cell(row)))].sort();
}
