import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Phase } from '../../main/contract/privacy.ts';
import { phase as phaseSchema } from '../../main/contract/privacy.ts';
import { epsilonOf } from '../../main/privacy/accountant.ts';
import { calibrateNoise } from '../../main/privacy/calibrate.ts';
import { gaussianEpsilon } from '../../main/privacy/gaussian.ts';
import { composedRdp } from '../../main/privacy/rdp.ts';
import { describeWithShared, sharedPath } from '../shared.ts';

const FILE = 'accounting/vectors.json';
const TOLERANCE = 1e-6;
const OPACUS_ORDERS = [
  ...Array.from({ length: 99 }, (_, i) => (11 + i) / 10),
  ...Array.from({ length: 52 }, (_, i) => 12 + i),
];

interface Composition {
  readonly id: string;
  readonly kind: 'homogeneous' | 'heterogeneous';
  readonly phases: readonly unknown[];
  readonly delta: number;
  readonly rdp_default: { readonly epsilon: number; readonly order: number };
  readonly rdp_opacus: { readonly epsilon: number };
  readonly rdp_curve: Readonly<Record<string, number | null>>;
  readonly gaussian_exact: number | null;
  readonly true_epsilon_lower: number;
  readonly pld_upper: number;
}
interface Calibration {
  readonly id: string;
  readonly kind: 'calibration';
  readonly target_epsilon: number;
  readonly delta: number;
  readonly sample_rate: number;
  readonly steps: number;
  readonly sigma_rdp_default: number;
  readonly sigma_pld: number;
}
interface FixedSize {
  readonly id: string;
  readonly kind: 'fixed_size_without_replacement';
  readonly noise_multiplier: number;
  readonly batch_size: number;
  readonly dataset_size: number;
  readonly steps: number;
  readonly delta: number;
  readonly rdp_default: { readonly epsilon: number; readonly order: number };
}
type Vector = Composition | Calibration | FixedSize;

function vectors<K extends Vector['kind']>(...kinds: K[]): Extract<Vector, { kind: K }>[] {
  const file = JSON.parse(readFileSync(sharedPath(FILE), 'utf8')) as { vectors: Vector[] };
  return file.vectors.filter((v): v is Extract<Vector, { kind: K }> =>
    (kinds as string[]).includes(v.kind),
  );
}

function relative(found: number, expected: number): number {
  return Math.abs(found - expected) / Math.abs(expected);
}

/** sqrt of the sum of steps / sigma^2 if all phases are plain Gaussians. */
function gaussianMu(phases: readonly Phase[]): number {
  return Math.sqrt(phases.reduce((sum, p) => sum + p.steps / p.noise_multiplier ** 2, 0));
}

describeWithShared('reference vectors of other accountants', [FILE], () => {
  it('gives their RDP epsilon and order, and never less than the true one', () => {
    const all = vectors('homogeneous', 'heterogeneous');
    expect(all.length).toBeGreaterThan(30);
    for (const vector of all) {
      const phases = vector.phases.map((phase) => phaseSchema.parse(phase));
      const given = { phases, delta: vector.delta, accountant: 'rdp' } as const;
      const { epsilon, order } = epsilonOf(given);
      expect(relative(epsilon, vector.rdp_default.epsilon), vector.id).toBeLessThan(TOLERANCE);
      expect(order, vector.id).toBe(vector.rdp_default.order);
      expect(epsilon).toBeGreaterThanOrEqual(vector.true_epsilon_lower);
      const fewer = epsilonOf({ phases, delta: vector.delta, orders: OPACUS_ORDERS }).epsilon;
      expect(relative(fewer, vector.rdp_opacus.epsilon), vector.id).toBeLessThan(TOLERANCE);
    }
  });

  it('gives their tight epsilon, never less than the true one', () => {
    for (const { id, phases: given, delta, ...expected } of vectors(
      'homogeneous',
      'heterogeneous',
    )) {
      const phases = given.map((phase) => phaseSchema.parse(phase));
      const { epsilon } = epsilonOf({ phases, delta });
      expect(epsilon, id).toBeGreaterThanOrEqual(expected.true_epsilon_lower * (1 - 1e-9));
      expect(epsilon, id).toBeLessThanOrEqual(expected.pld_upper * 1.001 + 1e-3);
    }
  });

  it('calibrates to their tight noise', () => {
    for (const vector of vectors('calibration')) {
      const { delta, sample_rate, steps, target_epsilon, sigma_pld } = vector;
      const target = { targetEpsilon: target_epsilon, delta, sampleRate: sample_rate, steps };
      const { noiseMultiplier, epsilon } = calibrateNoise(target);
      expect(epsilon).toBeLessThanOrEqual(target_epsilon);
      // Theirs was found on a wider grid: ours may be the smaller, by what that adds.
      expect(noiseMultiplier, vector.id).toBeGreaterThan(sigma_pld * (1 - 1e-3));
      expect(noiseMultiplier, vector.id).toBeLessThan(sigma_pld * (1 + 1e-4));
    }
  });

  it('gives their divergence at every order they give one for', () => {
    for (const vector of vectors('homogeneous', 'heterogeneous')) {
      const phases = vector.phases.map((phase) => phaseSchema.parse(phase));
      for (const [order, expected] of Object.entries(vector.rdp_curve)) {
        const found = composedRdp(phases, Number(order));
        if (expected === null) expect(found, `${vector.id} at ${order}`).toBe(Infinity);
        else expect(relative(found, expected), `${vector.id} at ${order}`).toBeLessThan(TOLERANCE);
      }
    }
  });

  it('gives the exact Gaussian where nothing is sampled', () => {
    const exact = vectors('homogeneous', 'heterogeneous').filter((v) => v.gaussian_exact !== null);
    expect(exact.length).toBeGreaterThan(5);
    for (const vector of exact) {
      const phases = vector.phases.map((phase) => phaseSchema.parse(phase));
      const found = gaussianEpsilon(gaussianMu(phases), vector.delta);
      expect(relative(found, vector.gaussian_exact ?? NaN), vector.id).toBeLessThan(1e-9);
    }
  });

  it('calibrates to their noise, never below what the target needs', () => {
    for (const vector of vectors('calibration')) {
      const { delta, sample_rate, steps, target_epsilon, sigma_rdp_default } = vector;
      const target = { targetEpsilon: target_epsilon, delta, sampleRate: sample_rate, steps };
      const { noiseMultiplier, epsilon } = calibrateNoise({ ...target, accountant: 'rdp' });
      expect(epsilon).toBeLessThanOrEqual(target_epsilon);
      // Their search stopped within 1e-6 of the root.
      expect(Math.abs(noiseMultiplier - sigma_rdp_default), vector.id).toBeLessThan(1e-6);
    }
  });

  it('gives the figures of fixed-size batches, labelled as replace-one', () => {
    const all = vectors('fixed_size_without_replacement');
    expect(all.length).toBeGreaterThan(1);
    for (const vector of all) {
      const { noise_multiplier, batch_size, dataset_size, steps, delta } = vector;
      const phase = { mechanism: 'fixed_size_gaussian' as const, noise_multiplier, steps };
      const cost = epsilonOf({ phases: [{ ...phase, batch_size, dataset_size }], delta });
      expect(relative(cost.epsilon, vector.rdp_default.epsilon), vector.id).toBeLessThan(TOLERANCE);
      expect(cost.order).toBe(vector.rdp_default.order);
      expect(cost.neighbours).toBe('replace-one');
    }
  });
});
