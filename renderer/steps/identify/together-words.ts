import type { Client } from '../../../main/contract/index.ts';
import type { Words } from '../../../main/words/index.ts';
import { showNumber } from '../../formats.ts';

export type UniqueSet = Awaited<ReturnType<Client['identify']['propose']>>['uniqueness'][number];

/** A smaller share is not worth a sentence of its own. */
const LEAST = 0.005;

export function columnList({ columns }: Pick<UniqueSet, 'columns'>, tag: string): string {
  return new Intl.ListFormat(tag, { type: 'conjunction' }).format(columns);
}

/** With a decimal place: a few in a thousand are not none. */
export function shareOf(part: number, tag: string): string {
  return new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 }).format(part);
}

/**
 * What small sets of columns single out, one sentence for the strongest of each size that adds to
 * the smaller ones; a single sentence where none singles out 1 of 200 records.
 */
export function togetherSentences(
  sets: readonly UniqueSet[],
  { protect: { identify: w } }: Words,
  tag: string,
): string[] {
  const told: UniqueSet[] = [];
  for (const size of [1, 2, 3, 4]) {
    const best = strongest(sets.filter(({ columns }) => columns.length === size));
    const before = told.at(-1)?.unique ?? 0;
    if (best !== undefined && best.unique >= LEAST && best.unique > before) told.push(best);
  }
  if (told.length > 0) {
    return told.map((set) => {
      const share = showNumber(Math.round(set.unique * 100), tag);
      const list = columnList(set, tag);
      return set.columns.length === 1 ? w.together1(list, share) : w.togetherMore(list, share);
    });
  }
  const best = strongest(sets);
  return best === undefined ? [] : [w.togetherFew(columnList(best, tag))];
}

function strongest(sets: readonly UniqueSet[]): UniqueSet | undefined {
  return sets.toSorted((a, b) => b.unique - a.unique || b.below5 - a.below5)[0];
}
