import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Vault } from '../../../main/vault/index.ts';
import { codeOf, inTheDatabase, newVault, PASSPHRASE, reopen, sourceOf } from './fixture.ts';

const logOf = ({ file }: Vault): { size: number } => statSync(`${file}-wal`);
const SOURCE = sourceOf('a');

interface Made {
  readonly study: string;
  readonly records: string;
}

/** A study with something of everything that a study can hold. */
function full(vault: Vault, name: string): Made {
  const study = vault.studies.create(name).id;
  vault.studies.setField(study, { template: 'health', harm: 'missed' });
  const put = (kind: string, ...parents: string[]): string =>
    vault.artefacts.put({ study, kind, name: 'r.csv', bytes: Buffer.from(kind), parents }).id;
  const records = put('source-records');
  vault.ledger.register(study, SOURCE, 1000);
  const job = vault.jobs.create('train', study).id;
  vault.checkpoints.open(job, Buffer.from('{}'));
  vault.jobs.start(job);
  vault.ledger.reserve({
    ...{ sourceHash: SOURCE, study, job, kind: 'train', epsilon: 1, delta: 1e-5 },
    ...{ phases: [], steps: 10 },
  });
  vault.ledger.chargeBlock(job, 5);
  vault.ledger.finish(job, 'interrupted');
  vault.jobs.pause(job);
  vault.notes.save(study, put('model', records), 'better without age');
  vault.drafts.save(study, 'train', '{}');
  vault.labels.saveSettings({ study, artefact: records }, '{}');
  vault.labels.add({ study, artefact: records }, 0, 'yes');
  return { study, records };
}

describe('a study that is erased', () => {
  it('leaves nothing but what the ledger and the journal know of it', async () => {
    const vault = await newVault();
    const { study, records } = full(vault, 'S');
    const kept = full(vault, 'T');
    vault.studies.remove(study);
    vault.studies.erase([study]);
    expect(vault.studies.removed()).toEqual([]);
    expect(vault.studies.list().map(({ name }) => name)).toEqual(['T']);
    expect(vault.status().studies).toBe(1);
    for (const work of [
      () => vault.studies.get(study),
      () => vault.studies.restore(study),
      () => vault.studies.withKey(study, () => 0),
      () => vault.artefacts.list(study),
      () => vault.jobs.create('train', study),
      () => vault.ledger.register(study, SOURCE, 1000),
    ]) {
      expect(await codeOf(work)).toBe('STUDY_UNKNOWN');
    }
    expect(await codeOf(() => vault.artefacts.get(records))).toBe('ARTEFACT_UNKNOWN');
    expect(vault.artefacts.get(kept.records).toString()).toBe('source-records');
    expect(vault.drafts.load(kept.study, 'train')?.text).toBe('{}');
    expect(vault.verify()).toMatchObject({ ok: true, artefacts: { count: 2 } });
    const told = vault.journal.list().findLast(({ action }) => action === 'study.erased');
    expect(told).toMatchObject({ study, params: { artefacts: 2, bytes: 19 } });
    // Its name can be given again.
    expect(vault.studies.create('S').id).not.toBe(study);

    vault.close();
    await inTheDatabase(vault.file, (store) => {
      expect(store.pragma('secure_delete')).toBe(1);
      const tables = store.all<{ name: string; sql: string }>(
        `SELECT name, sql FROM sqlite_master WHERE type = 'table'`,
      );
      const bound = tables.filter(({ sql }) => /\bstudy TEXT\b/.test(sql)).map(({ name }) => name);
      // A table that is added later has to be emptied too, or be named here with a reason.
      const staying = ['journal', 'ledger_studies', 'reservations'];
      const left = bound.filter(
        (name) => store.all(`SELECT 1 FROM ${name} WHERE study = ?`, study).length > 0,
      );
      expect(left.sort()).toEqual(staying);
      const orphans = ['artefact_chunks', 'early_chunks', 'notes', 'checkpoints'].map((table) => {
        const owner = table === 'checkpoints' ? ['job', 'jobs'] : ['artefact', 'artefacts'];
        const sql = `SELECT 1 FROM ${table} WHERE ${owner[0]} NOT IN (SELECT id FROM ${owner[1]})`;
        return store.all(sql).length;
      });
      expect(orphans).toEqual([0, 0, 0, 0]);
      const sql = 'SELECT name, wrapped_key, template, harm FROM studies WHERE id = ?';
      const nothing = { wrapped_key: null, template: null, harm: null };
      expect(store.get(sql, study)).toEqual({ name: study, ...nothing });
    });
  });

  it('gives no budget back: not to another study, and not when the records come again', async () => {
    const vault = await newVault();
    const { study } = full(vault, 'S');
    const before = vault.ledger.ofSource(SOURCE);
    expect(before.spent.epsilon).toBe(1);
    vault.studies.remove(study);
    vault.studies.erase([study]);
    expect(vault.ledger.ofSource(SOURCE)).toEqual(before);
    const again = vault.studies.create('S').id;
    expect(vault.ledger.register(again, SOURCE, 1000)).toEqual(before);
    const asked = { sourceHash: SOURCE, study: again, job: 'j', kind: 'train', delta: 1e-6 };
    const reserve = (epsilon: number): unknown =>
      vault.ledger.reserve({ ...asked, epsilon, phases: [], steps: 1 });
    expect(await codeOf(() => reserve(before.budget.epsilon))).toBe('BUDGET_EXCEEDED');
    vault.close();
    const opened = await reopen(vault.file);
    expect(opened.ledger.ofSource(SOURCE)).toEqual(before);
    expect(opened.verify().ok).toBe(true);
  });

  it('goes with all the others named, or none goes', async () => {
    const vault = await newVault();
    const binned = full(vault, 'S').study;
    const listed = full(vault, 'T').study;
    vault.studies.remove(binned);
    expect(await codeOf(() => vault.studies.erase([binned, listed]))).toBe('STUDY_NOT_REMOVED');
    vault.studies.remove(listed);
    const job = vault.jobs.create('review', listed).id;
    expect(await codeOf(() => vault.studies.erase([binned, listed]))).toBe('STUDY_BUSY');
    expect(await codeOf(() => vault.studies.erase([binned, 'x']))).toBe('STUDY_UNKNOWN');
    expect(vault.studies.removed()).toHaveLength(2);
    vault.jobs.end(job, 'cancelled');
    vault.studies.erase([binned, listed, listed]);
    expect(vault.studies.removed()).toEqual([]);
    expect(vault.studies.list()).toEqual([]);
  });

  it('is for a steward to erase', async () => {
    const vault = await newVault();
    const { study } = full(vault, 'S');
    await vault.people.add({ name: 'Bo', role: 'analyst', passphrase: `${PASSPHRASE} also` });
    vault.studies.remove(study);
    vault.close();
    const bo = await reopen(vault.file, `${PASSPHRASE} also`);
    expect(await codeOf(() => bo.studies.erase([study]))).toBe('ROLE_REFUSED');
    expect(bo.studies.removed()).toHaveLength(1);
  });

  it('leaves no page of it in the write-ahead log', async () => {
    const vault = await newVault();
    const { study } = full(vault, 'S');
    vault.studies.remove(study);
    const { size: before } = logOf(vault);
    vault.studies.erase([study]);
    expect(before).toBeGreaterThan(0);
    expect(logOf(vault).size).toBe(0);
  });
});
