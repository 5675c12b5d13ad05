import type { Migration } from './migration.ts';

/** Labels given by hand: what was asked of them once, then one row for each key press. */
export const labels: Migration = {
  number: 120,
  sql: `
    CREATE TABLE label_sets (
      study TEXT NOT NULL REFERENCES studies (id),
      records TEXT NOT NULL REFERENCES artefacts (id),
      settings BLOB NOT NULL,
      PRIMARY KEY (study, records)
    ) STRICT;
    CREATE TABLE label_marks (
      study TEXT NOT NULL,
      records TEXT NOT NULL,
      place INTEGER NOT NULL,
      sealed BLOB NOT NULL,
      PRIMARY KEY (study, records, place),
      FOREIGN KEY (study, records) REFERENCES label_sets (study, records)
    ) STRICT;
  `,
};
