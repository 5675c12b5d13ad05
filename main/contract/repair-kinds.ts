import type { ColumnProfile } from './import.ts';

/** The order in which repairs are proposed, and in which they serve each other. */
export const REPAIR_KINDS = [
  'trim',
  'mark-missing',
  'merge',
  'parse-number',
  'parse-date',
  'clip',
  'drop-column',
  'drop-rows',
  'drop-duplicates',
  'fill',
] as const;
export type RepairKind = (typeof REPAIR_KINDS)[number];

const OF_ALL = ['mark-missing', 'merge', 'fill', 'drop-rows', 'drop-column'] as const;
const OF_TEXT = ['trim', 'parse-number', 'parse-date', ...OF_ALL] as const;
const OF_NUMBERS = ['parse-date', 'clip', ...OF_ALL] as const;

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
