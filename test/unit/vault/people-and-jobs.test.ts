import { copyFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import { keyFileOf, openVault } from '../../../main/vault/index.ts';
import { readKeyFile } from '../../../main/vault/key-file.ts';
import { CHEAP, codeOf, keep, newVault, PASSPHRASE, reopen } from './fixture.ts';

const OTHER = 'nine patient otters swim';

describe('people', () => {
  it('each open the vault with their own passphrase and role', async () => {
    const vault = await newVault();
    await vault.people.add({ name: 'Bo', role: 'reviewer', passphrase: OTHER });
    expect(
      await codeOf(() => vault.people.add({ name: 'Bo', role: 'auditor', passphrase: OTHER })),
    ).toBe('PERSON_EXISTS');
    vault.close();
    const asBo = await reopen(vault.file, OTHER);
    expect(asBo.person).toMatchObject({ name: 'Bo', role: 'reviewer' });
    expect(await codeOf(() => asBo.people.remove(vault.person.id))).toBe('ROLE_REFUSED');
    expect(
      await codeOf(() => asBo.people.add({ name: 'Cy', role: 'steward', passphrase: OTHER })),
    ).toBe('ROLE_REFUSED');
    asBo.close();
    const named = (person: string, passphrase: string) =>
      codeOf(async () => {
        keep(await openVault({ file: vault.file, passphrase, person, cost: CHEAP })).close();
      });
    expect(await named('Ada', PASSPHRASE)).toBe('no error');
    expect(await named('Ada', OTHER)).toBe('VAULT_WRONG_PASSPHRASE');
    expect(await named('Nobody', OTHER)).toBe('VAULT_WRONG_PASSPHRASE');
  });

  it('change their passphrase knowing the present one', async () => {
    const vault = await newVault();
    expect(await codeOf(() => vault.people.changePassphrase('guess', OTHER))).toBe(
      'VAULT_WRONG_PASSPHRASE',
    );
    expect(await codeOf(() => vault.people.changePassphrase(PASSPHRASE, 'weak'))).toBe(
      'PASSPHRASE_WEAK',
    );
    await vault.people.changePassphrase(PASSPHRASE, OTHER);
    vault.close();
    expect(await codeOf(() => reopen(vault.file))).toBe('VAULT_WRONG_PASSPHRASE');
    expect((await reopen(vault.file, OTHER)).person.name).toBe('Ada');
  });

  it('are removed with their slot, and an old copy of the key file does not let them in', async () => {
    const vault = await newVault();
    const { id } = await vault.people.add({ name: 'Bo', role: 'analyst', passphrase: OTHER });
    copyFileSync(keyFileOf(vault.file), `${vault.file}.old`);
    expect(await codeOf(() => vault.people.remove(vault.person.id))).toBe('LAST_STEWARD');
    expect(await codeOf(() => vault.people.remove('nobody'))).toBe('PERSON_UNKNOWN');
    vault.people.remove(id);
    vault.close();
    expect(readKeyFile(vault.file).body.slots).toHaveLength(1);
    copyFileSync(`${vault.file}.old`, keyFileOf(vault.file));
    expect(await codeOf(() => reopen(vault.file, OTHER))).toBe('VAULT_WRONG_PASSPHRASE');
    const steward = await reopen(vault.file);
    await steward.people.add({ name: 'Bo', role: 'auditor', passphrase: OTHER });
    expect(readKeyFile(vault.file).body.slots).toHaveLength(2);
  });
});

describe('jobs', () => {
  it('go from queued to an end, with progress and artefacts', async () => {
    const vault = await newVault();
    const study = vault.studies.create('Jobs').id;
    const { id, state } = vault.jobs.create('train', study);
    expect(state).toBe('queued');
    expect(await codeOf(() => vault.jobs.progress(id, { done: 1, total: 2, unit: 'steps' }))).toBe(
      'JOB_UNKNOWN',
    );
    vault.jobs.start(id);
    vault.jobs.progress(id, { done: 1, total: 2, unit: 'steps' });
    const bytes = Buffer.from('m');
    const made = vault.artefacts.put({ study, kind: 'model', name: 'm', bytes, job: id });
    expect(vault.artefacts.ofJob(id)).toEqual([made]);
    expect(vault.jobs.end(id, 'done')).toMatchObject({
      state: 'done',
      progress: { done: 1, total: 2, unit: 'steps' },
      error: null,
    });
    expect(await codeOf(() => vault.jobs.end(id, 'failed'))).toBe('JOB_UNKNOWN');
    expect(await codeOf(() => vault.jobs.start(id))).toBe('JOB_UNKNOWN');
    const failed = vault.jobs.create('review', study).id;
    const error = new ConcordError('COLUMN_UNKNOWN', { column: 'agee', nearest: 'age' });
    expect(vault.jobs.end(failed, 'failed', error).error).toEqual({
      code: 'COLUMN_UNKNOWN',
      params: { column: 'agee', nearest: 'age' },
    });
    expect(vault.jobs.list().map((job) => job.id)).toEqual([failed, id]);
    expect(await codeOf(() => vault.jobs.create('train', 'nowhere'))).toBe('STUDY_UNKNOWN');
  });

  it('of a process that died say so, and can go on', async () => {
    const vault = await newVault();
    const study = vault.studies.create('Jobs').id;
    const running = vault.jobs.create('train', study).id;
    vault.jobs.start(running);
    const queued = vault.jobs.create('train', study).id;
    vault.close();
    const again = await reopen(vault.file);
    expect(again.jobs.get(running).state).toBe('interrupted');
    expect(again.jobs.get(queued).state).toBe('interrupted');
    expect(again.status().jobs).toEqual({ queued: 0, running: 0, paused: 0, interrupted: 2 });
    expect(again.jobs.start(running)).toMatchObject({ state: 'running', ended: null });
    expect(again.jobs.end(queued, 'cancelled').state).toBe('cancelled');
  });
});

describe('studies', () => {
  it('have names of their own, found however they were typed', async () => {
    const vault = await newVault();
    const study = vault.studies.create('  Étude ');
    expect(study.name).toBe('Étude');
    expect(vault.studies.find('E\u0301tude')).toEqual(study);
    expect(vault.studies.ensure('Étude')).toEqual(study);
    expect(vault.studies.ensure('Next').name).toBe('Next');
    expect(await codeOf(() => vault.studies.create('Étude'))).toBe('STUDY_EXISTS');
    expect(await codeOf(() => vault.studies.create(' '))).toBe('REQUEST_MALFORMED');
    expect(await codeOf(() => vault.studies.get('nowhere'))).toBe('STUDY_UNKNOWN');
    expect(vault.studies.find('absent')).toBeNull();
  });
});
