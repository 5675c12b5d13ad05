import type { Migration } from './migration.ts';

/** Answers not yet acted on, one row per step of a study; `typed` by a person, or prepared. */
export const drafts: Migration = {
  number: 70,
  sql: `
    CREATE TABLE drafts (
      study TEXT NOT NULL REFERENCES studies (id),
      step TEXT NOT NULL,
      sealed BLOB NOT NULL,
      saved TEXT NOT NULL,
      typed INTEGER NOT NULL,
      PRIMARY KEY (study, step)
    ) STRICT;
  `,
};
