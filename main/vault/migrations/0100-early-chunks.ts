import type { Migration } from './migration.ts';

/**
 * Pieces of large artefacts, written in transactions of their own before their artefact is known;
 * so they cannot refer to it. What belongs to none when the vault is opened is swept.
 */
export const earlyChunks: Migration = {
  number: 100,
  sql: `
    CREATE TABLE early_chunks (
      artefact TEXT NOT NULL,
      number INTEGER NOT NULL,
      sealed BLOB NOT NULL,
      PRIMARY KEY (artefact, number)
    ) STRICT;

    CREATE TRIGGER early_chunks_stay BEFORE UPDATE ON early_chunks
      BEGIN SELECT RAISE(ABORT, 'artefacts are immutable'); END;
  `,
};
