/** Reasons of a model and of one answer, and the thresholds. Figures arrive formatted. */
export const reasons = {
  section: 'What its answers rest on',
  measures: { auc: 'AUC', accuracy: 'share of right answers', mae: 'mean absolute error' },
  /** A column is shuffled: what that does to the model. */
  text: (rows: string, repeats: string) =>
    `To see what the model rests on, the cells of one column were shuffled among ${rows} held-out records, ${repeats} times each, and the model was measured again. What it loses is the importance of the column.`,
  most: (columns: string, measure: string) =>
    `The answers rest mostly on: ${columns} (measured by the ${measure}).`,
  mostNone: 'No column makes a difference that these records can show.',
  little: (columns: string) => `No difference can be told from chance for: ${columns}.`,
  persons: (persons: string) =>
    `The records are of ${persons} people; the intervals count people, not records.`,
  textOnly: 'The model reads nothing but text, so there are no columns to shuffle.',
  limits:
    'Importance says what this model uses, not what causes the outcome. Columns that say the same share it, and shuffling makes records that nobody has.',
  chart: {
    auc: 'AUC lost when the column is shuffled',
    accuracy: 'Right answers lost when the column is shuffled',
    mae: 'Error gained when the column is shuffled',
  },
  line: 'The line marks 0: the column makes no difference.',
  column: 'Column',
  value: 'Importance and 95% interval',
  with: (value: string, interval: string) => `${value} (${interval})`,
  base: 'The model as it is',
  groupsTitle: 'By group',
  groupsText:
    'Within a group a column is shuffled among the records of that group. Where a column matters in one group and not in another, the model judges the two by different things.',
  groupsTable: (attribute: string) => `Importance by ${attribute}`,
  groupsLeft: (attribute: string, groups: string) =>
    `Withheld for too few records: ${groups} (${attribute}).`,
  groupsMost: (group: string, columns: string) => `${group}: ${columns}`,
  shapesTitle: 'What each column does to the answer',
  shapesWithheld: (count: string) =>
    `Parts of the columns that 1 to 10 records stand in are left out: ${count}.`,
  shapesOthers: (columns: string) => `Further columns of the model: ${columns}.`,
  shapesNone: 'What each column does is not shown: it may give single records away.',
  pairs: (pairs: string) => `Columns that also act together: ${pairs}.`,
  pair: (first: string, second: string) => `${first} with ${second}`,
  row: {
    says: (value: string, share: string) => `The model says: ${value} (${share}).`,
    predicts: (value: string) => `The model predicts ${value}.`,
    none: 'Nothing in the record is known to the model: it gives no answer, and so no reasons.',
    because: (fields: string) => `Mostly because of: ${fields}.`,
    against: (fields: string) => `Against it: ${fields}.`,
    higher: (fields: string) => `Higher mostly because of: ${fields}.`,
    lower: (fields: string) => `Lower mostly because of: ${fields}.`,
    nothing: 'No column by itself stands out.',
    cell: (column: string, cell: string) => `${column} ${cell}`,
    missing: (column: string) => `no ${column}`,
    others: (count: string) => `${count} other columns together`,
    text: 'the text',
    spans: 'Which parts of the text move the answer stands below.',
    backgroundShare: (value: string, share: string) =>
      `Of a record of which nothing is known the model would say “${value}” with ${share}.`,
    backgroundOdds: (value: string, factor: string) =>
      `For a record of which nothing is known the odds of “${value}” are ${factor} those of the answers on average.`,
    backgroundNumber: (value: string) =>
      `For a record of which nothing is known the model would predict ${value}.`,
    backgroundFrom: {
      stated:
        'Such a record counts as having the middle of every number’s bounds (or the median that was bought) and every listed value alike.',
      released:
        'Such a record counts as spread over all values, as those that the model learned from.',
    },
    exact: 'These figures are exact.',
    sampled: (pairs: string) =>
      `These figures come from ${pairs} pairs of random orders; how far each may be off (two standard errors) stands beside it.`,
    limits:
      'The reasons say what moved this model, not what causes the outcome, and not what to change.',
    table: 'All columns',
    column: 'Column',
    value: 'Cell',
    effect: 'Odds multiplied by',
    effectOfAll: 'Odds against the mean of all answers, multiplied by',
    effectNumber: 'Added to the prediction',
    error: 'May be off by',
    missingCell: 'missing',
    times: (factor: string) => `× ${factor}`,
    part: (text: string, change: string) => `“${text}” (${change})`,
    parts: (parts: string) => `In the text: ${parts}.`,
  },
  page: {
    open: 'Reasons behind the model',
    title: 'What the model rests on',
    text: 'See which columns the model uses, for everybody and for each group of this review, and why it answers as it does for one record.',
    find: 'Find the reasons',
    findAgain: 'Find the reasons again',
    reading: 'Reading what was found',
    older: 'These are the groups of the review when the reasons were found.',
    one: 'Reasons for one record',
    oneTitle: 'Why does the model answer like this?',
    oneText:
      'Choose a record that the model has not learned from, or type one in. Nothing of it is kept.',
    which: 'Which record?',
    tested: 'A held-out record',
    testedHint: 'By its number among the held-out records.',
    typed: 'One that I type in',
    typedHint: 'What you leave empty counts as missing.',
    number: (count: string) => `Number of the record, 1 to ${count}`,
    numberWrong: (count: string) => `Type a whole number from 1 to ${count}`,
    between: (lower: string, upper: string) =>
      `Usually ${lower} to ${upper}; values beyond count as the nearest.`,
    wrongNumber: (column: string) => `Type a number for “${column}”, or leave it empty`,
    wrongDate: (column: string) => `Type a day as 2026-03-05 for “${column}”, or leave it empty`,
    empty: 'Fill in at least one field',
    notKnown: 'not known',
    explain: 'Explain the answer',
    working: 'Looking for the reasons',
    answer: 'Answer and reasons',
    numbers: 'The figures',
  },
  threshold: {
    open: 'Try other thresholds',
    title: 'What would another threshold do?',
    text: 'The model selects a record when its score reaches the threshold. Move it to see what would change on the held-out records, for whom. Nothing is changed by this: the model keeps its threshold.',
    slider: 'Threshold',
    hint: 'Arrow keys move it by 0.01.',
    at: (threshold: string, usual: string) =>
      threshold === usual
        ? `${threshold}, as the model has it`
        : `${threshold} (the model has ${usual})`,
    by: 'Groups by',
    everybody: 'Everybody',
    group: 'Group',
    rates: {
      selection_rate: 'Selected',
      tpr: 'Found, of those positive in truth',
      fpr: 'Selected, of those negative in truth',
      ppv: 'Positive in truth, of those selected',
    },
    chart: (rate: string, threshold: string) => `${rate}, at the threshold ${threshold}`,
    show: 'Drawn',
    gapsTitle: 'Largest differences between groups',
    gapsText:
      'The criteria pull in different directions: hardly any threshold makes all of them small.',
    gaps: {
      demographic_parity_difference: 'Same share selected (demographic parity)',
      equalized_odds_difference: 'Same errors (equalized odds)',
      equal_opportunity_difference: 'Same share found (equal opportunity)',
      predictive_parity_difference: 'Same meaning of being selected (predictive parity)',
    },
    points: (points: string) => `${points} percentage points`,
    unknown: 'fewer than two groups have enough records',
    table: (threshold: string) => `All rates at the threshold ${threshold}`,
    none: 'not enough records',
    overall: (selected: string, found: string, wrong: string) =>
      `Of everybody, ${selected} would be selected: ${found} of those positive in truth, and ${wrong} of those negative.`,
    overallNone: 'There are too few records to say what this threshold would do.',
    missing:
      'This review has no scores by which thresholds could be tried. Review the model again.',
  },
};
export type ReasonWords = typeof reasons;
