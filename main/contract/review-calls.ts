import { z } from 'zod';
import { call } from './call.ts';
import { groupColumn } from './group-column.ts';
import { jobStarted } from './job.ts';
import { LANGUAGES } from './language.ts';
import { paper } from './report.ts';
import { privateReviewOptions } from './review-privacy.ts';

const reference = { study: z.string().max(64), artefact: z.string().max(64) };
const ticket = z.string().max(64);

/** The two documents that are written of a reviewed model. */
export const REPORT_DOCUMENTS = ['report', 'model-card'] as const;
export const reportDocument = z.enum(REPORT_DOCUMENTS);
export type ReportDocument = z.output<typeof reportDocument>;

/** Which figures of a review a document shows. */
export const REPORT_FIGURES = ['withheld', 'private'] as const;
export const reportFigures = z.enum(REPORT_FIGURES).default('withheld');
export type ReportFigures = z.output<typeof reportFigures>;

/** Which document of which model, in which language. */
export const reportRequest = {
  ...reference,
  language: z.enum(LANGUAGES),
  what: reportDocument,
  figures: reportFigures,
};

export const reviewChoices = z.strictObject({
  columns: z.array(groupColumn),
  /** The answers of which the one that is harmful to miss must be chosen; else the model knows it. */
  values: z.array(z.string()).optional(),
  /** The model predicts a number: no margins are set. */
  number: z.boolean().optional(),
});
export type ReviewChoices = z.output<typeof reviewChoices>;

export const reviewColumns = {
  /** Columns of the model's records that can serve as groups, the telling ones first. */
  columns: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer'],
    input: z.strictObject(reference),
    output: reviewChoices,
  }),
} as const;

/** A review as one private release: what is known of its groups, and what there is to spend. */
export const privateChoicesShape = z.strictObject({
  groups: z.array(z.strictObject({ column: z.string(), values: z.array(z.string()) })),
  unit: z.enum(['row', 'person']),
  /** What the records' ledger has left; null where they have none. */
  available: z.number().nullable(),
  /** Epsilon of the release there is already, whose figures a report can show. */
  made: z.number().nullable(),
});
export type PrivateChoices = z.output<typeof privateChoicesShape>;

export const reviewRelease = {
  /** What the person sees before choosing a price: nothing is looked up in the records. */
  privateChoices: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer'],
    input: z.strictObject(reference),
    output: privateChoicesShape,
  }),
  /** Reserves epsilon from the ledger, and keeps a review whose figures may leave. */
  release: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer'],
    input: z.strictObject({
      ...reference,
      ...privateReviewOptions.pick({ epsilon: true, values: true }).shape,
    }),
    output: jobStarted,
  }),
} as const;

const readers = ['steward', 'analyst', 'reviewer', 'auditor'] as const;

/** The report and the model card of a reviewed model. */
export const report = {
  /** Both as data, for the window to draw. */
  preview: call({
    at: 'engine',
    who: readers,
    input: z.strictObject({
      ...reference,
      language: z.enum(LANGUAGES),
      figures: reportFigures,
    }),
    output: z.strictObject({ report: paper, modelCard: paper }),
  }),
  /** Writes one as a web page to the chosen place; the journal keeps its hash. */
  save: call({
    at: 'engine',
    who: readers,
    input: z.strictObject({ ...reportRequest, ticket }),
    output: z.strictObject({ name: z.string(), hash: z.string() }),
  }),
  /** One as a web page for printing; the journal keeps its hash before it is given away. */
  page: call({
    at: 'engine',
    who: readers,
    input: z.strictObject(reportRequest),
    output: z.strictObject({ html: z.string(), hash: z.string() }),
  }),
} as const;
