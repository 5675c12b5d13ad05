import type { ColumnRole } from '../../contract/identify.ts';

/** Step 5 on screen. Numbers arrive as already formatted text. */
export const review = {
  open: 'Review a model',
  noModelTitle: 'There is no model to review yet',
  noModel: 'Train a model on the records of this study first. Then come back here.',
  toStudy: 'Back to the study',

  groupsTitle: 'For which groups of people should the model be checked?',
  groupsText:
    'The review measures how often the model is right on records it has not learned from: for everybody, and for each group of people apart.',
  readingColumns: 'Reading the columns',
  groupsLegend: 'Columns that tell groups of people apart',
  groupsHint:
    'Choose those in which people must not be treated worse than others, such as sex, language or district. Each column adds pages to the review, so leave out those that do not matter. Columns with many different values, such as an exact age, are not offered.',
  groupsNone:
    'No column of these records can serve as groups. The review will say how good the model is for everybody together, and that groups were not looked at.',
  roles: {
    'direct-identifier': 'names a person',
    'quasi-identifier': 'narrows down who it is',
    sensitive: 'sensitive',
    label: 'the truth',
    other: 'no special role',
  } satisfies Record<ColumnRole, string> as Readonly<Record<ColumnRole, string>>,
  columnProposed: (about: string) => `${about}; proposed for the field of this study`,
  column: (values: string, role: string) => `${values} different values; ${role}`,
  positiveLegend: 'Which answer is the one that does harm when it is missed?',
  positiveHint: 'The review compares this answer with all others together.',
  positiveMissing: 'Choose the answer that does harm when it is missed',
  marginsTitle: 'How far may groups lie apart?',
  marginsText:
    'Say so before you see the figures: a margin that is chosen afterwards proves nothing. The report names it, and says of each difference whether it lies beyond it, within it, or cannot be told yet.',
  margin: 'Largest difference, in percentage points',
  marginHint: 'Usually 5. It holds for who is selected and for each kind of error.',
  marginWrong: 'Write a number of percentage points between 0 and 100, such as 5',
  ratio: 'Smallest ratio of the selection rates',
  ratioHint:
    'Usually 0.8 (four fifths): below it, one group is selected less than 0.8 times as often.',
  ratioWrong: 'Write a number between 0 and 1, such as 0.8',
  reason: 'Why these margins',
  reasonHint: 'Needed when they differ from 5 and 0.8. The report says it.',
  reasonMissing: 'Say why the margins differ from 5 and 0.8',
  reasonLong: 'Use at most 2,000 characters for the reason',
  start: 'Review the model',
  startAll: 'Review without groups',

  resultTitle: 'How good the model is, and for whom',
  straight: 'Go straight to the report',
  reading: 'Putting the review together',
  next: 'What comes next',
  nextText:
    'Read the report before anybody uses the model. It holds all of this, and what the model and its records are.',
  toReport: 'Preview and save the report',

  reportTitle: 'Report and model card',
  reportText:
    'This is what will be saved. The report is for those who decide; the model card is for those who run the model.',
  what: 'Document',
  documents: { report: 'Report', 'model-card': 'Model card' },
  language: 'Language of the document',
  languageHint: 'It can differ from the language of the screen.',
  preview: 'Preview of the document',
  saveHtml: 'Save as web page',
  savePdf: 'Save as PDF',
  saving: 'Saving',
  printing: 'Making the pages. This takes a few seconds.',
  fileName: (study: string, what: 'report' | 'model-card', date: string) =>
    `${study} - ${what === 'report' ? 'report' : 'model card'} ${date}`,

  savedTitle: 'Saved',
  savedAs: (file: string) => `The document is in the file “${file}”.`,
  savedNextTitle: 'What happens next',
  savedNext: [
    'Unless the document says who signed it off, the model is not approved for use: a reviewer who did not train it unlocks the vault under their own name, opens this study, and decides on the model there.',
    'A signed web page can be checked anywhere, without a network, with “concord report --verify”. The journal of the vault holds the fingerprint of the document, so that a changed copy can be told from the original.',
  ],
  savedOpen:
    'The file is outside the vault: it is not encrypted, and whoever has it can read it. It holds figures about groups of people and no single records.',
  fingerprint: 'Fingerprint (SHA-256) of the document',
  backToReport: 'Back to the report',
};
