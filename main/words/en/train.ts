import { modelKinds } from './model-kinds.ts';

/** Step 4 on screen. Numbers arrive as already formatted text. */
export const train = {
  recordsTitle: 'Which records should the model learn from?',
  recordsHint:
    'Protected records carry less risk; the others keep more detail. Where you repaired or labelled records, choose those rather than the records as they were added. Training with privacy, which is asked about later, protects the people in all of them.',
  recordsMissing: 'Choose the records to learn from',
  recordsNone: 'This study has no records yet. Add records first, then train a model on them.',
  recordKinds: {
    'source-records': 'records as they were added',
    'repaired-records': 'repaired records',
    'labelled-records': 'labelled records',
    'protected-records': 'protected records',
  } as Readonly<Record<string, string>>,
  reading: 'Reading the columns',

  arrangedTitle: 'What the training starts from',
  arrangedText:
    'These answers belong to the records and hold for every training on them. A change here changes them there too.',
  arrangedLabel: 'Predicts',
  arrangedUnit: 'People',
  arrangedSplit: 'Held back for the test',
  stratifiedPrivate:
    'The records are split with the same share of each answer, and then no privacy limit holds. Go back and change how they are split, or train without privacy',
  modelsTitle: 'Models trained so far',
  modelsWhen: 'Trained',
  modelsOpen: (when: string) => `Open the model trained ${when}`,

  columnsTitle: 'Which columns may the model use?',
  columnsText:
    'Tick what is known about a person at the moment of the decision, and nothing that comes later.',
  columnsSensitive:
    'Columns with the role “Sensitive” are not ticked at first. Leaving a column out does not make a model fair: other columns can stand in for it. Whether it is fair is measured later, in the review.',
  columnsHidden: (names: string) =>
    `Not offered, because they name people or hold free text: ${names}.`,
  columnsMissing: 'Tick at least one column',
  sensitive: (kind: string) => `${kind}, sensitive`,
  kinds: {
    integer: 'whole number',
    real: 'number',
    boolean: 'yes or no',
    date: 'date',
    category: 'category',
    text: 'text',
    identifier: 'identifier',
  } as Readonly<Record<string, string>>,

  missingTitle: 'Which entries mean “not known”?',
  missingText:
    'Empty cells always do. What you tick here means “not known” in every column, so leave out what is a real answer in one of them.',
  missingPrivate:
    'Tick what the form or the coding book says. This list is always the same: Concord does not look for the entries in the records, because the records themselves would then show through.',
  missingPlain: 'Entries that stand in these records are named as found.',
  missingMarks: 'Entries that mean “not known”',
  markFound: 'found',
  otherMarks: 'Others, one on each line',
  otherMarksHint: 'Exactly as they are written, such as 88 or “refused”.',
  markIsAnswer: (mark: string) =>
    `“${mark}” is one of the two answers the model predicts: it cannot mean “not known” as well`,

  factsTitle: 'What is publicly known about these columns?',
  factsText:
    'Enter the range or the list of values from the form, the coding book or the law. Concord does not read them from the records, because the records themselves would then show through. Where you cannot say it of a column, let Concord find it with noise, or go back and leave that column out.',
  buyTitle: (column: string) => `${column}: is this known?`,
  buy: 'I do not know: find it with noise',
  buyHint:
    'Concord looks at the training records and adds noise, so that what only a few people have stays hidden. This uses a part of the privacy limit and needs some thousand records.',
  statistics: {
    labels: (column: string) => `answers in ${column}`,
    bounds: (column: string) => `range of ${column}`,
    categories: (column: string) => `values of ${column}`,
    either: (column: string) => `range or values of ${column}`,
    median: (column: string) => `median of ${column}, for its empty cells`,
    mode: (column: string) => `most frequent value of ${column}, for its empty cells`,
    vocabulary: (column: string) => `words of ${column} that many records hold`,
    centre: (column: string) => `what the texts of ${column} have in common`,
    groups: (column: string) => `how large the groups of ${column} are`,
  },
  boughtTitle: 'Found with noise before the training',
  boughtCost: (epsilon: string) =>
    `Taken alone this would cost epsilon ${epsilon}. It is part of the cost of the model, not added to it.`,
  phasesTitle: 'What each phase costs',
  pretrainingCost: (epsilon: string) =>
    `First the model reads the records without their labels, to learn their words (pre-training). Taken alone this costs epsilon ${epsilon}.`,
  trainingCost: (epsilon: string) =>
    `Then it learns the answer. Taken alone this costs epsilon ${epsilon}. The cost of the model is that of both together, which is less than their sum.`,
  found: (what: string, value: string) => `${what}: ${value}`,
  foundRange: (lower: string, upper: string) => `${lower} to ${upper}`,
  foundCells: (count: string) => `noisy counts of ${count} groups with their label`,
  foundCentre: 'found, and taken off every text',
  foundMany: (count: string, first: string) => `${count} in all, of which the first are ${first}`,
  foundNothing: 'nothing stood out from the noise, so it is not used',
  lowest: 'Lowest possible value',
  highest: 'Highest possible value',
  list: 'Possible values, one on each line',
  listHint: 'A value that is not listed counts as “other”.',
  dateHint: 'Dates as year-month-day, such as 2024-01-31.',
  asNumber: (column: string) => `${column}: lowest and highest`,
  asList: (column: string) => `${column}: a list of values`,
  formTitle: (column: string) => `How are the values of ${column} meant?`,
  formNumber: 'A number, where more means more',
  formList: 'A code for one of a few kinds',
  boundMissing: (column: string) => `Enter the lowest and the highest possible value of ${column}`,
  boundNumber: (column: string) => `Enter a number for ${column}, such as 0 or 12.5`,
  boundDate: (column: string) => `Enter a date for ${column}, such as 2024-01-31`,
  boundOrder: (column: string) => `The lowest value of ${column} must be below the highest`,
  listMissing: (column: string) => `Enter at least two possible values of ${column}`,

  privacyTitle: 'Should the model protect the people it learns from?',
  privacyYes: 'Yes, train with privacy',
  privacyYesHint:
    'Nobody can tell from the model whether a person was in the records, up to a limit that you set next.',
  privacyNo: 'No, train without privacy',
  privacyNoHint: 'The model may give away single people. For invented or public records only.',
  plainTitle: 'Without privacy the model can give people away',
  plainText:
    'Someone who gets hold of the model can find out who was in the records and guess what stood in them. Deleting the records later does not help.',
  plainLedger: 'The ledger of these records cannot count this: no limit holds for it.',
  plainSure: 'These records are invented or public: train without privacy',
  plainBack: 'Train with privacy instead',

  kindTitle: 'What kind of model?',
  boosting:
    'Each column counts by itself, along a curve (recommended from about 10,000 records on)',
  boostingHint:
    'Glass-box boosting: for each column a curve shows which values raise and which lower the answer. With many records the sharpest under privacy, and one sees everything it does.',
  logistic: 'Each column counts by itself (recommended for fewer records)',
  logisticHint:
    'Logistic regression: each column adds to or takes from the answer, and one can see how much. Best with privacy and with few records.',
  linear: 'Each column adds to the number by itself (recommended for fewer records)',
  linearHint:
    'Linear regression, along a bent line for each column: simple and quick, and errors far off weigh most.',
  network: 'Columns can act together',
  networkHint: 'A small neural network: it needs more records, and its reasons are harder to see.',
  kindNames: modelKinds,

  shapesTitle: 'What the model does with each column',
  shapesText: (positive: string) =>
    `The model is these curves and nothing else. Each value of a column multiplies the odds of “${positive}” by the figure beside it; the columns that move the answer most stand first.`,
  shapesSure:
    'The lines around a dot show how far it may be off because of the noise for privacy and because few records have this value. This shows what goes together in these records, not what causes what.',
  shapesAnswer: 'For which answer?',
  shapesTextValues: (answer: string) =>
    `The model is these curves and nothing else, one set for each answer. Each value of a column multiplies the odds of “${answer}”, against the answers on average, by the figure beside it; the columns that matter most stand first.`,
  shapesTextNumber: (column: string) =>
    `The model is these curves and nothing else. Each value of a column adds the figure beside it to the predicted “${column}”, or takes it away; the columns that matter most stand first.`,
  shapesMore: (count: string) => `The other columns (${count})`,
  shapeHead: 'Odds multiplied by',
  shapeFactor: (factor: string) => `× ${factor}`,
  shapeLine: 'The line marks × 1: the answer stays as it is.',
  shapeAddedHead: 'Added to the answer',
  shapeZeroLine: 'The line marks 0: the answer stays as it is.',
  shapeMore: (size: string) => `+ ${size}`,
  shapeLess: (size: string) => `− ${size}`,
  pairsTitle: 'Columns that act together',
  pairsText:
    'What two columns do together comes on top of what each does by itself. Each cell of a table is for records of its row and its column.',
  pairCaption: (first: string, second: string) => `${first} and ${second} together`,
  pairCorner: (first: string, second: string) => `${first} (down), ${second} (across)`,
  pairPlace: (first: string, second: string, effect: string) => `${first}, ${second} (${effect})`,
  pairSummary: (highest: string, lowest: string) =>
    `Together they raise the answer most at ${highest}, and lower it most at ${lowest}.`,
  shapeOthers: (column: string, count: string) => `${column} (${count} further values not shown)`,
  shapeBelow: (to: string) => `below ${to}`,
  shapeFrom: (from: string) => `${from} or more`,
  shapeRange: (from: string, to: string) => `${from} to below ${to}`,
  shapeAll: 'any number',
  shapeMissing: 'missing',
  shapeOther: 'any other value',

  sliderTitle: 'How much privacy?',
  sliderLabel: 'From stronger privacy to sharper model',
  stronger: 'Stronger privacy',
  sharper: 'Sharper model',
  epsilonValue: (epsilon: string) => `Privacy limit (epsilon): ${epsilon}`,
  certainty: (percent: string) =>
    `Suppose an attacker knows everything else and thinks it 50% likely that a person is in the records. With the model in hand, that becomes at most ${percent}.`,
  oneIn: (count: string) => `In about 1 of ${count} cases this limit can fail.`,
  counting: 'Working out the cost',
  ledgerTitle: 'Ledger of these records',
  ledgerText:
    'Everything that is ever learned with privacy from these records adds up here. What was spent does not come back. Epsilon stands for the limit above, delta for how often it can fail.',
  ledgerBudget: 'Budget in all',
  ledgerSpent: 'Spent so far',
  ledgerReserved: 'Held by work in progress',
  ledgerThis: 'This model',
  ledgerLeft: 'Left after it',
  ledgerOver: 'more than is left',
  amount: (epsilon: string, delta: string) => `epsilon ${epsilon}, delta ${delta}`,
  refused: (epsilon: string, left: string) =>
    `This model would cost epsilon ${epsilon}, and the ledger has only ${left} left. Move the slider to ${left} or less.`,
  refusedAll:
    'Too little is left in the ledger of these records: no further model can be trained on them with privacy. A steward can set a larger budget with the command “concord vault budget”.',
  fitButton: (epsilon: string) => `Use epsilon ${epsilon}, which fits`,
  advanced: 'Advanced settings',
  advancedHint: 'Empty fields take values that suit these records.',
  epochs: 'Passes over the records (epochs)',
  batch: 'Records in each step (batch)',
  batchPeople: 'People in each step (batch)',
  clip: 'Limit of one person’s influence on a step (clipping norm)',
  rate: 'Size of a step (learning rate)',
  delta: 'How often the limit can fail, from 0 to 1 (delta)',
  waysUsual: 'What suits these records',
  ways: {
    clipping: {
      label: 'How the limit of influence is kept (clipping)',
      words: {
        flat: 'What is above the limit is cut to it',
        automatic: 'Everyone is brought close to the limit (automatic)',
      },
    },
    optimiser: {
      label: 'How one step follows from those before (optimiser)',
      words: {
        momentum: 'With momentum',
        adam: 'Each weight at its own pace (Adam)',
        sgd: 'Each step by itself (SGD)',
      },
    },
    schedule: {
      label: 'How the size of steps changes (schedule)',
      words: {
        constant: 'It stays the same',
        cosine: 'It rises briefly, then falls to 0 (cosine)',
      },
    },
    averaging: {
      label: 'What the model is made of (averaging)',
      words: {
        late: 'The mean of the second half of the steps',
        exponential: 'A mean in which later steps count more (exponential)',
        none: 'The last step alone',
      },
    },
    calibration: {
      label: 'Whether probabilities are fitted afterwards (calibration)',
      words: { validation: 'Yes, to the validation records, which the limit does not protect' },
    },
  },
  positive: (field: string) => `Enter a number above 0 for “${field}”, or leave it empty`,
  whole: (field: string) => `Enter a whole number above 0 for “${field}”, or leave it empty`,
  fraction: (field: string) => `Enter a number between 0 and 1 for “${field}”, or leave it empty`,

  checkTitle: 'Check before you train',
  checkRecords: 'Records',
  checkQuestion: 'Predicts',
  checkQuestionValue: (column: string, yes: string, no: string) =>
    `${column}: “${yes}” means yes, “${no}” means no`,
  checkColumns: 'Uses',
  checkPeople: 'People',
  checkOnceEach: 'Each person stands in one record.',
  checkPerson: (column: string) => `“${column}” tells people apart.`,
  checkMostRows: (count: string) =>
    count === '1'
      ? 'One record of each person counts in training.'
      : `At most ${count} records of each person count in training.`,
  checkSplit: 'Held back for the test',
  checkSplitRecords: (percent: string) => `${percent}% of the records, at random`,
  checkSplitPeople: (percent: string) =>
    `${percent}% of the people, at random, with all their records`,
  checkSplitColumn: (column: string) => `the records that “${column}” names “test”`,
  checkMissing: 'Not known',
  checkMarks: (marks: readonly string[]) =>
    `empty cells and ${marks.map((mark) => `“${mark}”`).join(', ')}`,
  checkNoMarks: 'empty cells only',
  checkFacts: 'Possible values',
  checkFactsValue: (count: string) =>
    count === '1' ? 'given for 1 column' : `given for ${count} columns`,
  checkBought: (what: string) => `found with noise: ${what}`,
  checkPrivacy: 'Privacy',
  checkPrivate: 'with privacy',
  checkPlain: 'without privacy',
  checkKind: 'Kind of model',
  checkCost: 'Cost',
  checkLeft: (amount: string) => `Left in the ledger after it: ${amount}`,
  checkSteps: 'Training',
  checkStepsValue: (steps: string) => `${steps} small steps; the time left is shown while they run`,
  checkTest:
    'The records held back test the model. Its figures on them are exact, so these records are outside the privacy guarantee.',
  checkOnce:
    'The cost is taken from the ledger when the training begins. It does not come back, not even after cancelling.',
  start: 'Train this model',

  resultTitle: 'The model is trained',
  resultText: (rows: string) => `It was tested on ${rows} records that it had not seen.`,
  learned: 'How well it predicts',
  accuracy: (of100: string) => `It was right in ${of100} of 100 cases.`,
  usual: (of100: string) =>
    `Always giving the more common answer would be right in ${of100} of 100.`,
  usualValue: (of100: string) =>
    `Always giving the most common value would be right in ${of100} of 100.`,
  rankError: (places: string) =>
    `On average the value it gives is ${places} places away from the true one.`,
  oneAgainstRest: (of100: string) =>
    `Given one record with the value that is harmful to miss and one with another, it ranks them rightly ${of100} times in 100.`,
  offBy: (amount: string) => `On average it is off by ${amount}.`,
  explains: (of100: string) =>
    `Its squared error is ${of100}% smaller than that of always giving the average.`,
  explainsNothing: 'It does no better than always giving the average.',
  byValue: 'Value by value',
  byValueColumns: {
    value: 'Value',
    recall: 'Found, of 100 with it',
    precision: 'Right, of 100 times given',
    share: 'Of 100 records',
  },
  noReviewNumber:
    'The review by groups compares answers, and this model gives numbers: there is no review of it yet.',
  noReviewTags:
    'The review by groups compares one answer for each record, and this model gives a tag to each word: there is no review of it.',
  noReviewValues:
    'The review by groups compares the value that is harmful to miss with all others, and none was named. Name one among the answers and train again.',
  recall: (of100: string) => `Of 100 cases with the answer “yes” it found ${of100}.`,
  precision: (of100: string) =>
    `Of 100 cases in which it said “yes”, the answer was “yes” in ${of100}.`,
  auc: (of100: string) =>
    `Given one case with “yes” and one with “no”, it put them in the right order ${of100} times of 100.`,
  unknown: 'Some figures could not be worked out, because too few of the tested records fit.',
  notFair: 'These are averages. The review shows whether the model is as good for every group.',
  figures: 'The figures in detail',
  figure: 'Measure',
  value: 'Value',
  figureNames: {
    accuracy: 'Accuracy',
    auc: 'Area under the ROC curve',
    loss: 'Loss',
    brier: 'Brier score',
    precision: 'Precision',
    recall: 'Recall',
    macro_f1: 'Macro F1',
    rank_error: 'Mean rank error',
    mae: 'Mean absolute error',
    rmse: 'Root mean squared error',
    r2: 'Variance explained (R²)',
  },
  figureNone: 'none',
  privacyHeading: 'What the model can give away',
  privacyNone: 'The model was trained without privacy: no limit holds for what it can give away.',
  privacyUnit: { row: 'The limit is for each record.', person: 'The limit is for each person.' },
  outside: 'It does not cover the records that were held back for the test.',
  next: 'Review the model',
  another: 'Train another model',
};
