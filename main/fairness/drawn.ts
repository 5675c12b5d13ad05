import type { ReviewOptions, ReviewResult } from '../contract/review.ts';
import type { Table } from '../records/table.ts';
import { ofPersons, ofRows, type Certainty } from './certainty.ts';
import { clusterDraws, personDraws, personLots, personsOf } from './clusters.ts';
import { countDraws, lotDraws, type GroupDraws, type ScoreDraws } from './draws.ts';
import type { Grouping } from './groups.ts';
import type { Judged } from './judged.ts';
import type { Measurement, RowScores } from './metrics.ts';
import { Seeded } from './seeded.ts';

/** What intervals of one grouping are taken from. */
interface OfGrouping {
  readonly measured: readonly Measurement[];
  readonly certainty: Certainty;
  readonly scores: ScoreDraws | null;
  /** Null where no intervals are asked for. */
  readonly made: GroupDraws | null;
  /** Groups told by lot; null where no intervals are asked for, or no lot keeps persons whole. */
  readonly lots: GroupDraws | null;
}

export interface Drawn {
  /** In the order of the groupings. */
  readonly of: readonly OfGrouping[];
  readonly randomness: ReviewResult['randomness'];
}

/**
 * Draws all groupings (of which the first is everybody) anew: each group's counts, or persons with their
 * rows where a column of persons is named. Throws COLUMN_UNKNOWN.
 */
export function drawnFor(
  table: Table,
  judged: Judged,
  rows: RowScores | null,
  all: readonly Grouping[],
  measured: readonly (readonly Measurement[])[],
  { person, intervals, draws, seed }: ReviewOptions,
): Drawn {
  const random = new Seeded(seed);
  if (person !== undefined) {
    const persons = personsOf(table, judged.rows, person);
    const count = personDraws(draws, judged.rows.length, all.length);
    const made = clusterDraws(judged, rows?.order ?? null, all, persons, count, random);
    return {
      of: all.map((grouping, i) => ({
        measured: measured[i]!,
        certainty: ofPersons(measured[i]!, made[i]!),
        scores: made[i]!.scores,
        made: made[i]!,
        lots: i === 0 ? null : personLots(judged, grouping, persons, count, random),
      })),
      randomness: { seed, draws: count, of: 'persons', persons: persons.count },
    };
  }
  const isDrawn = intervals !== undefined;
  return {
    of: measured.map((groups, i) => {
      const made = isDrawn ? countDraws(groups, draws, random) : null;
      return {
        measured: groups,
        certainty: ofRows(groups),
        scores: made?.scores ?? null,
        made,
        lots: isDrawn && i > 0 ? lotDraws(groups, draws, random) : null,
      };
    }),
    randomness: isDrawn ? { seed, draws, of: 'counts', persons: null } : undefined,
  };
}
