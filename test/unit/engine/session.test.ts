import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import { Session } from '../../../main/engine/session.ts';

const PASSPHRASE = 'words for a session test';
const folder = mkdtempSync(join(tmpdir(), 'concord-session-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;

async function created(): Promise<{ session: Session; study: string }> {
  const file = join(folder, `${count++}.vault`);
  const session = new Session({ file, tell: () => {}, log: () => {} });
  await session.answers.create({ passphrase: PASSPHRASE, person: 'Ada' }, undefined);
  return { session, study: session.opened.vault.studies.create('S').id };
}

/** A job that ends when it is told to. */
function job(session: Session, study: string): { id: string; end: () => void } {
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  const id = session.opened.jobs.start({ kind: 'train', study, run: () => ended });
  return { id, end };
}

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 30));
const unlock = (session: Session, passphrase: string): unknown =>
  session.answers.unlock({ passphrase }, undefined);

describe('the lock', () => {
  it('closes the vault when nothing runs', async () => {
    const { session } = await created();
    await session.answers.lock({}, undefined);
    expect(session.role).toBeNull();
    expect(() => session.opened).toThrow('VAULT_LOCKED');
    await unlock(session, PASSPHRASE);
    expect(session.role).toBe('steward');
    await session.close();
  });

  it('lets a running job go on, answers nothing, and closes when the job ends', async () => {
    const { session, study } = await created();
    const { id, end } = job(session, study);
    await soon();
    const { vault } = session.opened;
    await session.answers.lock({}, undefined);
    expect(await session.answers.status({}, undefined)).toMatchObject({
      unlocked: false,
      person: null,
    });
    expect(() => session.opened).toThrow('VAULT_LOCKED');
    expect(vault.jobs.get(id).state).toBe('running');
    end();
    await soon();
    expect(() => vault.jobs.get(id)).toThrow('VAULT_LOCKED'); // closed, its keys gone
    await unlock(session, PASSPHRASE);
    expect(session.opened.jobs.get(id).state).toBe('done');
    await session.close();
  });

  it('closes the vault over a paused job, which is paused still when it opens again', async () => {
    const { session, study } = await created();
    const id = session.opened.jobs.start({
      kind: 'train',
      study,
      request: {},
      run: () => Promise.reject(new ConcordError('PAUSED')),
    });
    await soon();
    const { vault } = session.opened;
    expect(vault.jobs.get(id).state).toBe('paused');
    await session.answers.lock({}, undefined);
    await soon();
    expect(() => vault.jobs.get(id)).toThrow('VAULT_LOCKED');
    await unlock(session, PASSPHRASE);
    expect(session.opened.jobs.get(id).state).toBe('paused');
    await session.close();
  });

  it('opens again for the same person while the job runs, and only with the passphrase', async () => {
    const { session, study } = await created();
    await session.opened.vault.people.add({
      name: 'Bo',
      role: 'analyst',
      passphrase: 'another passphrase here',
    });
    const { id, end } = job(session, study);
    await soon();
    await session.answers.lock({}, undefined);
    await expect(unlock(session, 'not the right passphrase')).rejects.toThrow(
      'VAULT_WRONG_PASSPHRASE',
    );
    await expect(unlock(session, 'another passphrase here')).rejects.toThrow('VAULT_BUSY');
    expect(session.role).toBeNull();
    await unlock(session, PASSPHRASE);
    expect(session.opened.jobs.get(id).state).toBe('running');
    end();
    await soon();
    expect(session.role).toBe('steward');
    await session.close();
  });

  it('a wrong passphrase at an open vault stops no work', async () => {
    const { session, study } = await created();
    const { id, end } = job(session, study);
    await soon();
    await expect(unlock(session, 'not the right passphrase')).rejects.toThrow();
    expect(session.opened.jobs.get(id).state).toBe('running');
    end();
    await session.close();
  });
});
