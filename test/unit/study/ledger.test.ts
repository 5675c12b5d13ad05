import { beforeEach, describe, expect, it } from 'vitest';
import type { Phase } from '../../../main/contract/privacy.ts';
import { ledgerReport } from '../../../main/contract/vault.ts';
import { epsilonOf } from '../../../main/privacy/accountant.ts';
import { ledgerInThread, ledgerOf } from '../../../main/study/ledger.ts';
import type { Json, Vault } from '../../../main/vault/index.ts';
import { newVault, sourceOf } from '../vault/fixture.ts';

const SOURCE = sourceOf('d');
const STEPS: Phase = {
  mechanism: 'poisson_gaussian',
  noise_multiplier: 2,
  sample_rate: 0.02,
  steps: 300,
};

let vault: Vault;
let study: string;

beforeEach(async () => {
  vault = await newVault();
  study = vault.studies.create('History').id;
  vault.ledger.register(study, SOURCE, 48_842);
});

function ask(job: string, phases: readonly Phase[], epsilon: number, delta: number): void {
  const asked = { sourceHash: SOURCE, study, job, kind: 'train', steps: 1 };
  vault.ledger.reserve({ ...asked, epsilon, delta, phases: phases as unknown as Json[] });
}

describe('the history of a ledger', () => {
  it('costs, as one plan, what all its phases do at the delta of the budget', async () => {
    expect((await ledgerInThread(vault, study)).planned).toBeNull();
    const each = epsilonOf({ phases: [STEPS], delta: 1e-6 }).epsilon;
    ask('one', [STEPS], each, 1e-6);
    ask('two', [STEPS], each, 1e-6);
    const whole = epsilonOf({ phases: [STEPS, STEPS], delta: 2e-5 });
    const found = await ledgerInThread(vault, study);
    expect(ledgerReport.parse(found)).toEqual(found);
    expect(found.planned).toEqual({
      epsilon: whole.epsilon,
      delta: 2e-5,
      accountant: whole.accountant,
    });
    expect(ledgerOf(vault, study)).toEqual(found);
    expect(found.planned?.epsilon).toBeLessThan(found.plain.epsilon);
    expect(found.planned?.epsilon).toBeLessThan(found.filter?.epsilon ?? NaN);
    // Of a job nothing is known of, epsilon and delta are added.
    ask('three', [], 0.25, 1e-6);
    const more = await ledgerInThread(vault, study);
    const rest = epsilonOf({ phases: [STEPS, STEPS], delta: 2e-5 - 1e-6 });
    expect(more.planned?.epsilon).toBeCloseTo(0.25 + rest.epsilon, 12);
    expect(ledgerOf(vault, study)).toEqual(more);
  });

  it('has no figure where selections may fail too often', async () => {
    const failing: Phase = {
      mechanism: 'discrete_gaussian',
      noise_multiplier: 50,
      steps: 1,
      delta: 2e-5,
    };
    ask('one', [failing], 0.5, 1e-6);
    expect((await ledgerInThread(vault, study)).planned).toBeNull();
  });
});
