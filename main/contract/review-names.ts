/** What a review measures, by name. */

/** The name in figures of people whose group column is empty; they are never left out. */
export const MISSING_GROUP = '(missing)';

/** Between the columns of a crossed attribute (`sex*race`) and the values of a crossed group. */
export const CROSSED_ATTRIBUTE = '*';
export const CROSSED_GROUP = ' & ';

/** Shares of records: each has a count above and a count below the line. */
export const RATES = [
  'base_rate',
  'selection_rate',
  'accuracy',
  'tpr',
  'fpr',
  'fnr',
  'tnr',
  'ppv',
  'npv',
] as const;
export type Rate = (typeof RATES)[number];

/** What needs a score and not only decisions. */
export const SCORE_FIGURES = ['auc', 'loss', 'brier', 'calibration_in_the_large', 'ece'] as const;
export type ScoreFigure = (typeof SCORE_FIGURES)[number];

export const COUNTS = ['tp', 'fp', 'tn', 'fn'] as const;
export type Count = (typeof COUNTS)[number];

/** `precision` and `recall` are other names of `ppv` and `tpr`. */
export const FIGURES = [...COUNTS, ...RATES, 'precision', 'recall', ...SCORE_FIGURES] as const;
export type Figure = (typeof FIGURES)[number];

/** Thresholds 0, 0.01 .. 1 of which it is known what would happen at them. */
export const THRESHOLDS = 101;

/** Rates in which a group is set against the reference group. */
export const COMPARED = ['selection_rate', 'tpr', 'fpr', 'ppv'] as const;
export type Compared = (typeof COMPARED)[number];

export const GAPS = [
  'demographic_parity_difference',
  'demographic_parity_ratio',
  'equalized_odds_difference',
  'equalized_odds_ratio',
  'equal_opportunity_difference',
  'predictive_parity_difference',
] as const;
export type Gap = (typeof GAPS)[number];

/** What a review of numbers measures; a residual is truth less prediction. */
export const NUMBER_FIGURES = ['mae', 'rmse', 'mean_residual'] as const;
export type NumberFigure = (typeof NUMBER_FIGURES)[number];

/** A figure over at least `min_denominator` records, but fewer than this, is shown as uncertain. */
export const SURE_RECORDS = 30;

/** The margins that hold where nobody sets others: 5 percentage points, four fifths. */
export const MARGINS = { difference: 0.05, ratio: 0.8 } as const;
/** The longest reason for others, in UTF-16 code units. */
export const REASON_CHARACTERS = 2000;
