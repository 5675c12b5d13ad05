import { z } from 'zod';
import { anonymisePlan } from './anonymise.ts';
import { call } from './call.ts';
import { columnFinding, columnRole, uniqueSet } from './identify.ts';
import { columnTypes } from './import.ts';
import { secondsLeft } from './job.ts';
import { LANGUAGES } from './language.ts';
import { redactMode } from './text-calls.ts';

const reference = { study: z.string().max(64), artefact: z.string().max(64) };
const columnName = z.string().min(1).max(4096);
const rolesOfColumns = z.array(z.strictObject({ name: columnName, role: columnRole })).max(5000);
const cell = z.string().max(4096);

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

/** How a hierarchy was made; the screens name each in words. */
export const HIERARCHY_KINDS = [
  'ages',
  'intervals',
  'dates',
  'mask-right',
  'mask-left',
  'common',
  'hide',
] as const;
export const hierarchyKind = z.enum(HIERARCHY_KINDS);
export type HierarchyKind = z.infer<typeof hierarchyKind>;

/** A hierarchy with its text, which is what is applied, and a look at each of its levels. */
export const hierarchyChoice = z.strictObject({
  kind: hierarchyKind,
  text: z.string(),
  levels: z.array(z.strictObject({ labels: z.array(cell).max(5), count: z.number().int() })),
});
export type HierarchyChoice = z.infer<typeof hierarchyChoice>;

export const releasedRole = z.enum([
  'removed',
  'redacted',
  'quasi-identifier',
  'sensitive',
  'insensitive',
]);

/** Step 3, beside its job: hierarchies to choose from, a look at what was done, the way out. */
export const protect = {
  /** The first choice of each column is the proposed one; none where nothing can be built. */
  suggest: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({
      ...reference,
      columns: z.array(columnName).max(100),
      language: z.enum(LANGUAGES),
    }),
    output: z.strictObject({
      columns: z.array(z.strictObject({ name: z.string(), choices: z.array(hierarchyChoice) })),
    }),
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
