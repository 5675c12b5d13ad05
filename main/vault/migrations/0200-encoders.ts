import type { Migration } from './migration.ts';

/**
 * Text encoders that were imported, for every study of the vault, and vectors of texts, kept for a
 * study so that they need not be computed again.
 */
export const encoders: Migration = {
  number: 200,
  sql: `
    CREATE TABLE encoders (
      id TEXT PRIMARY KEY,
      manifest TEXT NOT NULL,
      state TEXT NOT NULL,
      checked TEXT NOT NULL,
      imported TEXT NOT NULL,
      person TEXT NOT NULL
    ) STRICT;
    CREATE TABLE encoder_pieces (
      encoder TEXT NOT NULL REFERENCES encoders (id),
      path TEXT NOT NULL,
      number INTEGER NOT NULL,
      bytes BLOB NOT NULL,
      PRIMARY KEY (encoder, path, number)
    ) STRICT;

    CREATE TABLE text_vectors (
      id TEXT PRIMARY KEY,
      study TEXT NOT NULL REFERENCES studies (id),
      key TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      saved TEXT NOT NULL,
      UNIQUE (study, key)
    ) STRICT;
    CREATE TABLE text_vector_chunks (
      vectors TEXT NOT NULL REFERENCES text_vectors (id),
      number INTEGER NOT NULL,
      sealed BLOB NOT NULL,
      PRIMARY KEY (vectors, number)
    ) STRICT;
  `,
};
