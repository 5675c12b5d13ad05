import type { Migration } from './migration.ts';

/** What long work goes on from after a pause or a crash: one row per job, gone when it ends. */
export const checkpoints: Migration = {
  number: 60,
  sql: `
    CREATE TABLE checkpoints (
      job TEXT PRIMARY KEY REFERENCES jobs (id),
      request BLOB NOT NULL,
      state BLOB
    ) STRICT;
  `,
};
