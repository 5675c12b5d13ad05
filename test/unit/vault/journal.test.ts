import { beforeEach, describe, expect, it } from 'vitest';
import { journalEntryView } from '../../../main/contract/vault.ts';
import { Journal } from '../../../main/vault/journal.ts';
import type { Vault } from '../../../main/vault/index.ts';
import type { Store } from '../../../main/vault/store.ts';
import { codeOf, inTheDatabase, newVault, reopen } from './fixture.ts';

let vault: Vault;

beforeEach(async () => {
  vault = await newVault();
  const study = vault.studies.create('Journal').id;
  for (let n = 0; n < 6; n++) vault.journal.append('test.noted', { n, list: [n, 'x'] }, study);
});

/** Tries edits behind the journal's back, each undone again, and gives what `verify` said. */
async function afterEach(
  edits: readonly string[],
  anchor?: string,
): Promise<ReturnType<Journal['verify']>[]> {
  const { file } = vault;
  vault.close();
  return inTheDatabase(file, (store) => {
    const journal = new Journal(store, 'nobody', () => '');
    store.execute('DROP TRIGGER journal_stays; DROP TRIGGER journal_keeps');
    expect(journal.verify()).toMatchObject({ ok: true, problem: null });
    return edits.map((edit) => {
      store.execute(`SAVEPOINT whole; ${edit}`);
      const found = journal.verify(anchor);
      store.execute('ROLLBACK TO whole; RELEASE whole');
      return found;
    });
  });
}

describe('the journal', () => {
  it('tells who did what, oldest first', () => {
    const entries = vault.journal.list().map((entry) => journalEntryView.parse(entry));
    expect(entries.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(entries.slice(0, 3).map(({ action }) => action)).toEqual([
      'vault.created',
      'vault.opened',
      'study.created',
    ]);
    expect(entries[3]).toMatchObject({ person: 'Ada', params: { n: 0, list: [0, 'x'] } });
    expect(vault.journal.list(8).map(({ number }) => number)).toEqual([8, 9]);
    expect(vault.journal.head()).toBe(`9:${entries.at(-1)?.hash}`);
    expect(vault.verify().journal).toMatchObject({ ok: true, entries: 9 });
  });

  it('finds an edit of every field in every row', async () => {
    const changes = [
      `time = '2000-01-01T00:00:00.000Z'`,
      `person = 'somebody'`,
      `action = 'test.other'`,
      `study = CASE WHEN study IS NULL THEN 'x' END`,
      `params = '{"n":99}'`,
      `params = params || ' '`,
      `previous = '${'f'.repeat(64)}'`,
      `hash = '${'f'.repeat(64)}'`,
      `number = number + 1000`,
    ];
    const edits = changes.flatMap((change) =>
      Array.from({ length: 9 }, (_, n) => `UPDATE journal SET ${change} WHERE number = ${n + 1}`),
    );
    for (const [index, found] of (await afterEach(edits)).entries()) {
      expect(found.ok, edits[index]).toBe(false);
    }
  });

  it('finds rows that were taken out, cut off, swapped, doubled or written behind', async () => {
    const all = Array.from({ length: 9 }, (_, n) => n + 1);
    const copy = (from: number, to: number): string =>
      `INSERT INTO journal SELECT ${to}, time, person, action, study, params, previous, hash
       FROM journal WHERE number = ${from}`;
    const swap = (a: number, b: number): string =>
      `UPDATE journal SET number = -1 WHERE number = ${a};
       UPDATE journal SET number = ${a} WHERE number = ${b};
       UPDATE journal SET number = ${b} WHERE number = -1`;
    const edits = [
      ...all.map((n) => `DELETE FROM journal WHERE number = ${n}`),
      ...all.map((n) => `DELETE FROM journal WHERE number >= ${n}`),
      ...all.map((n) => `DELETE FROM journal WHERE number <= ${n}`),
      ...all.slice(1).map((n) => swap(n - 1, n)),
      ...all.map((n) => copy(n, 10)),
      'DELETE FROM journal_head',
      'UPDATE journal_head SET number = 8',
      `UPDATE journal_head SET hash = '${'0'.repeat(64)}'`,
    ];
    for (const [index, found] of (await afterEach(edits)).entries()) {
      expect(found.ok, edits[index]).toBe(false);
    }
  });

  it('that was cut back together with its head is found by an anchor kept outside', async () => {
    const anchor = vault.journal.head();
    const cutBack = `DELETE FROM journal WHERE number > 5;
      UPDATE journal_head SET number = 5, hash = (SELECT hash FROM journal WHERE number = 5)`;
    expect(await afterEach([cutBack], anchor)).toMatchObject([
      { ok: false, problem: 'older-or-other', at: 9, entries: 5 },
    ]);
    vault = await reopen(vault.file);
    expect(vault.verify(anchor).ok).toBe(true);
    expect(vault.verify(`1:${'0'.repeat(64)}`).journal.problem).toBe('older-or-other');
    for (const odd of ['', '1', '1:xyz', `-1:${'0'.repeat(64)}`]) {
      expect(await codeOf(() => vault.verify(odd))).toBe('OPTION_INVALID');
    }
  });

  it('refuses ordinary statements that change or drop an entry', async () => {
    const { file } = vault;
    vault.close();
    const attempt = (store: Store): void => {
      expect(() => store.run('DELETE FROM journal WHERE number = 3')).toThrow('only grows');
      expect(() => store.run(`UPDATE journal SET action = 'x'`)).toThrow('only grows');
    };
    await inTheDatabase(file, attempt);
  });
});
