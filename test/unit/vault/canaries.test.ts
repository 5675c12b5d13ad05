import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keyFileOf } from '../../../main/vault/index.ts';
import { bytesOf, newVault, PASSPHRASE, reopen, sourceOf } from './fixture.ts';

const CANARIES = {
  cell: 'Wilhelmina-Canary-Łódź-张伟',
  study: 'Study-of-the-yellow-canary',
  artefact: 'canary-visits-2031.csv',
  note: 'canary-in-the-journal',
  column: 'canary_column_name',
} as const;

/** UTF-8 and UTF-16 of both orders, as text might lie in a file. */
function spellings(text: string): Buffer[] {
  const little = Buffer.from(text, 'utf16le');
  return [Buffer.from(text, 'utf8'), little, Buffer.from(little).swap16()];
}

function expectClean(folder: string, canaries: readonly string[], but: string | null = null): void {
  const names = readdirSync(folder).filter((name) => name !== but);
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) {
    const bytes = bytesOf(join(folder, name));
    for (const canary of canaries) {
      for (const spelling of spellings(canary)) {
        expect(bytes.includes(spelling), `${canary} in ${name}`).toBe(false);
      }
    }
  }
}

describe('no file of a vault shows what it keeps', () => {
  it('while it is open, after it is closed, and in a backup', async () => {
    const vault = await newVault();
    const folder = dirname(vault.file);
    const study = vault.studies.create(CANARIES.study).id;
    const rows = Array.from({ length: 60_000 }, (_, n) => `${n},${CANARIES.cell}\n`).join('');
    const bytes = Buffer.from(rows, 'utf8');
    const { id } = vault.artefacts.put({
      study,
      kind: 'source-records',
      name: CANARIES.artefact,
      bytes,
    });
    vault.artefacts.put({
      study,
      kind: 'profile',
      name: CANARIES.artefact,
      bytes: Buffer.from(CANARIES.cell, 'utf16le'),
      parents: [id],
    });
    vault.journal.append('test.noted', { note: CANARIES.note, column: CANARIES.column }, study);
    vault.ledger.register(study, sourceOf('d'), 1000);
    const secret = [...Object.values(CANARIES), PASSPHRASE, sourceOf('d')];
    expect(readdirSync(folder)).toContain('study.vault-wal');
    expectClean(folder, secret);
    vault.transaction(() => {
      vault.journal.append('test.noted', { note: CANARIES.note });
      expectClean(folder, secret);
    });
    vault.backup(join(folder, 'copy', 'study.backup'));
    expectClean(join(folder, 'copy'), secret);
    vault.close();
    expect(readdirSync(folder).sort()).toEqual(['copy', 'study.vault', 'study.vault.keys']);
    expectClean(folder, secret, 'copy');
    const again = await reopen(vault.file);
    expect(again.artefacts.get(id).equals(bytes)).toBe(true);
    expectClean(folder, secret, 'copy');
  });

  it('and the search would find them: a plain file with a canary fails it', () => {
    const echo = `require('node:fs').writeFileSync(process.argv[1], Buffer.from('x${CANARIES.cell}', 'utf16le'))`;
    return newVault().then((vault) => {
      const folder = dirname(vault.file);
      execFileSync(process.execPath, ['-e', echo, join(folder, 'plain')]);
      expect(() => expectClean(folder, [CANARIES.cell])).toThrow('plain');
      expect(bytesOf(keyFileOf(vault.file)).includes('Ada')).toBe(true);
    });
  });
});
