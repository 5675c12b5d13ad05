/** What may be tried against gaps between groups, in the order in which it is offered. */
export const MITIGATIONS = ['reweighing', 'constrained', 'thresholds', 'calibration'] as const;
export type MitigationMethod = (typeof MITIGATIONS)[number];

/** Which rates are to be alike in all groups: of selection, of both errors, of those found. */
export const CRITERIA = ['demographic-parity', 'equalised-odds', 'equal-opportunity'] as const;
export type Criterion = (typeof CRITERIA)[number];

/** Largest gap between groups that is allowed where nothing else is said, as a share. */
export const USUAL_BOUND = 0.05;

/** The gaps of both families, always together: largest less smallest rate of the groups shown. */
export const MITIGATION_GAPS = {
  'demographic-parity': 'demographic_parity_difference',
  'equalised-odds': 'equalized_odds_difference',
  'equal-opportunity': 'equal_opportunity_difference',
} as const satisfies Record<Criterion, string>;
