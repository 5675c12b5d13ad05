import type { Store } from '../store.ts';
import { studies } from './0010-studies.ts';
import { journal } from './0020-journal.ts';
import { ledger } from './0030-ledger.ts';
import { jobs } from './0040-jobs.ts';
import { checkpoints } from './0060-checkpoints.ts';
import { drafts } from './0070-drafts.ts';
import { bin } from './0080-bin.ts';
import { traces } from './0090-traces.ts';
import { earlyChunks } from './0100-early-chunks.ts';
import { labels } from './0120-labels.ts';
import { filter } from './0160-filter.ts';
import { fieldsAndNotes } from './0180-fields-and-notes.ts';
import { erased } from './0190-erased.ts';
import { encoders } from './0200-encoders.ts';
import { signing } from './0240-signing.ts';
import type { Migration } from './migration.ts';

/** 'CNCD' as a number: SQLite's application_id of our files. */
export const APPLICATION_ID = 0x434e4344;

/** All steps in order. A released step is never edited; a change is a new step. */
export const MIGRATIONS: readonly Migration[] = [
  studies,
  journal,
  ledger,
  jobs,
  checkpoints,
  drafts,
  bin,
  traces,
  earlyChunks,
  labels,
  filter,
  fieldsAndNotes,
  erased,
  encoders,
  signing,
];

/** The user_version of a database in the form this program knows. */
export const LATEST = MIGRATIONS.at(-1)?.number ?? 0;

/** Brings the database to the latest form, each step in a transaction of its own. */
export function migrate(store: Store, migrations: readonly Migration[] = MIGRATIONS): void {
  let last = 0;
  for (const migration of migrations) {
    if (migration.number <= last) throw new RangeError('migrations must rise');
    last = migration.number;
    if (Number(store.pragma('user_version')) >= migration.number) continue;
    store.transaction(() => {
      store.execute(migration.sql);
      store.pragma(`application_id = ${APPLICATION_ID}`);
      store.pragma(`user_version = ${migration.number}`);
    });
  }
}
