import { requirePeopleApart, splitRows, type Split, type SplitRequest } from '../learning/split.ts';
import type { Table } from '../records/table.ts';

/**
 * The parts a plan would train and test on, as training makes them.
 * @param key of the study, where the plan asks for it (splitKeyFor)
 * @throws what splitRows and requirePeopleApart throw
 */
export function checkedParts(table: Table, plan: SplitRequest, key?: string): Split {
  const split = splitRows(table, plan, key);
  requirePeopleApart(table, plan, split);
  return split;
}
