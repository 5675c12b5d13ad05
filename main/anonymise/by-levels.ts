import type { AnonymisePlan, SearchOutcome } from '../contract/anonymise.ts';
import { ConcordError } from '../contract/errors.ts';
import type { Table } from '../records/table.ts';
import { labelsOf } from './apply.ts';
import { groupRows } from './classes.ts';
import type { Generalised } from './generalised.ts';
import { latticeNodesOf, type SearchProblem } from './lattice.ts';
import { firstRound, recodeLocally, roundOfTuple, type Round } from './local-recoding.ts';
import { measureOf } from './measures.ts';
import { compileModels } from './models.ts';
import type { PopulationCounts } from './population.ts';
import { encodeRecords, group, type PlanFiles, type Prepared } from './prepare.ts';
import { wouldDo } from './remedies.ts';
import type { Roles } from './roles.ts';
import { scoreOfRounds } from './rounds-score.ts';
import { searchLattice, type SearchOptions, type SearchResult } from './search.ts';
import { solutionAt } from './solution.ts';

/**
 * The optimal search over levels of the hierarchies, and local recoding of what it suppresses.
 * Throws what `prepare` and `compileModels` do, PRIVACY_MODEL_UNMET and CANCELLED.
 */
export async function generaliseByLevels(
  table: Table,
  roles: Roles,
  plan: AnonymisePlan,
  files: PlanFiles,
  options: SearchOptions,
): Promise<Generalised> {
  const records = encodeRecords(table, roles, plan, files);
  const prepared = group(records, plan, files.population);
  const problem = searchProblem(prepared, plan);
  const box = timeBox(plan, problem);
  const found = await searchLattice(problem, {
    ...options,
    milliseconds: box === null ? undefined : box.seconds * 1000,
    startWith: startOf(plan, prepared),
  });
  if (found.best === null) {
    const { allowed } = problem;
    const needed = found.fewestSuppressed;
    const { population } = files;
    const { signal } = options;
    const remedies = await wouldDo({
      records,
      prepared,
      plan,
      population,
      needed,
      allowed,
      signal,
    });
    throw new ConcordError('PRIVACY_MODEL_UNMET', {
      needed,
      rows: table.rows,
      allowed,
      ...remedies,
    });
  }
  const first = firstRound(prepared, solutionAt(problem, found.best));
  const rounds =
    plan.localRecoding === undefined
      ? [first]
      : await recodeLocally(prepared, plan, plan.localRecoding, first, options);
  const least = Number.isFinite(found.least) ? found.least : null;
  return generalised(prepared, plan, rounds, found, { ended: found.ended, least, box });
}

/** Above this an optimal search gets a time, unless the plan gives one: it may take hours. */
const LARGE_LATTICE = 5_000_000;
const LARGE_LATTICE_SECONDS = 120;
const FAST_SECONDS = 10;

/** The time that the search may take, and why; null: what it needs. */
export function timeBox(plan: AnonymisePlan, problem: SearchProblem): SearchOutcome['box'] {
  if (plan.seconds !== undefined) return { by: 'plan', seconds: plan.seconds };
  if (plan.search === 'fast') return { by: 'plan', seconds: FAST_SECONDS };
  if (latticeNodesOf(problem) <= LARGE_LATTICE) return null;
  return { by: 'lattice', seconds: LARGE_LATTICE_SECONDS };
}

/** Compiles measure and models. Throws PRIVACY_MODEL_INVALID. */
export function searchProblem(prepared: Prepared, plan: AnonymisePlan): SearchProblem {
  const { base, sensitive, tupleOfRow, people } = prepared;
  return {
    base,
    models: compileModels(plan.models, sensitive, tupleOfRow, base, people),
    measure: measureOf(plan, base),
    allowed: Math.floor(plan.suppressionLimit * tupleOfRow.length),
  };
}

/** The levels that the plan begins with. Throws PLAN_INVALID for those that do not exist. */
function startOf({ startWith }: AnonymisePlan, { quasi }: Prepared): number[] | undefined {
  if (startWith === undefined) return undefined;
  return quasi.map(({ name, hierarchy, least }) => {
    const level = (startWith[name] ?? NaN) - least;
    if (level >= 0 && level < hierarchy.height) return level;
    const expected = `${least} .. ${least + hierarchy.height - 1}`;
    throw new ConcordError('PLAN_INVALID', { path: `startWith.${name}`, expected });
  });
}

function generalised(
  prepared: Prepared,
  plan: AnonymisePlan,
  rounds: readonly Round[],
  found: SearchResult,
  search: SearchOutcome,
): Generalised {
  const { base, quasi, hierarchies, tupleOfRow, people } = prepared;
  const roundOf = roundOfTuple(rounds, base.count);
  const roundOfRow = tupleOfRow.map((tuple) => roundOf[tuple]!);
  const suppressed = Uint8Array.from(roundOfRow, (round) => (round < 0 ? 1 : 0));
  const levelsOf = (j: number): number[] => rounds.map(({ solution }) => solution.levels[j]!);
  const cells = new Map(
    quasi.map((column, j) => [column.name, labelsOf(column, levelsOf(j), roundOfRow)]),
  );
  const counts = people?.counts ?? null;
  const { sizes, peopleOfClass } =
    rounds.length === 1
      ? classesOfRound(rounds[0]!, counts)
      : classesOfRounds(cells, rounds, { tupleOfRow, roundOfRow });
  const score = scoreOfRounds({ base, hierarchies, rounds, roundOfTuple: roundOf, sizes }, plan);
  return {
    cells,
    suppressed,
    sizes,
    before: counts === null ? untouched(prepared) : base.sizes,
    peopleOfClass,
    peopleBefore: counts?.of(base) ?? null,
    people: people?.size ?? null,
    score: rounds.length === 1 ? rounds[0]!.solution.score : score,
    rounds: { levels: rounds.map((round) => named(quasi, round)), ofRow: roundOfRow },
    work: {
      levels: named(quasi, rounds[0]!),
      nodesChecked: found.nodesChecked,
      latticeNodes: found.latticeNodes,
      search,
      ...(plan.localRecoding === undefined ? {} : { localRecoding: told(quasi, rounds) }),
    },
  };
}

/** Sizes of the classes of the records as they came, also where a column may not stay so. */
function untouched({ base, quasi, tupleOfRow }: Prepared): Int32Array {
  if (quasi.every(({ least }) => least === 0)) return base.sizes;
  const columns = quasi.map(({ asTheyCame }) => asTheyCame);
  return groupRows(columns, tupleOfRow.length).sizes;
}

type Named = readonly { readonly name: string; readonly least: number }[];

function named(quasi: Named, { solution }: Round): Record<string, number> {
  return Object.fromEntries(quasi.map(({ name, least }, j) => [name, least + solution.levels[j]!]));
}

function told(
  quasi: Named,
  rounds: readonly Round[],
): NonNullable<Generalised['work']['localRecoding']> {
  return {
    suppressedBefore: rounds[0]!.solution.suppressed,
    suppressedAfter: rounds.at(-1)!.solution.suppressed,
    firstScore: rounds[0]!.solution.score,
    steps: rounds.slice(1).map((round) => ({
      levels: named(quasi, round),
      records: round.records,
      score: round.solution.score,
    })),
  };
}

/** Classes of the release; how many people of the population each has, where that is known. */
type ReleasedClasses = Pick<Generalised, 'sizes' | 'peopleOfClass'>;

function classesOfRound(
  { solution: { classes, lost } }: Round,
  counts: PopulationCounts | null,
): ReleasedClasses {
  return {
    sizes: classes.sizes.filter((_, c) => lost[c] === 0),
    peopleOfClass: counts?.of(classes).filter((_, c) => lost[c] === 0) ?? null,
  };
}

/** Classes of several rounds by their labels: two rounds may give the same ones. */
function classesOfRounds(
  cells: Generalised['cells'],
  rounds: readonly Round[],
  { tupleOfRow, roundOfRow }: { tupleOfRow: Int32Array; roundOfRow: Int32Array },
): ReleasedClasses {
  const rows = Int32Array.from(roundOfRow.keys()).filter((row) => roundOfRow[row]! >= 0);
  const columns = [...cells.values()].map((cellsOf) => cellsOf(rows).codes);
  const { sizes, groupOfRow } = groupRows(columns, rows.length);
  if (!rounds[0]!.people?.counts) return { sizes, peopleOfClass: null };
  const peopleOfClass = new Float64Array(sizes.length);
  rounds.forEach(({ solution: { classes, classOf }, tuples, people }, round) => {
    const counts = people!.counts!.of(classes);
    const own = new Map(Array.from(tuples, (tuple, index) => [tuple, classOf[index]!]));
    const counted = new Set<number>();
    rows.forEach((row, place) => {
      const c = roundOfRow[row] === round ? own.get(tupleOfRow[row]!)! : -1;
      if (c < 0 || counted.has(c)) return;
      counted.add(c);
      peopleOfClass[groupOfRow[place]!]! += counts[c]!;
    });
  });
  return { sizes, peopleOfClass };
}
