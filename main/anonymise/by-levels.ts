import type { AnonymisePlan } from '../contract/anonymise.ts';
import { ConcordError } from '../contract/errors.ts';
import type { Table } from '../records/table.ts';
import { labelsOf } from './apply.ts';
import { distinctTuples } from './classes.ts';
import type { Generalised } from './generalised.ts';
import { firstRound, recodeLocally, roundOfTuple, type Round } from './local-recoding.ts';
import { measureOf } from './measures.ts';
import { compileModels } from './models.ts';
import { prepare, type PlanFiles, type Prepared } from './prepare.ts';
import { wouldDo } from './remedies.ts';
import type { Roles } from './roles.ts';
import { scoreOfRounds } from './rounds-score.ts';
import { searchLattice, type SearchOptions, type SearchResult } from './search.ts';

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
  const prepared = prepare(table, roles, plan, files);
  const { base, hierarchies, sensitive, tupleOfRow, people } = prepared;
  const allowed = Math.floor(plan.suppressionLimit * table.rows);
  const models = compileModels(plan.models, sensitive, tupleOfRow, base.count, people);
  const found = await searchLattice(
    { base, hierarchies, models, measure: measureOf(plan, base, hierarchies), allowed },
    options,
  );
  const { solution } = found;
  if (solution === null) throw unmet(prepared, plan, allowed, found);
  const first = firstRound(prepared, solution);
  const rounds =
    plan.localRecoding === undefined
      ? [first]
      : await recodeLocally(prepared, plan, plan.localRecoding, first, options);
  return generalised(prepared, plan, rounds, found);
}

/** How much is missing, and what would do instead. */
function unmet(
  prepared: Prepared,
  plan: AnonymisePlan,
  allowed: number,
  { fewestSuppressed: needed }: SearchResult,
): ConcordError {
  const rows = prepared.tupleOfRow.length;
  return new ConcordError('PRIVACY_MODEL_UNMET', {
    needed,
    rows,
    allowed,
    ...wouldDo(prepared, plan, allowed, needed),
  });
}

function generalised(
  prepared: Prepared,
  plan: AnonymisePlan,
  rounds: readonly Round[],
  found: SearchResult,
): Generalised {
  const { base, quasi, hierarchies, tupleOfRow, people } = prepared;
  const roundOf = roundOfTuple(rounds, base.count);
  const roundOfRow = tupleOfRow.map((tuple) => roundOf[tuple]!);
  const suppressed = Uint8Array.from(roundOfRow, (round) => (round < 0 ? 1 : 0));
  const levelsOf = (j: number): number[] =>
    rounds.map(({ solution }) => solution.classes.levels[j]!);
  const cells = new Map(
    quasi.map((column, j) => [column.name, labelsOf(column, levelsOf(j), roundOfRow)]),
  );
  const sizes = rounds.length === 1 ? keptSizes(rounds[0]!) : mergedSizes(cells, suppressed);
  const score = scoreOfRounds({ base, hierarchies, rounds, roundOfTuple: roundOf, sizes }, plan);
  const counts = people?.counts ?? null;
  return {
    cells,
    suppressed,
    sizes,
    before: base.sizes,
    peopleOfClass:
      counts !== null && rounds.length === 1
        ? keptPeople(rounds[0]!, counts.of(rounds[0]!.solution.classes))
        : null,
    peopleBefore: counts?.of(base) ?? null,
    people: people?.size ?? null,
    score: rounds.length === 1 ? rounds[0]!.solution.score : score,
    work: {
      levels: named(quasi, rounds[0]!),
      nodesChecked: found.nodesChecked,
      latticeNodes: found.latticeNodes,
      ...(plan.localRecoding === undefined ? {} : { localRecoding: told(quasi, rounds) }),
    },
  };
}

type Named = readonly { readonly name: string }[];

function named(quasi: Named, { solution }: Round): Record<string, number> {
  return Object.fromEntries(quasi.map(({ name }, j) => [name, solution.classes.levels[j]!]));
}

function told(
  quasi: Named,
  rounds: readonly Round[],
): NonNullable<Generalised['work']['localRecoding']> {
  return {
    suppressedBefore: rounds[0]!.solution.verdict.suppressed,
    suppressedAfter: rounds.at(-1)!.solution.verdict.suppressed,
    firstScore: rounds[0]!.solution.score,
    steps: rounds.slice(1).map((round) => ({
      levels: named(quasi, round),
      records: round.records,
      score: round.solution.score,
    })),
  };
}

function keptSizes({ solution: { classes, verdict } }: Round): Int32Array {
  return classes.sizes.filter((_, c) => verdict.failing[c] === 0);
}

function keptPeople({ solution: { verdict } }: Round, people: Float64Array): Float64Array {
  return people.filter((_, c) => verdict.failing[c] === 0);
}

/** Classes of several rounds by their labels: two rounds may give the same ones. */
function mergedSizes(cells: Generalised['cells'], suppressed: Uint8Array): Int32Array {
  const kept = Int32Array.from(suppressed.keys()).filter((row) => suppressed[row] === 0);
  const columns = [...cells.values()].map((cellsOf) => cellsOf(kept).codes);
  return distinctTuples(columns, kept.length).base.sizes;
}
