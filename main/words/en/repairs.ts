import type { RepairKind } from '../../contract/repair-kinds.ts';
import type { DateForm, NumberForm } from '../../contract/repair.ts';
import { ownRepair } from './own-repair.ts';

/** Mending records, step by step. Numbers arrive as already formatted text. */
export const repairs = {
  own: ownRepair,
  choose: 'Tick what should be mended. Nothing changes until you have seen what it would do.',
  leave: 'Leave it as it is',
  see: 'See what would change',
  nothingChosen: 'Tick at least one repair',
  finding: (finding: string, rows: string, count: number) =>
    `${finding}: ${rows} ${count === 1 ? 'record' : 'records'}`,
  ofColumn: (column: string, what: string) => `${column}: ${what}`,
  noOffer: 'Nothing has to be done about these:',
  labelNote: (label: string) =>
    `The label is “${label}”. Columns that tell it by themselves are listed here.`,
  noLabelNote:
    'Columns that give the answer away are listed here once it is chosen what is predicted.',
  looksLike: (form: string) => `looks like ${form}`,
  readFrom: (form: string) => `read from ${form}`,
  numbers: (
    decimal: NumberForm['decimal'],
    thousands: NumberForm['thousands'],
    unit: string | null,
  ) => {
    const separated = {
      none: '',
      comma: ', thousands separated by commas',
      point: ', thousands separated by points',
      space: ', thousands separated by spaces',
      apostrophe: ', thousands separated by apostrophes',
    }[thousands];
    const point = decimal === 'comma' ? 'a decimal comma' : 'a decimal point';
    return `numbers with ${point}${separated}${unit === null ? '' : `, in ${unit}`}`;
  },
  dates: {
    'year-first': 'dates with the year first',
    'day-first': 'dates with the day first (05/03 is 5 March)',
    'month-first': 'dates with the month first (05/03 is May 3)',
    'day-first-from-1930':
      'dates with the day first, two-digit years from 1930 to 2029 (05/03/24 is 5 March 2024)',
    'month-first-from-1930':
      'dates with the month first, two-digit years from 1930 to 2029 (05/03/24 is May 3, 2024)',
    'year-first-from-1930':
      'dates with the year first, two-digit years from 1930 to 2029 (05/03/24 is 24 March 2005)',
    'day-first-from-1969':
      'dates with the day first, two-digit years from 1969 to 2068 (05/03/35 is 5 March 2035)',
    'month-first-from-1969':
      'dates with the month first, two-digit years from 1969 to 2068 (05/03/35 is May 3, 2035)',
    'day-first-from-1900':
      'dates with the day first, two-digit years from 1900 to 1999 (05/03/24 is 5 March 1924)',
    'month-first-from-1900':
      'dates with the month first, two-digit years from 1900 to 1999 (05/03/24 is May 3, 1924)',
    'zone-to-utc': 'times as the moment they name, in UTC (09:30+08:00 is 01:30)',
    'zone-left-out': 'times as the clock showed them, without the zone (09:30+08:00 is 09:30)',
    'excel-1900': 'day numbers of Excel (counted from 1900)',
    'excel-1904': 'day numbers of Excel on older Macs (counted from 1904)',
  } as Readonly<Record<DateForm, string>>,
  say: {
    trim: 'Remove the spaces around the values',
    marks: (marks: string) => `Treat as missing: ${marks}`,
    merge: (groups: string) => `Join: ${groups}`,
    group: (from: string, into: string) => `${from} as ${into}`,
    more: (count: string) => `and ${count} more`,
    read: (form: string) => `Read as ${form}`,
    readElseMissing: (form: string) => `Read as ${form}; what is none becomes missing`,
    clipBelow: (lower: string) => `Raise values below ${lower} to ${lower}`,
    clipAbove: (upper: string) => `Lower values above ${upper} to ${upper}`,
    clipBoth: (lower: string, upper: string) => `Hold values between ${lower} and ${upper}`,
    toCategory: 'Treat the numbers as codes, not as amounts',
    dropColumn: 'Leave this column out',
    dropRows: 'Leave out the records in which it is empty',
    dropDuplicates: 'Keep each record once',
    fill: (constant: string) => `Fill empty cells with ${constant}`,
    median: 'Fill empty cells with the median',
    mode: 'Fill empty cells with the most frequent value',
    joiner: ', ',
    groupJoiner: '; ',
  },
  learned:
    'Learned when a model is trained, from the records it learns from only. A private model pays for it from the privacy budget.',
  kinds: {
    trim: 'Spaces removed',
    'mark-missing': 'Marked as missing',
    merge: 'Joined',
    'parse-number': 'Read as numbers',
    'parse-date': 'Read as dates',
    clip: 'Held to a range',
    'to-category': 'Treated as codes',
    'drop-column': 'Column left out',
    'drop-rows': 'Records left out',
    'drop-duplicates': 'Repeated records left out',
    fill: 'Filled',
  } as Readonly<Record<RepairKind, string>>,
  tryTitle: (one: boolean) => `What ${one ? 'this repair' : 'the repairs'} would change`,
  tryText: (name: string) =>
    `${name} stays in the vault as it is. The repaired records are kept beside it, and every repair can be undone.`,
  trying: 'Trying the repairs on the records',
  sizes: (rowsBefore: string, rowsAfter: string, columnsBefore: string, columnsAfter: string) =>
    `Records: ${rowsBefore} before, ${rowsAfter} after. Columns: ${columnsBefore} before, ${columnsAfter} after.`,
  effect: (rows: string, count: number) =>
    count === 1 ? `${rows} record changes.` : `${rows} records change.`,
  effectMissing: (rows: string, missing: string) =>
    `${rows} records change; in ${missing} of them the value becomes missing.`,
  effectNone: 'Changes nothing.',
  effectColumn: 'The column is gone from the repaired records.',
  effectCodes: (rows: string, count: number) =>
    count === 1
      ? `${rows} value stays as it is written and is no amount any more.`
      : `${rows} values stay as they are written and are no amounts any more.`,
  effectRows: (rows: string, count: number) =>
    count === 1 ? `${rows} record is left out.` : `${rows} records are left out.`,
  effectLater: (rows: string) => `${rows} empty cells will be filled then.`,
  examples: (what: string) => `First changes: ${what}`,
  row: 'Record',
  before: 'Before',
  after: 'After',
  missing: 'missing',
  apply: (one: boolean): string => (one ? 'Make this repair' : 'Make these repairs'),
  madeTitle: 'Repairs made',
  madeText: (name: string) =>
    `From ${name}, in this order. Protection and training use the repaired records.`,
  madeNone: 'No repair is left: the records are as they came.',
  done: 'The repairs were made',
  repair: 'Repair',
  what: 'What it did',
  undo: 'Undo the last repair',
  look: 'Look at the repaired records',
  made: (count: string) => `Repairs made so far: ${count}`,
};
export type RepairWords = typeof repairs;
