import { z } from 'zod';
import { call } from './call.ts';
import { columnTypes } from './import.ts';
import { jobStarted } from './job.ts';
import { labelOrder, labelPlan, labelPreview, labelsMade, labelValues } from './label.ts';

const reference = { study: z.string().max(64), artefact: z.string().max(64) };
const count = z.int().nonnegative();
const position = z.int().nonnegative().max(0xffff_ffff);

/** A cell of free text is shown up to here. */
export const SHOWN_TEXT = 50_000;
/** So many columns of a record are shown. */
export const SHOWN_COLUMNS = 200;

/** How far labelling by hand has come. */
export const handProgress = z.strictObject({
  /** Records with a label, by the values in their order. */
  values: z.array(count),
  labelled: count,
  skipped: count,
  left: count,
  /** Key presses that can be taken back. */
  undoable: count,
});
export type HandProgress = z.output<typeof handProgress>;

/** A record to be labelled. */
export const handRecord = z.strictObject({
  /** From 0, in the order of labelling. */
  at: count,
  /** From 1, as in the file. */
  row: z.int().positive(),
  /** Which of the values it has, from 0; null: none yet. */
  value: count.nullable(),
  skipped: z.boolean(),
  cells: z.array(
    z.strictObject({
      column: z.string(),
      type: z.enum(columnTypes),
      text: z.string(),
      /** The cell is longer than what is shown of it. */
      cut: z.boolean(),
    }),
  ),
  /** Columns that are not shown. */
  more: count,
});
export type HandRecord = z.output<typeof handRecord>;

/** What is asked before labelling by hand begins. */
const handSettings = {
  column: z.string().trim().min(1).max(200),
  values: labelValues,
  order: labelOrder,
};

const hand = z.strictObject({ ...handSettings, progress: handProgress });
const page = z.strictObject({
  progress: handProgress,
  /** null: there is no further record in that direction. */
  record: handRecord.nullable(),
});

const editors = ['steward', 'analyst'] as const;
const readers = ['steward', 'analyst', 'reviewer', 'auditor'] as const;

/** Giving records a label that they do not have: by hand, record by record, or by rule. */
export const label = {
  /** How things stand: the columns to write rules about, and what was done by hand. */
  open: call({
    at: 'engine',
    who: editors,
    input: z.strictObject(reference),
    output: z.strictObject({
      rows: count,
      columns: z.array(z.strictObject({ name: z.string(), type: z.enum(columnTypes) })),
      hand: hand.nullable(),
      /** The label these records were given here, if they were; that column is theirs for good. */
      made: z.string().nullable(),
      /** Labels given by hand before these records were repaired, which could be taken over. */
      earlier: z.strictObject({ artefact: z.string(), labelled: count }).nullable(),
      /** Records repaired from these since, if any: labels given here are not theirs yet. */
      later: z.string().nullable(),
    }),
  }),
  /** Begins labelling by hand, or changes what was asked; labels given so far stay. */
  begin: call({
    at: 'engine',
    who: editors,
    input: z.strictObject({ ...reference, ...handSettings }),
    output: hand,
  }),
  /** Takes over the labels given to these records before they were repaired. */
  carry: call({
    at: 'engine',
    who: editors,
    input: z.strictObject({ ...reference, from: z.string().max(64) }),
    /** `gone`: labels of records that the repairs have left out; they stay with the former ones. */
    output: z.strictObject({ carried: count, gone: count }),
  }),
  /** The record at a place of the order, or the first one open from there on. */
  record: call({
    at: 'engine',
    who: editors,
    input: z.strictObject({ ...reference, at: position, find: z.enum(['here', 'open']) }),
    output: page,
  }),
  /** Gives a record a label (or skips it: null) and answers with the next one that is open. */
  mark: call({
    at: 'engine',
    who: editors,
    input: z.strictObject({ ...reference, at: position, value: count.max(8).nullable() }),
    output: page,
  }),
  /** Takes the last key press back and answers with its record. */
  undo: call({ at: 'engine', who: editors, input: z.strictObject(reference), output: page }),
  /** What a plan would do to the records; nothing is kept. */
  preview: call({
    at: 'engine',
    who: editors,
    input: z.strictObject({ ...reference, plan: labelPlan }),
    output: labelPreview,
  }),
  /** Makes labelled records. */
  make: call({
    at: 'engine',
    who: editors,
    input: z.strictObject({ ...reference, plan: labelPlan }),
    output: jobStarted,
  }),
  /** How labelled records got their label. */
  made: call({
    at: 'engine',
    who: readers,
    input: z.strictObject(reference),
    output: labelsMade,
  }),
  /** The records as they were before their label, as the newest ones. */
  takeBack: call({
    at: 'engine',
    who: editors,
    input: z.strictObject(reference),
    output: jobStarted,
  }),
} as const;
