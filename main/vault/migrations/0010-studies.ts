import type { Migration } from './migration.ts';

/** Who may work here, the studies with their wrapped keys, and what they hold. */
export const studies: Migration = {
  number: 10,
  sql: `
    CREATE TABLE vault (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      id TEXT NOT NULL,
      created TEXT NOT NULL,
      restored TEXT
    ) STRICT;

    CREATE TABLE people (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      role TEXT NOT NULL,
      added TEXT NOT NULL,
      removed TEXT
    ) STRICT;
    CREATE UNIQUE INDEX people_name ON people (name) WHERE removed IS NULL;

    -- A study without a key is destroyed: its artefacts can never be read again.
    CREATE TABLE studies (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      created TEXT NOT NULL,
      wrapped_key BLOB
    ) STRICT;

    CREATE TABLE artefacts (
      id TEXT PRIMARY KEY,
      position INTEGER NOT NULL UNIQUE,
      study TEXT NOT NULL REFERENCES studies (id),
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      hash TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      chunks INTEGER NOT NULL,
      made_by TEXT NOT NULL,
      job TEXT,
      created TEXT NOT NULL
    ) STRICT;
    CREATE INDEX artefacts_study ON artefacts (study, position);
    CREATE INDEX artefacts_job ON artefacts (job);

    CREATE TABLE artefact_chunks (
      artefact TEXT NOT NULL REFERENCES artefacts (id),
      number INTEGER NOT NULL,
      sealed BLOB NOT NULL,
      PRIMARY KEY (artefact, number)
    ) STRICT;

    CREATE TABLE lineage (
      child TEXT NOT NULL REFERENCES artefacts (id),
      place INTEGER NOT NULL,
      parent TEXT NOT NULL REFERENCES artefacts (id),
      PRIMARY KEY (child, place)
    ) STRICT;
    CREATE INDEX lineage_parent ON lineage (parent);

    CREATE TRIGGER artefacts_stay BEFORE UPDATE ON artefacts
      BEGIN SELECT RAISE(ABORT, 'artefacts are immutable'); END;
    CREATE TRIGGER artefact_chunks_stay BEFORE UPDATE ON artefact_chunks
      BEGIN SELECT RAISE(ABORT, 'artefacts are immutable'); END;
    CREATE TRIGGER lineage_stays BEFORE UPDATE ON lineage
      BEGIN SELECT RAISE(ABORT, 'lineage is immutable'); END;
  `,
};
