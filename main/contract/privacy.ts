import { z } from 'zod';

export const ACCOUNTANTS = ['pld', 'rdp'] as const;
export type Accountant = (typeof ACCOUNTANTS)[number];

/** Which change of the records a figure protects against. */
export const NEIGHBOURS = ['add-remove', 'replace-one'] as const;
export type Neighbours = (typeof NEIGHBOURS)[number];

const accountant = z.enum(ACCOUNTANTS).optional();
const orders = z.array(z.number().gt(1).max(10_000)).min(1).max(1000).optional();

/** Probability with which each release may fail; 0 where it is left out. */
const failure = z.number().optional();

/**
 * One mechanism, released `steps` times. `noise_multiplier`: deviation (laplace: scale) of the
 * noise per unit of sensitivity; of `fixed_size_gaussian` that is the sensitivity to a replaced
 * record; of `exponential` 1 / epsilon. `contributions`: counts that one unit is in, by 1 each, the
 * noise of each of them being sqrt(contributions) x noise_multiplier; left out, the release is
 * accounted by Renyi divergences alone. `delta`: for selection above a threshold, the probability
 * that a release shows what one unit alone has. Which values make sense is checked where they are
 * accounted.
 */
export const phase = z.discriminatedUnion('mechanism', [
  z.strictObject({
    mechanism: z.literal('poisson_gaussian'),
    noise_multiplier: z.number(),
    sample_rate: z.number(),
    steps: z.number(),
  }),
  z.strictObject({
    mechanism: z.literal('gaussian'),
    noise_multiplier: z.number(),
    steps: z.number(),
    delta: failure,
  }),
  z.strictObject({
    mechanism: z.literal('laplace'),
    noise_multiplier: z.number(),
    steps: z.number(),
  }),
  z.strictObject({
    mechanism: z.literal('discrete_gaussian'),
    noise_multiplier: z.number(),
    steps: z.number(),
    contributions: z.number().optional(),
    delta: failure,
  }),
  z.strictObject({
    mechanism: z.literal('discrete_laplace'),
    noise_multiplier: z.number(),
    steps: z.number(),
  }),
  z.strictObject({
    mechanism: z.literal('exponential'),
    noise_multiplier: z.number(),
    steps: z.number(),
  }),
  z.strictObject({
    mechanism: z.literal('fixed_size_gaussian'),
    noise_multiplier: z.number(),
    batch_size: z.number(),
    dataset_size: z.number(),
    steps: z.number(),
  }),
]);
export type Phase = z.infer<typeof phase>;

/** How the number of trials of a search is drawn; one at least. */
export const TRIAL_DISTRIBUTIONS = ['geometric', 'logarithmic', 'poisson'] as const;
export type TrialDistribution = (typeof TRIAL_DISTRIBUTIONS)[number];

/**
 * The best of a random number of trials, which stays hidden like all but the best: `expected_trials`
 * on average, each one of the compositions in `of`, drawn without a look at the records.
 */
const selectionPhase = z.strictObject({
  mechanism: z.literal('selection'),
  distribution: z.enum(TRIAL_DISTRIBUTIONS),
  expected_trials: z.number(),
  of: z.array(z.array(phase).min(1).max(1000)).min(1).max(64),
  steps: z.literal(1),
});
export type SelectionPhase = z.infer<typeof selectionPhase>;

/** A phase of a plan: one mechanism, or a search among trials of several. */
export const anyPhase = z.discriminatedUnion('mechanism', [...phase.options, selectionPhase]);
export type AnyPhase = z.infer<typeof anyPhase>;

/** The plan of `epsilon`: what these phases, one after another, cost at this delta. */
export const epsilonPlan = z.strictObject({
  phases: z.array(anyPhase).min(1).max(10_000),
  delta: z.number(),
  accountant,
  orders,
});
export type EpsilonPlan = z.infer<typeof epsilonPlan>;

/** The plan of `calibrate`: the noise that keeps Poisson-sampled steps within a target. */
export const calibratePlan = z.strictObject({
  target_epsilon: z.number(),
  delta: z.number(),
  sample_rate: z.number(),
  steps: z.number(),
  accountant,
});
export type CalibratePlan = z.infer<typeof calibratePlan>;
