import { expect, it } from 'vitest';
import { findInColumns, pseudonymKey, redactTable } from '../../../main/study/redact.ts';
import type { Table } from '../../../main/records/table.ts';
import { words } from '../../../main/words/index.ts';
import { CHEAP, keep, newFile, PASSPHRASE } from '../vault/fixture.ts';
import { createVault } from '../../../main/vault/index.ts';

const control = { signal: new AbortController().signal, progress: () => {} };
const { tags } = words('en').commands;
const table: Table = {
  rows: 3,
  columns: [
    { name: 'who', type: 'category', codes: Int32Array.of(0, 0, 1), dictionary: ['a', 'b'] },
    {
      name: 'note',
      type: 'text',
      codes: Int32Array.of(0, 1, 0),
      dictionary: ['Anna Lind, 2021-03-05', 'seen 2021-03-15'],
    },
  ],
};

async function made(key: Uint8Array): Promise<string[]> {
  const request = { mode: 'pseudonym', columns: ['note'], key, tags, person: 'who' } as const;
  const { table: redacted } = await redactTable(table, request, control);
  const note = redacted.columns[1];
  if (note === undefined || !('codes' in note)) throw new Error('no note');
  return [...note.codes].map((code) => note.dictionary[code] ?? '');
}

it('a study has one key for its pseudonyms, another study another', async () => {
  const vault = keep(
    await createVault({ file: newFile(), passphrase: PASSPHRASE, person: 'Steward', cost: CHEAP }),
  );
  const one = vault.studies.create('One');
  const two = vault.studies.create('Two');
  const key = pseudonymKey(vault, one.id);
  expect(pseudonymKey(vault, one.id)).toEqual(key);
  expect(pseudonymKey(vault, two.id)).not.toEqual(key);
  expect(await made(key)).toEqual(await made(pseudonymKey(vault, one.id)));
  expect(await made(pseudonymKey(vault, two.id))).not.toEqual(await made(key));
});

it('the dates of one person move together', async () => {
  const [first = '', second = ''] = await made(new Uint8Array(32).fill(3));
  const day = (text: string): number => Date.parse(/\d{4}-\d\d-\d\d/.exec(text)?.[0] ?? '');
  expect(day(second) - day(first)).toBe(10 * 86_400_000);
});

it('a row without an entry for the person moves by itself', async () => {
  const nobody: Table = {
    rows: 60,
    columns: [
      { name: 'who', type: 'category', codes: new Int32Array(60).fill(-1), dictionary: [] },
      { name: 'note', type: 'text', codes: new Int32Array(60), dictionary: ['seen 2021-03-15'] },
    ],
  };
  const request = { mode: 'pseudonym', columns: ['note'], tags, person: 'who' } as const;
  const key = new Uint8Array(32).fill(3);
  const { table: redacted } = await redactTable(nobody, { ...request, key }, control);
  const note = redacted.columns[1];
  expect(note !== undefined && 'codes' in note ? note.dictionary.length : 0).toBeGreaterThan(20);
});

it('findings know their column and row, and a cancel stops the work', async () => {
  const findings = await findInColumns(table, ['note'], control);
  expect(findings.map(({ row, type }) => `${row} ${type}`)).toEqual([
    '0 PERSON',
    '0 DATE',
    '1 DATE',
    '2 PERSON',
    '2 DATE',
  ]);
  const stopped = { ...control, signal: AbortSignal.abort() };
  await expect(findInColumns(table, ['note'], stopped)).rejects.toMatchObject({
    code: 'CANCELLED',
  });
});
