/** Every sentence of a chart. Figures arrive formatted. */
export const charts = {
  table: 'The figures as a table',
  range: (from: string, to: string) => `${from} to ${to}`,
  below: (from: string, to: string) => `${from} to below ${to}`,
  noRecord: 'no record',
  withheld: 'withheld',
  none: 'none',
  histogram: {
    bins: (n: string, from: string, to: string, most: string, count: string) =>
      `Records with a value: ${n}, from ${from} to ${to}. The highest bar, ${most}, stands for ${count}.`,
    values: (n: string, most: string, count: string) =>
      `Records with a value: ${n}. The most frequent, “${most}”, has ${count}.`,
    empty: 'No record has a value here.',
    value: 'Value',
    count: 'Records',
    others: (values: string) => `All other values (${values})`,
  },
  dots: {
    spread: (high: string, highText: string, low: string, lowText: string) =>
      `Highest: ${high}, ${highText}. Lowest: ${low}, ${lowText}.`,
    single: (name: string, text: string) => `${name}: ${text}.`,
    hidden: (count: string) => `Rows without a figure: ${count}.`,
  },
  calibration: {
    summary: (count: string | null, score: string, observed: string) =>
      `Where scores and outcomes lie furthest apart, a mean score of ${score} stands beside ${observed} who were positive${count === null ? '' : ` (${count} records)`}.`,
    empty: 'No bin has enough records to be shown.',
    reading:
      'On the dashed line, scores mean what they say. Dots below it: scores too high; above it: too low.',
    hidden: (count: string) => `Bins not shown: ${count}.`,
    score: 'Mean score',
    observed: 'Positive in truth',
    bin: 'Scores',
    n: 'Records',
    interval: (level: string) => `${level} interval`,
  },
  roc: {
    summary: (tpr: string, fpr: string) =>
      `The decisions under review find ${tpr} of those positive in truth and select ${fpr} of those negative in truth.`,
    auc: (auc: string) => `Area under the curve: ${auc} (0.5 is chance, 1 is best).`,
    reading: 'The dashed line is chance. The ring marks the decisions under review.',
    threshold: 'Threshold',
    fpr: 'False positive rate',
    tpr: 'True positive rate',
    nobody: 'nobody selected',
    decisions: 'decisions under review',
    chosen: (threshold: string) => `${threshold} (under review)`,
    chance: 'chance',
    some: (shown: string, all: string) => `Points in the table: ${shown} of ${all} drawn.`,
  },
  precision: {
    title: 'Found and rightly selected, at every threshold',
    summary: (precision: string, recall: string) =>
      `Of those whom the decisions under review select, ${precision} are positive in truth; they find ${recall} of those positive in truth.`,
    few: 'The decisions under review select too few records to be marked.',
    average: (average: string, base: string) =>
      `Average precision: ${average} (selecting by lot has ${base}, 1 is best).`,
    reading:
      'The dashed line is selecting by lot. The ring marks the decisions under review. Points of too few selected records are left out.',
    recall: 'Found, of those positive (recall)',
    precision: 'Positive, of those selected (precision)',
    lot: 'by lot',
  },
  training: {
    steps: (done: string, of: string, time: string) =>
      `Steps done: ${done} of ${of}, after ${time}.`,
    epsilon: (charged: string, of: string) =>
      `Epsilon of the steps paid for: ${charged}. Of the whole training: ${of}.`,
    noPrivacy: 'Training without differential privacy: no epsilon is spent.',
    empty: 'No step is done yet.',
    time: 'Time',
    stepsDone: 'Steps done',
    epsilonCharged: 'Epsilon of the steps paid for',
    duration: (hours: number, minutes: number, seconds: number) =>
      hours > 0
        ? `${hours} h ${minutes} min`
        : minutes > 0
          ? `${minutes} min ${seconds} s`
          : `${seconds} s`,
  },
};
export type ChartWords = typeof charts;
