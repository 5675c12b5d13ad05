import type { TrainPlan } from '../contract/train.ts';
import { requirePeopleApart, splitRows, type Split } from '../learning/split.ts';
import type { Table } from '../records/table.ts';

/**
 * The parts a plan would train and test on, as training makes them.
 * @throws COLUMN_UNKNOWN, SPLIT_EMPTY, PERSON_IN_BOTH_PARTS
 */
export function checkedParts(
  table: Table,
  plan: Pick<TrainPlan, 'split' | 'unit' | 'missing'>,
): Split {
  const split = splitRows(table, plan);
  requirePeopleApart(table, plan, split);
  return split;
}
