import type { Compared, NumberFigure, Verdict } from '../../contract/review.ts';

/** Does: what a group has more or less often than another. */
const does: Readonly<Record<Compared, string>> = {
  selection_rate: 'are selected',
  tpr: 'who are truly positive are found',
  fpr: 'who are truly negative are wrongly selected',
  ppv: 'who are selected are truly positive',
};

/** What reports say of differences between groups. Figures arrive formatted. */
export const findings = {
  title: 'Which differences matter',
  margins: (points: string, ratio: string) =>
    `Set before the review: between a group and its reference group, more than ${points} percentage points matter, and so does being selected less than ${ratio} times as often (or as many times more often).`,
  marginsReason: (reason: string) => `Reason for these margins: ${reason}`,
  counts: (all: string, beyond: string, within: string, undecided: string, none: string) =>
    `Of ${all} comparisons, ${beyond} lie beyond the margin, ${within} within it, ${undecided} are undecided and ${none} cannot be estimated. What is undecided or cannot be estimated has not passed.`,
  noComparisons: 'There was nothing to compare: no two groups.',
  verdicts: {
    beyond: 'Beyond the margin',
    within: 'Within the margin',
    undecided: 'Undecided',
  } satisfies Record<Verdict, string> as Readonly<Record<Verdict, string>>,
  noneEstimable: 'Cannot be estimated',
  difference: (
    attribute: string,
    group: string,
    reference: string,
    rate: Compared,
    points: string,
    more: boolean,
    interval: string,
  ) =>
    `“${attribute}”: those of “${group}” ${does[rate]} ${points} percentage points ${more ? 'more' : 'less'} often than those of “${reference}” (${interval}).`,
  ratio: (attribute: string, group: string, reference: string, ratio: string, interval: string) =>
    `“${attribute}”: those of “${group}” are selected ${ratio} times as often as those of “${reference}” (${interval}).`,
  more: (sentence: string, records: string, group: string) =>
    `${sentence} About ${records} more records of “${group}” would settle it.`,
  notAlone: (sentence: string, group: string) =>
    `${sentence} More records of “${group}” alone would not settle it.`,
  notEstimable: (attribute: string, group: string, rate: string, reason: string) =>
    `“${attribute}”, “${group}”, ${rate}: ${reason}.`,
  others: (count: string) => `${count} more stand in the table of all comparisons.`,
  caption: 'All comparisons with the reference groups',
  compared: 'Compared',
  reference: 'Reference group',
  value: 'Group less reference, or group over reference',
  verdict: 'Verdict',
  holm: 'p (Holm)',
  bh: 'p (Benjamini–Hochberg)',
  evidence: 'That there is a difference at all',
  shown: 'shown',
  look: 'worth a look',
  neither: 'not shown',
  small: (p: string) => `below ${p}`,
  methods: (level: string, statements: string, tests: string) =>
    `The intervals here hold all together at ${level} (Bonferroni, over ${statements} statements), so they are wider than those elsewhere. The p-values are corrected over one family of ${tests} tests: “shown” when Holm’s is below 5%, “worth a look” when only that of Benjamini and Hochberg is. No model is called fair or unfair here.`,
  gap: 'Worst gap',
  gapWith: (value: string, interval: string, chance: string) =>
    `${value} (${interval}); by lot ${chance}`,
  gapLot: (middle: string, far: string) => `${middle}, up to ${far}`,
  gapNote:
    'In brackets: the interval of the gap. “By lot”: the gap that appears when people are put into groups of the same sizes by lot, in the middle of all lots and at their far end. A gap no larger than that is what chance gives.',
  drawn: (draws: string, seed: string) =>
    `Intervals without a formula come from ${draws} draws of each group’s counts, which start from the seed ${seed} and can be drawn again.`,
  drawnPersons: (draws: string, persons: string, seed: string) =>
    `Several records belong to one person: all intervals come from ${draws} draws of the ${persons} persons with all their records (seed ${seed}), and p-values rest on the same draws.`,
  uncertain: (mark: string, sure: string) =>
    `${mark}: fewer than ${sure} records stand behind the figure; it is uncertain.`,
  uncertainHead: (sure: string) => `Shown, but uncertain: fewer than ${sure} records`,
  factPerson: 'Records of one person share',
  factMargins: 'Margins set before the review',
  marginsFact: (points: string, ratio: string) => `${points} percentage points; ratio ${ratio}`,
  appendix: {
    title: 'Appendix: indices',
    text: 'These condense many figures into one each and leave out who is worse off. They are here for those who must report them.',
    overall: 'Inequality of benefits among all records',
    entropy: 'Generalised entropy (alpha 2)',
    theil: 'Theil index',
    byAttribute: 'By column',
    betweenEntropy: 'Of it between the groups: generalised entropy',
    betweenTheil: 'Of it between the groups: Theil index',
    differential: 'Differential fairness (largest log ratio, smoothed)',
    averageOdds: 'Average odds, largest minus smallest (unsigned)',
    calibration: 'Calibration in the large, largest minus smallest (unsigned)',
    odds: (attribute: string, reference: string) =>
      `Average odds by “${attribute}”, each group less “${reference}”`,
    signed: 'Average odds difference, signed (points)',
    absolute: 'Average absolute odds difference (points)',
    benefit: (favourable: string) =>
      `A benefit is 1, 1 more for a favourable decision and 1 less for a favourable truth; favourable is the ${favourable} decision.`,
    sides: { positive: 'positive', negative: 'negative' },
    leftOut: (attribute: string, groups: string) =>
      `“${attribute}”: computed without ${groups}, which have too few records.`,
  },
  numbers: {
    title: 'How far the predicted numbers lie off',
    records: (n: string, label: string) =>
      `The figures come from ${n} records. The true number stands in “${label}”; errors are in its unit.`,
    mean: (mae: string) => `On average, a prediction is off by ${mae}.`,
    bias: (amount: string, low: boolean) =>
      `All together, predictions are ${amount} too ${low ? 'low' : 'high'} on average.`,
    groups: (attribute: string, least: string, group: string, most: string, worst: string) =>
      `By “${attribute}”, they are off by ${least} (${group}) to ${most} (${worst}) on average.`,
    figures: {
      mae: 'Mean absolute error',
      rmse: 'Root mean squared error',
      mean_residual: 'Mean residual (truth less prediction)',
    } satisfies Record<NumberFigure, string> as Readonly<Record<NumberFigure, string>>,
    all: 'All records reviewed',
    byGroup: (attribute: string) => `Errors by “${attribute}”`,
    gaps: 'Largest minus smallest between groups (unsigned)',
    methods:
      'Intervals are normal ones of a mean (of the root mean squared error: the root of those of its square); those of gaps come from normal draws of each group’s mean. A mean residual above 0 says that predictions are too low.',
    noVerdicts:
      'No margins are set for numbers, so no verdicts are given: how many units matter is for people to decide.',
  },
};
export type FindingWords = typeof findings;
