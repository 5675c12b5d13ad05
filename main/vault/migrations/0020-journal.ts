import type { Migration } from './migration.ts';

/** The hash chain, and its head kept apart so that a cut-off end is noticed. */
export const journal: Migration = {
  number: 20,
  sql: `
    CREATE TABLE journal (
      number INTEGER PRIMARY KEY,
      time TEXT NOT NULL,
      person TEXT NOT NULL,
      action TEXT NOT NULL,
      study TEXT,
      params TEXT NOT NULL,
      previous TEXT NOT NULL,
      hash TEXT NOT NULL
    ) STRICT;

    CREATE TABLE journal_head (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      number INTEGER NOT NULL,
      hash TEXT NOT NULL
    ) STRICT;

    CREATE TRIGGER journal_stays BEFORE UPDATE ON journal
      BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
    CREATE TRIGGER journal_keeps BEFORE DELETE ON journal
      BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
  `,
};
