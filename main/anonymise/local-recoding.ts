import type { AnonymisePlan } from '../contract/anonymise.ts';
import { part, recordsIn } from './classes.ts';
import { earlierRounds } from './earlier-rounds.ts';
import { measureOf } from './measures.ts';
import { compileModels } from './models.ts';
import type { People } from './population.ts';
import type { Prepared } from './prepare.ts';
import { searchLattice, type SearchOptions } from './search.ts';
import { solutionAt, type Solution } from './solution.ts';

/** One round: the classes it made of what was still suppressed, and which of them it keeps. */
export interface Round {
  readonly solution: Solution;
  /** Tuples of the whole (`base`) by the tuples of this round's classes. */
  readonly tuples: Int32Array;
  /** Records that this round keeps. */
  readonly records: number;
  /** The people that the round saw: those whom no earlier round's classes hold. */
  readonly people: People | null;
}

type Recoding = NonNullable<AnonymisePlan['localRecoding']>;

/** The first round: the optimum of the whole. */
export function firstRound({ base, people }: Prepared, solution: Solution): Round {
  const rows = base.sizes.reduce((sum, size) => sum + size, 0);
  return {
    solution,
    tuples: Int32Array.from({ length: base.count }, (_, tuple) => tuple),
    records: rows - solution.suppressed,
    people,
  };
}

/**
 * Local recoding: what the optimum of the whole suppresses is anonymised again as records of its
 * own, and so on until a round keeps nothing more. With `recordsFraction` each round may suppress
 * at most 1 - recordsFraction x rows / remaining of what remains (nothing when that is below 0),
 * with `rounds` everything. Classes of a round meet the models among themselves; distributions
 * are compared with that of all records throughout.
 *
 * People of a population belong to the first round that keeps a class with their labels: a record
 * of theirs would stand there, so that later rounds count only the people left (k-map,
 * delta-presence). Where a class merged from two passing ones need not pass (Grassberger's
 * entropy), or where the sizes of all classes together count (population uniqueness), a round
 * keeps no class whose labels an earlier one gave. Throws CANCELLED.
 */
export async function recodeLocally(
  prepared: Prepared,
  plan: AnonymisePlan,
  recoding: Recoding,
  first: Round,
  options: SearchOptions,
): Promise<readonly Round[]> {
  const rows = prepared.tupleOfRow.length;
  const rounds = [first];
  const most = 'rounds' in recoding ? recoding.rounds : Infinity;
  for (let last = first; rounds.length <= most;) {
    const remaining = last.solution.suppressed;
    if (remaining === 0) break;
    const allowed =
      'rounds' in recoding ? remaining : allowedOf(recoding.recordsFraction, rows, remaining);
    const next = await anotherRound(prepared, plan, recoding, rounds, allowed, options);
    if (next === null || next.records === 0) break;
    rounds.push(next);
    last = next;
  }
  return rounds;
}

function allowedOf(fraction: number, rows: number, remaining: number): number {
  return Math.floor(Math.max(0, 1 - (fraction * rows) / remaining) * remaining);
}

async function anotherRound(
  prepared: Prepared,
  plan: AnonymisePlan,
  recoding: Recoding,
  rounds: readonly Round[],
  allowed: number,
  options: SearchOptions,
): Promise<Round | null> {
  const { sensitive, hierarchies } = prepared;
  const before = rounds.at(-1)!;
  const people = peopleLeft(before);
  const tuples = suppressedTuples(before);
  const base = part(prepared.base, tuples);
  const renumbered = new Int32Array(prepared.base.count).fill(-1);
  tuples.forEach((tuple, index) => (renumbered[tuple] = index));
  const tupleOfRow = prepared.tupleOfRow.map((tuple) => renumbered[tuple]!);
  const gsFactor = recoding.gsFactor ?? plan.gsFactor;
  const earlier = earlierRounds(
    rounds.map(({ solution }) => solution),
    hierarchies,
  );
  const problem = {
    base,
    models: compileModels(plan.models, sensitive, tupleOfRow, base, people, earlier),
    measure: measureOf({ ...plan, gsFactor }, base),
    allowed,
  };
  const { best } = await searchLattice(problem, options);
  if (best === null) return null;
  const solution = solutionAt(problem, best);
  return { solution, tuples, records: recordsIn(base) - solution.suppressed, people };
}

/** The tuples of the whole that a round leaves suppressed. */
function suppressedTuples({ solution, tuples }: Round): Int32Array {
  return tuples.filter((_, index) => solution.lost[solution.classOf[index]!]! > 0);
}

/** The people whom no class that a round keeps holds. */
function peopleLeft({ people, solution: { classes, lost } }: Round): People | null {
  if (!people?.counts) return people;
  return { size: people.size, counts: people.counts.without(classes, lost) };
}

/** The round that keeps each tuple of the whole; -1 where none does. */
export function roundOfTuple(rounds: readonly Round[], tuples: number): Int32Array {
  const found = new Int32Array(tuples).fill(-1);
  rounds.forEach(({ solution, tuples: own }, round) => {
    own.forEach((tuple, index) => {
      if (solution.lost[solution.classOf[index]!] === 0) found[tuple] = round;
    });
  });
  return found;
}
