import { describe, expect, it } from 'vitest';
import { trainEstimate, type DraftPlan } from '../../../main/contract/train-calls.ts';
import { trainPlan, type TrainPlanInput } from '../../../main/contract/train.ts';
import { trainModel } from '../../../main/learning/train.ts';
import { systemRandom } from '../../../main/privacy/random.ts';
import { demoOf, demoRecords } from '../../../main/study/demo.ts';
import { estimateTraining, proposedDelta } from '../../../main/study/estimate.ts';
import { saveRecords } from '../../../main/study/import.ts';
import { tableHash } from '../../../main/records/table-hash.ts';
import { trainColumns } from '../../../main/study/train-columns.ts';
import type { Vault } from '../../../main/vault/index.ts';
import { codeOf, newVault } from '../vault/fixture.ts';

const table = demoRecords(900);
const FACTS = { encoding: 'utf-8', delimiter: ',', problems: [] } as const;

async function studied(): Promise<{ vault: Vault; artefact: string; study: string }> {
  const vault = await newVault();
  const study = vault.studies.create('Follow-up').id;
  const { id } = saveRecords(vault, { study, name: 'r.csv' }, table, {
    ...FACTS,
    problems: [],
  });
  return { vault, study, artefact: id };
}

function planWith(change: Partial<TrainPlanInput>): DraftPlan & ReturnType<typeof trainPlan.parse> {
  return trainPlan.parse({ ...demoOf('en').training, ...change });
}

function spend({ vault, study }: { vault: Vault; study: string }, epsilon: number, delta: number) {
  const sourceHash = tableHash(table);
  const job = `job ${epsilon}`;
  const entry = { sourceHash, study, job, kind: 'train', epsilon, delta, phases: [], steps: 1 };
  vault.ledger.reserve(entry);
  vault.ledger.finish(job);
}

describe('the cost of a training, before it', () => {
  it.each([
    { privacy: { epsilon: 0.5, delta: 1e-5 } },
    { privacy: { epsilon: 2, delta: 1e-6 }, epochs: 3, batch: 100, model: { kind: 'network' } },
    { privacy: { epsilon: 1, delta: 1e-5 }, unit: { column: 'postcode', maxRows: 2 }, epochs: 2 },
  ] as Partial<TrainPlanInput>[])('is that of the run itself: %j', async (change) => {
    const { vault, artefact } = await studied();
    const features = ['age', 'clinic', 'wait_days'];
    const plan = planWith({ ...change, features });
    const found = await estimateTraining(vault, { artefact, plan });
    const { result } = await trainModel(table, plan, { random: systemRandom() });
    expect(found).toMatchObject({
      epsilon: result.privacy?.epsilon,
      delta: result.privacy?.delta,
      steps: result.steps,
      public_count: result.privacy?.public_count,
    });
    expect(result.privacy?.phases[0]).toMatchObject({ noise_multiplier: found?.noise_multiplier });
    expect(found).toMatchObject({ bought: [], statistics_epsilon: 0 });
    expect(trainEstimate.parse(found)).toEqual(found);
  });

  it('tells what is bought and what that would cost by itself, within the share', async () => {
    const { vault, artefact } = await studied();
    const plan = planWith({
      features: ['age', 'clinic'],
      bounds: {},
      fill: { age: 'median' },
      statistics: { share: 0.2 },
      privacy: { epsilon: 4, delta: 1e-5 },
    });
    const found = await estimateTraining(vault, { artefact, plan });
    expect(found?.bought).toEqual([
      { column: 'age', kind: 'bounds' },
      { column: 'age', kind: 'median' },
    ]);
    expect(found?.statistics_epsilon).toBeGreaterThan(0.19 * 4);
    expect(found?.statistics_epsilon).toBeLessThanOrEqual(0.2 * 4);
    expect(trainEstimate.parse(found)).toEqual(found);
  });

  it('says what would fit, which does, and no more does', async () => {
    const it = await studied();
    spend(it, 3.3, 1e-6);
    const at = (epsilon: number) =>
      estimateTraining(it.vault, {
        artefact: it.artefact,
        plan: planWith({ privacy: { epsilon, delta: 1e-6 } }),
      });
    const refused = await at(1);
    expect(refused).toMatchObject({ fits: false, ledger: { available: { epsilon: 0.7 } } });
    const most = refused?.largest_that_fits ?? NaN;
    const fitting = await at(most);
    expect(fitting?.fits).toBe(true);
    expect((await at(most * 1.0001))?.fits).toBe(false);
    spend(it, fitting?.epsilon ?? NaN, 1e-6);
    expect((await at(0.1))?.fits).toBe(false);
  });

  it('is worked out in a thread: the engine answers others meanwhile', async () => {
    const { vault, artefact } = await studied();
    let turns = 0;
    const turn = setInterval(() => turns++, 0);
    const plan = planWith({ privacy: { epsilon: 0.77, delta: 1e-5 } });
    const found = await estimateTraining(vault, { artefact, plan });
    clearInterval(turn);
    expect(found?.epsilon).toBeLessThanOrEqual(0.77);
    expect(turns).toBeGreaterThan(0);
  });

  it('counts anew what is asked anew, in whatever order', async () => {
    const changes: Partial<TrainPlanInput>[] = [
      {},
      { split: { test: 0.5, seed: 1 } },
      { split: { test: 0.9, seed: 1 }, unit: { column: 'postcode', maxRows: 2 } },
    ];
    const countsOf = async ({ vault, artefact }: Awaited<ReturnType<typeof studied>>) => {
      const all: (number | undefined)[] = [];
      for (const change of changes) {
        const plan = planWith({ features: ['age'], epochs: 1, ...change });
        const count = async () => (await estimateTraining(vault, { artefact, plan }))?.public_count;
        const counted = await count();
        expect(await count()).toEqual(counted);
        all.push(counted);
      }
      return all;
    };
    const onward = await countsOf(await studied());
    changes.reverse();
    expect((await countsOf(await studied())).reverse()).toEqual(onward);
    expect(new Set(onward).size).toBe(3);
  });

  it('fits nothing where delta is spent, and says so without failing', async () => {
    const it = await studied();
    spend(it, 3.5, it.vault.ledger.ofStudy(it.study).available.delta);
    const plan: DraftPlan = { ...planWith({}), privacy: { epsilon: 1 } };
    const found = await estimateTraining(it.vault, { artefact: it.artefact, plan });
    expect(found).toMatchObject({ fits: false, largest_that_fits: null });
  });

  it('is nothing without privacy, and what training refuses is refused', async () => {
    const { vault, artefact } = await studied();
    expect(
      await estimateTraining(vault, { artefact, plan: planWith({ privacy: null }) }),
    ).toBeNull();
    const lacking = { ...planWith({ bounds: {}, statistics: { share: 0 } }), artefact };
    expect(await codeOf(() => estimateTraining(vault, { artefact, plan: lacking }))).toBe(
      'PUBLIC_FACTS_MISSING',
    );
  });
});

describe('a delta nobody chose', () => {
  const ledger = (left: number) => ({
    budget: { epsilon: 4, delta: 1e-4 },
    available: { epsilon: 4, delta: left },
  });

  it('is the share that epsilon is of the budget, in one figure', () => {
    expect(proposedDelta(ledger(1e-4), 4)).toBe(1e-4);
    expect(proposedDelta(ledger(1e-4), 8)).toBe(1e-4);
    expect(proposedDelta(ledger(1e-4), 2)).toBe(5e-5);
    expect(proposedDelta(ledger(1e-4), 1)).toBe(2e-5);
    expect(proposedDelta(ledger(1e-4), 0.1)).toBe(2e-6);
  });

  it('is never more than what is left', () => {
    expect(proposedDelta(ledger(3.4e-6), 2)).toBe(3e-6);
    expect(proposedDelta(ledger(0), 2)).toBe(5e-5);
  });
});

describe('columns to choose from', () => {
  it('say kind, role and a class of how many values, and no value', async () => {
    const { vault, artefact } = await studied();
    const columns = trainColumns(vault, artefact);
    expect(columns.find(({ name }) => name === 'missed_follow_up')).toMatchObject({
      distinct: '2',
      // Named like an outcome, of two values: proposed as what is to be predicted.
      role: 'label',
    });
    expect(columns.find(({ name }) => name === 'diagnosis')?.role).toBe('sensitive');
    expect(columns.find(({ name }) => name === 'age')?.distinct).toBe('more');
    expect(JSON.stringify(columns)).not.toMatch(/diabetes|Outer/);
  });
});
