import type { ColumnProfile } from './import.ts';
import type { RepairKind } from './repair-kinds.ts';

const OF_ALL = ['mark-missing', 'merge', 'fill', 'drop-rows', 'drop-column'] as const;
const OF_TEXT = ['trim', 'parse-number', 'parse-date', ...OF_ALL] as const;
const OF_NUMBERS = ['parse-date', 'clip', 'to-category', ...OF_ALL] as const;

/** The repairs that a column of each type can have; of whole records there is one more. */
export const COLUMN_REPAIRS: Readonly<Record<ColumnProfile['type'], readonly RepairKind[]>> = {
  integer: OF_NUMBERS,
  real: OF_NUMBERS,
  boolean: OF_ALL,
  date: ['clip', ...OF_ALL],
  category: OF_TEXT,
  text: OF_TEXT,
  identifier: OF_TEXT,
};
