import { expect, it } from 'vitest';
import { epsilonOf } from '../../../main/privacy/accountant.ts';

const MEAN = 4;
/** Sensitivity over deviation: losses so large that what the choice adds to them is little. */
const MU = 10;
const DELTA = 0.05;
const PER_UNIT = 200;

/** The law of the largest of a geometric number of Gaussians around a centre, by its density. */
function best(centre: number): number[] {
  let below = 0;
  return Array.from({ length: 26 * PER_UNIT }, (_, i) => {
    const at = -8 + (i + 0.5) / PER_UNIT - centre;
    const mass = Math.exp(-(at ** 2) / 2) / Math.sqrt(2 * Math.PI) / PER_UNIT;
    below = Math.min(1, below + mass);
    // The generating function s / (mean - (mean - 1) s) has this slope.
    return (mass * MEAN) / (MEAN - (MEAN - 1) * below) ** 2;
  });
}

it('a search leaves room in delta for the failure of any of its trials', () => {
  const { epsilon, accountant } = epsilonOf({
    phases: [
      {
        ...{ mechanism: 'selection', distribution: 'geometric', expected_trials: MEAN, steps: 1 },
        of: [[{ mechanism: 'gaussian', noise_multiplier: 1 / MU, steps: 1 }]],
      },
    ],
    delta: DELTA,
  });
  expect(accountant).toBe('pld');
  const [p, q] = [best(MU), best(0)];
  const beyond = (bound: number): number =>
    p.reduce((sum, mass, i) => sum + Math.max(0, mass - Math.exp(bound) * q[i]!), 0);
  expect(beyond(epsilon)).toBeLessThanOrEqual(DELTA);
  expect(beyond(epsilon - 8)).toBeGreaterThan(DELTA);
});
