import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leakFound, leakOfMadeUp, leakTestWork } from '../../../main/study/leak-work.ts';
import type { Vault } from '../../../main/vault/index.ts';
import { scratchFolder } from '../../command-line.ts';
import { done, openAs, reviewedStudy, STEWARD, type Reviewed } from './signed-study.ts';

const scratch = scratchFolder();
let reviewed: Reviewed;
let vault: Vault;

beforeAll(async () => {
  reviewed = await reviewedStudy(scratch.path('a.vault'), scratch.path('a.csv'));
  vault = await openAs(reviewed.file, STEWARD);
});
afterAll(() => {
  vault.close();
  scratch.remove();
});

describe('a leak test of a model in the vault', () => {
  it('is not there before it has run, and one that is cancelled leaves nothing', async () => {
    expect(leakFound(vault, reviewed)).toEqual({ found: null, job: null });
    expect(leakOfMadeUp(vault, reviewed)).toBeNull();
    const { id } = vault.jobs.create('leak-test', reviewed.study);
    vault.jobs.start(id);
    expect(leakFound(vault, reviewed).job).toBe(id);
    const stop = new AbortController();
    const work = leakTestWork(vault, { ...reviewed, groups: [] });
    const run = work.run({ job: id, signal: stop.signal, progress: () => stop.abort() });
    await expect(run).rejects.toMatchObject({ code: 'CANCELLED' });
    vault.jobs.end(id, 'cancelled');
    expect(leakFound(vault, reviewed)).toEqual({ found: null, job: null });
  });

  it('is kept beside the model and in the journal, and takes nothing from the ledger', async () => {
    const { study, artefact } = reviewed;
    const before = vault.ledger.all();
    const work = leakTestWork(vault, { study, artefact, groups: ['sex'], sensitive: 'diagnosis' });
    const kept = await done(vault, work, 'leak-test');
    expect(vault.artefacts.info(kept).parents).toEqual([artefact]);
    const { found } = leakFound(vault, reviewed);
    expect(Object.keys(found!.membership!.groups)).toEqual(['sex']);
    expect(found!.attribute!.column).toBe('diagnosis');
    expect(found!.blocks).toBe(false);
    expect(vault.ledger.all()).toEqual(before);
    // Without the records there is left what was made up.
    const rest = leakOfMadeUp(vault, reviewed)!;
    expect(rest).not.toHaveProperty('membership');
    expect(rest).not.toHaveProperty('attribute');
    expect(rest).toMatchObject({ auc: null, blocks: false, epsilon_lower_bound: null });
    const told = vault.journal.list().filter(({ action }) => action === 'model.attacked');
    expect(told).toHaveLength(1);
    expect(told[0]!.params).toEqual({ artefact: kept, model: artefact, blocks: false });
  });
});
