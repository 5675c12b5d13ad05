import type { AnonymisePlan } from '../contract/anonymise.ts';
import type { Classes } from './classes.ts';
import { measureOf } from './measures.ts';
import { compileModels } from './models.ts';
import type { Prepared } from './prepare.ts';
import { searchLattice, type SearchOptions, type Solution } from './search.ts';

/** One round: the classes it made of what was still suppressed, and which of them it keeps. */
export interface Round {
  readonly solution: Solution;
  /** Tuples of the whole (`base`) by the tuples of this round's classes. */
  readonly tuples: Int32Array;
  /** Records that this round keeps. */
  readonly records: number;
}

type Recoding = NonNullable<AnonymisePlan['localRecoding']>;

/** The first round: the optimum of the whole. */
export function firstRound({ base }: Prepared, solution: Solution): Round {
  const rows = base.sizes.reduce((sum, size) => sum + size, 0);
  return {
    solution,
    tuples: Int32Array.from({ length: base.count }, (_, tuple) => tuple),
    records: rows - solution.verdict.suppressed,
  };
}

/**
 * Local recoding: what the optimum of the whole suppresses is anonymised again as records of its
 * own, and so on until a round keeps nothing more. With `recordsFraction` each round may suppress
 * at most 1 - recordsFraction x rows / remaining of what remains (nothing when that is below 0),
 * with `rounds` everything. Classes of a round meet the models among themselves; distributions
 * are compared with that of all records throughout. Throws CANCELLED.
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
    const remaining = last.solution.verdict.suppressed;
    if (remaining === 0) break;
    const allowed =
      'rounds' in recoding ? remaining : allowedOf(recoding.recordsFraction, rows, remaining);
    const next = await anotherRound(prepared, plan, recoding, last, allowed, options);
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
  before: Round,
  allowed: number,
  options: SearchOptions,
): Promise<Round | null> {
  const { hierarchies, sensitive, people } = prepared;
  const tuples = suppressedTuples(before);
  const base = part(prepared.base, tuples);
  const renumbered = new Int32Array(prepared.base.count).fill(-1);
  tuples.forEach((tuple, index) => (renumbered[tuple] = index));
  const tupleOfRow = prepared.tupleOfRow.map((tuple) => renumbered[tuple]!);
  const gsFactor = recoding.gsFactor ?? plan.gsFactor;
  const { solution } = await searchLattice(
    {
      base,
      hierarchies,
      models: compileModels(plan.models, sensitive, tupleOfRow, base.count, people),
      measure: measureOf({ ...plan, gsFactor }, base, hierarchies),
      allowed,
    },
    options,
  );
  if (solution === null) return null;
  const remaining = base.sizes.reduce((sum, size) => sum + size, 0);
  return { solution, tuples, records: remaining - solution.verdict.suppressed };
}

/** The tuples of the whole that a round leaves suppressed. */
function suppressedTuples({ solution, tuples }: Round): Int32Array {
  const { classes, verdict } = solution;
  return tuples.filter((_, index) => verdict.failing[classes.ofTuple[index]!] === 1);
}

function part(base: Classes, tuples: Int32Array): Classes {
  const width = base.levels.length;
  const codes = new Int32Array(tuples.length * width);
  tuples.forEach((tuple, index) => {
    codes.set(base.codes.subarray(tuple * width, (tuple + 1) * width), index * width);
  });
  return {
    levels: base.levels,
    count: tuples.length,
    codes,
    sizes: tuples.map((tuple) => base.sizes[tuple]!),
    ofTuple: Int32Array.from({ length: tuples.length }, (_, index) => index),
  };
}

/** The round that keeps each tuple of the whole; -1 where none does. */
export function roundOfTuple(rounds: readonly Round[], tuples: number): Int32Array {
  const found = new Int32Array(tuples).fill(-1);
  rounds.forEach(({ solution, tuples: own }, round) => {
    own.forEach((tuple, index) => {
      const { classes, verdict } = solution;
      if (verdict.failing[classes.ofTuple[index]!] === 0) found[tuple] = round;
    });
  });
  return found;
}
