import { describe, expect, it } from 'vitest';
import type { PrivacyStatement } from '../../../../main/contract/train.ts';
import { trainPlan } from '../../../../main/contract/train.ts';
import { kindOf } from '../../../../main/learning/kinds.ts';
import { Pace } from '../../../../main/learning/pace.ts';
import { runWithPhrases } from '../../../../main/learning/sequence/phrases.ts';
import { FIRST_WORD } from '../../../../main/learning/text/vocabulary.ts';
import { systemRandom } from '../../../../main/privacy/random.ts';
import { hasTensorFlow } from '../sequence-models.ts';

const COUNT = 200;
const WORDS = 300;

/** @param noise null for plain training, else in units of what is promised */
async function wordsExposed(noise: number | null): Promise<number> {
  const plan = trainPlan.parse({
    ...{ label: 'ward', labels: ['no', 'yes'], text: 'note', epochs: 1, accountant: 'rdp' },
    model: { kind: 'bag', embedding: 16, pretrain: { on: 'records', epochs: 30, share: 0.8 } },
    privacy: noise === null ? null : { epsilon: 1, delta: 1e-5 },
  });
  const promise = plan.privacy && promiseOf(plan, plan.privacy, noise ?? 1);
  const { phrases, labels, words } = await runWithPhrases({
    ...{ plan, promise, words: FIRST_WORD + WORDS, random: systemRandom() },
    labels: { column: 'ward', values: ['no', 'yes'] },
    pace: new Pace(undefined, undefined),
  });
  expect(phrases).toBe(16);
  for (const { mean, largest, most } of [labels, words!]) {
    expect(mean).toBeLessThanOrEqual(largest);
    expect(largest).toBeLessThanOrEqual(most);
  }
  return words!.mean;
}

type Plan = ReturnType<typeof trainPlan.parse>;

function promiseOf(
  plan: Plan,
  target: NonNullable<Plan['privacy']>,
  noise: number,
): PrivacyStatement {
  const counts = { columns: 0, count: COUNT, publicCount: COUNT };
  const { statement } = kindOf(plan).guarantee(target, counts, []);
  const phases = statement.phases.map((phase) =>
    'noise_multiplier' in phase
      ? { ...phase, noise_multiplier: noise * phase.noise_multiplier }
      : phase,
  );
  return { ...statement, phases };
}

/*
 * Where nothing is learnt the mean of 16 exposures is 1.44 bits with a deviation of 1.44 / 4 at most
 * (the ranks of phrases that were not told apart are even), so that 4.5 is eight deviations away.
 */
describe.skipIf(!hasTensorFlow)('phrases that one record held', () => {
  it('are told apart from others after plain training', async () => {
    expect(await wordsExposed(null)).toBeGreaterThan(3);
  });

  it('are not after private training, and are where the noise is far too small', async () => {
    expect(await wordsExposed(1)).toBeLessThan(3);
    expect(await wordsExposed(0.01)).toBeGreaterThan(3);
  });
});
