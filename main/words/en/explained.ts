/** Why protected records became what they are. Numbers arrive as the language writes them. */
export const explained = {
  title: 'Why it became so',
  working: 'Working out the reasons. You can leave this page.',
  stop: 'Stop working it out',
  start: 'Work out the reasons',
  goOn: 'Work out the rest',
  unexplained:
    'This cannot be told group by group: a condition looks at all records together, or some records were made less exact by other steps than the rest.',
  left: (count: string, number: number) =>
    `Why ${count} ${number === 1 ? 'record was' : 'records were'} left out`,
  failed: {
    k: (count: string, k: string) => `${count}: fewer than ${k} records looked the same.`,
    l: (count: string, l: string, column: string) =>
      `${count}: the records that looked the same had fewer than ${l} different values of ${column}.`,
    spread: (count: string, column: string) =>
      `${count}: the values of ${column} among the records that looked the same were not varied enough.`,
    t: (count: string, column: string) =>
      `${count}: the values of ${column} among the records that looked the same were too unlike those of all records.`,
    other: (count: string, condition: string) => `${count}: ${condition} was not met.`,
  },
  stay: (column: string, stay: string, rows: string) =>
    `Hiding ${column} completely would keep ${stay} of the ${rows}.`,
  stayNone: 'Hiding any one column completely would keep none of them.',
  columns: 'Why each column went so far',
  over: (column: string, needed: string, allowed: string) =>
    `One step more exact in ${column}, and ${needed} records would have to be left out. ${allowed} may be.`,
  dearer: (column: string, needed: string, now: string) =>
    `One step more exact in ${column} would be allowed, but would leave out ${needed} records in place of ${now}. Concord found that this keeps less in all.`,
  exact: (columns: string) => `Kept as they were: ${columns}.`,
  price: 'What another choice would cost',
  priceText:
    'Each field is the best that can be reached with that choice: how many records are left out, and how much of the detail is lost in the columns that narrow down who it is. A record that is left out loses all of its detail.',
  k: 'Records that look the same, at least',
  limit: (share: string) => `Up to ${share} left out`,
  cell: (count: string, lost: string) => `${count} left out, ${lost} of the detail lost`,
  chosen: (cell: string) => `${cell} (your choice)`,
  open: 'not worked out yet',
  impossible: 'not possible',
  certificate: {
    open: 'Make a certificate',
    title: 'Certificate of the protection',
    text: 'It tells others what was done to the records, how it was measured, and which file it belongs to. No values of records are in it.',
    reading: 'Writing the certificate',
    save: 'Save as a web page',
    savePdf: 'Save as PDF',
    printing: 'Making the pages. This takes a few seconds.',
    file: (records: string, ending: string) => `${records} - certificate.${ending}`,
    saved: (file: string) =>
      `${file} was saved. Whoever gets it can check with Concord that it was not changed.`,
    savedPdf: (file: string) =>
      `${file} was saved. The fingerprint printed in it stands in the journal. A PDF cannot be checked with Concord: save the web page too if others are to check it.`,
  },
  back: 'Back to the result',
  before: 'Use the one before',
  restored:
    'The protected copy before this one is in use again. The other one was kept; nothing was deleted.',
  adjust: {
    title: 'Set the numbers yourself',
    text: 'The purpose sets both. Change them only if a rule or a contract asks for other numbers.',
    k: 'Records that look the same, at least',
    limit: 'Share of the records that may be left out, at most',
    byPurpose: 'As the purpose asks',
    close: (share: string) => `As varied as all records, within ${share}`,
    check: 'Demands',
    demands: (k: string, limit: string) =>
      `At least ${k} records look the same; at most ${limit} are left out`,
  },
};
export type ExplainedWords = typeof explained;
