import {
  anonymisePlan,
  type AnonymiseOutcome,
  type AnonymisePlan,
  type AnonymisePlanInput,
  type SearchOutcome,
} from '../contract/anonymise.ts';
import { ConcordError } from '../contract/errors.ts';
import type { Table } from '../records/table.ts';
import { applyRecoding } from './apply.ts';
import { checkRelease } from './check.ts';
import { RollUp, type Classes } from './classes.ts';
import { encodeRecords, poseProblem, type QuasiIdentifier } from './problem.ts';
import { classFigures, reidentificationRisk } from './risk.ts';
import { latticeNodesOf, type SearchProblem } from './lattice.ts';
import type { Optimum } from './lattice-search.ts';
import { searchLattice, type SearchOptions } from './search.ts';

/** Above this an optimal search gets a time, unless the plan gives one: it may take hours. */
const LARGE_LATTICE = 5_000_000;
const LARGE_LATTICE_SECONDS = 120;
const FAST_SECONDS = 10;

export interface AnonymiseOptions extends Omit<SearchOptions, 'milliseconds' | 'startWith'> {
  /** Whether the whole file is to be released, so that every column needs a role. Default true. */
  readonly release?: boolean;
}

export interface Anonymised {
  readonly outcome: AnonymiseOutcome;
  /** Only columns that have a role. */
  readonly output: Table;
  /** Rows of the original that were suppressed (1); `output` has them blanked or lacks them. */
  readonly suppressedRows: Uint8Array;
}

/**
 * Generalises the quasi-identifiers of a table as little as the plan's measure allows while every
 * remaining equivalence class meets every model, suppressing at most floor(limit x rows) rows.
 * `hierarchies`: hierarchy text by column, for all quasi-identifiers and for the sensitive columns
 * that name one. The output is checked on its own text before it is given back.
 *
 * Throws PLAN_INVALID, FILE_NO_RECORDS, COLUMN_UNKNOWN, ROLE_CONFLICT, ROLE_MISSING,
 * HIERARCHY_UNREADABLE {column, file}, HIERARCHY_INVALID, HIERARCHY_LACKS_VALUE,
 * PRIVACY_MODEL_INVALID, PRIVACY_MODEL_UNMET {needed, rows, allowed}, CANCELLED, INTERNAL.
 */
export async function anonymiseTable(
  table: Table,
  written: AnonymisePlanInput,
  hierarchies: ReadonlyMap<string, string>,
  options: AnonymiseOptions = {},
): Promise<Anonymised> {
  const plan = validPlan(written);
  const records = encodeRecords(table, plan, hierarchies, options.release ?? true);
  const { quasi, sensitive, roles } = records;
  const { problem, base, tupleOfRow } = poseProblem(records, plan);
  const { startWith } = plan;
  const box = timeBox(plan, problem);
  const found = await searchLattice(problem, {
    ...options,
    milliseconds: box === null ? undefined : box.seconds * 1000,
    startWith: startWith === undefined ? undefined : levelsOf(startWith, quasi),
  });
  if (found.best === null) {
    const params = { needed: found.fewestSuppressed, rows: table.rows, allowed: problem.allowed };
    throw new ConcordError('PRIVACY_MODEL_UNMET', params);
  }
  const solution = judgedAt(problem, found.best);
  const suppressedRows = new Uint8Array(table.rows);
  for (let row = 0; row < table.rows; row++) {
    suppressedRows[row] = solution.lost[solution.classOf[tupleOfRow[row]!]!]! > 0 ? 1 : 0;
  }
  const output = applyRecoding(roles.released, {
    codes: new Map(quasi.map(({ name, codes }) => [name, codes])),
    hierarchies: new Map(quasi.map(({ name, hierarchy }) => [name, hierarchy])),
    levels: new Map(quasi.map(({ name }, j) => [name, solution.levels[j]!])),
    sensitive: new Set(sensitive.keys()),
    suppressed: suppressedRows,
    mode: plan.suppressed,
  });
  checkRelease({
    original: table,
    output,
    plan,
    blanked: plan.suppressed === 'blank' ? suppressedRows : null,
    sensitiveHierarchies: hierarchies,
  });
  const names = quasi.map(({ name }) => name);
  const { nodesChecked, latticeNodes, ended } = found;
  const least = Number.isFinite(found.least) ? found.least : null;
  const search = { ended, least, box };
  const outcome = describe(plan, names, base, solution, { nodesChecked, latticeNodes, search });
  return { outcome, output, suppressedRows };
}

/** The plan with its defaults; PLAN_INVALID {path, expected} names the first entry that is off. */
function validPlan(written: AnonymisePlanInput): AnonymisePlan {
  const parsed = anonymisePlan.safeParse(written);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const path = issue?.path.map(String).join('.') ?? '';
    throw new ConcordError('PLAN_INVALID', { path, expected: issue?.message ?? '' });
  }
  if (parsed.data.search === 'local') {
    throw new ConcordError('PLAN_INVALID', { path: 'search', expected: 'optimal | fast' });
  }
  if (parsed.data.localRecoding !== undefined) {
    throw new ConcordError('PLAN_INVALID', { path: 'localRecoding', expected: '–' });
  }
  return parsed.data;
}

/** The time that the search may take, and why; null: what it needs. */
export function timeBox(plan: AnonymisePlan, problem: SearchProblem): SearchOutcome['box'] {
  if (plan.seconds !== undefined) return { by: 'plan', seconds: plan.seconds };
  if (plan.search === 'fast') return { by: 'plan', seconds: FAST_SECONDS };
  if (latticeNodesOf(problem) <= LARGE_LATTICE) return null;
  return { by: 'lattice', seconds: LARGE_LATTICE_SECONDS };
}

function levelsOf(
  startWith: Readonly<Record<string, number>>,
  quasi: readonly QuasiIdentifier[],
): number[] {
  return quasi.map(({ name, hierarchy }) => {
    const level = startWith[name];
    if (level !== undefined && level < hierarchy.height) return level;
    const expected = `0 .. ${hierarchy.height - 1}`;
    throw new ConcordError('PLAN_INVALID', { path: `startWith.${name}`, expected });
  });
}

/** The optimum with its classes, and what is suppressed. */
interface Solution extends Optimum {
  readonly sizes: Int32Array;
  /** Records of each class that are suppressed: all or none. */
  readonly lost: Int32Array;
  /** The class of each distinct tuple. */
  readonly classOf: Int32Array;
}

function judgedAt({ base, models }: SearchProblem, optimum: Optimum): Solution {
  const { sizes, count, origin, ...classes } = new RollUp(base, true).merge(base, optimum.levels)!;
  const { lost } = models.judge({ ...classes, sizes, count, origin });
  const classOf = origin!.classOf;
  return { ...optimum, sizes: sizes.slice(0, count), lost: lost.slice(0, count), classOf };
}

function describe(
  plan: AnonymisePlan,
  names: readonly string[],
  base: Classes,
  { levels, suppressed, sizes, lost, score }: Solution,
  work: Pick<AnonymiseOutcome, 'nodesChecked' | 'latticeNodes' | 'search'>,
): AnonymiseOutcome {
  const kept = classFigures(sizes.filter((_, c) => lost[c] === 0));
  const before = classFigures(base.sizes);
  const value = Number.isFinite(score) ? score : null;
  const reasons = undefinedFigures(kept.count === 0, value === null);
  return {
    levels: Object.fromEntries(names.map((name, j) => [name, levels[j]!])),
    rows: base.sizes.reduce((sum, size) => sum + size, 0),
    suppressed,
    quality: { measure: plan.metric, value },
    classes: kept,
    risk: reidentificationRisk(kept),
    before: { classes: before, risk: reidentificationRisk(before) },
    ...work,
    checked: true,
    ...(Object.keys(reasons).length > 0 ? { reasons } : {}),
  };
}

/** Paths of figures that do not exist, such as the smallest of no classes. */
function undefinedFigures(noClasses: boolean, noScore: boolean): Record<string, 'undefined'> {
  const paths = noClasses
    ? [
        'classes.smallest',
        'classes.largest',
        'classes.average',
        'risk.prosecutor.highest',
        'risk.prosecutor.average',
        'risk.journalist.highest',
        'risk.journalist.average',
        'risk.marketer',
      ]
    : [];
  if (noScore) paths.push('quality.value');
  return Object.fromEntries(paths.map((path) => [path, 'undefined' as const]));
}
