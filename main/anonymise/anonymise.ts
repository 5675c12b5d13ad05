import {
  anonymisePlan,
  type AnonymiseOutcome,
  type AnonymisePlan,
  type AnonymisePlanInput,
} from '../contract/anonymise.ts';
import { ConcordError } from '../contract/errors.ts';
import type { Table } from '../records/table.ts';
import { releaseOf } from './apply.ts';
import { checkRelease } from './check.ts';
import { generaliseByLevels } from './by-levels.ts';
import { generaliseByParts } from './by-parts.ts';
import { requireRanges } from './ranges-models.ts';
import type { Generalised, LevelsOfRows } from './generalised.ts';
import { describe } from './outcome.ts';
import { rolesOf } from './roles.ts';
import type { SearchOptions } from './search.ts';

export interface AnonymiseOptions extends Omit<SearchOptions, 'milliseconds' | 'startWith'> {
  /** Whether the whole file is to be released, so that every column needs a role. Default true. */
  readonly release?: boolean;
  /** The table that the plan names under `population`. */
  readonly population?: Table | null;
}

export interface Anonymised {
  readonly outcome: AnonymiseOutcome;
  /** Only columns that have a role. */
  readonly output: Table;
  /** Rows of the original that were suppressed (1); `output` has them blanked or lacks them. */
  readonly suppressedRows: Uint8Array;
  /** The levels of all rows; null where each part of them has ranges of its own. */
  readonly rounds: LevelsOfRows | null;
}

/**
 * Generalises the quasi-identifiers of a table as little as the plan's measure allows while every
 * remaining equivalence class meets every model, suppressing at most floor(limit x rows) rows.
 * `hierarchies`: hierarchy text by column, for all quasi-identifiers and for the sensitive columns
 * that name one. The output is checked on its own text before it is given back.
 *
 * Throws PLAN_INVALID, FILE_NO_RECORDS, COLUMN_UNKNOWN, COLUMN_EMPTY, ROLE_CONFLICT, ROLE_MISSING,
 * HIERARCHY_UNREADABLE {column, file}, HIERARCHY_INVALID, HIERARCHY_LACKS_VALUE, LEVELS_INVALID, POPULATION_UNFIT,
 * PRIVACY_MODEL_INVALID, PRIVACY_MODEL_UNMET {needed, rows, allowed, limit, possible,
 * coarser, coarserTogether}, CANCELLED,
 * INTERNAL.
 */
export async function anonymiseTable(
  table: Table,
  written: AnonymisePlanInput,
  hierarchies: ReadonlyMap<string, string>,
  options: AnonymiseOptions = {},
): Promise<Anonymised> {
  const plan = validPlan(written);
  const roles = rolesOf(table, plan, options.release ?? true);
  if (table.rows === 0) throw new ConcordError('FILE_NO_RECORDS');
  const files = { hierarchies, population: options.population ?? null };
  const generalise = plan.search === 'local' ? generaliseByParts : generaliseByLevels;
  const found: Generalised = await generalise(table, roles, plan, files, options);
  const output = releaseOf(roles.released, {
    generalised: found.cells,
    sensitive: new Set(Object.keys(plan.sensitive)),
    suppressed: found.suppressed,
    mode: plan.suppressed,
  });
  checkRelease({
    original: table,
    output,
    plan,
    blanked: plan.suppressed === 'blank' ? found.suppressed : null,
    hierarchies,
    population: files.population,
    rounds: found.rounds,
  });
  const { suppressed: suppressedRows, rounds } = found;
  return { outcome: describe(plan, table.rows, found), output, suppressedRows, rounds };
}

/** The plan with its defaults; PLAN_INVALID {path, expected} names the first entry that is off. */
function validPlan(written: AnonymisePlanInput): AnonymisePlan {
  const parsed = anonymisePlan.safeParse(written);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const path = issue?.path.map(String).join('.') ?? '';
    throw new ConcordError('PLAN_INVALID', { path, expected: issue?.message ?? '' });
  }
  const plan = parsed.data;
  if (plan.search === 'local' && plan.localRecoding !== undefined) {
    throw new ConcordError('PLAN_INVALID', { path: 'localRecoding', expected: 'search: optimal' });
  }
  if (plan.search === 'local') requireRanges(plan);
  return plan;
}
