import type { Migration } from './migration.ts';

/**
 * How the jobs after position `filter_after` may be counted together: by Renyi divergences of one
 * order, with a part of delta of their own (docs/accounting.md). Empty until the first such job is
 * reserved; order 0 where plain addition is all there is. What is set stays.
 */
export const filter: Migration = {
  number: 160,
  sql: `
    ALTER TABLE ledgers ADD COLUMN filter_order REAL;
    ALTER TABLE ledgers ADD COLUMN filter_delta REAL;
    ALTER TABLE ledgers ADD COLUMN filter_after INTEGER;

    CREATE TRIGGER ledgers_filter_stays
      BEFORE UPDATE OF filter_order, filter_delta, filter_after ON ledgers
      WHEN OLD.filter_order IS NOT NULL
      BEGIN SELECT RAISE(ABORT, 'the filter is chosen once'); END;
  `,
};
