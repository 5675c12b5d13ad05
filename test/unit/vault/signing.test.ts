import { createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { keyFileOf, namesIn, recoverVault, type Vault } from '../../../main/vault/index.ts';
import { readKeyFile } from '../../../main/vault/key-file.ts';
import { newRecoveryCode, tidyRecoveryCode } from '../../../main/vault/recovery-code.ts';
import { bytesOf, CHEAP, codeOf, keep, newVault, PASSPHRASE, reopen } from './fixture.ts';

const FIRST = 'nine patient otters swim';
const OWN = 'seven brown bears dig';
const MESSAGE = Buffer.from('what is signed');

async function signed(vault: Vault, passphrase: string) {
  const { publicKey, signature } = await vault.people.sign(passphrase, () => MESSAGE);
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') };
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  return { publicKey, holds: verify(null, MESSAGE, key, signature) };
}

describe('a signing key', () => {
  it('is opened by its person’s passphrase alone, and outlives a change of it', async () => {
    const vault = await newVault();
    const before = await signed(vault, PASSPHRASE);
    expect(before.holds).toBe(true);
    expect(await codeOf(() => signed(vault, OWN))).toBe('VAULT_WRONG_PASSPHRASE');
    expect(await codeOf(() => vault.people.changePassphrase(PASSPHRASE, PASSPHRASE))).toBe(
      'PASSPHRASE_SAME',
    );
    await vault.people.changePassphrase(PASSPHRASE, OWN);
    vault.close();
    const again = await reopen(vault.file, OWN);
    const after = await signed(again, OWN);
    expect(after.publicKey.equals(before.publicKey)).toBe(true);
    expect(after.holds).toBe(true);
    expect(again.verify().ok).toBe(true);
    expect(again.journal.list().filter(({ action }) => action === 'person.key-made')).toHaveLength(
      1,
    );
  });

  it('is made when a person replaces the passphrase that somebody else chose', async () => {
    const vault = await newVault();
    const { id } = await vault.people.add({ name: 'Bo', role: 'reviewer', passphrase: FIRST });
    expect(vault.people.hasFirstPassphrase(id)).toBe(true);
    expect(vault.people.keys.fingerprints().size).toBe(0);
    vault.close();
    const bo = await reopen(vault.file, FIRST);
    expect(await codeOf(() => signed(bo, FIRST))).toBe('PASSPHRASE_NOT_OWN');
    await bo.people.changePassphrase(FIRST, OWN);
    expect(bo.people.hasFirstPassphrase()).toBe(false);
    expect((await signed(bo, OWN)).holds).toBe(true);
    const [fingerprint = ''] = bo.people.keys.fingerprints().values();
    expect(bo.people.keys.ownerOf(fingerprint)).toBe(id);
    bo.close();
    const steward = await reopen(vault.file);
    steward.people.remove(id);
    expect(steward.people.keys.fingerprints().size).toBe(0);
    expect(steward.people.keys.ownerOf(fingerprint)).toBe(id);
    expect(namesIn(vault.file)).toEqual(['Ada']);
  });
});

describe('the recovery sheet', () => {
  it('has a code that is read however it is typed, and not with a slip', () => {
    const code = newRecoveryCode();
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
    const typed = ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')} `;
    expect(tidyRecoveryCode(typed)).toBe(code);
    expect(tidyRecoveryCode(code.replaceAll('1', 'l'))).toBe(code);
    expect(tidyRecoveryCode(code.slice(0, -1))).toBeNull();
    let found = 0;
    for (let at = 0; at < 26; at++) {
      const letter = code.replaceAll('-', '')[at] === 'A' ? 'B' : 'A';
      const plain = code.replaceAll('-', '');
      const slip = plain.slice(0, at) + letter + plain.slice(at + 1);
      if (tidyRecoveryCode(slip) === null) found++;
    }
    // One slip in 1,024 has the same check digits.
    expect(found).toBeGreaterThan(22);
  });

  it('opens the vault once, with a new passphrase, and stands in no file', async () => {
    const vault = await newVault();
    await signed(vault, PASSPHRASE);
    const bare = readKeyFile(vault.file).body;
    expect([bare.version, bare.recovery]).toEqual([1, undefined]);
    const stale = await vault.people.makeRecoveryCode();
    const code = await vault.people.makeRecoveryCode();
    expect(readKeyFile(vault.file).body.version).toBe(2);
    vault.close();
    for (const file of [vault.file, keyFileOf(vault.file)]) {
      const bytes = file === vault.file ? bytesOf(file) : readFileSync(file);
      for (const text of [code, code.replaceAll('-', '')]) expect(bytes.includes(text)).toBe(false);
    }
    const recover = (typed: string, passphrase = OWN) =>
      recoverVault({ file: vault.file, code: typed, passphrase, cost: CHEAP });
    expect(await codeOf(() => recover(stale))).toBe('RECOVERY_WRONG');
    expect(await codeOf(() => recover(code, 'weak'))).toBe('PASSPHRASE_WEAK');
    const back = keep(await recover(code.toLowerCase()));
    expect(back.person.name).toBe('Ada');
    // The old passphrase alone could open the key: it is given up, and a new one made.
    expect(back.people.keys.fingerprints().size).toBe(0);
    expect((await signed(back, OWN)).holds).toBe(true);
    expect(back.verify().ok).toBe(true);
    back.close();
    expect(await codeOf(() => recover(code))).toBe('RECOVERY_WRONG');
    expect(await codeOf(() => reopen(vault.file))).toBe('VAULT_WRONG_PASSPHRASE');
    expect((await reopen(vault.file, OWN)).person.role).toBe('steward');
  });

  it('is made by stewards, and goes with the steward who made it', async () => {
    const vault = await newVault();
    await vault.people.add({ name: 'Bo', role: 'steward', passphrase: FIRST });
    await vault.people.add({ name: 'Cy', role: 'auditor', passphrase: OWN });
    vault.close();
    const cy = await reopen(vault.file, OWN);
    expect(await codeOf(() => cy.people.makeRecoveryCode())).toBe('ROLE_REFUSED');
    cy.close();
    const bo = await reopen(vault.file, FIRST);
    const code = await bo.people.makeRecoveryCode();
    bo.close();
    const ada = await reopen(vault.file);
    ada.people.remove(ada.people.list().find(({ name }) => name === 'Bo')?.id ?? '');
    ada.close();
    const { file } = vault;
    const passphrase = 'five grey geese fly';
    expect(await codeOf(() => recoverVault({ file, code, passphrase, cost: CHEAP }))).toBe(
      'RECOVERY_WRONG',
    );
  });
});
