import { describe, expect, it } from 'vitest';
import type { MitigationPlan } from '../../../main/contract/mitigation.ts';
import { trainPlan, type TrainPlanInput } from '../../../main/contract/train.ts';
import { addClipped } from '../../../main/learning/clipped-sum.ts';
import { signedTargets, WEIGHTED } from '../../../main/learning/heads.ts';
import { sigmoid } from '../../../main/learning/heads.ts';
import { binnedRows } from '../../../main/learning/boosting/rows.ts';
import { javascriptEngine } from '../../../main/learning/javascript.ts';
import { loadModel, saveModel } from '../../../main/learning/model.ts';
import { Pace } from '../../../main/learning/pace.ts';
import { scoreTable } from '../../../main/learning/predict.ts';
import { splitRows } from '../../../main/learning/split.ts';
import { rowUnits } from '../../../main/learning/units.ts';
import { trainModel, type Trained, type TrainOptions } from '../../../main/learning/train.ts';
import { epsilonOf } from '../../../main/privacy/accountant.ts';
import { privateRandomForTests } from '../../../main/privacy/seeded.ts';
import { reviewTable } from '../../../main/fairness/review.ts';
import { takeRows } from '../../../main/records/shape.ts';
import { withScores } from '../../../main/study/predictions.ts';
import { codeOf } from '../vault/fixture.ts';
import {
  codedColumn,
  numberColumn,
  randomExamples,
  randomParameters,
  seededUniform,
  tableOf,
} from './fixtures.ts';

const draw = seededUniform(7);
const SIZE = 6000;
const group = Array.from({ length: SIZE }, () => (draw() < 0.35 ? 'b' : 'a'));
const x = group.map((name) => (name === 'a' ? 4 : 2.6) + 4 * draw());
const y = x.map((value) => (draw() < sigmoid(1.5 * (value - 6)) ? 'yes' : 'no'));
const table = tableOf(numberColumn('x', x), codedColumn('g', group), codedColumn('y', y));
const PLAN: TrainPlanInput = {
  ...{ label: 'y', labels: ['no', 'yes'], features: ['x', 'g'], bounds: { x: [2, 8] } },
  categories: { g: ['a', 'b'] },
  split: { test: 0.3, validation: 0.3, seed: 1 },
  ...{ model: { kind: 'logistic' }, privacy: null },
};

const train = (more: object, options: Partial<TrainOptions> = {}): Promise<Trained> =>
  trainModel(table, trainPlan.parse({ ...PLAN, ...more }), {
    random: privateRandomForTests('mitigation'),
    ...options,
  });

function gapsOf({ model, test }: Trained) {
  const review = reviewTable(withScores(table, test.rows, test.scores, model), {
    ...{ label: 'y', positive: 'yes', prediction: 'prediction', groups: ['g'] },
  });
  return { ...review.gaps['g']!, accuracy: review.overall.accuracy! };
}

const TRIES: Record<string, MitigationPlan> = {
  reweighing: { method: 'reweighing', groups: 'g' },
  constrained: { method: 'constrained', groups: 'g', criterion: 'demographic-parity', bound: 0.1 },
  thresholds: { method: 'thresholds', groups: 'g', criterion: 'demographic-parity' },
};

describe('weights inside private training', () => {
  it('weigh a whole gradient before it is clipped: nothing moves the sum by more than the norm', () => {
    const architecture = { inputs: 12, hidden: [5] };
    const engine = javascriptEngine(architecture, 64, WEIGHTED);
    const plain = javascriptEngine(architecture, 64);
    const examples = randomExamples(40, 12, 3);
    const weights = Float64Array.from({ length: 40 }, (_, row) => 0.2 + row);
    const parameters = randomParameters(architecture, 4);
    for (const one of [engine, plain]) one.setParameters(parameters);
    const sums = new Float64Array(engine.parameters);
    for (let row = 0; row < 40; row++) {
      const pack = { places: Int32Array.of(row), groups: Int32Array.of(0, 1) };
      const own = new Float64Array(engine.parameters);
      addClipped(plain, examples, pack, Infinity, own);
      const weighted = new Float64Array(engine.parameters);
      const targets = signedTargets(examples.targets, weights);
      addClipped(engine, { ...examples, targets }, pack, 0.5, weighted);
      const length = Math.hypot(...own) * weights[row]!;
      const scale = weights[row]! * Math.min(1, 0.5 / length);
      weighted.forEach((value, at) => expect(value).toBeCloseTo(scale * own[at]!, 9));
      expect(Math.hypot(...weighted)).toBeLessThanOrEqual(0.5 + 1e-9);
      sums.forEach((_, at) => (sums[at]! += weighted[at]!));
    }
  });

  it('never make a unit of boosting weigh more than 1, whatever records are there', async () => {
    const rows = Int32Array.of(0, 1, 2, 3);
    const split = { train: rows, validation: rows, test: rows, neither: 0 };
    const prepared = {
      encoder: { features: [], missing: [] },
      labels: { column: 'y', values: ['no', 'yes'] as const },
      targets: Float64Array.of(0, 1, 0, 1),
      units: rowUnits(rows),
    };
    const pace = new Pace(undefined, undefined);
    const weighed = async (ofRows: number[]) => {
      const weights = { ofRows: Float64Array.from(ofRows), most: 4 };
      return [...(await binnedRows({ table, split }, { ...prepared, weights }, [], pace)).weights];
    };
    expect(await weighed([1, 2, 4, 4])).toEqual([0.25, 0.5, 1, 1]);
    // The scale follows from what was released: without the heaviest rows it is the same.
    expect(await weighed([1, 2, 1, 1])).toEqual([0.25, 0.5, 0.25, 0.25]);
  });
});

describe.each(['logistic', 'boosting'] as const)('a mitigated %s', (kind) => {
  it('narrows the gap it is to narrow, on records nothing was fitted to', async () => {
    const model = { kind };
    const before = gapsOf(await train({ model }));
    expect(before.demographic_parity_difference).toBeGreaterThan(0.2);
    for (const [name, mitigation] of Object.entries(TRIES)) {
      const trained = await train({ model, mitigation });
      const after = gapsOf(trained);
      expect(after.demographic_parity_difference, name).toBeLessThan(
        before.demographic_parity_difference! - 0.1,
      );
      expect(trained.result.metrics.test.accuracy, name).toBeCloseTo(after.accuracy, 9);
      expect(trained.result.mitigation?.method).toBe(mitigation.method);
    }
  });

  it('pays for every count and every round within its epsilon, before any of them', async () => {
    for (const mitigation of [TRIES['reweighing']!, TRIES['constrained']!]) {
      const events: string[] = [];
      const { result } = await train(
        {
          ...{ model: { kind }, mitigation, privacy: { epsilon: 3, delta: 1e-5 } },
          ...{
            accountant: 'rdp',
            statistics: { share: 0.2 },
            epochs: kind === 'logistic' ? 2 : undefined,
          },
        },
        {
          reserve: async ({ epsilon }, steps) =>
            void events.push(`reserve ${epsilon <= 3} ${steps}`),
          charge: async (from, to) => void events.push(`charge ${from} ${to}`),
          bought: async () => void events.push('bought'),
        },
      );
      const { phases, delta, epsilon, accountant, statistics } = result.privacy!;
      expect(epsilon).toBeLessThanOrEqual(3);
      expect(epsilon).toBeGreaterThan(2.6);
      expect(epsilonOf({ phases, delta, accountant }).epsilon).toBeCloseTo(epsilon, 9);
      expect(statistics?.wanted).toEqual([{ column: 'g', kind: 'groups' }]);
      const steps = phases.reduce((sum, phase) => sum + phase.steps, 0);
      expect(events.slice(0, 3)).toEqual([`reserve true ${steps}`, 'charge 0 1', 'bought']);
      if (mitigation.method === 'reweighing') continue;
      expect(events.slice(3)).toEqual([`charge 1 ${steps}`]);
      // Each round counts the decisions once, and so does what is made of all.
      expect(phases[1]).toMatchObject({ mechanism: 'discrete_gaussian', steps: 4 });
      expect(result.mitigation!.rounds).toBeLessThanOrEqual(3);
    }
  });
});

describe('a private bound on the gap', () => {
  it('knows the sizes of groups and what is decided by noisy counts alone', async () => {
    const { model, result } = await train({
      ...{ mitigation: TRIES['constrained'], model: { kind: 'boosting' }, accountant: 'rdp' },
      ...{ privacy: { epsilon: 3, delta: 1e-5 }, statistics: { share: 0.2 } },
    });
    const { train: rows } = splitRows(table, trainPlan.parse(PLAN));
    const { scores } = await scoreTable(model, table, { rows });
    const [sizes, selected] = [new Map<string, number>(), new Map<string, number>()];
    rows.forEach((row, at) => {
      const cell = `${group[row]} ${y[row]}`;
      sizes.set(cell, (sizes.get(cell) ?? 0) + 1);
      const own = group[row]!;
      selected.set(own, (selected.get(own) ?? 0) + Number(scores[at]! >= model.threshold));
    });
    const bought = result.bought![0]!.found;
    if (bought.is !== 'cells') throw new Error('counts');
    expect(bought.cells).toHaveLength(4);
    const off = bought.cells.map((one) => one.count - sizes.get(`${one.group} ${one.label}`)!);
    expect(Math.max(...off.map(Math.abs))).toBeGreaterThan(0);
    expect(Math.max(...off.map(Math.abs))).toBeLessThan(100);
    const known = (name: string): number =>
      bought.cells.reduce((sum, one) => (one.group === name ? sum + one.count : sum), 0);
    const exact = Math.abs(selected.get('a')! / known('a') - selected.get('b')! / known('b'));
    expect(result.mitigation!.gap).not.toBeCloseTo(exact, 8);
    expect(Math.abs(result.mitigation!.gap! - exact)).toBeLessThan(0.2);
  });
});

describe('what is fitted for each group after training', () => {
  it('stands in the model file and is used by whoever scores with it', async () => {
    const trained = await train({ mitigation: TRIES['thresholds'] });
    const model = loadModel(saveModel(trained.model), 'm.json');
    const own = model.by_group!.groups.map(({ threshold }) => threshold!);
    expect(own).toHaveLength(2);
    expect(own[0]).toBeGreaterThan(own[1]!);
    const rows = Int32Array.of(...group.keys()).slice(0, 500);
    const strange = tableOf(
      numberColumn('x', x),
      codedColumn(
        'g',
        group.map((name, at) => (at % 5 === 0 ? 'c' : name)),
      ),
      codedColumn('y', y),
    );
    const { scores } = await scoreTable(model, strange, { rows });
    const decided = withScores(strange, rows, scores, model).columns.find(
      ({ name }) => name === 'prediction',
    ) as { values: Float64Array };
    rows.forEach((row, at) => {
      const name = row % 5 === 0 ? 'c' : group[row];
      const least = name === 'c' ? model.threshold : own[name === 'a' ? 0 : 1]!;
      expect(decided.values[at]).toBe(Number(scores[at]! >= least));
    });
    const lacking = { ...strange, columns: strange.columns.filter(({ name }) => name !== 'g') };
    expect(await codeOf(() => scoreTable(model, lacking))).toBe('COLUMN_UNKNOWN');
  });

  it('makes the probabilities of each group fit, and leaves all others as they were', async () => {
    // The group is no feature, so one of them is scored too high and the other too low.
    const blind = { features: ['x'], model: { kind: 'logistic' }, epochs: 4 };
    const biased = tableOf(
      numberColumn('x', x),
      codedColumn('g', group),
      codedColumn(
        'y',
        x.map((value, at) =>
          draw() < sigmoid(value - (group[at] === 'a' ? 6 : 4)) ? 'yes' : 'no',
        ),
      ),
    );
    const plan = trainPlan.parse({ ...PLAN, ...blind });
    const options = { random: privateRandomForTests('by group') };
    const mitigation = { method: 'calibration', groups: 'g' } as const;
    const error = async (of: typeof plan): Promise<number> => {
      const { model, test } = await trainModel(biased, of, options);
      const { groups } = reviewTable(withScores(biased, test.rows, test.scores, model), {
        ...{ label: 'y', positive: 'yes', score: 'score', groups: ['g'] },
      });
      const all = Object.values(groups['g']!).map((one) => one.calibration_in_the_large!);
      return Math.max(...all.map(Math.abs));
    };
    expect(await error(plan)).toBeGreaterThan(0.08);
    expect(await error({ ...plan, mitigation })).toBeLessThan(0.04);
  });

  it('is refused where nothing is left to fit it to', async () => {
    const mitigation = TRIES['thresholds'];
    const split = { test: 0.3, seed: 1 };
    expect(await codeOf(() => train({ mitigation, split }))).toBe('MITIGATION_NEEDS_VALIDATION');
    const few = takeRows(
      table,
      Int32Array.from({ length: 150 }, (_, row) => row),
    );
    const plan = trainPlan.parse({ ...PLAN, mitigation });
    const options = { random: privateRandomForTests('few') };
    expect(await codeOf(() => trainModel(few, plan, options))).toBe('MITIGATION_TOO_FEW');
    const linear = { model: { kind: 'linear' }, label: 'x', features: ['g'], labels: undefined };
    expect(await codeOf(() => train({ mitigation, ...linear }))).toBe('PLAN_INVALID');
  });
});
