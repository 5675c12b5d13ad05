import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import {
  APPLICATION_ID,
  LATEST,
  migrate,
  MIGRATIONS,
} from '../../../main/vault/migrations/index.ts';
import { Store } from '../../../main/vault/store.ts';
import { inTheDatabase, newFile, newVault } from './fixture.ts';

const FOLDER = new URL('../../../main/vault/migrations/', import.meta.url);

function newStore(): Store {
  const file = newFile();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  return new Store(new Database(file), file);
}

const shapeOf = (store: Store): unknown[] =>
  store.all(
    `SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name`,
  );

describe('migrations', () => {
  it('rise in tens and match their file names', () => {
    const numbers = MIGRATIONS.map(({ number }) => number);
    expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
    expect(numbers.filter((number) => number % 10 !== 0)).toEqual([]);
    const files = readdirSync(FOLDER).filter((name) => /^\d/.test(name));
    expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(numbers);
    expect(files.every((name) => /^\d{4}-[a-z-]+\.ts$/.test(name))).toBe(true);
  });

  it('lead from every earlier form to the same latest one', () => {
    const direct = newStore();
    migrate(direct);
    for (let known = 0; known <= MIGRATIONS.length; known++) {
      const store = newStore();
      migrate(store, MIGRATIONS.slice(0, known));
      expect(Number(store.pragma('user_version'))).toBe(MIGRATIONS[known - 1]?.number ?? 0);
      migrate(store);
      migrate(store);
      expect(shapeOf(store)).toEqual(shapeOf(direct));
      expect(Number(store.pragma('user_version'))).toBe(LATEST);
      expect(Number(store.pragma('application_id'))).toBe(APPLICATION_ID);
      store.close();
    }
    direct.close();
  });

  it('are refused out of order, and a step that fails leaves nothing behind', () => {
    const store = newStore();
    const step = (number: number, sql: string) => ({ number, sql });
    expect(() => migrate(store, [step(10, 'SELECT 1'), step(10, 'SELECT 1')])).toThrow('rise');
    const half = step(20, 'CREATE TABLE half (a INTEGER) STRICT; NO SUCH WORDS;');
    expect(() => migrate(store, [step(10, 'SELECT 1'), half])).toThrow();
    expect(Number(store.pragma('user_version'))).toBe(10);
    expect(shapeOf(store)).toEqual([]);
    store.close();
  });

  it('make STRICT tables only, on a connection that trusts nothing', async () => {
    const vault = await newVault();
    vault.close();
    await inTheDatabase(vault.file, (store) => {
      const tables = store.all<{ name: string; strict: number }>('PRAGMA table_list');
      const ours = tables.filter(({ name }) => !name.startsWith('sqlite_'));
      expect(ours.length).toBeGreaterThan(10);
      expect(ours.filter(({ strict }) => strict !== 1)).toEqual([]);
      const settings = ['temp_store', 'trusted_schema', 'secure_delete', 'foreign_keys'];
      expect(settings.map((name) => store.pragma(name))).toEqual([2, 0, 1, 1]);
      expect(store.pragma('journal_mode')).toBe('wal');
      expect(store.pragma('locking_mode')).toBe('exclusive');
      expect(store.pragma('synchronous')).toBe(2);
    });
  });
});
