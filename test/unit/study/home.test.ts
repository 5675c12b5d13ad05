import { describe, expect, it } from 'vitest';
import type { HomeStep, StepView } from '../../../main/contract/home.ts';
import { words } from '../../../main/words/index.ts';
import { Jobs } from '../../../main/engine/jobs.ts';
import { loadDraft, saveDraft } from '../../../main/study/drafts.ts';
import { studyOverview, studyProgress } from '../../../main/study/overview.ts';
import { SAMPLE_FILE, startSample } from '../../../main/study/sample-study.ts';
import type { Vault } from '../../../main/vault/index.ts';
import { codeOf, inTheDatabase, newVault, reopen } from '../vault/fixture.ts';

function step(vault: Vault, study: string, name: HomeStep): Omit<StepView, 'step'> | undefined {
  const found = studyOverview(vault, study).steps.find((view) => view.step === name);
  if (found === undefined) return undefined;
  const { state, reason, artefact, job, work } = found;
  return { state, reason, artefact, job, work };
}

function made(vault: Vault, study: string, kind: string, ...parents: string[]): string {
  const bytes = Buffer.from(`${kind} ${parents.join(' ')}`);
  return vault.artefacts.put({ study, kind, name: 'r.csv', bytes, parents }).id;
}

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe('the steps of a study', () => {
  it('say what is missing before they can start', async () => {
    const vault = await newVault();
    const study = vault.studies.create('S').id;
    const states = studyOverview(vault, study).steps.map(({ step: name, state, reason }) => [
      name,
      state,
      reason,
    ]);
    expect(states).toEqual([
      ['import', 'not-started', null],
      ['identify', 'cannot-start', 'needs-records'],
      ['anonymise', 'cannot-start', 'needs-roles'],
      ['train', 'cannot-start', 'needs-records'],
      ['review', 'cannot-start', 'needs-model'],
    ]);
  });

  it('are done for the newest records only', async () => {
    const vault = await newVault();
    const study = vault.studies.create('S').id;
    const first = made(vault, study, 'source-records');
    const roles = made(vault, study, 'findings', first);
    const model = made(vault, study, 'model', first);
    made(vault, study, 'review', model);
    expect(step(vault, study, 'identify')).toEqual({
      state: 'done',
      reason: null,
      artefact: roles,
      job: null,
      work: null,
    });
    expect(step(vault, study, 'anonymise')?.state).toBe('not-started');
    expect(step(vault, study, 'review')?.state).toBe('done');
    const second = made(vault, study, 'source-records');
    expect(step(vault, study, 'identify')).toMatchObject({
      state: 'attention',
      reason: 'newer-records',
      artefact: roles,
    });
    expect(step(vault, study, 'review')?.state).toBe('done');
    // A model of protected records counts for the records they were made from.
    const guarded = made(vault, study, 'protected-records', second);
    const newer = made(vault, study, 'model', guarded);
    expect(step(vault, study, 'train')).toMatchObject({ state: 'done', artefact: newer });
    expect(step(vault, study, 'review')).toMatchObject({
      state: 'attention',
      reason: 'newer-model',
    });
  });

  it('are counted for the list, with a word where one needs attention', async () => {
    const vault = await newVault();
    const study = vault.studies.create('S').id;
    expect(studyProgress(vault, study)).toEqual({ done: 0, steps: 5, attention: false });
    const first = made(vault, study, 'source-records');
    made(vault, study, 'findings', first);
    expect(studyProgress(vault, study)).toEqual({ done: 2, steps: 5, attention: false });
    made(vault, study, 'source-records');
    expect(studyProgress(vault, study)).toEqual({ done: 1, steps: 5, attention: true });
    expect(await codeOf(() => studyProgress(vault, 'none'))).toBe('STUDY_UNKNOWN');
  });

  it('tell of work that waits, runs, rests or has failed', async () => {
    const vault = await newVault();
    const study = vault.studies.create('S').id;
    made(vault, study, 'source-records');
    const { id: job } = vault.jobs.create('train', study);
    const train = (): unknown => step(vault, study, 'train');
    expect(train()).toMatchObject({ state: 'in-progress', reason: null, job });
    vault.jobs.start(job);
    expect(train()).toMatchObject({ state: 'in-progress', job });
    vault.jobs.pause(job);
    expect(train()).toMatchObject({ state: 'in-progress', reason: 'job-paused', job });
    vault.jobs.requeue(job);
    vault.jobs.end(job, 'failed');
    expect(train()).toMatchObject({ state: 'attention', reason: 'job-failed', job });
    const again = vault.jobs.create('train', study).id;
    vault.jobs.end(again, 'cancelled');
    expect(train()).toMatchObject({ state: 'not-started', job: null });
  });

  it.each(['repair', 'label'] as const)(
    'tell of a %s as of the import whose records it changes',
    async (work) => {
      const vault = await newVault();
      const study = vault.studies.create('S').id;
      const artefact = made(vault, study, 'source-records');
      const state = (): unknown =>
        studyOverview(vault, study).steps.find((one) => one.step === 'import');
      expect(state()).toMatchObject({ state: 'done', artefact, job: null, work: null });
      const { id: job } = vault.jobs.create(work, study);
      vault.jobs.start(job);
      expect(state()).toMatchObject({ state: 'in-progress', artefact, job, work });
      vault.jobs.end(job, 'done');
      expect(state()).toMatchObject({ state: 'done', job: null, work: null });
    },
  );

  it('count as begun when answers were saved, until something was made of them', async () => {
    const vault = await newVault();
    const study = vault.studies.create('S').id;
    const records = made(vault, study, 'source-records');
    vault.drafts.save(study, 'train', '{}', false);
    expect(step(vault, study, 'train')?.state).toBe('not-started');
    saveDraft(vault, { study, step: 'train', answers: '{"label":"x"}' });
    expect(step(vault, study, 'train')?.state).toBe('in-progress');
    await soon();
    made(vault, study, 'model', records);
    expect(step(vault, study, 'train')?.state).toBe('done');
    await soon();
    saveDraft(vault, { study, step: 'train', answers: '{"label":"y"}' });
    expect(step(vault, study, 'train')?.state).toBe('in-progress');
  });
});

describe('drafts', () => {
  it('come back as they were saved, each study and step its own', async () => {
    const vault = await newVault();
    const study = vault.studies.create('S').id;
    const other = vault.studies.create('T').id;
    expect(loadDraft(vault, { study, step: 'train' })).toBeNull();
    const { saved } = saveDraft(vault, { study, step: 'train', answers: '{"a":"谁"}' });
    saveDraft(vault, { study, step: 'review', answers: '{"b":1}' });
    expect(loadDraft(vault, { study, step: 'train' })).toEqual({ answers: '{"a":"谁"}', saved });
    saveDraft(vault, { study, step: 'train', answers: '{"a":2}' });
    expect(loadDraft(vault, { study, step: 'train' })?.answers).toBe('{"a":2}');
    expect(loadDraft(vault, { study: other, step: 'train' })).toBeNull();
  });

  it('are JSON objects of a study that is there', async () => {
    const vault = await newVault();
    const study = vault.studies.create('S').id;
    for (const answers of ['', '1', '[]', 'null', '{']) {
      const save = (): unknown => saveDraft(vault, { study, step: 'train', answers });
      expect(await codeOf(save), answers).toBe('REQUEST_MALFORMED');
    }
    const elsewhere = { study: 'x', step: 'train', answers: '{}' } as const;
    expect(await codeOf(() => saveDraft(vault, elsewhere))).toBe('STUDY_UNKNOWN');
    expect(await codeOf(() => loadDraft(vault, elsewhere))).toBe('STUDY_UNKNOWN');
  });

  it('are sealed to their place: one moved to another step does not open', async () => {
    const vault = await newVault();
    const study = vault.studies.create('S').id;
    saveDraft(vault, { study, step: 'train', answers: '{"secret":"heron"}' });
    vault.close();
    await inTheDatabase(vault.file, (store) => {
      const row = store.get<{ sealed: Buffer }>('SELECT sealed FROM drafts');
      expect(row?.sealed.includes('heron')).toBe(false);
      store.run(`UPDATE drafts SET step = 'review'`);
    });
    const again = await reopen(vault.file);
    expect(await codeOf(() => loadDraft(again, { study, step: 'review' }))).toBe('VAULT_DAMAGED');
  });
});

describe('the bin', () => {
  it('takes a study out of the list and gives it back whole', async () => {
    const vault = await newVault();
    const study = vault.studies.create('S').id;
    const records = made(vault, study, 'source-records');
    const names = (): string[] => vault.studies.list().map(({ name }) => name);
    vault.studies.remove(study);
    vault.studies.remove(study);
    expect(names()).toEqual([]);
    expect(vault.studies.removed()).toMatchObject([{ id: study, name: 'S' }]);
    expect(vault.artefacts.get(records).length).toBeGreaterThan(0);
    expect(await codeOf(() => vault.studies.create('S'))).toBe('STUDY_EXISTS');
    expect(vault.studies.restore(study)).toMatchObject({ id: study, removed: null });
    expect(names()).toEqual(['S']);
    expect(vault.studies.removed()).toEqual([]);
    const told = vault.journal.list().map(({ action }) => action);
    expect(told.filter((action) => action.startsWith('study.'))).toEqual([
      'study.created',
      'study.removed',
      'study.restored',
    ]);
    expect(await codeOf(() => vault.studies.remove('x'))).toBe('STUDY_UNKNOWN');
  });
});

describe('the sample study', () => {
  it('is imported as a job, knows its public facts, and is marked as a sample', async () => {
    const vault = await newVault();
    const jobs = new Jobs({ vault, tell: () => undefined, log: () => undefined });
    const start = jobs.start.bind(jobs);
    const { study, job } = startSample({ vault, start }, { language: 'zh-CN' });
    expect(study.name).toBe(words('zh-CN').demo.study);
    await jobs.idle();
    expect(jobs.get(job)).toMatchObject({ state: 'done', error: null });
    const { sample, steps } = studyOverview(vault, study.id);
    expect(sample).toBe(true);
    expect(steps.map(({ state }) => state)).toEqual([
      'done',
      'not-started',
      'cannot-start',
      'not-started',
      'cannot-start',
    ]);
    const [records] = vault.artefacts.list(study.id, 'source-records');
    expect(records).toMatchObject({ name: SAMPLE_FILE, job });
    const organised = loadDraft(vault, { study: study.id, step: 'arrangement' });
    expect(JSON.parse(organised?.answers ?? '')).toEqual({
      ...{ label: '错过复诊', yes: '是', no: '否', people: 'once' },
    });
    const draft = loadDraft(vault, { study: study.id, step: 'train' });
    expect(JSON.parse(draft?.answers ?? '')).toMatchObject({
      facts: {
        年龄: { low: '18', high: '95' },
        门诊类型: { list: '日间门诊\n夜间门诊\n流动门诊' },
      },
    });
    const second = startSample({ vault, start }, { language: 'zh-CN' });
    expect(second.study.name).toBe(`${study.name} (2)`);
    await jobs.stop();
  });
});
