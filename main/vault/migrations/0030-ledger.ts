import type { Migration } from './migration.ts';

/** The privacy budget of source records, and every reservation ever made from it. */
export const ledger: Migration = {
  number: 30,
  sql: `
    CREATE TABLE ledgers (
      source TEXT PRIMARY KEY,
      records INTEGER NOT NULL,
      epsilon REAL NOT NULL,
      delta REAL NOT NULL
    ) STRICT;

    CREATE TABLE ledger_studies (
      source TEXT NOT NULL REFERENCES ledgers (source),
      study TEXT NOT NULL REFERENCES studies (id),
      PRIMARY KEY (source, study)
    ) STRICT;

    CREATE TABLE reservations (
      job TEXT PRIMARY KEY,
      position INTEGER NOT NULL UNIQUE,
      source TEXT NOT NULL REFERENCES ledgers (source),
      study TEXT,
      kind TEXT NOT NULL,
      epsilon REAL NOT NULL,
      delta REAL NOT NULL,
      phases TEXT NOT NULL,
      steps_reserved INTEGER NOT NULL,
      steps_charged INTEGER NOT NULL,
      state TEXT NOT NULL,
      person TEXT NOT NULL,
      created TEXT NOT NULL
    ) STRICT;
    CREATE INDEX reservations_source ON reservations (source, position);

    CREATE TRIGGER reservations_keep BEFORE DELETE ON reservations
      BEGIN SELECT RAISE(ABORT, 'budget is never returned'); END;
    CREATE TRIGGER reservations_stay
      BEFORE UPDATE OF job, source, epsilon, delta, steps_reserved ON reservations
      BEGIN SELECT RAISE(ABORT, 'budget is never returned'); END;
  `,
};
