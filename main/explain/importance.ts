import type { Importances, ReasonsFound } from '../contract/reasons.ts';
import { personsOf } from '../fairness/clusters.ts';
import { everybody, groupings, type Grouping } from '../fairness/groups.ts';
import { normalQuantile } from '../fairness/normal-quantile.ts';
import { Seeded } from '../fairness/seeded.ts';
import type { VectorOf } from '../learning/encode.ts';
import { encodingWith, vectorsForRows } from '../learning/encoder/text-vectors.ts';
import { targetsOf } from '../learning/labels.ts';
import { othersOf, type TrainedModel } from '../learning/model.ts';
import { Pace } from '../learning/pace.ts';
import { scoreTable, type ScoreOptions } from '../learning/predict.ts';
import { columnOf, takeRows } from '../records/shape.ts';
import type { Column, Table } from '../records/table.ts';
import { explained, textsOf, type Explained } from './texts.ts';
import { gainsOf, meansOf, sidesOf, variancesOf, type Measure } from './gains.ts';

export interface ImportanceOptions extends Pick<ScoreOptions, 'encoders' | 'signal' | 'vectorOf'> {
  /** Columns by whose values people are told apart. */
  readonly groups: readonly string[];
  /** Rows with the same value here are of one person. */
  readonly person?: string | undefined;
  readonly repeats?: number;
  readonly seed?: number;
  readonly minDenominator?: number;
  readonly progress?: (done: number, total: number) => void;
}

type Found = Omit<ReasonsFound, 'shapes' | 'withheld_parts'>;

const LEVEL = 0.95;
const REPEATS = 5;
const LEAST_RECORDS = 10;
/** Rows that are scored in all at most, as far as so few rows are left. */
const MOST_SCORED = 2e7;
const MOST_ROWS = 20_000;
const ENOUGH_ROWS = 2000;
/** A mean of equal numbers may be off by so much: a column that changes nothing has exactly none. */
const ROUNDING = 1e-9;

/**
 * How much worse a model gets when one column is shuffled among the records (permutation importance:
 * Breiman 2001; Fisher, Rudin, Dominici 2019), overall and within each group of people, where a column
 * is shuffled among the records of the group alone. The importance is the mean of some shufflings; its
 * interval is a normal one with the variance over the records (gains.ts) and that over the shufflings.
 * A group of fewer records than `minDenominator` (of an AUC: positives or negatives) has none.
 *
 * @param rows held out of the training
 * @throws REASONS_UNAVAILABLE; as scoreTable, GROUP_INVALID, CANCELLED
 */
export async function importanceOf(
  given: TrainedModel,
  table: Table,
  rows: Int32Array,
  options: ImportanceOptions,
): Promise<Found> {
  const model = explained(given);
  const { repeats = REPEATS, seed = 1, minDenominator = LEAST_RECORDS } = options;
  const random = new Seeded(seed);
  const fields = fieldsOf(model);
  const passes = fields.length * repeats * (1 + options.groups.length);
  const pace = new Pace(options.signal, ({ step, steps }) => options.progress?.(step, steps));
  const judged = await judgedRows(model, table, rows, passes, random, options);
  const measure = measureOf(model);
  const all = [
    everybody(judged.rows.length),
    ...groupings(judged.table, judged.rows, options.groups, false),
  ];
  const persons =
    options.person === undefined ? null : personsOf(judged.table, judged.rows, options.person);
  const rule = { measure, minDenominator, persons: persons?.codes ?? null };
  const made: Importances[][] = [];
  let done = 0;
  for (const grouping of all) {
    const tally = tallyOf(judged, grouping, rule);
    for (const field of fields) {
      const shuffled: Float64Array[] = [];
      for (let repeat = 0; repeat < repeats; repeat++) {
        await pace.beat({ phase: 'testing', step: done++, steps: passes });
        shuffled.push(
          await scoresShuffled(model, judged, field, shuffle(grouping, random), options),
        );
      }
      tally.add(shuffled);
    }
    made.push(tally.found());
  }
  return {
    ...{
      model: model.sha256,
      kind: model.kind,
      measure,
      level: LEVEL,
      repeats,
      seed,
      min_denominator: minDenominator,
    },
    positive: model.labels.target === undefined ? model.labels.values[1] : null,
    ...{ rows: judged.rows.length, persons: persons?.count ?? null },
    ...ranked(fields, made, all.slice(1)),
  };
}

/** The columns that count as one: each by itself, and all texts that are read together. */
function fieldsOf(model: Explained): string[][] {
  const columns = model.encoder.features.map(({ column }) => [column]);
  const texts = textsOf(model);
  return columns.length > 0 && texts.length > 0 ? [...columns, [...texts]] : columns;
}

function measureOf({ labels }: Explained): Measure {
  if (labels.target === 'number') return 'mae';
  return labels.target === undefined ? 'auc' : 'accuracy';
}

/** The rows with a truth and an answer; all of them stand in a table of their own. */
interface Judged {
  readonly table: Table;
  /** 0, 1, 2 ...: groups and persons are read by row. */
  readonly rows: Uint32Array;
  readonly truth: Float64Array;
  readonly scores: Float64Array;
  readonly vectorOf: VectorOf | undefined;
}

async function judgedRows(
  model: Explained,
  table: Table,
  rows: Int32Array,
  passes: number,
  random: Seeded,
  { encoders, signal, vectorOf: given }: ImportanceOptions,
): Promise<Judged> {
  const { labels, encoder } = model;
  const able = Math.floor(MOST_SCORED / Math.max(1, passes));
  const most = Math.min(MOST_ROWS, Math.max(ENOUGH_ROWS, able));
  const own = drawnRows(rows, most, random);
  const drawn = takeRows(table, own);
  const every = Int32Array.from({ length: drawn.rows }, (_, row) => row);
  const how = encodingWith(new Pace(signal, undefined));
  const asked = { missing: encoder.missing, rows: every };
  const vectors: VectorOf | undefined =
    given !== undefined
      ? (row) => given(own[row]!)
      : 'text' in encoder
        ? await vectorsForRows(drawn, encoder.text, asked, how, encoders)
        : undefined;
  const { scores } = await scoreTable(model, drawn, { signal, encoders, vectorOf: vectors });
  const truth = targetsOf(drawn, labels, encoder.missing, every, othersOf(model));
  const width = scores.length / drawn.rows;
  const kept = every.filter(
    (row) => !Number.isNaN(truth[row]!) && !Number.isNaN(scores[row * width]!),
  );
  return {
    table: takeRows(drawn, kept),
    rows: Uint32Array.from(kept.keys()),
    truth: Float64Array.from(kept, (row) => truth[row]!),
    scores: Float64Array.from({ length: kept.length * width }, (_, at) => {
      return scores[kept[Math.floor(at / width)]! * width + (at % width)]!;
    }),
    vectorOf: vectors && ((row) => vectors(kept[row]!)),
  };
}

/** At most so many, in their order. */
function drawnRows(rows: Int32Array, most: number, random: Seeded): Int32Array {
  if (rows.length <= most) return rows;
  const order = rows.slice();
  for (let i = 0; i < most; i++) {
    const j = i + random.below(order.length - i);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order.slice(0, most).sort();
}

/** From which row each row has its cell: rows of a group change places among themselves. */
function shuffle({ codes, names }: Grouping, random: Seeded): Int32Array {
  const members = names.map((): number[] => []);
  codes.forEach((code, row) => members[code]!.push(row));
  const from = new Int32Array(codes.length);
  for (const own of members) {
    const mixed = [...own];
    for (let i = mixed.length - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
    }
    own.forEach((row, place) => (from[row] = mixed[place]!));
  }
  return from;
}

/** A row that has lost all it is known by keeps its own score: it says nothing of the column. */
async function scoresShuffled(
  model: Explained,
  { table, scores: own, vectorOf }: Judged,
  field: readonly string[],
  from: Int32Array,
  { encoders, signal }: ImportanceOptions,
): Promise<Float64Array> {
  const isText = field.join('\n') === textsOf(model).join('\n');
  const columns = table.columns.map((column): Column => {
    if (!field.includes(column.name)) return column;
    return takeRows({ rows: table.rows, columns: [columnOf(table, column.name)] }, from)
      .columns[0]!;
  });
  const moved = vectorOf && isText ? (row: number) => vectorOf(from[row]!) : vectorOf;
  const mixed = { rows: table.rows, columns };
  const { scores } = await scoreTable(model, mixed, { signal, encoders, vectorOf: moved });
  return scores.map((score, at) => (Number.isNaN(score) ? own[at]! : score));
}

interface Rule {
  readonly measure: Measure;
  readonly minDenominator: number;
  readonly persons: Uint32Array | null;
}

/** Takes the scores of each field's shufflings in turn. */
interface Tally {
  readonly add: (shuffled: readonly Float64Array[]) => void;
  /** By group. */
  readonly found: () => Importances[];
}

function tallyOf({ truth, scores }: Judged, grouping: Grouping, rule: Rule): Tally {
  const { measure, minDenominator, persons } = rule;
  const { codes } = grouping;
  const groups = { codes, count: grouping.names.length };
  const sides = sidesOf(measure, truth, groups);
  const gains = gainsOf(measure, truth, scores, groups);
  const base = meansOf(gains, sides, codes);
  const z = normalQuantile((1 + LEVEL) / 2);
  const made = grouping.names.map((): Importances['columns'] => []);
  const support = sides.sizes.map((of) => Math.min(...of));
  const isShown = support.map((least) => least >= minDenominator);
  return {
    add(shuffled) {
      const each = shuffled.map((one) => gainsOf(measure, truth, one, groups));
      const means = each.map((one) => meansOf(one, sides, codes));
      const lost = gains.map((gain, row) => {
        const less = gain - each.reduce((sum, one) => sum + one[row]!, 0) / each.length;
        return Math.abs(less) < ROUNDING ? 0 : less;
      });
      const importance = meansOf(lost, sides, codes);
      const variance = variancesOf(lost, importance, sides, codes, persons);
      for (const [group, columns] of made.entries()) {
        const value = importance[group]!;
        const spread = spreadOf(means.map((one) => one[group]!));
        const far = z * Math.sqrt(variance[group]! + spread / each.length);
        const isKnown = isShown[group]! && Number.isFinite(value);
        columns.push({
          importance: isKnown ? value : null,
          interval: isKnown && Number.isFinite(far) ? [value - far, value + far] : null,
        });
      }
    },
    found: () =>
      made.map((columns, group) => ({
        n: grouping.sizes[group]!,
        support: support[group]!,
        base:
          isShown[group]! && Number.isFinite(base[group]!) ? sized(measure, base[group]!) : null,
        columns,
      })),
  };
}

/** Errors are gained by being small. */
function sized(measure: Measure, base: number): number {
  return measure === 'mae' ? -base : base;
}

/** Variance; 0 of a single one. */
function spreadOf(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  return values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (values.length - 1);
}

/** The most important columns first, everywhere in the same order. */
function ranked(
  fields: readonly (readonly string[])[],
  made: readonly (readonly Importances[])[],
  all: readonly Grouping[],
): Pick<Found, 'columns' | 'overall' | 'groups'> {
  const overall = made[0]![0]!;
  const of = (at: number): number => overall.columns[at]!.importance ?? -Infinity;
  const order = [...fields.keys()].sort((a, b) => of(b) - of(a));
  const inOrder = (one: Importances): Importances => ({
    ...one,
    columns: order.map((at) => one.columns[at]!),
  });
  return {
    columns: order.map((at) => ({ columns: [...fields[at]!] })),
    overall: inOrder(overall),
    groups: all.map(({ attribute, names }, i) => ({
      attribute,
      groups: names.map((group, at) => ({ group, ...inOrder(made[i + 1]![at]!) })),
    })),
  };
}
