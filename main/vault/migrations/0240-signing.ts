import type { Migration } from './migration.ts';

/**
 * Keys with which people sign, the private half sealed under what their passphrase gives; and whose
 * passphrase was chosen by somebody else, who could therefore sign in their place.
 */
export const signing: Migration = {
  number: 240,
  sql: `
    ALTER TABLE people ADD COLUMN first_passphrase INTEGER NOT NULL DEFAULT 0;

    CREATE TABLE signing_keys (
      public BLOB PRIMARY KEY,
      person TEXT NOT NULL REFERENCES people (id),
      sealed BLOB NOT NULL,
      made TEXT NOT NULL,
      replaced TEXT
    ) STRICT;
    CREATE UNIQUE INDEX signing_keys_present ON signing_keys (person) WHERE replaced IS NULL;
  `,
};
