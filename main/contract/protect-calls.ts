import { z } from 'zod';
import { anonymisePlan } from './anonymise.ts';
import { call } from './call.ts';
import { ERRORS, type ErrorCode } from './errors.ts';
import { hierarchyChoice, hierarchyKind, hierarchyRecipe, treeGroups } from './hierarchy.ts';
import { columnFinding, columnRole, uniqueSet } from './identify.ts';
import { columnTypes } from './import.ts';
import { jobStarted, secondsLeft } from './job.ts';
import { LANGUAGES } from './language.ts';
import { redactMode } from './text-calls.ts';

const reference = { study: z.string().max(64), artefact: z.string().max(64) };
const columnName = z.string().min(1).max(4096);
const rolesOfColumns = z.array(z.strictObject({ name: columnName, role: columnRole })).max(5000);
const cell = z.string().max(4096);
/** Records of everyone, whose values get a line in each hierarchy as well. */
const population = z.string().max(64).optional();
const ofColumn = { ...reference, population, column: columnName, language: z.enum(LANGUAGES) };
const errorCode = z.custom<ErrorCode>((code) => typeof code === 'string' && code in ERRORS);
const errorParams = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()])).readonly()]),
);

/** Step 2: which columns say who a person is, as proposed and as a person decided. */
export const identify = {
  propose: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject(reference),
    output: z.strictObject({
      columns: z.array(
        columnFinding.extend({
          type: z.enum(columnTypes),
          examples: z.array(cell),
        }),
      ),
      /** Sets of columns that narrow down who it is, as decided, else as proposed. */
      uniqueness: z.array(uniqueSet),
      /** What was decided for these records before, by column; null before the first time. */
      decided: z.record(z.string(), columnRole).nullable(),
    }),
  }),
  save: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({ ...reference, roles: rolesOfColumns.min(1) }),
    output: z.strictObject({ artefact: z.string() }),
  }),
} as const;

export const releasedRole = z.enum([
  'removed',
  'redacted',
  'quasi-identifier',
  'sensitive',
  'insensitive',
]);

/** Step 3, beside its job: hierarchies to choose from, a look at what was done, the way out. */
export const protect = {
  /**
   * Ways to make columns coarser. The first choice of each column is the proposed one; none where
   * nothing can be built. Those that a person set up come with the question.
   */
  suggest: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({
      ...reference,
      population,
      columns: z
        .array(
          z.strictObject({
            name: columnName,
            recipes: z.array(hierarchyRecipe).max(20).default([]),
          }),
        )
        .max(100),
      language: z.enum(LANGUAGES),
    }),
    output: z.strictObject({
      columns: z.array(
        z.strictObject({
          name: z.string(),
          choices: z.array(hierarchyChoice),
          /** Ways of the person that no longer fit these records, with the error of each. */
          refused: z.array(
            z.strictObject({ kind: hierarchyKind, code: errorCode, params: errorParams }),
          ),
        }),
      ),
    }),
  }),
  /** One way built as the person set it up, with up to 200 labels of each level. */
  hierarchy: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({ ...ofColumn, recipe: hierarchyRecipe }),
    output: hierarchyChoice,
  }),
  /** The values of a column with their records, and the groups that a way makes of them. */
  byHand: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({ ...ofColumn, recipe: hierarchyRecipe }),
    output: z.strictObject({
      values: z.array(z.strictObject({ value: cell, rows: z.number().int() })),
      tree: treeGroups,
    }),
  }),
  /** The person's own hierarchy file, held against the records before it is a choice. */
  hierarchyFile: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({ ...ofColumn, ticket: z.string().max(64) }),
    output: hierarchyChoice,
  }),
  /** How long the search of a plan will probably take; a few nodes are timed for it. */
  estimate: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({
      ...reference,
      plan: anonymisePlan,
      hierarchies: z.record(columnName, z.string().max(16 << 20)),
    }),
    output: z.strictObject({
      latticeNodes: z.number(),
      seconds: secondsLeft,
      /** When it ends with the best found so far; null where it takes what it needs. */
      box: z.number().nullable(),
    }),
  }),
  /**
   * Goes on with a search that ended early, from the levels it had found, until the best is proved;
   * it can be ended with its best at any time.
   */
  prove: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject(reference),
    output: jobStarted,
  }),
  /** The first rows before and after, and what became of each column. */
  compare: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject(reference),
    output: z.strictObject({
      columns: z.array(
        z.strictObject({
          name: z.string(),
          role: releasedRole,
          /** Of a quasi-identifier: its level, and the coarsest there was. */
          level: z.number().int().nullable(),
          top: z.number().int().nullable(),
          /** Different values before and after, a missing one counted as one. */
          before: z.number().int(),
          after: z.number().int(),
          /** Of redacted text: how, and how many findings were taken out. */
          redacted: z.strictObject({ mode: redactMode, replaced: z.number().int() }).nullable(),
        }),
      ),
      /** Cells by the columns above; '' for a missing one, null for what is no longer there. */
      rows: z.array(
        z.strictObject({
          before: z.array(cell),
          after: z.array(cell.nullable()).nullable(),
        }),
      ),
      kept: z.number().int(),
      /** Suppressed records stay as rows whose cells are emptied. */
      blanked: z.boolean(),
      suppressed: z.number().int(),
    }),
  }),
  /** Writes protected records to the chosen place; what is written is checked first. */
  export: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({ ...reference, ticket: z.string().max(64) }),
    output: z.strictObject({ name: z.string(), rows: z.number().int() }),
  }),
} as const;
