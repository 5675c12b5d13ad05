import { z } from 'zod';
import { call } from './call.ts';
import { entitySpan, entityType } from './identify.ts';
import { jobStarted } from './job.ts';

const reference = { study: z.string().max(64), artefact: z.string().max(64) };
/** The findings, as the artefact that keeps them. */
const ofFindings = { study: z.string().max(64), findings: z.string().max(64) };
const columnName = z.string().min(1).max(4096);
const count = z.int().nonnegative();

/** Findings below this are shown, but taken out only when a person says so. */
export const ACCEPTED_FROM = 0.4;
/** Findings below this are worth a look. */
export const SURE_FROM = 0.6;

/** How findings leave a text. */
export const REDACT_MODES = ['tag', 'mask', 'pseudonym'] as const;
export const redactMode = z.enum(REDACT_MODES);
export type RedactMode = z.infer<typeof redactMode>;

/** A place in one of the different texts of a column; they are numbered from 0. */
const spot = {
  column: columnName,
  text: count,
  start: count,
  end: z.int().min(1),
};

/**
 * What a person decides of findings. `alike`: of all findings with the same type and the same
 * letters, in every text column. Types are those found, whatever they were changed to since.
 */
export const textDecision = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('accept'), ...spot, alike: z.boolean() }),
  z.strictObject({ do: z.literal('reject'), ...spot, alike: z.boolean() }),
  z.strictObject({ do: z.literal('retype'), ...spot, alike: z.boolean(), type: entityType }),
  /** `alike`: wherever the same letters stand as whole words. */
  z.strictObject({ do: z.literal('add'), ...spot, alike: z.boolean(), type: entityType }),
]);
export type TextDecision = z.infer<typeof textDecision>;

export const textFilter = z.strictObject({
  /** Only texts with a finding of this type. */
  type: entityType.nullable(),
  /** With any finding; with one that is not sure; all texts. */
  show: z.enum(['found', 'unsure', 'all']),
});
export type TextFilter = z.infer<typeof textFilter>;

export const typeCount = z.strictObject({
  type: entityType,
  /** In different texts; a text that stands in many rows counts once. */
  accepted: count,
  rejected: count,
});

/** A finding as it stands after the decisions. */
export const shownSpan = entitySpan.extend({
  /** The type found first; null for what a person has added. */
  found: entityType.nullable(),
  accepted: z.boolean(),
});
export type ShownSpan = z.infer<typeof shownSpan>;

/** Longer texts are shown up to here; what is found behind it counts and is taken out all the same. */
export const SHOWN_CHARACTERS = 50_000;

/** What became of the findings of one column, by type, counted in rows. */
export const redactedColumn = z.strictObject({
  column: z.string(),
  mode: redactMode,
  replaced: z.partialRecord(entityType, count),
});
export type RedactedColumn = z.infer<typeof redactedColumn>;

const decided = z.strictObject({
  /** Findings that this has changed. */
  changed: count,
  /** Decisions that can be undone. */
  undoable: count,
});

/** Step 2, in free text: what was found, and what a person decided of it. */
export const identifyText = {
  /** Looks through all text columns; a job. */
  find: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject(reference),
    output: jobStarted,
  }),
  /** The text columns of records and, once they were looked through, what was found. */
  texts: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject(reference),
    output: z.strictObject({
      findings: z.string().nullable(),
      /** When other records of the study were looked through last, where these were not. */
      older: z.string().nullable(),
      columns: z.array(
        z.strictObject({
          name: z.string(),
          /** Different texts. */
          texts: count,
          /** Texts in which something was found. */
          found: count,
          /** Texts that a person has had before them, of those in which something was found. */
          looked: count,
          types: z.array(typeCount),
        }),
      ),
      undoable: count,
      /** Decisions that were not saved yet. */
      unsaved: z.boolean(),
      /** Whether decisions were saved before. */
      saved: z.boolean(),
    }),
  }),
  /** The text of that number; or the next or previous one from it on that fits; null for none. */
  text: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({
      ...ofFindings,
      column: columnName,
      from: count,
      step: z.enum(['here', 'next', 'previous']),
      filter: textFilter,
    }),
    output: z
      .strictObject({
        text: count,
        content: z.string().max(SHOWN_CHARACTERS),
        cut: z.boolean(),
        /** The first row it stands in, from 1, and in how many it does. */
        row: z.int().min(1),
        rows: count,
        spans: z.array(shownSpan),
        looked: count,
        found: count,
      })
      .nullable(),
  }),
  decide: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({ ...ofFindings, decision: textDecision }),
    output: decided,
  }),
  /** Takes the last decision back; it can be made again. */
  undo: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject(ofFindings),
    output: decided,
  }),
  /** Keeps the decisions beside the findings, with a line in the journal. */
  saveTexts: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject(ofFindings),
    output: z.strictObject({ artefact: z.string() }),
  }),
} as const;
