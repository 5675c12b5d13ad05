import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import type { Vault } from '../../../main/vault/index.ts';
import { newVault, reopen, sourceOf } from './fixture.ts';

const SOURCE = sourceOf('c');
const RUNS = process.env['CONCORD_TEST_LONG'] === '1' ? 200 : 12;

const job = fc.integer({ min: 0, max: 9 }).map((n) => `job ${n}`);
const command = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('reserve' as const),
      job,
      epsilon: fc.oneof(
        fc.integer({ min: 1, max: 15 }).map((n) => n / 10),
        fc.double({ min: 1e-6, max: 3, noNaN: true }),
      ),
      delta: fc.constantFrom(0, 1e-6, 3e-6, 1e-5),
      roll: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('charge' as const),
      job,
      to: fc.integer({ min: 0, max: 60 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('finish' as const),
      job,
      state: fc.constantFrom('done' as const, 'failed' as const, 'cancelled' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resume' as const), job }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const) }) },
);
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

/** What anybody could count on paper, in whole thousandths of thousandths: never shrinks. */
interface Paper {
  readonly accepted: Map<string, { epsilon: number; delta: number; steps: number }>;
}

class RolledBack extends Error {}

async function perform(vault: Vault, study: string, paper: Paper, step: Command): Promise<Vault> {
  if (step.do === 'crash') {
    const { file } = vault;
    vault.close();
    return await reopen(file);
  }
  try {
    carryOut(vault, study, paper, step);
  } catch (error) {
    if (error instanceof ConcordError) expect(error.kind).not.toBe('fault');
    else if (!(error instanceof RolledBack)) throw error;
  }
  return vault;
}

function carryOut(
  vault: Vault,
  study: string,
  paper: Paper,
  step: Exclude<Command, { do: 'crash' }>,
): void {
  if (step.do === 'charge') {
    const { stepsCharged } = vault.ledger.chargeBlock(step.job, step.to);
    const known = paper.accepted.get(step.job);
    expect(stepsCharged).toBe(step.to);
    if (known !== undefined) known.steps = step.to;
    return;
  }
  if (step.do === 'finish') return void vault.ledger.finish(step.job, step.state);
  if (step.do === 'resume') return void vault.ledger.resume(step.job);
  const { epsilon, delta } = step;
  vault.transaction(() => {
    const asked = { sourceHash: SOURCE, study, job: step.job, kind: 'train', phases: [] };
    vault.ledger.reserve({ ...asked, epsilon, delta, steps: 50 });
    if (step.roll) throw new RolledBack();
  });
  paper.accepted.set(step.job, { epsilon, delta, steps: 0 });
}

function check(vault: Vault, paper: Paper): void {
  const view = vault.ledger.ofSource(SOURCE);
  const sum = (amounts: number[]): number => amounts.reduce((total, each) => total + each, 0);
  const accepted = [...paper.accepted.values()];
  const taken = view.reserved.epsilon + view.spent.epsilon;
  expect(taken).toBeCloseTo(sum(accepted.map(({ epsilon }) => epsilon)), 9);
  expect(view.reserved.delta + view.spent.delta).toBeCloseTo(
    sum(accepted.map(({ delta }) => delta)),
    15,
  );
  expect(taken).toBeLessThanOrEqual(view.budget.epsilon * (1 + 1e-15));
  expect(view.entries).toHaveLength(accepted.length);
  for (const entry of view.entries) {
    expect(entry.steps_charged).toBe(paper.accepted.get(entry.job)?.steps);
  }
}

describe('the privacy ledger under any order of events', () => {
  it('never goes over budget, never returns any, and forgets no charged step', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 60 }), async (steps) => {
        let vault = await newVault();
        const study = vault.studies.create('Property').id;
        vault.ledger.register(study, SOURCE, 40_000);
        const paper: Paper = { accepted: new Map() };
        for (const step of steps) {
          vault = await perform(vault, study, paper, step);
          check(vault, paper);
        }
        expect(vault.verify()).toMatchObject({ ok: true });
        vault.close();
      }),
      { numRuns: RUNS },
    );
  }, 600_000);
});
