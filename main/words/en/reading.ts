/** How records come in and are read: pages of the step Bring in records. */
export const reading = {
  several:
    'Several files with the same columns can be chosen together: their records follow one another.',
  chooseFolder: 'Choose a folder',
  paste: 'Paste a table',
  pasteTitle: 'Paste a table',
  pasteLabel: 'Rows with the names of the columns in the first',
  pasteHint:
    'Copy the cells in a spreadsheet, with their header, and paste them here. Text separated by commas or semicolons is read too.',
  pasteMissing: 'Paste at least a header and one row',
  pasteTooLong: 'The text is too long to paste. Save it as a file and choose that.',
  pastedName: 'Pasted table',
  inClear:
    'The file itself stays where it is, unencrypted: whoever can open its folder can read it. When its records are in the vault and it is not needed any more, delete it.',
  pastedInClear:
    'The table is still on the clipboard, unencrypted, until something else is copied.',
  format: 'Format',
  formats: {
    delimited: 'text with separators (CSV)',
    excel: 'Excel workbook',
    parquet: 'Parquet',
    json: 'JSON',
    fhir: 'FHIR resources',
    conll: 'tokens and tags (CoNLL)',
  } as Readonly<Record<string, string>>,
  encodings: {
    'utf-8': 'Unicode (UTF-8)',
    gb18030: 'Chinese (GBK, GB18030)',
    'windows-1252': 'Western European (Windows-1252)',
    'utf-16le': 'Unicode (UTF-16)',
    'utf-16be': 'Unicode (UTF-16, big endian)',
  } as Readonly<Record<string, string>>,
  files: 'Files',
  sheet: 'Sheet',
  notRight: 'Not right? Change how the file is read',
  changed: 'The records are shown as they are read now.',
  asFound: 'as found in the file',
  header: 'Names of the columns',
  headerFirst: 'in the first row',
  headerNone: 'there are none',
  quote: 'Quotation marks around cells',
  quoteNames: { '"': 'double (")', "'": "single (')", none: 'none, they belong to the text' },
  quoteFails: 'Are the quotation marks part of the text?',
  quoteFailsText:
    'A quotation mark usually stands around a cell. Here some may be ordinary text, such as 5" for five inches. You can read the records in another way and see whether they look right. Nothing is added to the vault before you say so.',
  readUnquoted: 'Read all quotation marks as text',
  readSingle: "Read with single quotation marks (') around cells",
  orAnother: 'Or choose another file',
  comment: 'Lines to leave out',
  commentNone: 'none',
  commentBegins: (mark: string) => `lines that begin with ${mark}`,
  fhir: 'One row for each',
  fhirRows: { patient: 'patient', encounter: 'encounter' },
  readingProgress: 'How far the file is read',
  stopReading: 'Stop reading',
  stopped: 'Reading was stopped. Nothing was added.',
  addColumns: 'Add columns from a second file',
  joinTitle: (file: string) => `How does ${file} belong to these records?`,
  joinText:
    'Choose the column by which the rows of both files find each other, such as the number of a patient. In the second file every value of it may stand only once. That file is read whole, so a large one takes a moment.',
  joinPreview: (file: string) => `First rows of ${file}, as Concord reads them:`,
  joinAnother: 'Choose another second file',
  joinKey: 'Column in these records',
  joinOtherKey: (file: string) => `Column in ${file}`,
  joinUnmatched: 'Records without a partner in the second file',
  joinKeep: 'Keep them, the new columns missing',
  joinDrop: 'Leave them out',
  joinReading: 'Reading the files and joining their rows',
  joinGo: 'Join the files',
  joined: 'Second file',
  joinFacts: (file: string, relation: 'one-to-one' | 'many-to-one') =>
    relation === 'one-to-one'
      ? `${file}, at most one record for each of its rows`
      : `${file}, several records for some of its rows`,
  joinFirst: (file: string, rows: string) =>
    `${file}, looked up for the first ${rows} rows: the first file is large and is read whole when you add the records`,
  unmatchedFirst: (rows: string, first: string, kept: boolean) =>
    `${rows} of the first ${first}, ${kept ? 'kept' : 'left out'}`,
  unmatched: 'Records without a partner',
  unmatchedRows: (rows: string, count: number, kept: boolean) =>
    count === 0 ? 'none' : `${rows}, ${kept ? 'kept' : 'left out'}`,
  unused: 'Rows of the second file without a partner',
  unusedRows: (rows: string, count: number) => (count === 0 ? 'none' : `${rows}, left out`),
  unmatchedCaption: (rows: string, count: number) =>
    count === 1 ? 'The record without a partner' : `The first ${rows} records without a partner`,
};
