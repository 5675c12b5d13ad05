import { cellTexts } from '../records/cell-text.ts';
import { columnOf, isMissing } from '../records/shape.ts';
import type { Table } from '../records/table.ts';
import type { GroupDraws } from './draws.ts';
import type { Grouping } from './groups.ts';
import type { Judged } from './judged.ts';
import { CELLS, biasOf, calibrationError, cellOf } from './metrics.ts';
import type { Seeded } from './seeded.ts';

/** Persons behind the judged rows. */
export interface Persons {
  readonly count: number;
  /** Of each judged row, the place of its person. */
  readonly codes: Uint32Array;
}

/** Rows visited in all draws together: more of them take too long, and fewer draws are made. */
const MOST_VISITS = 2e8;
const LEAST_DRAWS = 200;

/**
 * Who is behind each row: rows with the same value are of one person; a row without one is a person of
 * its own. Throws COLUMN_UNKNOWN.
 */
export function personsOf(table: Table, rows: Uint32Array, name: string): Persons {
  const column = columnOf(table, name);
  const textOf = cellTexts(column);
  const known = new Map<string, number>();
  const codes = new Uint32Array(rows.length);
  let count = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    const text = isMissing(column, row) ? null : textOf(row);
    const code = (text === null ? undefined : known.get(text)) ?? count++;
    if (text !== null) known.set(text, code);
    codes[at] = code;
  }
  return { count, codes };
}

/** How many of the draws asked for are made with persons: at least 200. */
export function personDraws(asked: number, rows: number, groupings: number): number {
  const able = Math.floor(MOST_VISITS / (rows * (groupings + 1)));
  return Math.min(asked, Math.max(LEAST_DRAWS, able));
}

/** How often each person is drawn when as many are drawn as there are, each put back. */
export function drawPersons(random: Seeded, count: number): Uint32Array {
  const times = new Uint32Array(count);
  for (let i = 0; i < count; i++) times[random.below(count)]!++;
  return times;
}

/**
 * Persons drawn with all their rows (cluster bootstrap: Davison and Hinkley 1997, section 3.8, strategy
 * with whole clusters), for each grouping alike.
 *
 * @param order from the lowest score to the highest; null where there are no scores
 */
export function clusterDraws(
  judged: Judged,
  order: Uint32Array | null,
  all: readonly Grouping[],
  persons: Persons,
  draws: number,
  random: Seeded,
): GroupDraws[] {
  const made = all.map(({ names }) => emptyDraws(names.length, draws, order !== null));
  const weights = new Float64Array(judged.truth.length);
  for (let draw = 0; draw < draws; draw++) {
    const times = drawPersons(random, persons.count);
    for (let at = 0; at < weights.length; at++) weights[at] = times[persons.codes[at]!]!;
    for (const [i, grouping] of all.entries()) {
      countWeighted(judged, grouping, weights, made[i]!, draw);
      if (order !== null) scoreWeighted(judged, order, grouping, weights, made[i]!, draw);
    }
  }
  return made;
}

type Made = GroupDraws & {
  readonly scores:
    | {
        readonly [F in 'ece' | 'bias' | 'auc' | 'brier']: Float64Array;
      }
    | null;
};

function emptyDraws(groups: number, draws: number, isScored: boolean): Made {
  const one = (): Float64Array => new Float64Array(groups * draws).fill(NaN);
  return {
    draws,
    groups,
    four: new Uint32Array(4 * groups * draws),
    scores: isScored ? { ece: one(), bias: one(), auc: one(), brier: one() } : null,
  };
}

function countWeighted(
  { truth, decision }: Judged,
  { codes, names }: Grouping,
  weights: Float64Array,
  { four }: Made,
  draw: number,
): void {
  const start = draw * names.length;
  for (let at = 0; at < codes.length; at++) {
    four[4 * (start + codes[at]!) + truth[at]! + 2 * decision[at]!]! += weights[at]!;
  }
}

function scoreWeighted(
  { truth, score }: Judged,
  order: Uint32Array,
  { codes, names }: Grouping,
  weights: Float64Array,
  made: Made,
  draw: number,
): void {
  if (score === null || made.scores === null) return;
  const groups = names.length;
  const zeros = (size: number): Float64Array => new Float64Array(size * groups);
  const [counts, scores, squares] = [zeros(CELLS), zeros(CELLS), zeros(1)];
  const [below, tied, area] = [zeros(2), zeros(2), zeros(1)];
  for (let start = 0; start < order.length;) {
    const s = score[order[start]!]!;
    let end = start;
    for (; end < order.length && score[order[end]!]! === s; end++) {
      const row = order[end]!;
      const weight = weights[row]!;
      const cell = CELLS * codes[row]! + cellOf(truth[row]!, s);
      counts[cell]! += weight;
      scores[cell]! += weight * s;
      squares[codes[row]!]! += weight * (s - truth[row]!) ** 2;
      tied[2 * codes[row]! + truth[row]!]! += weight;
    }
    for (let i = start; i < end; i++) {
      const row = order[i]!;
      const group = codes[row]!;
      if (truth[row] === 1)
        area[group]! += weights[row]! * (below[2 * group]! + tied[2 * group]! / 2);
    }
    for (let i = start; i < end; i++) {
      const own = 2 * codes[order[i]!]! + truth[order[i]!]!;
      below[own]! += tied[own]!;
      tied[own] = 0;
    }
    start = end;
  }
  for (let group = 0; group < groups; group++) {
    const at = draw * groups + group;
    const [negatives, positives] = [below[2 * group]!, below[2 * group + 1]!];
    const n = negatives + positives;
    made.scores.ece[at] = calibrationError(counts, scores, CELLS * group);
    made.scores.bias[at] = biasOf(counts, scores, CELLS * group) / n;
    made.scores.brier[at] = squares[group]! / n;
    made.scores.auc[at] = area[group]! / (negatives * positives);
  }
}

/**
 * Persons' groups told by lot, each keeping their rows; null where a person stands in several groups,
 * which no lot can keep.
 */
export function personLots(
  { truth, decision }: Judged,
  { codes, names }: Grouping,
  persons: Persons,
  draws: number,
  random: Seeded,
): GroupDraws | null {
  const group = new Int32Array(persons.count).fill(-1);
  const own = new Uint32Array(4 * persons.count);
  for (let at = 0; at < codes.length; at++) {
    const person = persons.codes[at]!;
    if (group[person]! >= 0 && group[person] !== codes[at]) return null;
    group[person] = codes[at]!;
    own[4 * person + truth[at]! + 2 * decision[at]!]!++;
  }
  const four = new Uint32Array(4 * names.length * draws);
  for (let draw = 0; draw < draws; draw++) {
    for (let i = persons.count - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [group[i], group[j]] = [group[j]!, group[i]!];
    }
    const start = 4 * draw * names.length;
    for (let person = 0; person < persons.count; person++) {
      for (let cell = 0; cell < 4; cell++) {
        four[start + 4 * group[person]! + cell]! += own[4 * person + cell]!;
      }
    }
  }
  return { draws, groups: names.length, four, scores: null };
}
