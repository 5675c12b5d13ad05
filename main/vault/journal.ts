import { createHash } from 'node:crypto';
import { ConcordError } from '../contract/errors.ts';
import type { JournalCheck, JournalEntryView } from '../contract/vault.ts';
import { canonicalJson, type Json } from './canonical.ts';
import type { Store } from './store.ts';

/** Parameters of an entry: ids, hashes, counts and settings, never a cell of a record. */
export type JournalParams = { readonly [key: string]: Json };

interface Row {
  readonly number: number;
  readonly time: string;
  readonly person: string;
  readonly action: string;
  readonly study: string | null;
  readonly params: string;
  readonly previous: string;
  readonly hash: string;
}

interface Head {
  readonly number: number;
  readonly hash: string;
}

const BEFORE_THE_FIRST: Head = { number: 0, hash: '0'.repeat(64) };

/**
 * Who did what and when, as a hash chain: each entry's SHA-256 covers its canonical JSON and the
 * hash before it. `append` belongs into the transaction that does what the entry tells.
 */
export class Journal {
  readonly #store: Store;
  readonly #person: string;
  readonly #now: () => string;

  constructor(store: Store, person: string, now: () => string) {
    this.#store = store;
    this.#person = person;
    this.#now = now;
  }

  append(action: string, params: JournalParams = {}, study: string | null = null): void {
    this.#store.transaction(() => {
      const before = this.#head();
      const entry = {
        number: before.number + 1,
        time: this.#now(),
        person: this.#person,
        action,
        study,
        params: canonicalJson(params),
        previous: before.hash,
      };
      const hash = hashOf(entry);
      this.#store.run(
        'INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        entry.number,
        entry.time,
        entry.person,
        entry.action,
        entry.study,
        entry.params,
        entry.previous,
        hash,
      );
      this.#store.run('REPLACE INTO journal_head VALUES (1, ?, ?)', entry.number, hash);
    });
  }

  /** 'number:hash' of the newest entry: printed outside the vault it dates the whole chain. */
  head(): string {
    const { number, hash } = this.#head();
    return `${number}:${hash}`;
  }

  /** Entries from number `from` on, oldest first. */
  list(from = 1, limit = 1000): JournalEntryView[] {
    const rows = this.#store.all<Row & { readonly name: string | null }>(
      `SELECT journal.*, people.name FROM journal LEFT JOIN people ON people.id = journal.person
       WHERE number >= ? ORDER BY number LIMIT ?`,
      from,
      limit,
    );
    return rows.map((row) => ({
      number: row.number,
      time: row.time,
      person: row.name ?? row.person,
      action: row.action,
      study: row.study,
      params: JSON.parse(row.params) as Record<string, unknown>,
      hash: row.hash,
    }));
  }

  /** All entries of some actions, for checks that replay them. */
  replay(actions: readonly string[]): { action: string; params: Record<string, unknown> }[] {
    const marks = actions.map(() => '?').join(', ');
    return this.#store
      .all<Row>(`SELECT * FROM journal WHERE action IN (${marks}) ORDER BY number`, ...actions)
      .map(({ action, params }) => ({
        action,
        params: JSON.parse(params) as Record<string, unknown>,
      }));
  }

  /**
   * Walks the chain. With an `anchor` ('number:hash' kept outside) the chain must also hold that
   * entry: this is what tells an older whole copy from the present vault.
   * @throws OPTION_INVALID {option, expected} for an anchor of another form
   */
  verify(anchor?: string): JournalCheck {
    const wanted = anchor === undefined ? null : parseHead(anchor);
    let last = BEFORE_THE_FIRST;
    let anchored = wanted === null || isSame(wanted, last);
    const rows = this.#store.all<Row>('SELECT * FROM journal ORDER BY number');
    const fail = (problem: JournalCheck['problem'], at: number): JournalCheck => ({
      ok: false,
      entries: rows.length,
      head: this.head(),
      problem,
      at,
    });
    for (const row of rows) {
      if (row.number !== last.number + 1) return fail('missing', last.number + 1);
      if (row.previous !== last.hash) return fail('unlinked', row.number);
      if (hashOf(row) !== row.hash) return fail('edited', row.number);
      last = row;
      if (wanted !== null && isSame(wanted, row)) anchored = true;
    }
    const head = this.#head();
    if (!isSame(head, last)) return fail('cut-off', last.number + 1);
    if (wanted !== null && !anchored) return fail('older-or-other', wanted.number);
    return { ok: true, entries: rows.length, head: this.head(), problem: null, at: null };
  }

  #head(): Head {
    return this.#store.get<Head>('SELECT number, hash FROM journal_head') ?? BEFORE_THE_FIRST;
  }
}

function hashOf(entry: Omit<Row, 'hash'>): string {
  const { number, time, person, action, study, params, previous } = entry;
  const text = canonicalJson({ number, time, person, action, study, params, previous });
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

function parseHead(text: string): Head {
  const match = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text);
  if (match === null) {
    throw new ConcordError('OPTION_INVALID', { option: 'head', expected: 'NUMBER:HASH' });
  }
  return { number: Number(match[1]), hash: match[2] ?? '' };
}

function isSame(a: Head, b: Head): boolean {
  return a.number === b.number && a.hash === b.hash;
}
