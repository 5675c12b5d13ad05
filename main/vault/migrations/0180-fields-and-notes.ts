import type { Migration } from './migration.ts';

/** The field a study is of and which error harms more there; notes that people keep with models. */
export const fieldsAndNotes: Migration = {
  number: 180,
  sql: `
    ALTER TABLE studies ADD COLUMN template TEXT;
    ALTER TABLE studies ADD COLUMN harm TEXT;

    CREATE TABLE notes (
      artefact TEXT PRIMARY KEY REFERENCES artefacts (id),
      sealed BLOB NOT NULL,
      saved TEXT NOT NULL,
      person TEXT NOT NULL
    ) STRICT;
  `,
};
