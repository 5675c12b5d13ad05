/**
 * Entries that forms and statistics programs are known to use for "not known" (R and SAS write NA
 * and ., spreadsheets N/A, questionnaires 999). A closed list, the same whatever records there are:
 * which of them a form uses is a public fact, and a person says so by ticking.
 */
export const MISSING_MARKS = [
  '?',
  '-',
  '.',
  'NA',
  'N/A',
  'NaN',
  'NULL',
  'null',
  'unknown',
  'Unknown',
  '未知',
  '不详',
  '无',
  '999',
  '-999',
  '9999',
] as const;
export type MissingMark = (typeof MISSING_MARKS)[number];
