import type { Ink, InkOf } from './ink.ts';

/**
 * Counts of 1 to 10 are not said in a document that leaves: so few people may be known to a reader
 * (the rule of the US Centers for Medicare & Medicaid Services for small cells). 0 names nobody.
 */
const MOST_FEW = 10;

export const isFew = (count: number): boolean => count > 0 && count <= MOST_FEW;

/**
 * Which parts of a total are not said, the total being known: the few ones, and the next smallest
 * until those left unsaid are at least two and more than few together, so that none follows from
 * the others. `hidden` are unsaid anyway; null stands for a part whose size nobody knows.
 */
export function unsaidParts(
  parts: readonly (number | null)[],
  hidden: (part: number) => boolean = () => false,
): boolean[] {
  const unsaid = parts.map((part) => part === null || isFew(part) || hidden(part));
  if (!parts.some((part, at) => part !== null && unsaid[at] === true)) return unsaid;
  const open = [...parts.keys()]
    .filter((at) => unsaid[at] === false && parts[at] !== 0)
    .sort((a, b) => (parts[a] ?? 0) - (parts[b] ?? 0));
  const isEnough = (): boolean => {
    const gone = parts.filter((_, at) => unsaid[at] === true);
    if (gone.includes(null)) return true;
    const sum = gone.reduce<number>((total, part) => total + (part ?? 0), 0);
    return gone.length > 1 && sum > MOST_FEW;
  };
  for (const at of open) {
    if (isEnough()) break;
    unsaid[at] = true;
  }
  return unsaid;
}

/** A count by itself, whose total nobody can subtract from. */
export function sayCount({ w, f }: Pick<Ink, 'w' | 'f'>, count: number): string {
  return isFew(count) ? w.few : f.count(count);
}

/** The parts of a known total as text, each in its place. */
export function sayParts(
  { w, f }: Pick<Ink, 'w' | 'f'>,
  parts: readonly (number | null)[],
  hidden?: (part: number) => boolean,
): string[] {
  const unsaid = unsaidParts(parts, hidden);
  return parts.map((part, at) => {
    if (part !== null && isFew(part)) return w.few;
    return part === null || unsaid[at] === true ? w.withheld : f.count(part);
  });
}

/** Whether the number of records read would give away how few of them have no label or score. */
export function isReadUnsaid({ input }: InkOf<'review'>): boolean {
  const { without_label, abstained } = input.review.rows;
  return isFew(without_label) || isFew(abstained);
}

/**
 * The records of each group of an attribute as text. Groups crossed from several columns are parts
 * of many totals at once: of these none is said where one is few.
 */
export function sayGroups(ink: Ink, attribute: string, isCrossed: boolean): Map<string, string> {
  const groups = Object.entries(ink.input.review.groups[attribute] ?? {});
  const sizes = groups.map(([, { n }]) => n);
  const all = isCrossed && sizes.some(isFew);
  const said = sayParts(ink, sizes, () => all);
  return new Map(groups.map(([name], at) => [name, said[at] ?? ink.w.withheld]));
}
