import type { Migration } from './migration.ts';

/** Since this moment a study is gone for good: it has neither key nor name, and holds nothing. */
export const erased: Migration = {
  number: 190,
  sql: 'ALTER TABLE studies ADD COLUMN erased TEXT;',
};
