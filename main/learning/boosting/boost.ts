import type { Checkpoint, Resumed } from '../checkpoint.ts';
import type { Pace } from '../pace.ts';
import type { Bins } from './bins.ts';
import { checkpointOf, courseOf, newCourse, type Course } from './course.ts';
import { scoresOf, takeTurn, type Releases, type Turn } from './cycle.ts';
import { addCounts, type BinnedRows } from './histograms.ts';
import { cycleShares, type BoostingSettings } from './settings.ts';
import { ConcordError } from '../../contract/errors.ts';

export interface BoostRun {
  readonly bins: readonly Bins[];
  readonly rows: BinnedRows;
  readonly releases: Releases;
  readonly settings: BoostingSettings;
  /** Releases that are paid for in a cycle: at least one for each column. */
  readonly turns: number;
  /** Releases from .. to (excluded) are about to be made and must be paid for first. */
  readonly charge?: ((from: number, to: number) => Promise<void>) | undefined;
  readonly checkpoint?: ((state: Checkpoint) => Promise<void>) | undefined;
  readonly resumed?: Resumed | undefined;
  readonly pace: Pace;
}

/** Releases of a whole run: the counts, then every cycle. */
export function releasesOf({ cycles }: BoostingSettings, turns: number): number {
  return 1 + cycles * turns;
}

/**
 * Cyclic boosting of shape functions over single columns (Nori et al. 2021, algorithm 2, with the
 * steps of docs/boosting.md). The counts, then every cycle are charged, run and kept one by one;
 * what was charged before a crash is not run again. Throws CANCELLED, PAUSED, and
 * JOB_NOT_RESUMABLE where the counts were paid for and lost.
 */
export async function boost(run: BoostRun): Promise<Course> {
  const { settings, turns, pace, resumed } = run;
  const steps = releasesOf(settings, turns);
  const from = resumed?.from ?? 0;
  const before = resumed?.checkpoint ?? null;
  let ran = before?.stepsRun ?? 0;
  const keep = async (course: Course, charged: number, more: number): Promise<void> => {
    ran += more;
    await run.checkpoint?.(checkpointOf(course, charged, ran));
    if (charged < steps) pace.checkPause({ phase: 'training', step: charged, steps });
  };
  if (from > 0 && before === null) throw new ConcordError('JOB_NOT_RESUMABLE');
  await pace.beat({ phase: 'training', step: from, steps });
  const course = before === null ? newCourse(run.bins) : courseOf(run.bins, before);
  if (from === 0) {
    await run.charge?.(0, 1);
    findCounts(run, course);
    await keep(course, 1, 1);
  }
  const turn: Turn = {
    ...{ course, rows: run.rows, releases: run.releases, settings },
    scores: scoresOf(course, run.rows),
    residuals: new Float64Array(run.rows.targets.length),
  };
  const shares = cycleShares(settings);
  const first = Math.ceil((Math.max(1, from) - 1) / turns);
  for (let cycle = first; cycle < settings.cycles; cycle++) {
    const step = 1 + cycle * turns;
    await run.charge?.(step, step + turns);
    for (const k of orderOf(run.bins)) {
      await pace.beat({ phase: 'training', step, steps });
      takeTurn(turn, k, cycle, shares[cycle]!);
    }
    await keep(course, step + turns, turns);
  }
  await pace.beat({ phase: 'training', step: steps, steps });
  return course;
}

/** The column of the fewest bins first: its sum, which sets the intercept, has the least noise. */
function orderOf(bins: readonly Bins[]): readonly number[] {
  const least = bins.reduce((best, { size }, k) => (size < bins[best]!.size ? k : best), 0);
  return [least, ...[...bins.keys()].filter((k) => k !== least)];
}

function findCounts({ rows, releases }: BoostRun, { parts }: Course): void {
  const sums = new Float64Array(parts.reduce((sum, { counts }) => sum + counts.length, 0));
  let from = 0;
  const places = parts.map(({ counts }, k) => {
    const place = sums.subarray(from, (from += counts.length));
    addCounts(rows.bins[k]!, rows.weights, place);
    return place;
  });
  releases.counts(sums);
  const { countDeviation } = releases;
  const least = Math.max(0.5, countDeviation);
  parts.forEach(({ counts, bins: { ordered } }, k) => {
    // Of neighbours a count in the noise is taken to be as large as the noise; a bin by itself that
    // cannot be told from an empty one is to say nothing.
    const isFaint = (sum: number, bin: number): boolean =>
      bin >= ordered && sum < FAINT_BELOW * countDeviation;
    counts.set(places[k]!.map((sum, bin) => (isFaint(sum, bin) ? FAINT : Math.max(least, sum))));
  });
}

/** A count below this many deviations of its noise may well be that of an empty bin. */
const FAINT_BELOW = 1.5;
/** So few records that what is released of them has no weight. */
const FAINT = 1e-3;
