import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { beforeAll, expect, it } from 'vitest';
import { COMPARED, RATES, type Rate, type ReviewResult } from '../../main/contract/review.ts';
import { reviewTable } from '../../main/fairness/review.ts';
import { deLong } from '../../main/fairness/intervals.ts';
import { areaOf } from '../unit/fairness/area.ts';
import { readCsv } from '../../main/records/csv-reader.ts';
import type { Table } from '../../main/records/table.ts';
import { describeWithShared, sharedPath } from '../shared.ts';

type Pair = readonly [number | null, number | null] | null;
type Figures = Readonly<Record<string, number | null>> & {
  readonly wilson95: Readonly<Record<string, Pair>>;
  readonly auc_delong95?: Pair;
};
interface Attribute {
  readonly by_group: Readonly<Record<string, Figures>>;
  readonly disparity: Readonly<Record<string, number | null>> & {
    readonly undefined: Readonly<Record<string, readonly string[]>>;
  };
  readonly pairwise_vs_reference?: {
    readonly reference: string;
    readonly groups: Readonly<
      Record<
        string,
        Record<
          string,
          { difference: number; ratio: number; newcombe95: Pair; katz_log_ratio95: Pair }
        >
      >
    >;
  };
}
interface Predictor {
  readonly overall: Figures;
  readonly attributes: Readonly<Record<string, Attribute>>;
}
interface Expected {
  readonly predictors: Readonly<Record<'logistic_regression' | 'rule', Predictor>>;
  readonly threshold_sweep: {
    readonly sex: Readonly<
      Record<string, { accuracy: number; by_group: Record<string, Record<string, number>> }>
    >;
  };
}

const FILES = ['fairness/adult_predictions.csv', 'fairness/adult_expected.json'];
const REFERENCE = { sex: 'Male', race: 'White', age_band: '35-44' };
const COUNTS = ['tp', 'fp', 'tn', 'fn'] as const;
const SCORED = [
  ['auc', 'auc'],
  ['brier', 'brier'],
  ['calibration_in_the_large', 'calibration_in_the_large'],
  ['ece', 'ece10'],
] as const;

/** The files give 12 significant digits. */
function exactly(got: number | null | undefined, want: number | null | undefined, where: string) {
  if (want === null || want === undefined) expect(got, where).toBeNull();
  else
    expect(Math.abs((got ?? NaN) - want) <= 1e-9 * Math.max(1, Math.abs(want)), where).toBe(true);
}

function nearly(got: Pair | undefined, want: Pair, where: string) {
  if (want === null || want[0] === null || want[1] === null) return expect(got, where).toBeNull();
  for (const end of [0, 1] as const)
    expect(Math.abs((got?.[end] ?? NaN) - (want[end] ?? NaN)), `${where}[${end}]`).toBeLessThan(
      1e-6,
    );
}

describeWithShared('fairness figures of the reference libraries', FILES, () => {
  let table: Table;
  let expected: Expected;
  const results = {} as Record<keyof Expected['predictors'], ReviewResult>;

  beforeAll(async () => {
    const bytes = readFileSync(sharedPath('fairness', 'adult_predictions.csv'));
    table = (await readCsv(() => Readable.from([bytes]))).table;
    expected = JSON.parse(readFileSync(sharedPath('fairness', 'adult_expected.json'), 'utf8'));
    const common = {
      label: 'y_true',
      groups: ['sex', 'race', 'age_band'],
      cross: true,
      reference: REFERENCE,
      intervals: 0.95,
      exact: true,
    };
    results.logistic_regression = reviewTable(table, { ...common, score: 'score' });
    results.rule = reviewTable(table, { ...common, prediction: 'y_pred_rule' });
  });

  const each =
    (check: (review: ReviewResult, reference: Predictor, name: string) => void) => () => {
      for (const name of ['logistic_regression', 'rule'] as const)
        check(results[name], expected.predictors[name], name);
    };
  const eachAttribute = (
    check: (review: ReviewResult, attribute: string, reference: Attribute, at: string) => void,
  ) =>
    each((review, { attributes }, name) => {
      for (const [attribute, reference] of Object.entries(attributes))
        check(review, attribute, reference, `${name} ${attribute}`);
    });

  it(
    'counts, rates and score figures, overall and per group, undefined where they are undefined',
    each((review, { overall, attributes }, name) => {
      const groups = Object.entries(attributes).flatMap(([attribute, { by_group }]) => {
        expect(Object.keys(review.groups[attribute] ?? {}).sort()).toEqual(
          Object.keys(by_group).sort(),
        );
        return Object.entries(by_group).map(
          ([group, want]) =>
            [`${attribute} ${group}`, review.groups[attribute]?.[group], want] as const,
        );
      });
      for (const [at, got, want] of [['overall', review.overall, overall] as const, ...groups]) {
        expect(got?.n).toBe(want['n']);
        for (const count of COUNTS) expect(got?.[count], `${name} ${at}`).toBe(want[count]);
        for (const rate of RATES) exactly(got?.[rate], want[rate], `${name} ${at} ${rate}`);
        exactly(got?.precision, want['ppv'], at);
        exactly(got?.recall, want['tpr'], at);
        for (const [ours, theirs] of SCORED)
          exactly(got?.[ours], want[theirs], `${name} ${at} ${ours}`);
      }
    }),
  );

  it(
    'Wilson intervals',
    each((review, { overall, attributes }, name) => {
      const check = (got: object | undefined, want: Figures, at: string) => {
        for (const [rate, pair] of Object.entries(want.wilson95))
          nearly((got as Record<Rate, Pair>)[rate as Rate], pair, `${name} ${at} ${rate}`);
      };
      check(review.intervals?.overall, overall, 'overall');
      for (const [attribute, { by_group }] of Object.entries(attributes))
        for (const [group, want] of Object.entries(by_group))
          check(review.intervals?.groups[attribute]?.[group], want, `${attribute} ${group}`);
    }),
  );

  it('DeLong intervals, none where the variance cannot be estimated or is zero', () => {
    const { overall, attributes } = expected.predictors.logistic_regression;
    const intervals = results.logistic_regression.intervals;
    nearly(intervals?.overall.auc, overall.auc_delong95 ?? null, 'overall');
    for (const [attribute, { by_group }] of Object.entries(attributes))
      for (const [group, want] of Object.entries(by_group)) {
        const pair = want['auc_delong_se'] === 0 ? null : (want.auc_delong95 ?? null);
        nearly(intervals?.groups[attribute]?.[group]?.auc, pair, `${attribute} ${group}`);
      }
    const apart = areaOf([0.8, 0.9], [0.1, 0.2]);
    expect(apart && deLong(apart, 0.95)).toEqual([1, 1]);
  });

  it(
    'worst-case gaps',
    eachAttribute((review, attribute, { disparity }, at) => {
      const gaps = review.gaps[attribute];
      const tpr = disparity['range.tpr'] ?? NaN;
      const fpr = disparity['range.fpr'] ?? NaN;
      const ratios = [disparity['min_over_max.tpr'], disparity['min_over_max.fpr']];
      exactly(gaps?.demographic_parity_difference, disparity['range.selection_rate'], at);
      exactly(gaps?.demographic_parity_ratio, disparity['min_over_max.selection_rate'], at);
      exactly(gaps?.equalized_odds_difference, Math.max(tpr, fpr), at);
      exactly(gaps?.equal_opportunity_difference, tpr, at);
      exactly(gaps?.predictive_parity_difference, disparity['range.ppv'], at);
      exactly(gaps?.equalized_odds_ratio, Math.min(...ratios.map((r) => r ?? NaN)), at);
      if (Object.keys(disparity.undefined).length > 0) return;
      const worst = disparity['fairlearn.equalized_odds_difference.worst_case'];
      exactly(gaps?.equalized_odds_difference, worst, at);
      const ratio = disparity['fairlearn.equalized_odds_ratio.worst_case'];
      exactly(gaps?.equalized_odds_ratio, ratio, at);
    }),
  );

  it(
    'names the groups whose rate is undefined',
    eachAttribute((review, attribute, { disparity }, at) => {
      for (const rate of ['tpr', 'fpr', 'ppv'] as const) {
        const wanted = Object.entries(disparity.undefined).filter(([, rates]) =>
          rates.includes(rate),
        );
        const got = review.gap_groups[attribute]?.[rate].undefined;
        expect(got, `${at} ${rate}`).toEqual(wanted.map(([group]) => group).sort());
        for (const [group] of wanted)
          expect(review.reasons?.[`groups.${attribute}.${group}.${rate}`]).toBe('undefined');
      }
    }),
  );

  it(
    'differences and ratios to the reference group, with Newcombe and Katz intervals',
    eachAttribute((review, attribute, { pairwise_vs_reference: pairwise }, at) => {
      if (!pairwise) return;
      const got = review.comparisons[attribute];
      expect(got?.reference).toBe(pairwise.reference);
      for (const [group, rates] of Object.entries(pairwise.groups))
        for (const rate of COMPARED) {
          const ours = got?.groups[group]?.[rate];
          const want = rates[rate];
          const where = `${at} ${group} ${rate}`;
          exactly(ours?.difference, want?.difference, where);
          exactly(ours?.ratio, want?.ratio, where);
          nearly(ours?.difference_interval, want?.newcombe95 ?? null, where);
          nearly(ours?.ratio_interval, want?.katz_log_ratio95 ?? null, where);
        }
    }),
  );

  it('rates at every threshold of the sweep', () => {
    for (const [threshold, want] of Object.entries(expected.threshold_sweep.sex)) {
      const options = { label: 'y_true', score: 'score', groups: ['sex'], exact: true };
      const review = reviewTable(table, { ...options, threshold: Number(threshold) });
      exactly(review.overall.accuracy, want.accuracy, threshold);
      for (const [group, rates] of Object.entries(want.by_group))
        for (const [rate, value] of Object.entries(rates))
          exactly(review.groups['sex']?.[group]?.[rate as Rate], value, `${threshold} ${group}`);
    }
  });
});
