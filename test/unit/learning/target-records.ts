import type { TrainPlanInput } from '../../../main/contract/train.ts';
import { trainPlan } from '../../../main/contract/train.ts';
import { trainModel, type Trained } from '../../../main/learning/train.ts';
import { systemRandom } from '../../../main/privacy/random.ts';
import type { Table } from '../../../main/records/table.ts';
import { codedColumn, numberColumn, seededUniform, tableOf } from './fixtures.ts';

export const ROWS = 1500;
const GRADES = ['low', 'some', 'high'] as const;

/** A number that follows from two columns, the grade it belongs to, and a kind of three. */
function recordsOf(rows: number): Table {
  const draw = seededUniform(23);
  const x = Array.from({ length: rows }, () => 10 * draw());
  const group = x.map(() => (draw() < 0.5 ? 'g' : 'h'));
  const amount = x.map((v, r) => 100 + 20 * v + (group[r] === 'g' ? 60 : 0) + 30 * draw());
  const grade = amount.map((v) => GRADES[v < 190 ? 0 : v < 270 ? 1 : 2]!);
  const kind = x.map((v, r) => (group[r] === 'g' ? (v > 5 ? 'a' : 'b') : draw() < 0.9 ? 'c' : 'a'));
  return tableOf(
    numberColumn('x', x),
    codedColumn('group', group),
    numberColumn('amount', amount),
    codedColumn('grade', grade),
    codedColumn('kind', kind),
  );
}

export const table = recordsOf(ROWS);
const FEATURES = ['x', 'group'];
export const facts = {
  bounds: { x: [0, 10] as [number, number] },
  categories: { group: ['g', 'h'] },
};
/** The same without some of its entries. */
export function without<T extends object>(of: T, ...names: readonly (keyof T)[]): T {
  const kept = Object.entries(of).filter(([name]) => !names.includes(name as keyof T));
  return Object.fromEntries(kept) as T;
}

export const kinds: TrainPlanInput = {
  ...{ label: 'kind', labels: ['a', 'b', 'c'], positive: 'b', features: FEATURES, ...facts },
  ...{ model: { kind: 'logistic' }, privacy: null },
};
export const grades: TrainPlanInput = {
  ...kinds,
  label: 'grade',
  target: 'ordered',
  labels: [...GRADES],
  positive: 'high',
};
export const amounts: TrainPlanInput = {
  ...{ ...without(kinds, 'labels', 'positive'), label: 'amount', model: { kind: 'linear' } },
  bounds: { ...facts.bounds, amount: [100, 400] },
};
export const privacy = { epsilon: 3, delta: 1e-4 };

export function train(plan: TrainPlanInput, records = table): Promise<Trained> {
  return trainModel(records, trainPlan.parse(plan), { random: systemRandom(), initSeed: 2 });
}
