import type { Checkpoint, Resumed } from '../checkpoint.ts';
import type { Pace } from '../pace.ts';
import type { Bins } from './bins.ts';
import { ConcordError } from '../../contract/errors.ts';
import { findCounts, findPairs } from './counts.ts';
import { checkpointOf, courseOf, newCourse, type Course } from './course.ts';
import { scoresOf, takeTurn, type Releases, type Turn } from './cycle.ts';
import type { BinnedRows } from './histograms.ts';
import { takeNewtonTurn } from './newton.ts';
import type { Outcome } from './outcome.ts';
import { pairBins } from './pair-bins.ts';
import { cycleShares, pairCycleShares, type BoostingSettings } from './settings.ts';

export interface BoostRun {
  readonly bins: readonly Bins[];
  readonly rows: BinnedRows;
  readonly outcome: Outcome;
  readonly releases: Releases;
  readonly settings: BoostingSettings;
  /** Releases that are paid for in a cycle: at least one for each column. */
  readonly turns: number;
  /** How many pairs are paid for, and their columns where those are stated. */
  readonly pairs: {
    readonly count: number;
    readonly stated: readonly (readonly [number, number])[] | null;
  };
  /** Releases from .. to (excluded) are about to be made and must be paid for first. */
  readonly charge?: ((from: number, to: number) => Promise<void>) | undefined;
  readonly checkpoint?: ((state: Checkpoint) => Promise<void>) | undefined;
  readonly resumed?: Resumed | undefined;
  readonly pace: Pace;
}

/** The releases of a run, one after another: where each kind of them begins, and how many there are. */
export function planOf(
  { cycles, pairs: { cycles: pairCycles } }: BoostingSettings,
  turns: number,
  { count, stated }: { readonly count: number; readonly stated: unknown },
): { readonly pairs: number; readonly pairCycles: number; readonly steps: number } {
  const pairs = 1 + cycles * turns;
  if (count === 0) return { pairs, pairCycles: pairs, steps: pairs };
  // What the pairs are chosen by, unless they are stated, and their counts.
  const first = pairs + (stated === null ? 2 : 1);
  return { pairs, pairCycles: first, steps: first + pairCycles * count };
}

/**
 * Cyclic boosting of shape functions over single columns, then over chosen pairs (Nori et al. 2021,
 * algorithm 2; Lou et al. 2013 for pairs; with the steps of docs/boosting.md). The counts, then every
 * cycle are charged, run and kept one by one; what was charged before a crash is not run again.
 * Throws CANCELLED, PAUSED, and JOB_NOT_RESUMABLE where the counts were paid for and lost.
 */
export async function boost(run: BoostRun): Promise<Course> {
  const { settings, turns, pairs, pace, outcome } = run;
  const plan = planOf(settings, turns, pairs);
  const from = run.resumed?.from ?? 0;
  const before = run.resumed?.checkpoint ?? null;
  if (from > 0 && before === null) throw new ConcordError('JOB_NOT_RESUMABLE');
  await pace.beat({ phase: 'training', step: from, steps: plan.steps });
  const course =
    before === null
      ? newCourse(run.bins, outcome)
      : courseOf(run.bins, outcome, settings.pairs.bins, before);
  const block = blocksOf(run, course, plan.steps);
  if (from === 0) await block(0, 1, () => findCounts(run, course));
  const turn = turnOf(run, course);
  await singles(run, turn, plan.pairs, block);
  if (pairs.count > 0) await inPairs(run, turn, plan, block);
  await pace.beat({ phase: 'training', step: plan.steps, steps: plan.steps });
  return course;
}

/** Charges some releases, makes them and keeps what they gave. */
type Block = (from: number, to: number, make: () => void | Promise<void>) => Promise<void>;

function blocksOf(
  { charge, checkpoint, resumed, pace }: BoostRun,
  course: Course,
  steps: number,
): Block {
  let ran = resumed?.checkpoint?.stepsRun ?? 0;
  return async (from, to, make) => {
    await charge?.(from, to);
    await make();
    ran += to - from;
    await checkpoint?.(checkpointOf(course, to, ran));
    if (to < steps) pace.checkPause({ phase: 'training', step: to, steps });
  };
}

function turnOf(run: BoostRun, course: Course): Turn {
  const { rows, outcome, releases, settings } = run;
  const count = rows.targets.length;
  return {
    ...{ course, rows, outcome, releases, settings },
    scores: scoresOf({ ...course, pairs: null }, rows.bins, count),
    residuals: new Float64Array(count * outcome.scores),
    curvatures: new Float64Array(releases.isPlain ? count * outcome.scores : 0),
    standing: null,
  };
}

async function singles(run: BoostRun, turn: Turn, last: number, block: Block): Promise<void> {
  const { settings, turns, resumed, pace } = run;
  const { parts } = turn.course;
  const shares = cycleShares(settings);
  const first = firstCycle(resumed?.from ?? 0, 1, turns);
  const take = run.releases.isPlain ? takeNewtonTurn : takeTurn;
  for (let cycle = first; cycle < settings.cycles; cycle++) {
    const step = 1 + cycle * turns;
    await block(step, step + turns, async () => {
      for (const k of orderOf(run.bins)) {
        await pace.beat({ phase: 'training', step, steps: last });
        take(turn, parts[k]!, run.rows.bins[k]!, { cycle, share: shares[cycle]! });
      }
    });
  }
}

/** The first cycle of which nothing was charged. */
function firstCycle(charged: number, begin: number, turns: number): number {
  return Math.ceil((Math.max(begin, charged) - begin) / turns);
}

/** The column of the fewest bins first: its sum, which sets the intercept, has the least noise. */
function orderOf(bins: readonly Bins[]): readonly number[] {
  const least = bins.reduce((best, { size }, k) => (size < bins[best]!.size ? k : best), 0);
  return [least, ...[...bins.keys()].filter((k) => k !== least)];
}

async function inPairs(
  run: BoostRun,
  turn: Turn,
  plan: ReturnType<typeof planOf>,
  block: Block,
): Promise<void> {
  const { settings, rows, pairs, pace, resumed } = run;
  const { course } = turn;
  const charged = resumed?.from ?? 0;
  const beat = (step: number): Promise<void> =>
    pace.beat({ phase: 'training', step, steps: plan.steps });
  if (charged <= plan.pairs) {
    const choose = (): Promise<void> => findPairs(run, turn, () => beat(plan.pairs));
    await block(plan.pairs, plan.pairCycles, choose);
  }
  // Chosen, paid for and lost in a crash, they are not chosen again: the model does without.
  course.pairs ??= [];
  const bins = course.pairs.map(({ pair: [a, b], axes, field }) =>
    pairBins(rows.bins[a]!, rows.bins[b]!, axes, field),
  );
  turn.standing = null;
  turn.scores.set(scoresOf(course, [...rows.bins, ...bins], rows.targets.length));
  const shares = pairCycleShares(settings);
  const first = firstCycle(charged, plan.pairCycles, pairs.count);
  const take = run.releases.isPlain ? takeNewtonTurn : takeTurn;
  for (let cycle = first; cycle < settings.pairs.cycles; cycle++) {
    const step = plan.pairCycles + cycle * pairs.count;
    const at = { cycle: settings.cycles + cycle, share: shares[cycle]! };
    await block(step, step + pairs.count, async () => {
      for (const [k, part] of course.pairs!.entries()) {
        await beat(step);
        take(turn, part, bins[k]!, at);
      }
    });
  }
}
