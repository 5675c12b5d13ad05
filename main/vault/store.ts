import Database from 'better-sqlite3';
import { rmSync } from 'node:fs';
import { basename } from 'node:path';
import { ConcordError } from '../contract/errors.ts';

type Value = string | number | bigint | null | Uint8Array;
type Statement = Database.Statement;

/**
 * The open database: prepared statements by their text, and SQLite's errors as ours. Every other
 * file of the vault speaks to SQLite through this one.
 */
export class Store {
  readonly file: string;
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Statement>();
  #direct = 0;

  constructor(database: Database.Database, file: string) {
    this.#database = database;
    this.file = file;
  }

  get<Row>(sql: string, ...values: Value[]): Row | undefined {
    return this.#guard(() => this.#prepare(sql).get(...values) as Row | undefined);
  }

  all<Row>(sql: string, ...values: Value[]): Row[] {
    return this.#guard(() => this.#prepare(sql).all(...values) as Row[]);
  }

  /** The number of rows changed. */
  run(sql: string, ...values: Value[]): number {
    return this.#guard(() => this.#prepare(sql).run(...values).changes);
  }

  execute(sql: string): void {
    this.#guard(() => this.#database.exec(sql));
  }

  pragma(text: string): unknown {
    return this.#guard(() => this.#database.pragma(text, { simple: true }));
  }

  /** An immediate transaction; inside another one a savepoint. `work` may not be asynchronous. */
  transaction<T>(work: () => T): T {
    return this.#guard(() => this.#database.transaction(work).immediate());
  }

  /**
   * Lets `work`, whose transactions add many pages, write these once, to where they stay: through
   * the write-ahead log they would be encrypted, written and waited for twice. A rollback journal
   * of the few pages that change keeps every transaction whole meanwhile, those of others too.
   */
  async directly<T>(work: () => Promise<T>): Promise<T> {
    this.#direct++;
    try {
      if (this.#direct === 1) this.pragma('journal_mode = TRUNCATE');
      return await work();
    } finally {
      if (--this.#direct === 0 && this.isOpen) this.logAhead();
    }
  }

  /** Writes go to a log first; what died while it wrote directly has been rolled back by now. */
  logAhead(): void {
    const mode = this.pragma('journal_mode = WAL');
    if (mode === 'wal') rmSync(`${this.file}-journal`, { force: true });
  }

  get isOpen(): boolean {
    return this.#database.open;
  }

  close(): void {
    if (this.#direct > 0 && this.isOpen) this.logAhead();
    this.#statements.clear();
    this.#database.close();
  }

  #prepare(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #guard<T>(work: () => T): T {
    if (!this.#database.open) throw new ConcordError('VAULT_LOCKED');
    try {
      return work();
    } catch (error) {
      throw asConcordError(error, this.file);
    }
  }
}

/** SQLite's codes in our words; anything unexpected passes through and counts as our fault. */
export function asConcordError(error: unknown, file: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const { code } = error;
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new ConcordError('VAULT_IN_USE');
  }
  if (/^SQLITE_(FULL|READONLY|CANTOPEN|IOERR_(WRITE|FSYNC|TRUNCATE|DIR_FSYNC))/.test(code)) {
    return new ConcordError('OUTPUT_UNWRITABLE', { file: basename(file) });
  }
  if (/^SQLITE_(CORRUPT|NOTADB|IOERR|FORMAT)/.test(code)) {
    return new ConcordError('VAULT_DAMAGED', { part: basename(file) });
  }
  return error;
}
