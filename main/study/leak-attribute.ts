import type { AttributeAttack, AttributeGuesses } from '../contract/leak-test.ts';
import { trainPlan, type TrainPlan } from '../contract/train.ts';
import { reach } from '../fairness/intervals.ts';
import { vectorsByRow } from '../learning/encoder/text-vectors.ts';
import { featureColumns } from '../learning/features.ts';
import { logLikelihoods } from '../learning/likelihood.ts';
import type { TrainedModel } from '../learning/model.ts';
import { scoreTable } from '../learning/predict.ts';
import { mostLikely } from '../learning/target-metrics.ts';
import { trainModel } from '../learning/train.ts';
import { gainOf } from '../privacy/attack/gain.ts';
import { uniform } from '../privacy/random.ts';
import { columnOf, takeRows } from '../records/shape.ts';
import type { Column, Table } from '../records/table.ts';
import type { Attacked } from './attacked.ts';
import { hiddenValues, type HiddenValues } from './hidden-values.ts';
import type { LeakTools } from './reference-models.ts';

const LEVEL = 0.95;
/** Of members and of others whose value is guessed: enough for a hundredth, and work stays bounded. */
const MOST_UNITS = 20_000;

export interface AttributeTarget {
  readonly table: Table;
  readonly plan: TrainPlan;
  readonly model: TrainedModel;
  readonly attacked: Attacked;
  readonly column: string;
}

/** How many pieces of work it takes. */
export const ATTRIBUTE_PARTS = 3;

/**
 * Guesses the values of a column for members and for others, from the other columns that the model
 * reads and its label alone, and with what the model answers as well: where it reads the column, to the
 * record with each of the values in turn. Both attackers are boosted models that learned from a half of
 * the others, whom the model does not know. `beat` is called after each piece of work.
 * Sources: Fredrikson, Jha and Ristenpart 2015, CCS, section 4; the comparison with an attacker without
 * the model: Jayaraman and Evans 2022, CCS, arXiv:2209.01292. Throws as `hiddenValues` and `trainModel`.
 */
export async function attributeAttack(
  target: AttributeTarget,
  tools: LeakTools,
  beat: () => void,
): Promise<AttributeAttack> {
  const { table, plan, attacked, column } = target;
  const roles = rolesOf(attacked, tools);
  const known = rowsOf(attacked, roles, 'learns');
  const values = hiddenValues(table, column, plan.missing, known);
  const rows = attacked.rows.filter(
    (row, at) => roles[attacked.units[at]!] !== 'rests' && values.placeOf(row) >= 0,
  );
  const place = new Map(Array.from(attacked.rows, (row, at) => [row, at]));
  const units = rows.map((row) => attacked.units[place.get(row)!]!);
  const answers = await answersOf(target, values, rows, tools);
  beat();
  const base = knownColumns(target, rows);
  const task = taskColumns(values, rows, (at) => roles[units[at]!] === 'learns');
  const guess = (more: readonly Column[]): Promise<Uint8Array> =>
    rightGuesses({ rows: rows.length, columns: [...base, ...more, ...task] }, values, plan, tools);
  const without = await guess([]);
  beat();
  const withIt = await guess(answers);
  beat();
  const of = (role: Role): AttributeGuesses => {
    const chosen = Int32Array.from(rows.keys()).filter((at) => roles[units[at]!] === role);
    const pick = (right: Uint8Array): Uint8Array => Uint8Array.from(chosen, (at) => right[at]!);
    const guesses = { without: pick(without), with: pick(withIt) };
    const { standardError, ...found } = gainOf(
      guesses,
      chosen.map((at) => units[at]!),
    );
    const half = reach(LEVEL) * standardError;
    const interval: [number, number] = [found.gain - half, found.gain + half];
    return { records: chosen.length, ...found, interval };
  };
  const told = { column, level: LEVEL, values: values.count };
  return { ...told, members: of('member'), others: of('other') };
}

type Role = 'learns' | 'member' | 'other' | 'rests';

/** By unit: a half of the others teaches the attackers. */
function rolesOf({ members, count }: Attacked, { random }: LeakTools): Role[] {
  const all = members.reduce((sum, one) => sum + one, 0);
  const isChosen = (of: number): boolean => of <= MOST_UNITS || uniform(random) < MOST_UNITS / of;
  return Array.from(members, (member): Role => {
    if (member === 1) return isChosen(all) ? 'member' : 'rests';
    if (!isChosen((count - all) / 2)) return 'rests';
    return (random.next() & 1) === 1 ? 'learns' : 'other';
  });
}

function rowsOf({ rows, units }: Attacked, roles: readonly Role[], role: Role): Int32Array {
  return rows.filter((_, at) => roles[units[at]!] === role);
}

/** What the attacker knows of the rows: the columns that the model reads but the hidden one, and the label. */
function knownColumns({ table, plan, model, column }: AttributeTarget, rows: Int32Array): Column[] {
  const read = featureColumns(table, plan).filter(({ name }) => name !== column);
  const { labels } = model;
  const isLabelKnown = labels.target !== 'tags' && labels.column !== column;
  const label = isLabelKnown ? [columnOf(table, labels.column)] : [];
  return [...takeRows({ rows: table.rows, columns: [...read, ...label] }, rows).columns];
}

/** What the model says of the rows, as columns of numbers. */
async function answersOf(
  { table, model, column }: AttributeTarget,
  values: HiddenValues,
  rows: Int32Array,
  { vectors, encoders, signal }: LeakTools,
): Promise<Column[]> {
  const how = { rows, vectorOf: vectors && vectorsByRow(vectors), encoders, signal };
  const numbers = (name: string, found: Float64Array): Column => ({
    name: `concord: ${name}`,
    type: 'real',
    values: found,
  });
  if (model.encoder.features.some((feature) => feature.column === column)) {
    const found: Float64Array[] = [];
    for (let place = 0; place < values.count; place++) {
      const filled = values.filledWith(place);
      const columns = table.columns.map((one) => (one.name === column ? filled : one));
      found.push(await logLikelihoods(model, { ...table, columns }, how));
    }
    return found.map((one, at) => {
      const mean = one.map((_, r) => found.reduce((sum, each) => sum + each[r]!, 0) / found.length);
      return numbers(
        `likelihood ${at}`,
        one.map((likelihood, r) => likelihood - mean[r]!),
      );
    });
  }
  const likelihood = numbers('likelihood', await logLikelihoods(model, table, how));
  const { scores, starts } = await scoreTable(model, table, how);
  if (starts !== undefined) return [likelihood];
  const width = scores.length / rows.length;
  const columns = Array.from({ length: width }, (_, c) =>
    numbers(
      `score ${c}`,
      Float64Array.from(rows, (_row, r) => scores[r * width + c]!),
    ),
  );
  return [likelihood, ...columns];
}

const HIDDEN = 'concord: hidden value';
const PART = 'concord: part of an attacker';

function taskColumns(
  values: HiddenValues,
  rows: Int32Array,
  learns: (at: number) => boolean,
): Column[] {
  return [
    {
      ...{ name: HIDDEN, type: 'category', dictionary: namesOf(values) },
      codes: rows.map((row) => values.placeOf(row)),
    },
    {
      ...{ name: PART, type: 'category', dictionary: ['train', 'test'] },
      codes: Int32Array.from(rows.keys(), (at) => (learns(at) ? 0 : 1)),
    },
  ];
}

function namesOf({ count }: HiddenValues): string[] {
  return Array.from({ length: count }, (_, place) => `value ${place}`);
}

/** Whether each row's value is guessed right, 1 or 0; 0 for those that the attacker learns from. */
async function rightGuesses(
  table: Table,
  values: HiddenValues,
  { missing }: TrainPlan,
  { random, signal }: LeakTools,
): Promise<Uint8Array> {
  const plan = trainPlan.parse({
    ...{ label: HIDDEN, labels: namesOf(values), missing, split: { column: PART } },
    ...{ model: { kind: 'boosting' }, privacy: null },
  });
  const { test, model } = await trainModel(table, plan, { random, signal });
  const hidden = columnOf(table, HIDDEN);
  const right = new Uint8Array(table.rows);
  const isTwo = model.labels.target === undefined;
  test.rows.forEach((row, r) => {
    const guess = isTwo
      ? Number(test.scores[r]! >= model.threshold)
      : mostLikely(test.scores, r, values.count);
    right[row] = Number('codes' in hidden && hidden.codes[row] === guess);
  });
  return right;
}
