import { codeAt, type Classes } from './classes.ts';
import type { Hierarchy } from './hierarchy.ts';

/** What the rounds of local recoding so far keep. */
export interface EarlierRounds {
  /** Sizes of their classes. */
  readonly sizes: Int32Array;
  /** Which of these classes would get the same labels as one of theirs; null where none can. */
  taken(classes: Classes): ((c: number) => boolean) | null;
}

interface Kept {
  readonly levels: readonly number[];
  readonly classes: Classes;
  /** Records of each class that are suppressed: all or none. */
  readonly lost: Int32Array;
}

/**
 * Rounds whose classes stand apart from each other. Two rounds give the same labels only where a
 * hierarchy repeats a label at another level, or where both took the same level.
 */
export function earlierRounds(
  rounds: readonly Kept[],
  hierarchies: readonly Hierarchy[],
): EarlierRounds {
  const labelsOf = (levels: readonly number[]) =>
    hierarchies.map((h, j) => h.level(levels[j]!).labels);
  const known = rounds.map((round) => {
    const labels = labelsOf(round.levels);
    return { labels, keys: keysOf(round, labels) };
  });
  return {
    sizes: Int32Array.from(
      rounds.flatMap(({ classes, lost }) => [...classes.sizes].filter((_, c) => lost[c] === 0)),
    ),
    taken: (classes) => {
      const labels = labelsOf(classes.levels);
      const alike = known.filter((round) =>
        round.labels.every((theirs, j) => share(theirs, labels[j]!)),
      );
      if (alike.length === 0) return null;
      return (c) => {
        const key = keyOf(classes, c, labels);
        return alike.some(({ keys }) => keys.has(key));
      };
    },
  };
}

function share(some: readonly string[], others: readonly string[]): boolean {
  if (some === others) return true;
  const known = new Set(some);
  return others.some((label) => known.has(label));
}

function keysOf({ classes, lost }: Kept, labels: readonly (readonly string[])[]): Set<string> {
  const keys = new Set<string>();
  for (let c = 0; c < classes.count; c++) if (lost[c] === 0) keys.add(keyOf(classes, c, labels));
  return keys;
}

function keyOf(classes: Classes, c: number, labels: readonly (readonly string[])[]): string {
  return JSON.stringify(labels.map((of, j) => of[codeAt(classes, c, j)]));
}
