import type { Migration } from './migration.ts';

/** A removed study lies in the bin since this moment; nothing of it is destroyed. */
export const bin: Migration = {
  number: 80,
  sql: 'ALTER TABLE studies ADD COLUMN removed TEXT;',
};
