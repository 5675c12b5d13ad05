/** How records are organised, on the step Data. Numbers arrive as already formatted text. */
export const arrange = {
  title: 'How are these records organised?',
  text: 'These answers are kept with the records, and every training starts from them.',
  newest: (name: string) => `The answers below are about ${name}, the newest records.`,
  tasks: {
    label: 'Choose what is predicted',
    unit: 'Say who counts as one person',
    split: 'Choose which records test the model',
  },
  hints: {
    label: 'The column with the answer. Columns that give it away are then found.',
    unit: 'Whether a person can stand in several records, and whom the privacy limit protects.',
    split: 'Which records the model learns from and which judge it.',
  },
  splitAgain:
    'The way the records were split before does not fit what you have just changed. Choose it anew.',

  questionTitle: 'What should the model predict?',
  questionText:
    'The model will give an answer, and how sure it is. Think of who could be harmed by a wrong answer before you choose: it will be wrong for some people.',
  questionColumn: 'Column with the answer',
  questionColumnHint:
    'Two different values make a question of yes or no. With up to twenty the model tells which one it is; a column of numbers can be predicted as a number, and a column with a tag for each word of a text word by word.',
  questionChoose: 'Choose a column',
  questionYes: 'Which value means “yes”?',
  questionYesHint:
    'Exactly as it is written in the records, such as yes or 1. “Bring in records” shows the values of a column.',
  questionNo: 'Which value means “no”?',
  questionNone:
    'No column of these records can be predicted: it would need from two to twenty different values, or numbers. Add records with such a column, or give these records labels on their page.',
  targetTitle: 'How should this column be predicted?',
  targets: {
    classes: 'As one of several values',
    ordered: 'As one of several values in order',
    number: 'As a number',
  },
  targetHints: {
    classes: 'Such as a kind of illness. No value is nearer to one than to another.',
    ordered: 'Such as mild, moderate, severe. A mistake by one step is a smaller one.',
    number: 'Such as a stay in days. The model gives an amount.',
  },
  values: 'Its values',
  valuesHint:
    'One on each line, exactly as they are written in the records. “Bring in records” shows the values of a column.',
  valuesHintOrdered:
    'One on each line, the lowest first, exactly as they are written in the records. “Bring in records” shows the values of a column.',
  valuesMissing: 'Enter from 3 to 20 different values, one on each line',
  harmful: 'The value that is harmful to miss',
  harmfulHint:
    'Such as a severe illness. The review by groups compares this value with all others; without one there is no such review.',
  harmfulUnknown: 'The value that is harmful to miss must be one of the values above',
  tagsText: (text: string) =>
    `Each cell of this column has a tag for each word of “${text}”. The model reads those texts and learns to give each word its tag, such as which words are names.`,
  tags: 'Kinds that are tagged',
  tagsHint:
    'One on each line, such as PER and LOC, or the tags as they are written, such as B-PER and I-PER. The tag O, for words outside, need not stand here.',
  tagsMissing: 'Enter from 1 to 50 kinds, or their tags, one on each line',
  sumTags: (column: string, text: string, values: readonly string[]) =>
    `${column}: a tag for each word of “${text}”: ${values.map((value) => `“${value}”`).join(', ')}`,
  boundsText:
    'What this number can be, as everybody may know, such as 0 and 120 for an age in years. The model never answers outside of it. Where nobody knows, leave both empty: with privacy it is then found with noise, for a part of the budget.',
  lowest: 'Lowest number',
  highest: 'Highest number',
  lowestWrong: 'Enter the lowest number, or leave both empty',
  highestWrong: 'Enter a highest number above the lowest, or leave both empty',
  sumClasses: (column: string, values: readonly string[]) =>
    `${column}: one of ${values.map((value) => `“${value}”`).join(', ')}`,
  sumOrdered: (column: string, values: readonly string[]) =>
    `${column}: in order, ${values.map((value) => `“${value}”`).join(', ')}`,
  sumHarmful: (value: string) => `“${value}” is harmful to miss.`,
  sumNumber: (column: string, low: string, high: string) =>
    `${column}: a number from ${low} to ${high}`,
  sumNumberOpen: (column: string) => `${column}: a number`,
  columnMissing: 'Choose the column that holds the answer',
  yesMissing: 'Enter the value that means “yes”',
  noMissing: 'Enter the value that means “no”',
  sameValues: 'The values for “yes” and “no” must differ: change one of them',

  peopleTitle: 'Can one person stand in several records?',
  peopleText:
    'For example a patient who came more than once. Who counts as one decides whom the privacy limit protects, and keeps the test honest.',
  peopleRepeats: (columns: string) => `Some values of ${columns} stand in several records.`,
  peopleUnique: (columns: string) => `Each value of ${columns} stands in one record only.`,
  peopleSeemsSeveral: 'So the answer seems to be yes, if these values tell people apart.',
  peopleSeemsOnce: 'So the answer seems to be no, if these values tell people apart.',
  peopleUnclear: 'The answer depends on which of these columns stands for a person.',
  peopleOnce: 'No, each person stands in one record',
  peopleOnceHint: 'With privacy, the limit then holds for each record.',
  peopleSeveral: 'Yes, a person can stand in several records',
  peopleSeveralHint: 'With privacy, the limit then holds for each person, with all their records.',
  peopleMissing: 'Choose whether one person can stand in several records',
  person: 'Column that tells people apart',
  personHint:
    'Such as a patient’s number. The model never sees it. Records without an entry take no part in training.',
  personMissing: 'Choose the column that tells people apart',
  personNone:
    'No column of these records tells people apart. Choose records that have such a column, or answer “no”: the limit then holds for each record only',
  mostRows: 'Most records of one person that count',
  mostRowsHint:
    'Further records of that person are left out of training. The limit is the same for each person whatever the number: with more records, each of them weighs less.',
  mostRowsWrong: 'Enter a whole number from 1 to 10,000 for the most records of one person',

  splitTitle: 'Which records should test the model?',
  splitText:
    'They are held back while the model learns, so that the test shows how good it is for people it has not met.',
  splitRecords: 'A share of the records, at random',
  splitRecordsHint:
    'Concord draws them by a key of this study. The same records give the same draw.',
  splitPeople: 'A share of the people, at random',
  splitPeopleHint:
    'Concord draws people, not records: all records of a person go into the same part.',
  splitByColumn: 'Those that a column names',
  splitByColumnHint: 'The column says “train”, “validation” or “test” for each record.',
  splitByDate: 'The later ones, by date',
  splitByDateHint: 'The model learns from earlier records and is tested on later ones, as in use.',
  splitByDatePeople:
    'Each person goes by their first record. Their later records on the other side of a boundary take no part.',
  splitDate: 'Column with the date',
  splitDateHint: 'A date, or a number that grows with time, such as a year.',
  splitDateMissing: 'Choose the column with the date',
  splitDatesGone: 'No column of these records holds a date: hold back a share at random',
  testFrom: 'First day of the test',
  testFromHint:
    'As year-month-day, such as 2024-01-31, or as a number where the column holds numbers. Earlier records are learned from.',
  testFromWrong: 'Enter the first day of the test, such as 2024-01-31',
  testFromNumber: 'Enter the first number of the test, such as 2024',
  validationFrom: 'First day of the validation',
  validationFromHint: 'Before the test begins. Leave it empty for no validation part.',
  validationFromWrong: 'The first day of the validation must be a day before the test begins',
  validationFromNumber: 'The first number of the validation must be below that of the test',
  validationShare: 'Percent for validation',
  validationHint:
    'Further records held back, to compare settings without looking at the test. Their figures stand beside those of the test; nothing else uses them.',
  validationWrong: 'Enter a number from 1 to 50 for the percent for validation, or leave it empty',
  tooMuchHeld: 'Test and validation together must leave at least 10 percent to learn from',
  stratifyTitle: 'Should each answer have its share?',
  stratify: 'Hold back the same share of each answer',
  stratifyHint:
    'For training without privacy only: each record’s place then depends on the others, so no privacy limit would hold.',
  splitColumn: 'Column that says “train” or “test”',
  shareRecords: 'Percent of the records held back',
  sharePeople: 'Percent of the people held back',
  shareHint: 'A fifth, 20, suits most records.',
  shareWrong: 'Enter a number from 1 to 90 for the percent held back',
  splitColumnMissing: 'Choose the column that says “train” or “test”',
  splitColumnsGone:
    'No column of these records says “train” and “test”: hold back a share at random',
  splitIsPerson: 'This column tells people apart: choose another one for “train” and “test”',
  splitLeavesSome: (column: string) =>
    `Some entries of ${column} are none of “train”, “validation” and “test”. These records take no part.`,
  splitWhole: 'All records of a person must stand in the same part.',
  sumSplitLater: (column: string, from: string) =>
    `the records whose “${column}” is ${from} or later`,
  sumLaterPeople: (column: string, from: string) =>
    `the people whose first “${column}” is ${from} or later`,
  sumValidationFrom: (from: string) => `For validation: those from ${from} on until then`,
  sumValidationShare: (percent: string) => `For validation: ${percent}%`,
  sumStratified: 'The same share of each answer, so without privacy only.',
  sizesRecords: (train: string, validation: string | null, test: string) =>
    validation === null
      ? `About ${train} records to learn from, ${test} for the test.`
      : `About ${train} records to learn from, ${validation} for validation, ${test} for the test.`,
  sizesPeople: (train: string, validation: string | null, test: string) =>
    validation === null
      ? `About ${train} people to learn from, ${test} for the test.`
      : `About ${train} people to learn from, ${validation} for validation, ${test} for the test.`,
  sizesNeither: (count: string) => `About ${count} records take no part.`,
  /** What was chosen, one after the other in a line. */
  together: (lines: readonly string[]) =>
    lines.reduce((all, line) => `${all.replace(/\.$/, '')}. ${line}`),
  splitNoColumn:
    'A column that says “train” or “test” could name them as well. These records have none.',
};
