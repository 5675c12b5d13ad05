/** How records were split, in the result of a training and in its report. Figures arrive as text. */
export const split = {
  title: 'How the records were split',
  how: 'Split',
  unit: 'Who counts as one',
  rows: 'Records in the parts',
  drawn: {
    row: (test: string) => `at random: ${test} of the records for the test`,
    person: (test: string) =>
      `at random: ${test} of the people for the test, with all their records`,
  },
  stratified: {
    row: (test: string) => `the same share of each answer, drawn at random: ${test} for the test`,
    person: (test: string) =>
      `the same share of people with each set of answers, drawn at random: ${test} for the test`,
  },
  dated: {
    row: (column: string, from: string) =>
      `by date: records whose “${column}” is before ${from} train, later ones test`,
    person: (column: string, from: string) =>
      `by date: people whose first “${column}” is before ${from} train, later ones test`,
  },
  named: (column: string) => `as the column “${column}” says`,
  validation: (share: string) => `a further ${share} for validation`,
  validationFrom: (from: string) => `for validation from ${from} until then`,
  key: { study: 'drawn by a key of the study', seed: 'drawn by a number given with the plan' },
  eachRow: 'each record',
  eachPerson: (column: string, most: string) =>
    `each person, told apart by “${column}”, with at most ${most} records in training`,
  inTrain: (count: string) => `training: ${count}`,
  inTrainPrivate:
    'training: not told, because the exact number would say something about the people whom the privacy limit protects',
  inValidation: (count: string) => `validation: ${count}`,
  inTest: (count: string) => `test: ${count}`,
  inNeither: (count: string) => `in no part: ${count}`,
  join: (parts: readonly string[]) => parts.join('; '),
  validationColumn: 'Validation',
  testColumn: 'Test',
  calibrated:
    'The probabilities were fitted to the validation records after the training. So their figures look better than they are, and like the test records they are outside any privacy guarantee. The test records took no part.',
  toCalibrate:
    'The validation part takes no part in the training. The probabilities are fitted to it afterwards; like the test part it is outside any privacy guarantee.',
  calibratedNot:
    'The probabilities were to be fitted to the validation records and were left as they are: these hold one of the two answers only, or the scores point the wrong way.',
  validationText:
    'The validation part takes no part in training either, and like the test part it is outside any privacy guarantee. Nothing is chosen by it; its figures stand beside those of the test.',
};
