import { modelKinds } from './model-kinds.ts';
import type { Figure, Gap } from '../../contract/review.ts';
import type { Neighbours, Phase } from '../../contract/privacy.ts';
import { entityTypes } from './entity-types.ts';
import { certificate } from './certificate.ts';
import { findings } from './findings.ts';
import { ledger } from './ledger.ts';
import { search } from './search.ts';
import { privacyModels } from './privacy-models.ts';
import { protectionFigures } from './protection-figures.ts';
import { noise } from './noise.ts';
import { unchecked } from './unchecked.ts';

/**
 * What reports and model cards say. Figures arrive as already formatted text; `about` is a count
 * out of 100 ("about 58", "fewer than 1").
 */

const figures: Readonly<Record<Figure | 'n', string>> = {
  n: 'Records',
  tp: 'True positives',
  fp: 'False positives',
  tn: 'True negatives',
  fn: 'False negatives',
  base_rate: 'Truly positive',
  selection_rate: 'Selection rate',
  accuracy: 'Accuracy',
  tpr: 'True positive rate',
  fpr: 'False positive rate',
  fnr: 'False negative rate',
  tnr: 'True negative rate',
  ppv: 'Positive predictive value',
  npv: 'Negative predictive value',
  precision: 'Precision',
  recall: 'Recall',
  auc: 'AUC',
  loss: 'Log loss',
  brier: 'Brier score',
  calibration_in_the_large: 'Calibration in the large',
  ece: 'Calibration error (ECE)',
};

const gaps: Readonly<Record<Gap, string>> = {
  demographic_parity_difference: 'Demographic parity, difference',
  demographic_parity_ratio: 'Demographic parity, ratio',
  equalized_odds_difference: 'Equalized odds, difference',
  equalized_odds_ratio: 'Equalized odds, ratio',
  equal_opportunity_difference: 'Equal opportunity, difference',
  predictive_parity_difference: 'Predictive parity, difference',
};

/** Column heads where space is short; the abbreviations stand beside the full names too. */
const short: Readonly<Partial<Record<Figure | 'n', string>>> = {
  base_rate: 'Positive',
  selection_rate: 'Selected',
  tpr: 'TPR',
  fpr: 'FPR',
  fnr: 'FNR',
  ppv: 'PPV',
  npv: 'NPV',
  brier: 'Brier',
  ece: 'ECE',
};

const neighbours: Readonly<Record<Neighbours, string>> = {
  'add-remove': 'one is added or removed',
  'replace-one': 'one is replaced by another',
};

const mechanisms: Readonly<Record<Phase['mechanism'], string>> = {
  poisson_gaussian: 'Gaussian noise, Poisson sampling',
  gaussian: 'Gaussian noise',
  laplace: 'Laplace noise',
  discrete_gaussian: 'Discrete Gaussian noise',
  discrete_laplace: 'Discrete Laplace noise',
  exponential: 'Exponential mechanism',
  fixed_size_gaussian: 'Gaussian noise, batches of fixed size',
};

const units: Readonly<Record<'row' | 'person', string>> = {
  row: 'one record',
  person: 'one person with all their records',
};

const testedOn = {
  'held-out': 'records held out of training',
  training: 'the records the model learned from: it will do worse on new ones',
  unknown: 'not stated whether the model had learned from these records',
};

const colon = (name: string, what: string): string => `${name}: ${what}`;

export const report = {
  reportTitle: (study: string) => `Report on the model of “${study}”`,
  cardTitle: (study: string) => `Model card of “${study}”`,
  unnamed: 'an unnamed study',
  subtitle: (date: string, software: string) => `Written on ${date} with ${software}`,
  contents: 'Contents',
  notStated: 'not stated',
  notDone: 'not done',
  none: 'none',
  comma: ', ',
  colon,
  figures,
  short,
  gaps,
  entityTypes,
  privacyModels,
  modelKinds,
  neighbours,
  mechanisms,
  units,
  testedOn,
  withheld: 'withheld',
  /** In place of a count that could point at people. */
  few: '1 to 10',
  undefined: 'not defined',
  missingGroup: 'no entry',
  overall: 'All',
  about: {
    none: '0',
    fewer: 'fewer than 1',
    about: (count: string) => `about ${count}`,
    more: 'more than 99',
    all: '100',
  },
  /** A small probability as people say it. */
  oneIn: (count: string) => `1 in ${count}`,
  interval: (low: string, high: string) => `${low} to ${high}`,
  bracketed: (figure: string, interval: string) => `${figure} (${interval})`,
  sections: {
    summary: 'In plain words',
    purpose: 'Purpose and limits',
    data: 'Records',
    anonymisation: 'Protection of the records',
    privacy: 'Privacy of the training',
    performance: 'How good the model is',
    groups: 'How good for whom',
    gaps: 'Gaps between groups',
    withheld: 'What is withheld',
    unchecked: 'What was not checked',
    approvals: 'Approvals',
    origin: 'Where this comes from',
  },
  cardSections: {
    details: 'Model details',
    use: 'Intended use',
    factors: 'Factors',
    metrics: 'Metrics',
    evaluation: 'Evaluation data',
    training: 'Training data',
    analyses: 'Quantitative analyses',
    ethics: 'Ethical considerations',
    caveats: 'Caveats and recommendations',
  },
  summary: {
    records: (n: string, label: string, positive: string) =>
      `The figures come from ${n} records. What was true stands in “${label}”. “Positive” means “${positive}” there; the model “selects” a record when it gives that answer.`,
    right: (about: string, usual: string) =>
      `Of 100 decisions, ${about} were right. Always giving the more common answer would be right in ${usual} of 100.`,
    found: (found: string, missed: string) =>
      `Of 100 records that are truly positive, the model finds ${found} and misses ${missed}.`,
    trusted: (about: string) => `Of 100 records it selects, ${about} are truly positive.`,
    ranks: (about: string) =>
      `Of one positive and one negative record taken at random, it gives the positive one the higher score ${about} times in 100.`,
    selects: (attribute: string, low: string, lowGroup: string, high: string, highGroup: string) =>
      `By “${attribute}”, it selects between ${low} (${lowGroup}) and ${high} (${highGroup}) of a group.`,
    finds: (attribute: string, low: string, lowGroup: string, high: string, highGroup: string) =>
      `By “${attribute}”, it finds between ${low} (${lowGroup}) and ${high} (${highGroup}) of those who are truly positive.`,
    withheld: (groups: string) =>
      `Some figures of ${groups} groups are withheld or not defined, because too few records stand behind them.`,
    notSigned: 'Nobody has signed this report off. The model is not approved for use.',
  },
  facts: {
    study: 'Study',
    question: 'Question',
    purpose: 'Purpose',
    users: 'Who uses it',
    notFor: 'Not to be used for',
    limits: 'Known limits',
    name: 'Name',
    hash: 'SHA-256 of the content',
    read: 'Records read',
    reviewed: 'Records reviewed',
    withoutLabel: 'Left out: no truth',
    abstained: 'Left out: the model gave no answer',
    label: 'Truth',
    positive: 'Positive value',
    score: 'Score',
    decision: 'Decision',
    threshold: (score: string, threshold: string) => `“${score}” of at least ${threshold}`,
    prediction: (column: string) => `“${column}” as it stands`,
    testedOn: 'Tested on',
    kind: 'Kind of model',
    predicts: 'Predicts',
    oneOf: (values: string, positive: string) =>
      `one of ${values}; all figures here compare “${positive}” with the others, and “positive” means that one`,
    parameters: 'Parameters',
    backend: 'Computed by',
    calibration: 'Probabilities',
    calibrated:
      'fitted after training to the validation records, which like the test records the privacy limit does not protect',
    features: 'Columns it learns from',
    excluded: 'Columns kept from it',
    groups: 'Groups reviewed',
    level: 'Level of the intervals',
    minDenominator: 'Least number of records behind a figure',
    exact: 'none: withholding was switched off for this review',
    date: 'Date',
    software: 'Software',
    journal: 'Newest entry of the journal',
    modelHash: 'SHA-256 of the model',
    contentHash: 'SHA-256 of this document',
    hashLater: 'worked out when the document is saved',
    trainingRecords: 'Training records',
  },
  certificate,
  protectionFigures,
  anonymisation: {
    learned: (models: string, rows: string, suppressed: string) =>
      `The model learned from a protected copy of the records, which was made less exact (generalised) until it met ${models}. Of ${rows} records, ${suppressed} were left out.`,
    copy: (models: string, rows: string, suppressed: string) =>
      `A protected copy of the records was made to be shared: it was made less exact (generalised) until it met ${models}. Of ${rows} records, ${suppressed} were left out. The model itself learned from the records as they were.`,
    notDone:
      'Anonymisation: not done. No protection of these records was recorded with this report.',
    parameter: (name: string, value: string) => `${name} = ${value}`,
    of: (attribute: string) => `of “${attribute}”`,
    level: (level: string) => `level ${level}`,
    levels:
      'How far each column that narrows down who it is was made less exact (level 0: as it was)',
    riskCaption: 'Chance that a record is matched to its person',
    risk: 'Risk',
    before: 'Before',
    after: 'After',
    prosecutorHighest: 'For a person known to be in the records, at worst (prosecutor)',
    prosecutorAverage: 'For a person known to be in the records, on average (prosecutor)',
    marketer: 'For all records, on average (marketer)',
    smallestClass: 'Fewest records that look the same',
    checked: 'The condition was checked on the records as written.',
    text: 'Free text',
    textRules:
      'Names, places, dates, contact details and numbers were looked for by written rules: forms with their check digits, word lists and the words around. What such rules miss stays in the text.',
    textDecided: 'A person looked at findings and changed some of them.',
    textUndecided: 'The findings were taken as they were found; no decision of a person was saved.',
    textPseudonym:
      'Text with stand-ins is pseudonymised, not anonymous: whoever has the key of the study can tell which stand-in belongs to a name.',
    textCaption: 'What was taken out of the free text',
    textColumn: 'Column',
    textMode: 'How',
    textCounts: 'How often',
    textModes: {
      tag: 'replaced by its kind',
      mask: 'covered with stars',
      pseudonym: 'replaced by a stand-in',
    },
    textCount: (type: string, count: string) => `${type}: ${count}`,
    textNothing: 'nothing was found',
  },
  privacy: {
    done: (epsilon: string, delta: string, unit: string) =>
      `The model was trained with differential privacy: epsilon ${epsilon}, delta ${delta}, for ${unit}.`,
    certainty: (percent: string, oneIn: string) =>
      `Suppose an attacker knows everything else and thinks it 50% likely that a certain person or record is in the training records. With the model in hand, that becomes at most ${percent}, except in ${oneIn} cases.`,
    none: 'Differential privacy: not done. The model was trained without it and may reveal single records it learned from.',
    unknown:
      'Differential privacy: not done. No guarantee for the training was recorded with this report.',
    limits:
      'The guarantee covers the trained model. It does not cover the figures of this report, which are exact and come from the records reviewed.',
    epsilon: 'Epsilon',
    delta: 'Delta',
    accountant: 'Accountant',
    unit: 'Unit of privacy',
    unitRows: (unit: string, column: string, rows: string) =>
      `${unit} (“${column}”, at most ${rows === '1' ? 'one record' : `${rows} records`} each)`,
    neighbours: 'Neighbouring data sets',
    publicCount: 'Published number of units',
    clip: 'Clipping norm',
    bought: 'Found by private statistics before the training',
    pretraining: 'Epsilon of the pre-training on the records by itself (part of the above)',
    boughtCost: 'Epsilon of these statistics by themselves (part of the above)',
    statistics: {
      labels: (column: string) => `answers in “${column}”`,
      bounds: (column: string) => `range of “${column}”`,
      categories: (column: string) => `values of “${column}”`,
      either: (column: string) => `range or values of “${column}”`,
      median: (column: string) => `median of “${column}”`,
      mode: (column: string) => `most frequent value of “${column}”`,
      vocabulary: (column: string) => `words of “${column}”`,
      centre: (column: string) => `mean direction of the texts of “${column}”`,
      groups: (column: string) => `sizes of the groups of “${column}”, by label`,
    },
    ledger,
    search: search.report,
    phases: 'Accounted phases',
    mechanism: 'Mechanism',
    noise: 'Noise multiplier',
    rate: 'Sampling rate',
    steps: 'Steps',
    batch: (size: string, of: string) => `${size} of ${of}`,
    everyUnit: 'all',
  },
  performance: {
    caption: 'All records reviewed',
    figure: 'Figure',
    value: 'Value',
    interval: (level: string) => `${level} interval`,
    meaning: 'Meaning',
    noInterval: 'none',
    meanings: {
      n: 'records behind the figures',
      base_rate: 'share of records that are truly positive',
      selection_rate: 'share of records the model selects',
      accuracy: 'share of decisions that are right',
      tpr: 'share of the truly positive that are selected (recall)',
      fpr: 'share of the truly negative that are selected',
      fnr: 'share of the truly positive that are missed',
      ppv: 'share of the selected that are truly positive (precision)',
      npv: 'share of the not selected that are truly negative',
      auc: 'chance that a positive record scores above a negative one',
      loss: 'mean logarithmic loss of the scores; 0 is best',
      brier: 'mean squared error of the scores; 0 is best',
      calibration_in_the_large: 'mean score minus share of positives; above 0: too high',
      ece: 'distance between scores and outcomes over 10 bins; 0 is best',
    },
    calibration: 'What the scores mean: mean score beside what was true',
    roc: 'Found and wrongly selected, at every threshold',
    noRoc: (reason: string) =>
      `ROC curve: ${reason}. It needs enough records that are positive and enough that are negative in truth.`,
    noScore:
      'The model gave decisions without scores: AUC, loss, Brier score and calibration were not computed.',
  },
  groups: {
    none: 'No groups were reviewed: for whom the model is good or bad was not checked.',
    caption: (attribute: string) => `By “${attribute}”`,
    table: (attribute: string) => `Main figures by “${attribute}”`,
    group: 'Group',
    chart: (figure: string, attribute: string) => `${figure} by “${attribute}”`,
    line: (figure: string) => `The vertical line is all records: ${figure}.`,
    marks: (withheld: string, undefined_: string, least: string) =>
      `“${withheld}”: fewer than ${least} records stand behind the figure (ECE: 200). “${undefined_}”: no record stands behind it; this is not 0.`,
    compared: (attribute: string, reference: string) =>
      `By “${attribute}”: each group less “${reference}”, in percentage points`,
    largest: 'The reference group is the largest one, because none was named.',
    difference: (figure: string) => figure,
    ratio: (figure: string) => `${figure}, ratio`,
    methods:
      'Intervals: Wilson for rates, DeLong for the AUC, Newcombe for differences, Katz for ratios. They hold one by one: among many comparisons some leave the range by chance.',
    independent: ' They treat every record as another person.',
  },
  gapsSection: {
    text: 'Each gap is the worst case between groups: largest minus smallest rate, or smallest over largest. A difference of 0 or a ratio of 1 is no gap.',
    families:
      'Demographic parity looks at who is selected; equalized odds and equal opportunity at who is selected among those with the same truth; predictive parity at how far a selection can be trusted. Where groups differ in their share of positives, a model usually cannot meet all at once: which of them matters is for people to decide, and this report does not call a model fair or unfair.',
    caption: 'Worst-case gaps',
    criterion: 'Criterion',
    over: (criterion: string, attribute: string, groups: string) =>
      `“${attribute}”, ${criterion}: computed without ${groups}.`,
    overTitle: 'Groups left out of a gap',
  },
  withheldSection: {
    none: 'Nothing is withheld and every figure is defined.',
    caption: 'Groups with figures that are not shown',
    attribute: 'Column',
    all: 'all figures',
    few: (least: string) => `Withheld: fewer than ${least} records (ECE: 200)`,
    nothing: 'Not defined: no record behind it',
  },
  noise,
  unchecked,
  findings,
  origin: {
    text: 'The hash shows whether this document was changed after it was written; without a signature it does not show who wrote it. “concord report --verify” computes it again.',
  },
  card: {
    ethics: 'No decision is made by the model alone: a person decides and gives their name.',
    factors: (groups: string) => `Performance was reviewed by ${groups}.`,
    metricsText:
      'Rates are shares from 0% to 100%. Both families of criteria, selection and errors, are shown; none is left out because it looks worse.',
    recommend: 'Use the model only for the purpose above, on records like those it was tested on.',
    evaluationSame: 'The figures come from the records below.',
  },
};
export type ReportWords = typeof report;
