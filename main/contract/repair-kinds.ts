/** The order in which repairs are proposed, and in which they serve each other. */
export const REPAIR_KINDS = [
  'trim',
  'mark-missing',
  'merge',
  'parse-number',
  'parse-date',
  'clip',
  'to-category',
  'drop-column',
  'drop-rows',
  'drop-duplicates',
  'fill',
] as const;
export type RepairKind = (typeof REPAIR_KINDS)[number];
