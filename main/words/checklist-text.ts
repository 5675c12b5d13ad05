import type { Checklist, ChecklistItem } from '../contract/checklist.ts';
import type { ChecklistWords } from './en/checklists.ts';

const safeHarbor = (item: string): [string, string] => [item, `(b)(2)(i)(${item})`];

/**
 * Where an item stands, where its text does not say it: as it is cited in every language. Steps of
 * GB/T 37964-2019 are named by their titles in the text.
 */
const CLAUSES: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...'ABCDEFGHIJKLMNOPQR'].map(safeHarbor)),
  knowledge: '(b)(2)(ii)',
};

/** How figures and lists are written in the language. */
interface Forms {
  readonly count: (value: number) => string;
  readonly list: (names: readonly string[]) => string;
}

/** An item of a checklist as a person reads it: what is asked, the answer, and why. */
export interface ChecklistLine {
  readonly demand: string;
  readonly verdict: string;
  readonly why: string;
}

/** `smallest`: fewest records that look the same; null where none is left. */
export function checklistLines(
  { name, items }: Checklist,
  smallest: number | null,
  w: ChecklistWords,
  { count, list }: Forms,
): ChecklistLine[] {
  const demands: Readonly<Record<string, string>> = w.items[name];
  return items.map(({ item, verdict, reason, columns }) => {
    const demand = demands[item] ?? item;
    const clause = CLAUSES[item];
    return {
      demand: clause === undefined ? demand : w.clause(clause, demand),
      verdict: w.verdicts[verdict],
      why: w.reasons[reason](list(columns), smallest === null ? null : count(smallest)),
    };
  });
}

/** How many items have each answer; never one answer for the whole list. */
export function checklistCounts(
  { items }: Checklist,
  w: ChecklistWords,
  { count }: Pick<Forms, 'count'>,
): string {
  const of = (verdict: ChecklistItem['verdict']): string =>
    count(items.filter((item) => item.verdict === verdict).length);
  return w.counts(of('met'), of('not-met'), of('human'));
}
