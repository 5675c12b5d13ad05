import { describe, expect, it } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import type { Phase } from '../../../main/contract/privacy.ts';
import { requireAgreement } from '../../../main/privacy/agreement.ts';
import { gaussianEpsilon } from '../../../main/privacy/gaussian.ts';

const SAMPLED: Phase = {
  mechanism: 'poisson_gaussian',
  noise_multiplier: 1,
  sample_rate: 0.01,
  steps: 100,
};
const gaussian = (noise_multiplier: number, steps: number): Phase => ({
  mechanism: 'gaussian',
  noise_multiplier,
  steps,
});

function incidentOf(act: () => void): string | null {
  try {
    act();
  } catch (error) {
    if (error instanceof ConcordError && error.code === 'INTERNAL') {
      return String(error.params['incident']);
    }
    throw error;
  }
  return null;
}

describe('agreement before a figure is shown', () => {
  const check = (epsilon: number, lower: number, renyi: number): string | null =>
    incidentOf(() => requireAgreement([SAMPLED], 1e-5, { epsilon, lower }, renyi));

  it('holds where the optimistic figure is below both bounds', () => {
    expect(check(1, 0.98, 1.1)).toBeNull();
    // A grid that is too wide: the Renyi figure is shown instead.
    expect(check(1.2, 0.9, 1.1)).toBeNull();
  });

  it('fails, by name, where it is above either', () => {
    expect(check(1, 1.000001, 1.1)).toBe('pld-sides');
    expect(check(1, 0.98, 0.97)).toBe('pld-above-rdp');
    expect(check(NaN, 0.98, 1)).toBe('pld-sides');
  });

  it('fails where a composition without sampling has another figure than the exact one', () => {
    for (const [sigma, steps] of [
      [0.3, 1],
      [2, 3],
      [40, 900],
      [30, 1],
    ] as const) {
      for (const delta of [1e-2, 1e-6, 1e-10]) {
        const exact = gaussianEpsilon(Math.sqrt(steps) / sigma, delta);
        const with_ = (epsilon: number): string | null =>
          incidentOf(() =>
            requireAgreement([gaussian(sigma, steps)], delta, { epsilon, lower: epsilon }, 1e9),
          );
        expect(with_(exact)).toBeNull();
        if (exact === 0) continue;
        expect(with_(exact * (1 - 3e-6) - 3e-9)).toBe('gaussian');
        expect(with_(exact * (1 + 3e-6) + 3e-9)).toBe('gaussian');
      }
    }
  });
});
