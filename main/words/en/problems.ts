import type { Problem, ProblemCode, Proposal } from '../../contract/import.ts';

export type ProblemWords = {
  readonly [code in ProblemCode]: (problem: Pick<Problem, 'column' | 'rows'>) => string;
};
export type ProposalWords = { readonly [proposal in Proposal]: string };

const rows = (count: number): string => (count === 1 ? '1 row' : `${count} rows`);

/** What was noticed in a file: one sentence per problem. */
export const problems: ProblemWords = {
  SPACES_AROUND: (p) => `"${p.column}" has blanks before or after the value in ${rows(p.rows)}.`,
  MIXED_TYPES: (p) => `"${p.column}" holds numbers or dates, but not in ${rows(p.rows)}.`,
  CONSTANT_COLUMN: (p) => `"${p.column}" has the same value in every row.`,
  EMPTY_COLUMN: (p) => `"${p.column}" is empty in every row.`,
  NEARLY_EMPTY_COLUMN: (p) => `"${p.column}" is empty in ${rows(p.rows)}, nearly all of them.`,
  DUPLICATE_ROWS: (p) =>
    `${rows(p.rows)} ${p.rows === 1 ? 'repeats' : 'repeat'} an earlier row in every column.`,
  SIMILAR_CATEGORIES: (p) =>
    `"${p.column}" writes the same category in several ways (capitals, blanks, full width) in ${rows(p.rows)}.`,
  HEADER_NAME_MISSING: (p) => `A column has no name in the header; it is called "${p.column}".`,
  EMPTY_COLUMN_DROPPED: () =>
    'The header ends with a delimiter; the empty column behind it was left out.',
  BLANK_LINES_SKIPPED: (p) =>
    `${p.rows === 1 ? '1 blank line was' : `${p.rows} blank lines were`} skipped.`,
  NUMBERS_AS_TEXT: (p) =>
    `"${p.column}" holds numbers that are written with a comma, a unit or another sign, in ${rows(p.rows)}.`,
  NUMBER_FORM_UNCLEAR: (p) =>
    `"${p.column}" holds numbers whose comma or point can be read in two ways, in ${rows(p.rows)}.`,
  DATES_AS_TEXT: (p) =>
    `"${p.column}" holds dates with the year last, or with two digits for it, in ${rows(p.rows)}.`,
  SHORT_YEARS_UNCLEAR: (p) =>
    `"${p.column}" holds dates with two-digit years that can be read in several ways, in ${rows(p.rows)}.`,
  DATE_ZONE_UNCLEAR: (p) =>
    `"${p.column}" holds times with a time zone, in ${rows(p.rows)}. Choose whether the moment or the time on the clock counts.`,
  DATE_ORDER_UNCLEAR: (p) =>
    `"${p.column}" holds dates in which day and month could be either way round, in ${rows(p.rows)}.`,
  IMPOSSIBLE_DATES: (p) => `"${p.column}" has dates that are in no calendar, in ${rows(p.rows)}.`,
  DAY_NUMBERS: (p) =>
    `"${p.column}" is named like a date and holds day numbers as Excel counts them, in ${rows(p.rows)}.`,
  MISSING_MARKS: (p) => `"${p.column}" has entries that may mean "not known", in ${rows(p.rows)}.`,
  SAME_MEANING: (p) => `"${p.column}" says the same in different words, in ${rows(p.rows)}.`,
  MISSPELLED: (p) =>
    `"${p.column}" has rare entries that look like misspellings, in ${rows(p.rows)}.`,
  OUTLIERS: (p) => `"${p.column}" has values far outside all the others, in ${rows(p.rows)}.`,
  MISSING_CELLS: (p) => `"${p.column}" has no value in ${rows(p.rows)}.`,
  LABEL_GIVEN_AWAY: (p) =>
    `"${p.column}" alone tells the label nearly perfectly, in ${rows(p.rows)}: it may have been written down after the event.`,
  COMMENT_LINES_SKIPPED: (p) =>
    `${p.rows === 1 ? '1 comment line was' : `${p.rows} comment lines were`} skipped.`,
  TITLE_ROWS_SKIPPED: (p) =>
    `${p.rows === 1 ? '1 row' : `${p.rows} rows`} above the header ${p.rows === 1 ? 'was' : 'were'} taken for a title and left out.`,
  FORMULA_ERRORS: (p) =>
    `"${p.column}" holds errors of formulas (such as #N/A) in ${rows(p.rows)}; they count as missing.`,
  FORMULA_UNCALCULATED: (p) =>
    `"${p.column}" holds formulas without a result in ${rows(p.rows)}; they count as missing. Open the workbook in Excel and save it to have them calculated.`,
  MERGED_CELLS_FILLED: (p) =>
    `Merged cells gave their value to every row they cover (${rows(p.rows)}).`,
  FILES_APPENDED: (p) => `The records come from ${p.rows} files, one after the other.`,
  FILES_LEFT_OUT: (p) =>
    `${p.rows === 1 ? '1 file' : `${p.rows} files`} in the folder ${p.rows === 1 ? 'is' : 'are'} no records by name and ${p.rows === 1 ? 'was' : 'were'} left out.`,
  JOIN_UNMATCHED: (p) =>
    `By "${p.column}", ${rows(p.rows)} of the first file ${p.rows === 1 ? 'has' : 'have'} no partner in the other.`,
  JOIN_UNUSED: (p) =>
    `By "${p.column}", ${rows(p.rows)} of the other file ${p.rows === 1 ? 'has' : 'have'} no partner in the first and ${p.rows === 1 ? 'was' : 'were'} left out.`,
};

/** What can be done about it. */
export const proposals: ProposalWords = {
  trim: 'Remove the blanks',
  parse_number: 'Read as numbers; what is none becomes missing',
  drop_column: 'Leave the column out',
  drop_duplicates: 'Keep only the first of each',
  merge_categories: 'Merge them into the most frequent spelling',
  name_column: 'Give the column a name',
  none: 'Nothing to do',
  parse_date: 'Read as dates',
  mark_missing: 'Treat as missing',
  clip: 'Hold to a range',
  fill: 'Fill the empty cells',
  choose: 'Choose how to read it',
};
