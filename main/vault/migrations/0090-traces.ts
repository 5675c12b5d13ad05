import type { Migration } from './migration.ts';

/** How long work has gone so far, beside what it goes on from. */
export const traces: Migration = {
  number: 90,
  sql: 'ALTER TABLE checkpoints ADD COLUMN trace BLOB;',
};
