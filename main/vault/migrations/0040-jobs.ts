import type { Migration } from './migration.ts';

/** Long work, as it stood when last written: the list that survives a crash. */
export const jobs: Migration = {
  number: 40,
  sql: `
    CREATE TABLE jobs (
      id TEXT PRIMARY KEY,
      position INTEGER NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      study TEXT NOT NULL REFERENCES studies (id),
      person TEXT NOT NULL,
      state TEXT NOT NULL,
      done REAL,
      total REAL,
      unit TEXT,
      created TEXT NOT NULL,
      started TEXT,
      ended TEXT,
      error_code TEXT,
      error_params TEXT
    ) STRICT;
    CREATE INDEX jobs_state ON jobs (state);
  `,
};
