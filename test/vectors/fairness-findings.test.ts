import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { beforeAll, expect, it } from 'vitest';
import { COMPARED, type Compared, type ReviewResult } from '../../main/contract/review.ts';
import { reviewTable } from '../../main/fairness/review.ts';
import { cellTexts } from '../../main/records/cell-text.ts';
import { readCsv } from '../../main/records/csv-reader.ts';
import { columnOf, filterRows } from '../../main/records/shape.ts';
import type { CodedColumn, Table } from '../../main/records/table.ts';
import { describeWithShared, sharedPath } from '../shared.ts';

interface Aif360 {
  readonly attribute: string;
  readonly privileged: string;
  readonly unprivileged: string;
  readonly n: number;
  readonly metrics: Readonly<Record<string, number | null>>;
}
type Tests = Record<Compared, { fisher_exact_p: number; holm_p: number; bh_p: number }>;
type Quantiles = Readonly<Record<string, readonly [number, number, number]>>;
interface Bootstrap {
  readonly by_group: Readonly<Record<string, Quantiles>>;
  readonly difference: Quantiles;
  readonly ratio: Quantiles;
}
interface Predictor {
  readonly attributes: Readonly<
    Record<
      string,
      {
        by_group: Record<string, { n: number; tp: number; fn: number; fp: number }>;
        disparity: Record<string, number>;
        pairwise_vs_reference?: {
          reference: string;
          n_tests: number;
          groups: Record<string, Tests>;
        };
      }
    >
  >;
  readonly aif360: readonly Aif360[];
  readonly smoothed_edf: { readonly prediction: number };
  readonly bootstrap?: Readonly<Record<'sex' | 'race', Bootstrap>>;
}

const FILES = ['fairness/adult_predictions.csv', 'fairness/adult_expected.json'];
const PREDICTIONS = { logistic_regression: 'y_pred', rule: 'y_pred_rule' } as const;
const NAMES = ['logistic_regression', 'rule'] as const;

function near(
  got: number | null | undefined,
  want: number | null | undefined,
  where: string,
): void {
  if (want === null || want === undefined) return expect(got ?? null, where).toBeNull();
  expect(Math.abs((got ?? NaN) - want) <= 1e-9 * Math.max(1, Math.abs(want)), where).toBe(true);
}

/** The rows as a column of the groups given by a name for each row. */
function withColumn(table: Table, name: string, of: (row: number) => string): Table {
  const texts = Array.from({ length: table.rows }, (_, row) => of(row));
  const dictionary = [...new Set(texts)];
  const codes = Int32Array.from(texts, (text) => dictionary.indexOf(text));
  const column: CodedColumn = { name, type: 'category', codes, dictionary };
  return { rows: table.rows, columns: [...table.columns, column] };
}

describeWithShared('findings and indices of the reference libraries', FILES, () => {
  let table: Table;
  let expected: Record<(typeof NAMES)[number], Predictor>;

  beforeAll(async () => {
    const bytes = readFileSync(sharedPath('fairness', 'adult_predictions.csv'));
    table = (await readCsv(() => Readable.from([bytes]))).table;
    const text = readFileSync(sharedPath('fairness', 'adult_expected.json'), 'utf8');
    expected = (JSON.parse(text) as { predictors: typeof expected }).predictors;
  });

  const review = (
    of: Table,
    name: (typeof NAMES)[number],
    groups: string[],
    more: object = {},
  ): ReviewResult =>
    reviewTable(of, {
      ...{ label: 'y_true', prediction: PREDICTIONS[name], groups, exact: true },
      ...more,
    });
  const textsOf = (name: string) => cellTexts(columnOf(table, name));

  it('p-values of Fisher, Holm, and Benjamini and Hochberg, over the tests of each attribute', () => {
    let compared = 0;
    for (const name of NAMES) {
      for (const [attribute, { pairwise_vs_reference: want }] of Object.entries(
        expected[name].attributes,
      )) {
        if (want === undefined) continue;
        const parts = attribute.split('*').map(textsOf);
        const joined = withColumn(table, 'joined', (row) =>
          parts.map((text) => text(row)).join(' & '),
        );
        const reference = { joined: want.reference };
        const { findings } = review(joined, name, ['joined'], { reference });
        expect(findings?.tests).toBe(want.n_tests);
        for (const [group, rates] of Object.entries(want.groups))
          for (const rate of COMPARED) {
            const where = `${name} ${attribute} ${group} ${rate}`;
            const of = { group, rate, measure: 'difference' } as const;
            const found = findings?.found.find((one) => isOf(one, of));
            const none = findings?.not_estimable.find((one) => isOf(one, of));
            if (found === undefined) {
              expect(none?.reason, where).toBe('undefined');
              expect(rates[rate].fisher_exact_p, where).toBe(1);
              continue;
            }
            compared++;
            expect(none, where).toBeUndefined();
            expect(Math.abs(found.p! - rates[rate].fisher_exact_p), where).toBeLessThan(1e-6);
            expect(Math.abs(found.holm! - rates[rate].holm_p), where).toBeLessThan(1e-6);
            expect(Math.abs(found.bh! - rates[rate].bh_p), where).toBeLessThan(1e-6);
          }
      }
    }
    expect(compared).toBeGreaterThan(100);
  });

  it('signed differences, indices of benefit and differential fairness of AIF360', () => {
    const negative: Record<string, number> = {};
    for (const name of NAMES)
      for (const { attribute, privileged, unprivileged, n, metrics } of expected[name].aif360) {
        const text = textsOf(attribute);
        const kept = Uint8Array.from({ length: table.rows }, (_, row) =>
          Number(unprivileged === 'all others' || [privileged, unprivileged].includes(text(row))),
        );
        const two = filterRows(
          withColumn(table, 'two', (row) => (text(row) === privileged ? 'a' : 'b')),
          kept,
        );
        const of = review(two, name, ['two'], { reference: { two: 'a' } });
        const where = `${name} ${attribute} ${unprivileged}`;
        expect(of.rows.reviewed).toBe(n);
        const b = of.comparisons['two']?.groups['b'];
        near(b?.selection_rate.difference, metrics['statistical_parity_difference'], where);
        near(b?.selection_rate.ratio, metrics['disparate_impact'], where);
        near(b?.tpr.difference, metrics['equal_opportunity_difference'], where);
        near(b?.fpr.difference, metrics['false_positive_rate_difference'], where);
        near(b?.fpr.ratio, metrics['false_positive_rate_ratio'], where);
        const { appendix, groups } = of;
        const odds = appendix?.attributes['two']?.average_odds['b'];
        near(odds?.signed, metrics['average_odds_difference'], where);
        near(odds?.absolute, metrics['average_abs_odds_difference'], where);
        near(
          of.gaps['two']?.equalized_odds_difference,
          metrics['equalized_odds_difference'],
          where,
        );
        near(appendix?.theil, metrics['theil_index'], where);
        near(appendix?.generalized_entropy, metrics['generalized_entropy_index.alpha2'], where);
        near(
          Math.sqrt(2 * (appendix?.generalized_entropy ?? NaN)),
          metrics['coefficient_of_variation'],
          where,
        );
        const between = appendix?.attributes['two'];
        near(between?.between_theil, metrics['between_group_theil_index'], where);
        near(
          between?.between_generalized_entropy,
          metrics['between_group_generalized_entropy_index.alpha2'],
          where,
        );
        near(
          (groups['two']?.['a']?.accuracy ?? NaN) - (groups['two']?.['b']?.accuracy ?? NaN),
          metrics['error_rate_difference'],
          where,
        );
        negative[where] =
          review(two, name, ['two'], { favourable: 'negative' }).appendix?.theil ?? NaN;
      }
    expect(Object.values(negative).every((theil) => theil > 0)).toBe(true);
    for (const name of NAMES) {
      const crossed = review(table, name, ['sex', 'race'], { cross: true }).appendix;
      near(
        crossed?.attributes['sex*race']?.differential_fairness,
        expected[name].smoothed_edf.prediction,
        name,
      );
    }
  });

  it('mean gap of the odds, as fairlearn names it, where every group has both rates', () => {
    for (const name of NAMES)
      for (const attribute of ['sex', 'race', 'age_band']) {
        const { disparity } = expected[name].attributes[attribute]!;
        const { appendix } = review(table, name, [attribute]);
        if (Object.keys(disparity['undefined'] ?? {}).length > 0) continue;
        near(
          appendix?.attributes[attribute]?.average_odds_gap,
          disparity['fairlearn.equalized_odds_difference.mean'],
          `${name} ${attribute}`,
        );
      }
  });

  it('intervals of worst-case gaps lie where resampling rows puts them', () => {
    const { bootstrap } = expected.logistic_regression;
    for (const attribute of ['sex', 'race'] as const) {
      const of = review(table, 'logistic_regression', [attribute], { intervals: 0.95 });
      const draws = of.gap_draws?.[attribute];
      const wanted = bootstrap?.[attribute];
      const pairs = [
        [draws?.demographic_parity_difference, wanted?.difference['selection_rate']],
        [draws?.equal_opportunity_difference, wanted?.difference['tpr']],
        [draws?.demographic_parity_ratio, wanted?.ratio['selection_rate']],
      ] as const;
      const sizes = Object.values(of.groups[attribute] ?? {}).map(({ n }) => n);
      for (const [got, want] of pairs) {
        const [low = NaN, , high = NaN] = want ?? [];
        if (Math.min(...sizes) < 100) continue;
        const slack = Math.max(0.01, 0.25 * (high - low));
        expect(Math.abs((got?.interval?.[0] ?? NaN) - low)).toBeLessThan(slack);
        expect(Math.abs((got?.interval?.[1] ?? NaN) - high)).toBeLessThan(slack);
      }
      const gap = of.gaps[attribute]?.demographic_parity_difference ?? NaN;
      const [low = NaN, high = NaN] = draws?.demographic_parity_difference?.interval ?? [];
      expect(gap).toBeGreaterThan(low);
      expect(gap).toBeLessThan(high);
    }
  });
});

function isOf(
  one: { readonly group: string; readonly rate: string; readonly measure: string },
  of: { readonly group: string; readonly rate: string; readonly measure: string },
): boolean {
  return one.group === of.group && one.rate === of.rate && one.measure === of.measure;
}
