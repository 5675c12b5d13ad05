import { describe, expect, it } from 'vitest';
import type { Phase } from '../../../main/contract/privacy.ts';
import { epsilonOf } from '../../../main/privacy/accountant.ts';
import { calibrateNoise } from '../../../main/privacy/calibrate.ts';
import { epsilonOfSteps } from '../../../main/study/payment.ts';

const DELTA = 1e-5;
const STEPS = 640;
const sampleRate = 0.05;
const { noiseMultiplier, epsilon } = calibrateNoise({
  targetEpsilon: 1,
  delta: DELTA,
  sampleRate,
  steps: STEPS,
});
const phase = (steps: number): Phase => ({
  mechanism: 'poisson_gaussian',
  noise_multiplier: noiseMultiplier,
  sample_rate: sampleRate,
  steps,
});
const price = (phases: Phase[], steps: number): Promise<number> =>
  epsilonOfSteps({ phases, delta: DELTA, accountant: 'pld' }, steps);

describe('the price of the first steps of a training', () => {
  it('grows to the price of the whole and never above it', async () => {
    let last = 0;
    for (let steps = 32; steps <= STEPS; steps += 32) {
      const now = await price([phase(STEPS)], steps);
      expect(now).toBeGreaterThan(last);
      expect(now).toBeLessThanOrEqual(epsilon);
      last = now;
    }
    expect(last).toBe(epsilon);
    expect(await price([phase(STEPS)], 0)).toBe(0);
  });

  it('takes several phases in their order', async () => {
    const phases = [phase(100), { ...phase(50), noise_multiplier: 3 * noiseMultiplier }];
    const expected = epsilonOf({
      phases: [phase(100), { ...phase(20), noise_multiplier: 3 * noiseMultiplier }],
      delta: DELTA,
    });
    expect(await price(phases, 120)).toBe(expected.epsilon);
    expect(await price(phases, 60)).toBe(epsilonOf({ phases: [phase(60)], delta: DELTA }).epsilon);
  });
});
