import { z } from 'zod';
import { histogramData } from './charts.ts';
import { recognised, repair } from './repair.ts';
import { commentMarks, encodings, fhirRows, fileFormats, quoteMarks } from './reading-options.ts';

/** Step 1: what may be asked of the importer, and what it tells about a file. */
export const columnTypes = [
  'integer',
  'real',
  'boolean',
  'date',
  'category',
  'text',
  'identifier',
] as const;

/** One ASCII character that is neither a quote nor a line end nor a character of a number. */
const delimiter = z.string().regex(/^[\t !#$%&*,/:;<=>?@^_`|~]$/);

export const importOptions = z.strictObject({
  delimiter: delimiter.optional(),
  encoding: z.enum(encodings).optional(),
  quote: z.enum(quoteMarks).optional(),
  /** false: the first line is a record; columns are then called column_1, column_2, ... */
  header: z.boolean().optional(),
  /** Lines of delimited text that begin with this character are no records. */
  comment: z.enum(commentMarks).optional(),
  /** The sheet of a workbook, by its name; without it the first that holds anything. */
  sheet: z.string().max(255).optional(),
  /** FHIR resources: one row per patient (the default) or per encounter. */
  fhir: z.enum(fhirRows).optional(),
  /** Marks that mean "missing", beside the empty cell. */
  missing: z.array(z.string().max(100)).max(100).optional(),
  /** Types the person has set; every other column is typed from its cells. */
  types: z.record(z.string(), z.enum(columnTypes)).optional(),
});
export type ImportOptions = z.infer<typeof importOptions>;

/** A second file whose columns are added where its key matches that of the first. */
export const joinPlan = z.strictObject({
  /** Column of the first file. */
  key: z.string().min(1).max(4096),
  /** Column of the other file, in which no value may repeat; absent: called the same. */
  otherKey: z.string().min(1).max(4096).optional(),
  /** Rows of the first file without a partner: kept with missing values, or dropped. */
  unmatched: z.enum(['keep', 'drop']),
});
export type JoinPlan = z.infer<typeof joinPlan>;

export const problemCodes = [
  'SPACES_AROUND',
  'MIXED_TYPES',
  'CONSTANT_COLUMN',
  'EMPTY_COLUMN',
  'NEARLY_EMPTY_COLUMN',
  'DUPLICATE_ROWS',
  'SIMILAR_CATEGORIES',
  'HEADER_NAME_MISSING',
  'EMPTY_COLUMN_DROPPED',
  'BLANK_LINES_SKIPPED',
  'NUMBERS_AS_TEXT',
  'NUMBER_FORM_UNCLEAR',
  'DATES_AS_TEXT',
  'DATE_ORDER_UNCLEAR',
  'SHORT_YEARS_UNCLEAR',
  'DATE_ZONE_UNCLEAR',
  'IMPOSSIBLE_DATES',
  'DAY_NUMBERS',
  'MISSING_MARKS',
  'SAME_MEANING',
  'MISSPELLED',
  'OUTLIERS',
  'MISSING_CELLS',
  'LABEL_GIVEN_AWAY',
  'COMMENT_LINES_SKIPPED',
  'TITLE_ROWS_SKIPPED',
  'FORMULA_ERRORS',
  'FORMULA_UNCALCULATED',
  'MERGED_CELLS_FILLED',
  'FILES_APPENDED',
  'FILES_LEFT_OUT',
  'JOIN_UNMATCHED',
  'JOIN_UNUSED',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

export const proposals = [
  'trim',
  'parse_number',
  'drop_column',
  'drop_duplicates',
  'merge_categories',
  'name_column',
  'none',
  'parse_date',
  'mark_missing',
  'clip',
  'fill',
  'choose',
] as const;
export type Proposal = (typeof proposals)[number];

const count = z.int().nonnegative();

export const problem = z.strictObject({
  code: z.enum(problemCodes),
  /** null: the problem is of whole rows. */
  column: z.string().nullable(),
  /** How many rows it touches. */
  rows: count,
  proposal: z.enum(proposals),
  /**
   * What would mend it: one repair, or several of which a person chooses one. None where nothing
   * can be done here, nor in profiles kept by older versions.
   */
  repairs: z.array(repair).max(4).optional(),
});
export type Problem = z.infer<typeof problem>;

/** A number, or a date as yyyy-mm-dd; null where there is no order or no value. */
const bound = z.union([z.number(), z.string()]).nullable();

export const columnProfile = z.strictObject({
  name: z.string(),
  type: z.enum(columnTypes),
  missing: count,
  distinct: count,
  min: bound,
  max: bound,
  /** Up to three values; of a column like an identifier only their shapes (A for a letter, 0 for
   * a digit). */
  examples: z.array(z.string()).max(3),
  /** How the values are spread. None of a column like an identifier or without a value, nor in
   * profiles kept by older versions; beside kept records none of a column that seems to name people,
   * and no bounds of it either. */
  histogram: histogramData.optional(),
  /** How a column that is kept as text writes its numbers or dates, where the cells leave no doubt. */
  recognised: recognised.optional(),
});
export type ColumnProfile = z.infer<typeof columnProfile>;

export const fileProfile = z.strictObject({
  rows: count,
  columns: z.array(columnProfile),
  /** Profiles kept by older versions are of delimited text and do not say so. */
  format: z.enum(fileFormats).optional(),
  /** null: the format leaves no choice. */
  encoding: z.enum(encodings).nullable(),
  delimiter: z.string().nullable(),
  /** The sheet of a workbook that was read. */
  sheet: z.string().optional(),
  problems: z.array(problem),
});
export type FileProfile = z.infer<typeof fileProfile>;
