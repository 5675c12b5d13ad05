import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reasonsFound } from '../../../main/contract/reasons.ts';
import type { TrainPlanInput } from '../../../main/contract/train.ts';
import { gainsOf, meansOf, sidesOf, variancesOf } from '../../../main/explain/gains.ts';
import { importanceOf, type ImportanceOptions } from '../../../main/explain/importance.ts';
import { byScore } from '../../../main/fairness/order.ts';
import { rocAreas } from '../../../main/fairness/roc.ts';
import type { TrainedModel } from '../../../main/learning/model.ts';
import type { Table } from '../../../main/records/table.ts';
import { codedColumn, numberColumn, seededUniform, tableOf } from '../learning/fixtures.ts';
import { amounts, kinds, table as records, train } from '../learning/target-records.ts';

const ROWS = 400;

/** Truths, scores that know something of them, and groups, one of them small. */
function scored(seed: number) {
  const draw = seededUniform(seed);
  const truth = Float64Array.from({ length: ROWS }, () => Number(draw() < 0.4));
  const scores = truth.map((y) => Math.round(20 * (0.3 * y + 0.7 * draw())) / 20);
  const noise = truth.map(() => Math.round(20 * draw()) / 20);
  const codes = Uint32Array.from({ length: ROWS }, () => (draw() < 0.7 ? 0 : draw() < 0.9 ? 1 : 2));
  return { truth, scores, noise, codes };
}

describe('gains of rows', () => {
  it('have the area under the curve as their mean and DeLong as their variance', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { truth, scores, codes } = scored(seed);
        const groups = { codes, count: 3 };
        const sides = sidesOf('auc', truth, groups);
        const gains = gainsOf('auc', truth, scores, groups);
        const means = meansOf(gains, sides, codes);
        const variances = variancesOf(gains, means, sides, codes, null);
        const names = ['a', 'b', 'c'];
        const judged = { truth: Uint8Array.from(truth), score: scores };
        for (const [group, roc] of rocAreas(judged, byScore(scores), { codes, names }).entries()) {
          if (roc === null) {
            expect(means[group]).toBeNaN();
            continue;
          }
          expect(means[group]).toBeCloseTo(roc.area, 12);
          if (roc.standardError === null) expect(variances[group]).toBeNaN();
          else expect(Math.sqrt(variances[group]!)).toBeCloseTo(roc.standardError, 12);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('vary as rows drawn anew do, also where they are of persons', () => {
    const { truth, scores, noise } = scored(5);
    const codes = new Uint32Array(ROWS);
    const groups = { codes, count: 1 };
    const sides = sidesOf('auc', truth, groups);
    const both = [scores, noise].map((one) => gainsOf('auc', truth, one, groups));
    const lost = both[0]!.map((gain, row) => gain - both[1]![row]!);
    const means = meansOf(lost, sides, codes);
    // Three rows a person.
    const persons = Uint32Array.from({ length: ROWS }, (_, row) => Math.floor(row / 3));
    for (const of of [null, persons]) {
      const [variance] = variancesOf(lost, means, sides, codes, of);
      const spread = bootstrapped(truth, [scores, noise], of);
      expect(Math.sqrt(variance!) / spread).toBeGreaterThan(0.88);
      expect(Math.sqrt(variance!) / spread).toBeLessThan(1.14);
    }
  });
});

/** Standard deviation of the difference of two areas over rows, or persons, drawn with replacement. */
function bootstrapped(
  truth: Float64Array,
  scores: readonly Float64Array[],
  persons: Uint32Array | null,
): number {
  const draw = seededUniform(99);
  const of = persons ?? Uint32Array.from(truth.keys());
  const members = new Map<number, number[]>();
  of.forEach((person, row) => members.set(person, [...(members.get(person) ?? []), row]));
  const found = Array.from({ length: 300 }, () => {
    const rows = Array.from(members, () => members.get(Math.floor(members.size * draw()))!).flat();
    const [a, b] = scores.map((one) => {
      const score = Float64Array.from(rows, (row) => one[row]!);
      const judged = { truth: Uint8Array.from(rows, (row) => truth[row]!), score };
      const codes = new Uint32Array(rows.length);
      const order = Uint32Array.from(rows.keys()).sort((i, j) => score[i]! - score[j]!);
      return rocAreas(judged, order, { codes, names: [''] })[0]!.area;
    });
    return a! - b!;
  });
  const mean = found.reduce((sum, one) => sum + one, 0) / found.length;
  return Math.sqrt(found.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (found.length - 1));
}

const every = (table: Table): Int32Array =>
  Int32Array.from({ length: table.rows }, (_, row) => row);
const find = (model: TrainedModel, table: Table, more: Partial<ImportanceOptions> = {}) =>
  importanceOf(model, table, every(table), { groups: [], ...more });

describe('permutation importance', () => {
  const draw = seededUniform(3);
  const x = Array.from({ length: 900 }, () => 10 * draw());
  const site = x.map((_, row) => (row < 9 ? 'few' : row % 2 === 0 ? 'north' : 'south'));
  // In the south x says nothing: there it is always the same.
  const seen = x.map((value, row) => (site[row] === 'south' ? 5 : value));
  const idle = x.map(() => draw());
  const y = x.map((value, row) => (seen[row]! > 5.5 || (value > 5 && draw() < 0.3) ? 'yes' : 'no'));
  const table = tableOf(
    ...[numberColumn('x', seen), numberColumn('idle', idle)],
    ...[codedColumn('site', site), codedColumn('y', y)],
    codedColumn(
      'person',
      x.map((_, row) => `p${Math.floor(row / 3)}`),
    ),
  );
  const plan = {
    ...{ label: 'y', labels: ['no', 'yes'], positive: 'yes', features: ['x', 'idle'] },
    ...{ bounds: { x: [0, 10], idle: [0, 1] }, categories: {}, epochs: 10 },
  } satisfies Partial<TrainPlanInput>;

  it('of two values is area lost; by group nothing where a column is always the same', async () => {
    const { model } = await train({ ...kinds, ...plan }, table);
    const found = await find(model, table, { groups: ['site'] });
    expect(reasonsFound.parse({ ...found, shapes: null, withheld_parts: 0 })).toBeTruthy();
    expect([found.measure, found.positive, found.rows]).toEqual(['auc', 'yes', 900]);
    expect(found.columns.map(({ columns }) => columns[0])).toEqual(['x', 'idle']);
    const [top, idle] = found.overall.columns;
    expect(top!.interval![0]).toBeGreaterThan(0.1);
    expect(Math.abs(idle!.importance!)).toBeLessThan(0.03);
    const groups = new Map(found.groups[0]!.groups.map((one) => [one.group, one]));
    const south = groups.get('south')!.columns[0]!;
    expect([south.importance!, ...south.interval!].map(Math.abs)).toEqual([0, 0, 0]);
    expect(groups.get('north')!.columns[0]!.interval![0]).toBeGreaterThan(0.1);
    // 9 records: the smaller of positives and negatives is below 10.
    expect(groups.get('few')).toMatchObject({ n: 9, base: null });
    expect(
      groups
        .get('few')!
        .columns.every(({ importance, interval }) => importance === null && interval === null),
    ).toBe(true);
    expect(await find(model, table, { groups: ['site'] })).toEqual(found);
  });

  it('of persons has wider intervals where their rows are alike', async () => {
    const { model } = await train({ ...kinds, ...plan }, table);
    const thrice = tableOf(
      ...['x', 'idle'].map((name) => {
        const column = table.columns.find((one) => one.name === name)!;
        return numberColumn(
          name,
          Array.from({ length: 900 }, (_, row) =>
            'values' in column ? column.values[Math.floor(row / 3)]! : 0,
          ),
        );
      }),
      codedColumn(
        'y',
        x.map((_, row) => y[Math.floor(row / 3)]!),
      ),
      codedColumn(
        'person',
        x.map((_, row) => `p${Math.floor(row / 3)}`),
      ),
    );
    const width = ({ overall }: Awaited<ReturnType<typeof find>>): number => {
      const [low, high] = overall.columns[0]!.interval!;
      return high - low;
    };
    const [rows, persons] = [
      await find(model, thrice),
      await find(model, thrice, { person: 'person' }),
    ];
    expect([rows.persons, persons.persons]).toEqual([null, 300]);
    expect(width(persons)).toBeGreaterThan(1.3 * width(rows));
  });

  it('of several values is right answers lost, of a number error gained', async () => {
    for (const [plan, measure] of [
      [kinds, 'accuracy'],
      [amounts, 'mae'],
    ] as const) {
      const { model } = await train({ ...plan, epochs: 6 });
      const found = await find(model, records);
      expect([found.measure, found.positive]).toEqual([measure, null]);
      expect(found.overall.base).toBeGreaterThan(measure === 'mae' ? 1 : 0.5);
      expect(found.overall.columns.every(({ importance }) => importance! > 0)).toBe(true);
    }
  });

  it('counts only rows with a truth, tells how far it is, and ends at a wish', async () => {
    const { model } = await train({ ...kinds, ...plan }, table);
    const unlabelled = tableOf(
      ...table.columns.filter(({ name }) => name !== 'y'),
      codedColumn(
        'y',
        y.map((value, row) => (row < 100 ? '' : value)),
      ),
    );
    expect((await find(model, unlabelled)).rows).toBe(800);
    const stop = new AbortController();
    const told: number[] = [];
    await expect(
      find(model, table, {
        repeats: 50,
        signal: stop.signal,
        progress: (done, total) => {
          told.push(total);
          if (done >= 0) stop.abort();
        },
      }),
    ).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(told[0]).toBe(100);
  });
});
