import type { Criterion, MitigationMethod } from '../../contract/mitigation.ts';

const methods: Readonly<Record<MitigationMethod, string>> = {
  reweighing: 'Weights before training',
  constrained: 'A bound within training',
  thresholds: 'A threshold for each group',
  calibration: 'A calibration for each group',
};

const criteria: Readonly<Record<Criterion, string>> = {
  'demographic-parity': 'Selection rate (demographic parity)',
  'equalised-odds': 'Both kinds of error (equalised odds)',
  'equal-opportunity': 'Share that is found (equal opportunity)',
};

const refusals: Readonly<Record<string, string>> = {
  MITIGATION_NEEDS_VALIDATION:
    'The model was trained without a validation part, on which this would be fitted.',
  MITIGATION_TOO_FEW: 'Fewer than two groups have enough records with and without the answer.',
  BUDGET_EXCEEDED: 'The privacy budget of the records does not allow it.',
  PLAN_INVALID: 'It cannot be done for a model of this kind.',
  TARGET_UNAVAILABLE: 'It can be done for models of two answers only.',
  STATISTICS_TOO_NOISY: 'The groups are too small for their sizes to be bought at this budget.',
  PUBLIC_FACTS_MISSING:
    'The plan of the model buys nothing, and the sizes of the groups are not known.',
};

/** Gaps between groups, and what is tried against them. Numbers arrive as already formatted text. */
export const mitigation = {
  methods,
  criteria,
  none: 'The model as it was',
  refusals,
  refusedElse: 'It ended with a problem.',

  // The section of the report, which is also the page of the result.
  section: 'Ways to narrow gaps that were tried',
  tried: (groups: string, count: string, tested: string) =>
    `Against gaps between the groups of “${groups}”, ${count} ways were tried. All models are compared on ${tested} records to which nothing was fitted. Both families of criteria are shown for each, whichever was aimed at: narrowing one gap often widens the other.`,
  aim: (criterion: string, bound: string) =>
    `Aimed at: ${criterion}, a gap between groups of at most ${bound} percentage points.`,
  line: (method: string, accuracy: string, change: string) =>
    `${method}: right in ${accuracy} of all records (${change} percentage points against the model as it was).`,
  first: (accuracy: string) => `The model as it was: right in ${accuracy} of all records.`,
  lineGap: (criterion: string, after: string, before: string) =>
    `${criterion}: gap ${after} instead of ${before}.`,
  /** Between two sentences. */
  between: ' ',
  boundLine: (bound: string) => `The bound: ${bound}`,
  firstGap: (criterion: string, value: string) => `${criterion}: gap ${value}.`,
  kept: (method: string) => `${method}: the bound is kept on these records as well.`,
  unkept: (method: string, gap: string) =>
    `${method}: on these records the gap is ${gap}, beyond the bound. A bound is kept on the records a model is fitted to, never for certain on others.`,
  lottery: (chosen: string, best: string) =>
    `A threshold for each group: without deciding by lot a gap of ${chosen} is left on the records it was fitted to; a rule that decides in part by lot would leave ${best}.`,
  tooFew: (method: string, groups: string) =>
    `${method}: these groups have too few records and keep what is common to all: ${groups}.`,
  refusedLine: (method: string, why: string) => `${method}: not made. ${why}`,
  paid: (method: string, epsilon: string) =>
    `${method}: took epsilon ${epsilon} from the privacy budget.`,
  reported: (method: string) => `This report is about the model “${method}”.`,
  notDropping: (groups: string) =>
    `Leaving “${groups}” out of the model is no mitigation: other columns stand for it, and without it the gap can neither be seen nor narrowed.`,
  needsGroup:
    'With thresholds or calibrations for each group, the group of a person has to be known at every decision. Check whether the law allows that.',
  spread:
    'With privacy every training is a draw of its own, and small groups vary most from one to the next: a model trained again can come out elsewhere. Taking the best of several trainings would have to be paid for.',
  /** Of a model, among its facts. */
  byGroup: 'Differs by group',
  byGroupValue: (column: string) =>
    `own thresholds or calibrations for the values of “${column}”, fitted to validation records, which no guarantee covers`,
  chart: (criterion: string) => `${criterion}: gap between groups`,
  table: 'Before and after',
  groupTable: (groups: string) => `Groups of “${groups}”`,
  model: 'Model',
  group: 'Group',
  accuracy: 'Accuracy',
  gap: 'Gap',
  selected: 'Selected',
  found: 'Found (TPR)',
  falsely: 'Falsely selected (FPR)',
  bias: 'Mean score less share',

  // The pages.
  open: 'Try ways to narrow gaps between groups',
  openResult: 'Ways to narrow gaps that were tried',
  title: 'Try ways to narrow gaps between groups',
  text: 'Each way makes a model of its own; the one you have stays as it is. All are then compared on records to which nothing was fitted.',
  reading: 'Looking at what can be tried',
  noColumns: 'No column of these records can serve as groups, so nothing can be tried.',
  groupsLegend: 'Between which groups?',
  groupsMissing: 'Choose the column that tells the groups apart',
  methodsLegend: 'Which ways?',
  methodsMissing: 'Choose at least one way',
  hints: {
    reweighing:
      'Records of groups that rarely have the answer count more. The model needs no group later.',
    constrained:
      'Several models are trained until the gap is within the bound. The model needs no group later.',
    thresholds:
      'The model stays; each group gets the threshold that makes rates alike. The group must be known at every decision.',
    calibration:
      'The model stays; in each group its probabilities are made to fit. The group must be known at every decision.',
  } satisfies Record<MitigationMethod, string>,
  unavailable: (why: string) => `Not possible here: ${why}`,
  criterionLegend: 'Which rates are to be alike?',
  criterionHint: 'They cannot all be alike at once. The result shows every one of them.',
  criterionMissing: 'Choose what is to be alike',
  bound: 'Largest gap between groups, in percentage points',
  boundHint: 'For a bound within training. Usually 5.',
  boundWrong: 'Write a number of percentage points between 0 and 100, such as 5',
  costTitle: 'What it costs',
  costPrivate: (count: string, epsilon: string, left: string) =>
    `${count} of the chosen ways train anew, each for epsilon ${epsilon} of the privacy budget of these records; ${left} is left. All that a way needs to know, such as how large the groups are, is bought within that.`,
  costNone: 'Nothing is taken from a privacy budget.',
  start: 'Try them',

  resultTitle: 'Before and after',
  readingResult: 'Putting the comparison together',
  useTitle: 'Which model to use',
  useText:
    'All models are kept. Go on with one of them: it is then reviewed like any other, by all groups.',
  use: (method: string) => `Use the model “${method}”`,
  stay: 'Stay with the model as it was',
};
