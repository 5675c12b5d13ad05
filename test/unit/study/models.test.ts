import { describe, expect, it } from 'vitest';
import { trainPlan, type TrainPlanInput } from '../../../main/contract/train.ts';
import { demoOf, demoRecords } from '../../../main/study/demo.ts';
import { saveRecords } from '../../../main/study/import.ts';
import { trainedModels } from '../../../main/study/models.ts';
import { trainWork, type TrainOutcome } from '../../../main/study/train.ts';
import type { Vault } from '../../../main/vault/index.ts';
import { codeOf, newVault } from '../vault/fixture.ts';

const { training } = demoOf('en');
const PLAN: TrainPlanInput = {
  ...training,
  model: { kind: 'logistic' },
  privacy: { epsilon: 0.01, delta: 1e-7 },
  backend: 'javascript',
  epochs: 1,
};

async function trained(
  vault: Vault,
  of: { readonly study: string; readonly artefact: string },
  plan: TrainPlanInput,
): Promise<{ model: string; outcome: TrainOutcome }> {
  const outcomes: TrainOutcome[] = [];
  const parsed = trainPlan.parse(plan);
  const work = trainWork(vault, { ...of, plan: parsed }, (done) => outcomes.push(done));
  const { id: job } = vault.jobs.create('train', of.study);
  vault.jobs.start(job);
  await work.run({ job, signal: new AbortController().signal, progress: () => {} });
  vault.jobs.end(job, 'done');
  const model = vault.artefacts.ofJob(job).find(({ kind }) => kind === 'model')?.id;
  const [outcome] = outcomes;
  if (model === undefined || outcome === undefined) throw new Error('no model');
  return { model, outcome };
}

describe('the models of a study', () => {
  it('are listed with kind and privacy, the newest first; none that cannot be read', async () => {
    const vault = await newVault();
    const study = vault.studies.create('S').id;
    const facts = { encoding: 'utf-8', delimiter: ',', problems: [] } as const;
    const records = { ...facts, problems: [] };
    const { id } = saveRecords(vault, { study, name: 's.csv' }, demoRecords(600), records);
    const of = { study, artefact: id };
    expect(trainedModels(vault, study)).toEqual([]);
    const first = await trained(vault, of, PLAN);
    const second = await trained(vault, of, { ...PLAN, privacy: null });
    // A model without its figures, as no run leaves it.
    const bytes = Buffer.from('{}');
    vault.artefacts.put({ study, kind: 'model', name: 's.csv', bytes, parents: [id] });
    const found = trainedModels(vault, study);
    expect(found.map(({ artefact }) => artefact)).toEqual([second.model, first.model]);
    const { epsilon, delta } = first.outcome.trained.result.privacy ?? {};
    expect(found[1]).toMatchObject({
      label: training.label,
      kind: 'logistic',
      privacy: { epsilon, delta },
    });
    expect(found[0]?.privacy).toBeNull();
    expect(await codeOf(() => trainedModels(vault, 'none'))).toBe('STUDY_UNKNOWN');
  });
});
