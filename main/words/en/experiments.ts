const one = (count: number, singular: string, plural: string): string =>
  count === 1 ? singular : plural;

/** All trainings of a study side by side, and what privacy is expected to cost. */
export const experiments = {
  title: 'Trainings of this study',
  text: 'Every training with what was asked, what came of it and the records behind it. Tick two to four models to set them side by side.',
  reading: 'Reading the trainings',
  open: 'Compare models and write notes',
  none: 'No model has been trained in this study yet.',
  table: 'Models',
  tick: 'Compare',
  tickOne: (when: string) => `Compare the model trained ${when}`,
  trained: 'Trained',
  kind: 'Kind',
  epsilon: 'Privacy limit (epsilon)',
  noLimit: 'none',
  accuracy: 'Right of 100',
  person: 'Trained by',
  noteHead: 'Note',
  sort: (column: string) => `Sort by ${column}`,
  sorted: (column: string, rising: boolean) =>
    `Sorted by ${column}, ${rising ? 'smallest or oldest first' : 'largest or newest first'}`,
  compare: 'Compare the ticked models',
  tooFew: 'Tick at least two models to compare',
  tooMany: 'Tick no more than four models to compare',
  write: 'Write a note',
  writeLabel: (when: string) => `Write a note on the model trained ${when}`,
  rewrite: 'Change the note',
  rewriteLabel: (when: string) => `Change the note on the model trained ${when}`,
  noteBy: (person: string, when: string) => `${person}, ${when}`,

  unfinishedTitle: 'Trainings without a model',
  unfinishedText: 'What they took from the ledger stays taken.',
  began: 'Began',
  state: 'What became of it',
  paid: 'Taken from the ledger',
  paidNone: 'nothing',
  states: {
    failed: 'failed',
    cancelled: 'cancelled',
    interrupted: 'interrupted',
    paused: 'paused',
  } as Readonly<Record<string, string>>,

  compareTitle: 'Models side by side',
  compareText:
    'Figures are those of each model’s own test records, with the range in which they lie with 95% certainty where it is known. Where the ranges of two models overlap widely, the difference may be chance.',
  compareOtherTest:
    'These models predict different things or were tested on different records: their figures cannot be set against each other.',
  compareTable: 'What differs and what came of it',
  aspect: 'About the model',
  predicts: 'Predicts',
  answer: (column: string, yes: string) => `${column}: “${yes}”`,
  unit: 'The limit is for',
  units: { row: 'each record', person: 'each person' },
  delta: 'How often the limit can fail (delta)',
  tested: 'Records it was tested on',
  range: (value: string, low: string, high: string) => `${value} (${low} to ${high})`,
  columns: 'Columns used',
  columnsAll: 'all',
  columnsSame: (count: string) => `the same ${count} in all`,
  columnsAlso: (names: string) => `beside those of all: ${names}`,
  columnsNoMore: 'only those of all',
  split: 'How the records were split',
  settings: {
    epochs: 'Passes over the records (epochs)',
    batch: 'Records or people in each step (batch)',
    clip: 'Clipping norm',
    learningRate: 'Learning rate',
  } as Readonly<Record<string, string>>,
  usual: 'as usual',
  steps: 'Steps of training',
  lineage: 'Records it came from',
  step: (what: string, name: string, person: string, when: string) =>
    `${what}: ${name}, by ${person}, ${when}`,
  repairs: (shown: string, count: number) => `${shown} ${one(count, 'repair', 'repairs')}`,
  holds: (models: string) => `holds ${models}`,
  noNote: 'none',
  toList: 'Back to the trainings',

  noteTitle: 'A note on this model',
  noteText: (when: string) =>
    `On the model trained ${when}. Everyone who may see the study can read it. Write about the training, not about single people.`,
  noteField: 'Note',
  noteHint: 'Up to 2,000 characters. Leave it empty to take the note away.',
  noteSave: 'Save the note',
  noteTooLong: (over: string) => `Shorten the note by ${over} characters: it may have 2,000`,
};

/** How good a model will be, said beside the slider of privacy. */
export const expected = {
  title: 'How good will the model be?',
  runs: 'Earlier models of this study that predict the same',
  run: (epsilon: string, kind: string, right: string, low: string, high: string) =>
    `Epsilon ${epsilon}, ${kind}: right in ${right} of 100 cases of its test (with 95% certainty between ${low} and ${high}).`,
  runPlain: (kind: string, right: string, low: string, high: string) =>
    `Without privacy, ${kind}: right in ${right} of 100 cases of its test (with 95% certainty between ${low} and ${high}).`,
  rule: 'Rule of thumb, not measured on these records',
  loss: (least: string, most: string) =>
    `With this privacy limit and so many records, models on public records were right in ${least} to ${most} fewer of 100 cases than without privacy.`,
  lossNone: (most: string) =>
    `With this privacy limit and so many records, models on public records were right in up to ${most} fewer of 100 cases than without privacy, or in as many.`,
  source:
    'Two public record sets (census and hospital stays), eight trainings of each. Your records can differ much from it: only the test after the training tells.',
  unknown:
    'For this kind of model and so few records there is no rule of thumb: only the test after the training tells.',
};
