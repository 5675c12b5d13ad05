import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import type { Criterion } from '../../main/contract/mitigation.ts';
import { constrained, type Lesson } from '../../main/fairness/mitigation/constrained.ts';
import { errorOf, gapOf } from '../../main/fairness/mitigation/cells.ts';
import { reweighing } from '../../main/fairness/mitigation/reweighing.ts';
import { groupScores, type GroupScores } from '../../main/fairness/mitigation/roc-points.ts';
import { groupThresholds } from '../../main/fairness/mitigation/thresholds.ts';
import { describeWithShared, sharedPath } from '../shared.ts';
import { fitLogistic, lossOf, type Weighted } from './logistic.ts';

/** Rows of a file of commas without quotes, by column. */
function columnsOf(name: string): Record<string, string[]> {
  const [head = '', ...lines] = readFileSync(sharedPath('fairness', name), 'utf8')
    .trimEnd()
    .split(/\r?\n/);
  const cells = lines.map((line) => line.split(','));
  return Object.fromEntries(head.split(',').map((key, at) => [key, cells.map((row) => row[at]!)]));
}

interface Fitted {
  readonly accuracy: number;
  readonly by_group: Record<string, { selection_rate: number; tpr: number; fpr: number }>;
  readonly dp_difference: number;
  readonly eo_difference: number;
}
interface Expected {
  readonly features: string[];
  readonly unmitigated: { coef: number[]; intercept: number; train: Fitted; test: Fitted };
  readonly reweighing: { coef: number[]; intercept: number; train: Fitted; test: Fitted };
  readonly exponentiated_gradient: Record<string, { bound: number; train: Fitted; test: Fitted }>;
}

const GROUPS = ['Female', 'Male'];
const FILES = ['fairness/adult_mitigation.csv', 'fairness/adult_mitigation_expected.json'];

describeWithShared('Mitigation on a table of numbers', FILES, () => {
  let wanted: Expected;
  const parts: Record<'train' | 'test', Weighted & { codes: number[] }> = {
    train: { rows: [], targets: [], codes: [] },
    test: { rows: [], targets: [], codes: [] },
  };

  beforeAll(() => {
    wanted = JSON.parse(readFileSync(sharedPath(FILES[1]!), 'utf8')) as Expected;
    const columns = columnsOf('adult_mitigation.csv');
    columns['part']!.forEach((part, row) => {
      const of = parts[part as 'train' | 'test'];
      of.rows.push(wanted.features.map((name) => Number(columns[name]![row])));
      of.targets.push(Number(columns['y']![row]));
      of.codes.push(GROUPS.indexOf(columns['group']![row]!));
    });
  });

  const cellsOf = (part: 'train' | 'test', decide: (row: number) => number): Float64Array => {
    const { targets, codes } = parts[part];
    const cells = new Float64Array(4);
    targets.forEach((target, row) => (cells[2 * codes[row]! + target]! += decide(row)));
    return cells;
  };
  const selectedBy = (part: 'train' | 'test', coef: readonly number[]): Float64Array =>
    cellsOf(part, (row) => (scoreOf(coef, parts[part].rows[row]!) >= 0 ? 1 : 0));

  function scoreOf(coef: readonly number[], row: readonly number[]): number {
    return row.reduce((sum, value, at) => sum + value * coef[at]!, coef[row.length]!);
  }

  function expectFitted(part: 'train' | 'test', selected: Float64Array, want: Fitted): void {
    const counts = cellsOf(part, () => 1);
    GROUPS.forEach((name, g) => {
      const of = want.by_group[name]!;
      // Two records of the smallest cell.
      expect(Math.abs(selected[2 * g + 1]! / counts[2 * g + 1]! - of.tpr)).toBeLessThan(0.02);
      expect(Math.abs(selected[2 * g]! / counts[2 * g]! - of.fpr)).toBeLessThan(0.005);
    });
    const [parity, odds] = (['demographic-parity', 'equalised-odds'] as const).map((criterion) =>
      gapOf(criterion, counts, selected),
    );
    expect(Math.abs(parity! - want.dp_difference)).toBeLessThan(0.005);
    expect(Math.abs(odds! - want.eo_difference)).toBeLessThan(0.02);
    expect(Math.abs(1 - errorOf(counts, selected) - want.accuracy)).toBeLessThan(0.005);
  }

  it('weights as the reference weights, and a model on them decides as its model does', () => {
    const { train } = parts;
    const counts = cellsOf('train', () => 1);
    const weights = reweighing(counts);
    const weighted = {
      ...train,
      weights: train.targets.map((target, row) => weights[2 * train.codes[row]! + target]!),
    };
    for (const [rows, want] of [
      [train, wanted.unmitigated],
      [weighted, wanted.reweighing],
    ] as const) {
      const found = fitLogistic(rows);
      const reference = [...want.coef, want.intercept];
      expect(lossOf(rows, found)).toBeLessThanOrEqual(lossOf(rows, reference));
      reference.forEach((value, at) =>
        // The reference stopped short of the minimum (its gradient is 0.27 there): this one is at it.
        expect(Math.abs(found[at]! - value)).toBeLessThan(1e-2),
      );
      expectFitted('train', selectedBy('train', found), want.train);
      expectFitted('test', selectedBy('test', found), want.test);
    }
  });

  it('keeps the bound on the gap between groups with no less accuracy than the reference', async () => {
    const { train } = parts;
    const counts = cellsOf('train', () => 1);
    const respond = (lesson: Lesson): Promise<Float64Array> => {
      const cell = (row: number): number => 2 * train.codes[row]! + train.targets[row]!;
      const coef = fitLogistic({
        ...train,
        targets: train.targets.map((_, row) => lesson.target[cell(row)]!),
        weights: train.targets.map((_, row) => lesson.weight[cell(row)]!),
      });
      return Promise.resolve(selectedBy('train', coef));
    };
    for (const [name, { train: want }] of Object.entries(wanted.exponentiated_gradient)) {
      const isParity = name.startsWith('demographic');
      const criterion: Criterion = isParity ? 'demographic-parity' : 'equalised-odds';
      const bound = isParity ? want.dp_difference : want.eo_difference;
      const { tried, shares } = await constrained({
        ...{ counts, criterion, bound, rounds: 30, respond },
      });
      const mixed = counts.map((_, c) =>
        tried.reduce((sum, { selected }, at) => sum + shares[at]! * selected[c]!, 0),
      );
      const error = tried.reduce((sum, one, at) => sum + shares[at]! * one.error, 0);
      expect(gapOf(criterion, counts, mixed), name).toBeLessThanOrEqual(bound + 0.005);
      expect(1 - error, name).toBeGreaterThanOrEqual(want.accuracy - 0.005);
    }
  });
});

const SCORED = ['fairness/adult_predictions.csv', 'fairness/adult_expected.json'];
interface Optimiser {
  readonly reweighing_multigroup: Record<string, Record<string, number>>;
  readonly threshold_optimizer: Record<
    string,
    Record<
      string,
      {
        expected_on_fit: Record<string, number | Record<string, number>>;
        expected_on_eval: Record<string, number | Record<string, number>>;
      }
    >
  >;
}

describeWithShared('Weights and thresholds on scored rows', SCORED, () => {
  const columns: Record<string, string[]> = {};
  let wanted: Optimiser;
  beforeAll(() => {
    Object.assign(columns, columnsOf('adult_predictions.csv'));
    wanted = JSON.parse(readFileSync(sharedPath(SCORED[1]!), 'utf8')) as Optimiser;
  });

  it('weights any number of groups', () => {
    for (const [attribute, weights] of Object.entries(wanted.reweighing_multigroup)) {
      const names = [...new Set(columns[attribute])];
      const counts = new Float64Array(2 * names.length);
      columns[attribute]!.forEach((name, row) => {
        counts[2 * names.indexOf(name) + Number(columns['y_true']![row])]!++;
      });
      const found = reweighing(counts);
      for (const [key, value] of Object.entries(weights)) {
        const [name = '', label] = key.split('|y=');
        const got = found[2 * names.indexOf(name) + Number(label)]!;
        expect(Math.abs(got / value - 1), key).toBeLessThan(1e-9);
      }
    }
  });

  it('finds the lottery of the reference, and a rule near it without one', () => {
    const rows = columns['split']!.flatMap((part, row) => (part === 'fit' ? [row] : []));
    const names = Object.keys({ Female: 0, Male: 1 });
    const groups: GroupScores[] = groupScores(
      Float64Array.from(rows, (row) => Number(columns['score']![row])),
      rows.map((row) => Number(columns['y_true']![row])),
      rows.map((row) => names.indexOf(columns['sex']![row]!)),
      2,
    );
    const cases = [
      ['demographic_parity', 'demographic-parity'],
      ['equalized_odds', 'equalised-odds'],
      ['true_positive_rate_parity', 'equal-opportunity'],
    ] as const;
    for (const [name, criterion] of cases) {
      const want = wanted.threshold_optimizer['sex']![`${name}|accuracy_score`]!.expected_on_fit;
      const found = groupThresholds(groups, criterion);
      const total = groups.reduce((sum, one) => sum + one.positives + one.negatives, 0);
      const right = groups.reduce((sum, { positives, negatives }, g) => {
        const { tpr, fpr } = found.lottery[g]!.expected;
        return sum + positives * tpr + negatives * (1 - fpr);
      }, 0);
      // The reference looks at a grid of 1,000 rates, this at all corners.
      expect(right / total, name).toBeGreaterThanOrEqual((want['accuracy'] as number) - 1e-9);
      expect(right / total, name).toBeLessThan((want['accuracy'] as number) + 0.005);
      expect(found.lotteryGap, name).toBeLessThan(1e-9);
      expect(found.gap, name).toBeLessThan(criterion === 'equalised-odds' ? 0.12 : 0.01);
      for (const [g, group] of names.entries()) {
        const of = want[group] as Record<string, number>;
        const { expected } = found.lottery[g]!;
        expect(Math.abs(expected.tpr - of['tpr']!), `${name} ${group}`).toBeLessThan(0.01);
        expect(Math.abs(expected.fpr - of['fpr']!), `${name} ${group}`).toBeLessThan(0.01);
      }
    }
  });
});
