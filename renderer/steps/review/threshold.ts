import type { DotsChart, ThresholdRates } from '../../../main/contract/charts.ts';
import { COMPARED, THRESHOLDS, type Compared } from '../../../main/contract/review-names.ts';
import type { Words } from '../../../main/words/index.ts';

/** The rates that criteria of fairness compare. */
export const RATES = COMPARED;
export type Rate = Compared;
export const GAPS = [
  'demographic_parity_difference',
  'equalized_odds_difference',
  'equal_opportunity_difference',
  'predictive_parity_difference',
] as const;
type Gap = (typeof GAPS)[number];

/** The rates of one group at one threshold; null: undefined, or over too few records. */
export interface GroupRates {
  readonly name: string;
  readonly rates: Readonly<Record<Rate, number | null>>;
}

/** The place of a threshold among those that rates are known at. */
export function placeOf(threshold: number): number {
  return Math.min(THRESHOLDS - 1, Math.max(0, Math.round(threshold * (THRESHOLDS - 1))));
}

export function ratesAt(name: string, of: ThresholdRates, threshold: number): GroupRates {
  const place = placeOf(threshold);
  const at = (rate: Rate): number | null => of[rate][place] ?? null;
  return {
    name,
    rates: {
      selection_rate: at('selection_rate'),
      tpr: at('tpr'),
      fpr: at('fpr'),
      ppv: at('ppv'),
    },
  };
}

/**
 * The largest difference between groups whose rate is known, by criterion, as a review has them; null
 * with fewer than two groups.
 */
export function gapsAt(groups: readonly GroupRates[]): Readonly<Record<Gap, number | null>> {
  const gap = (rate: Rate): number | null => {
    const known = groups.flatMap(({ rates }) => rates[rate] ?? []);
    return known.length < 2 ? null : Math.max(...known) - Math.min(...known);
  };
  const [tpr, fpr] = [gap('tpr'), gap('fpr')];
  return {
    demographic_parity_difference: gap('selection_rate'),
    equalized_odds_difference: tpr === null || fpr === null ? null : Math.max(tpr, fpr),
    equal_opportunity_difference: tpr,
    predictive_parity_difference: gap('ppv'),
  };
}

/** One rate of every group, and the line of everybody. */
export function rateChart(
  rate: Rate,
  groups: readonly GroupRates[],
  everybody: GroupRates,
  threshold: string,
  {
    w,
    percent,
  }: { readonly w: Words['reasons']['threshold']; readonly percent: (share: number) => string },
): DotsChart {
  const line = everybody.rates[rate];
  return {
    kind: 'dots',
    caption: w.chart(w.rates[rate], threshold),
    nameHead: w.group,
    valueHead: w.rates[rate],
    ...(line === null ? {} : { line: { at: line, label: `${everybody.name}: ${percent(line)}` } }),
    ticks: [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, text: percent(at) })),
    rows: groups.map(({ name, rates }) => ({
      name,
      text: rates[rate] === null ? w.none : percent(rates[rate]),
      at: rates[rate],
      low: null,
      high: null,
    })),
  };
}
