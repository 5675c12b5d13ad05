/** The certificate of protected records. Numbers arrive as the language writes them. */
export const certificate = {
  title: (records: string) => `Certificate of the protection of ${records}`,
  caution:
    'This certificate tells what was done and what was measured. It does not say that the records are anonymous: whoever knows more than the columns named here may still recognise somebody.',
  text: 'The columns that narrow down who a person is were made less exact until every condition below held. Records for which that was not enough were left out.',
  sections: {
    done: 'What was done',
    measured: 'What was measured',
    checklists: 'Laws and standards',
    origin: 'Where this comes from',
  },
  records: 'Records',
  madeBy: 'Protected by',
  madeOn: 'Protected on',
  conditions: 'Conditions',
  limit: 'Records that might be left out',
  limitOf: (share: string, count: string) => `at most ${share} (${count})`,
  leftOut: 'Records left out',
  leftOutOf: (count: string, rows: string) => `${count} of ${rows}`,
  measure: 'Measure of what was lost (lower is better)',
  measures: {
    loss: 'loss',
    nuentropy: 'non-uniform entropy',
    discernibility: 'discernibility',
    'average-class-size': 'average class size',
    precision: 'precision',
  },
  search: 'Search',
  proved: (checked: string, all: string) =>
    `the best possible by that measure, proved: ${checked} of ${all} combinations had to be looked at`,
  notProved: (checked: string, all: string) =>
    `the best found by that measure; ${checked} of ${all} combinations were looked at`,
  inputHash: 'SHA-256 of the content before',
  outputHash: 'SHA-256 of the content after',
  removed: 'Columns left out',
  sensitive: 'Sensitive columns, unchanged',
  unchanged: 'Other columns, unchanged',
  fileHash: 'SHA-256 of a file saved of the protected records',
  hashes:
    'The hash of a saved file can be computed again by whoever has the file. The hashes of the content are over the cells, whatever file they came from.',
};
