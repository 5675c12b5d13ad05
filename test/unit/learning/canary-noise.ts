import type { PrivacyStatement } from '../../../main/contract/train.ts';

/** A promise with its noise multiplied: what a training adds that does not keep the promise. */
export function withNoise(promise: PrivacyStatement, factor: number): PrivacyStatement {
  const phases = promise.phases.map((phase) =>
    'noise_multiplier' in phase
      ? { ...phase, noise_multiplier: factor * phase.noise_multiplier }
      : phase,
  );
  return { ...promise, phases };
}
