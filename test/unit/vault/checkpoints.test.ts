import { describe, expect, it } from 'vitest';
import { bytesOf, codeOf, inTheDatabase, newVault, reopen } from './fixture.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');

describe('checkpoints', () => {
  it('are one per job, replaced, kept over a crash, and no artefact', async () => {
    const vault = await newVault();
    const study = vault.studies.create('S').id;
    const { id } = vault.jobs.create('train', study);
    vault.checkpoints.open(id, bytes('asked'));
    vault.jobs.start(id);
    expect(vault.checkpoints.state(id)).toBeNull();
    for (const state of ['first', 'second']) vault.checkpoints.put(id, bytes(state));
    expect(vault.checkpoints.trace(id)).toBeNull();
    for (const trace of ['way one', 'way two']) vault.checkpoints.putTrace(id, bytes(trace));
    vault.close();
    await inTheDatabase(vault.file, (store) => {
      const rows = store.all<Record<string, Buffer>>('SELECT * FROM checkpoints');
      expect(rows).toHaveLength(1);
      for (const part of ['state', 'request', 'trace']) {
        const sealed = rows[0]?.[part]?.toString('latin1');
        expect(sealed).toBeDefined();
        expect(sealed).not.toMatch(/first|second|asked|way one|way two/);
      }
    });
    expect(bytesOf(vault.file).toString('latin1')).not.toMatch(/asked/);
    const again = await reopen(vault.file);
    expect(again.jobs.get(id).state).toBe('interrupted');
    expect(again.checkpoints.request(id)).toEqual(bytes('asked'));
    expect(again.checkpoints.state(id)).toEqual(bytes('second'));
    expect(again.checkpoints.trace(id)).toEqual(bytes('way two'));
    expect(again.artefacts.list(study)).toEqual([]);
    expect(again.verify().ok).toBe(true);
  });

  it('go with the charge they belong to, or not at all', async () => {
    const vault = await newVault();
    const { id } = vault.jobs.create('train', vault.studies.create('S').id);
    vault.checkpoints.open(id, bytes('asked'));
    vault.checkpoints.put(id, bytes('first'));
    expect(() =>
      vault.transaction(() => {
        vault.checkpoints.put(id, bytes('second'));
        throw new Error('the charge was refused');
      }),
    ).toThrow('refused');
    expect(vault.checkpoints.state(id)).toEqual(bytes('first'));
  });

  it.each(['done', 'failed', 'cancelled'] as const)('are gone when a job is %s', async (end) => {
    const vault = await newVault();
    const { id } = vault.jobs.create('train', vault.studies.create('S').id);
    vault.checkpoints.open(id, bytes('asked'));
    vault.jobs.start(id);
    vault.checkpoints.put(id, bytes('first'));
    vault.jobs.pause(id);
    expect(vault.checkpoints.state(id)).toEqual(bytes('first'));
    vault.jobs.end(id, end);
    expect(vault.checkpoints.request(id)).toBeNull();
    expect(vault.checkpoints.state(id)).toBeNull();
  });

  it('cannot be carried to another job', async () => {
    const vault = await newVault();
    const study = vault.studies.create('S').id;
    const [a, b] = [vault.jobs.create('train', study).id, vault.jobs.create('train', study).id];
    for (const id of [a, b]) {
      vault.checkpoints.open(id, bytes('asked'));
      vault.checkpoints.put(id, bytes(`of ${id}`));
    }
    vault.close();
    await inTheDatabase(vault.file, (store) => {
      const sql = 'UPDATE checkpoints SET state = (SELECT state FROM checkpoints WHERE job = ?)';
      store.run(`${sql} WHERE job = ?`, a, b);
    });
    const again = await reopen(vault.file);
    expect(again.checkpoints.state(a)).toEqual(bytes(`of ${a}`));
    expect(await codeOf(() => again.checkpoints.state(b))).toBe('VAULT_DAMAGED');
    expect(await codeOf(() => again.checkpoints.state('none'))).toBe('no error');
    expect(await codeOf(() => again.checkpoints.put('none', bytes('x')))).toBe('JOB_UNKNOWN');
  });
});

describe('a paused job', () => {
  it('stays paused over closing, and waits in the queue again when it is asked to', async () => {
    const vault = await newVault();
    const study = vault.studies.create('S').id;
    const { id } = vault.jobs.create('train', study);
    vault.jobs.start(id);
    expect(vault.jobs.pause(id)).toMatchObject({ state: 'paused', ended: null });
    expect(await codeOf(() => vault.jobs.pause(id))).toBe('JOB_UNKNOWN');
    expect(await codeOf(() => vault.jobs.start(id))).toBe('JOB_UNKNOWN');
    vault.close();
    const again = await reopen(vault.file);
    expect(again.jobs.get(id).state).toBe('paused');
    expect(again.status().jobs).toEqual({ queued: 0, running: 0, paused: 1, interrupted: 0 });
    expect(again.jobs.requeue(id).state).toBe('queued');
    expect(await codeOf(() => again.jobs.requeue(id))).toBe('JOB_UNKNOWN');
    again.jobs.start(id);
    again.jobs.end(id, 'done');
    expect(await codeOf(() => again.jobs.requeue(id))).toBe('JOB_UNKNOWN');
  });
});
