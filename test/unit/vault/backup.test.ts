import { copyFileSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { backupManifest, vaultAnchor } from '../../../main/contract/vault.ts';
import { keyFileOf, restoreVault, type Vault } from '../../../main/vault/index.ts';
import { manifestOf } from '../../../main/vault/backup.ts';
import {
  CHEAP,
  codeOf,
  keep,
  newFile,
  newFolder,
  newVault,
  PASSPHRASE,
  reopen,
  sourceOf,
} from './fixture.ts';

const SOURCE = sourceOf('e');

let vault: Vault;
let study: string;
let from: string;
let kept: string;

function reserve(on: Vault, job: string, epsilon: number): void {
  const asked = { sourceHash: SOURCE, study, job, kind: 'train', phases: [], steps: 10 };
  on.ledger.reserve({ ...asked, epsilon, delta: 1e-6 });
}

beforeEach(async () => {
  vault = await newVault();
  study = vault.studies.create('Backup').id;
  vault.ledger.register(study, SOURCE, 40_000);
  reserve(vault, 'before', 1);
  vault.ledger.finish('before');
  kept = vault.artefacts.put({ study, kind: 'model', name: 'm', bytes: Buffer.alloc(2e6, 7) }).id;
  from = join(newFolder(), 'backups', 'monday');
  vault.backup(from);
});

const restore = (more: Partial<Parameters<typeof restoreVault>[0]> = {}): Promise<Vault> =>
  restoreVault({ from, file: newFile(), passphrase: PASSPHRASE, cost: CHEAP, ...more }).then(keep);

describe('a backup', () => {
  it('is three files only their owner reads, described by its manifest', async () => {
    const manifest = backupManifest.parse(JSON.parse(readFileSync(manifestOf(from), 'utf8')));
    expect(manifest).toMatchObject({ vault: vault.status().id, head: vault.journal.head() });
    expect(readdirSync(dirname(from)).sort()).toEqual([
      'monday',
      'monday.keys',
      'monday.manifest.json',
    ]);
    for (const name of [from, keyFileOf(from), manifestOf(from)]) {
      expect(statSync(name).mode & 0o777).toBe(0o600);
    }
    expect(await codeOf(() => vault.backup(from))).toBe('OUTPUT_EXISTS');
    expect(vault.verify().ok).toBe(true);
  });

  it('comes back whole, and private work waits for a steward', async () => {
    const back = await restore();
    expect(back.artefacts.get(kept).equals(Buffer.alloc(2e6, 7))).toBe(true);
    expect(back.verify()).toMatchObject({ ok: true });
    expect(back.status().awaitingConfirmation).toBe(true);
    expect(await codeOf(() => reserve(back, 'early', 0.1))).toBe('RESTORE_UNCONFIRMED');
    back.close();
    const again = await reopen(back.file);
    expect(again.status().awaitingConfirmation).toBe(true);
    again.confirmRestored();
    reserve(again, 'later', 0.1);
    const actions = again.journal.list().map(({ action }) => action);
    expect(actions).toContain('vault.restored');
    expect(actions).toContain('vault.restore-confirmed');
  });

  it('waits for a steward too when it is opened in place, past the restore', async () => {
    const copy = await reopen(from);
    expect(await codeOf(() => reserve(copy, 'sly', 0.1))).toBe('RESTORE_UNCONFIRMED');
    expect(copy.status().awaitingConfirmation).toBe(true);
  });

  it('counts as spent what an anchor from later says, and the anchor tells it is older', async () => {
    reserve(vault, 'after', 2.7);
    const anchor = vaultAnchor.parse(vault.anchor());
    expect(JSON.stringify(anchor)).not.toContain(SOURCE);
    const stranger = (await newVault()).anchor();
    const back = await restore({ anchors: [anchor, anchor, stranger] });
    const view = back.ledger.ofSource(SOURCE);
    expect(view.spent.epsilon).toBeGreaterThanOrEqual(3.7);
    expect(view.spent.epsilon).toBeCloseTo(3.7, 12);
    expect(view.spent.delta).toBeGreaterThanOrEqual(2e-6);
    expect(back.verify()).toMatchObject({ ok: true });
    expect(back.verify(anchor.head).journal.problem).toBe('older-or-other');
    back.confirmRestored();
    expect(await codeOf(() => reserve(back, 'over', 0.4))).toBe('BUDGET_EXCEEDED');
  });

  it('that is damaged, incomplete or missing restores nothing', async () => {
    const file = newFile();
    const whole = readFileSync(from);
    const changed = Buffer.from(whole);
    changed[9000] = (changed[9000] ?? 0) ^ 1;
    writeFileSync(from, changed);
    expect(await codeOf(() => restore({ file }))).toBe('BACKUP_DAMAGED');
    writeFileSync(from, whole);
    expect(await codeOf(() => restore({ file, passphrase: 'some other words here' }))).toBe(
      'VAULT_WRONG_PASSPHRASE',
    );
    expect(readdirSync(dirname(file))).toEqual([]);
    expect(await codeOf(() => restore({ file: vault.file }))).toBe('VAULT_EXISTS');
    copyFileSync(manifestOf(from), `${from}.aside`);
    writeFileSync(manifestOf(from), '{}');
    expect(await codeOf(() => restore({ file }))).toBe('BACKUP_DAMAGED');
    copyFileSync(`${from}.aside`, manifestOf(from));
    rmSync(keyFileOf(from));
    expect(await codeOf(() => restore({ file }))).toBe('BACKUP_DAMAGED');
    rmSync(from);
    expect(await codeOf(() => restore({ file }))).toBe('VAULT_NOT_FOUND');
  });
});
