import { ConcordError } from '../../contract/errors.ts';
import type { TrainPlan } from '../../contract/train.ts';
import type { Fineness } from './bins.ts';

/** What is fixed about a run before a record is looked at; docs/boosting.md says where it is from. */
export interface BoostingSettings {
  readonly fineness: Fineness;
  readonly cycles: number;
  /** Each cycle gets this many times the budget of the one before it. */
  readonly growth: number;
  /** Share of the budget for the counts of the bins. */
  readonly countShare: number;
  /** By how much the releases before count less with every cycle. */
  readonly memory: number;
  /** Whether a gradient is divided by the largest it could be for its score. */
  readonly balanced: boolean;
  /** Curvature of the loss in a record against that of a record of the usual score. */
  readonly curvature: number;
  /** When shapes are smoothed: what part of the noise's variance, and of that of few records, counts. */
  readonly noisePart: number;
  readonly samplePart: number;
  readonly pairs: PairSettings;
}

/** How pairs of columns are learned, where there are any. */
export interface PairSettings {
  /** How many where the plan says nothing. */
  readonly usual: number;
  /** Bins in each direction. */
  readonly bins: number;
  readonly cycles: number;
  /** Share of the whole budget for all of it. */
  readonly share: number;
  /** Shares of that for the choice, where the plan does not state them, and for their counts. */
  readonly choiceShare: number;
  readonly countShare: number;
}

/** Chosen by cross-validation on training rows of Adult (`concord bench boosting`). */
const USUAL: BoostingSettings = {
  fineness: { steps: 32, ratio: 1.15 },
  cycles: 12,
  growth: 1.4,
  countShare: 0.08,
  memory: 0.8,
  balanced: true,
  curvature: 1,
  noisePart: 0.6,
  samplePart: 1,
  pairs: { usual: 0, bins: 8, cycles: 4, share: 0.15, choiceShare: 0.15, countShare: 0.15 },
};

/** Settings by how strong the noise is: those of the first level that is not below the strain. */
export const LEVELS: readonly { readonly upTo: number; readonly settings: BoostingSettings }[] = [
  { upTo: 3e-4, settings: { ...USUAL, fineness: { steps: 32, ratio: 1.08 } } },
  { upTo: 1.2e-3, settings: USUAL },
  {
    upTo: Infinity,
    settings: {
      ...{ ...USUAL, fineness: { steps: 10, ratio: 2 }, cycles: 8 },
      ...{ curvature: 0.8, noisePart: 1 },
    },
  },
];

/** Without privacy; chosen by cross-validation as well (`concord bench boosting-plain`). */
export const PLAIN_SETTINGS: BoostingSettings = {
  fineness: { steps: 256, ratio: 1.03 },
  cycles: 10,
  growth: 1,
  countShare: 0,
  memory: 0,
  balanced: false,
  curvature: 0.75,
  noisePart: 1,
  samplePart: 0.7,
  pairs: { usual: 10, bins: 8, cycles: 6, share: 0, choiceShare: 0, countShare: 0 },
};

/** With fewer units plain training has bins as coarse as those of the middle level. */
const FEW = 5000;

/** @param units that plain training has */
export function plainSettings(units: number): BoostingSettings {
  return units < FEW ? { ...PLAIN_SETTINGS, fineness: USUAL.fineness } : PLAIN_SETTINGS;
}

/**
 * The settings of a private run. The strain is the deviation of a bin's noise, were the whole budget
 * spent at once, against the number of records; all of it is public.
 *
 * @param noiseMultiplier of the one Gaussian release that the run equals
 */
export function privateSettings(
  noiseMultiplier: number,
  { columns, publicCount }: { readonly columns: number; readonly publicCount: number },
): BoostingSettings {
  const strain = (noiseMultiplier * Math.sqrt(columns)) / publicCount;
  return LEVELS.find(({ upTo }) => strain <= upTo)!.settings;
}

const KNOBS = [
  ...(['epochs', 'batch', 'clip', 'clipping', 'learningRate', 'optimiser'] as const),
  ...(['schedule', 'averaging'] as const),
];

/** Throws PLAN_INVALID {path} for settings that boosting does not have. */
export function requireBoostable(plan: TrainPlan): void {
  const knob = KNOBS.find((name) => plan[name] !== undefined);
  if (knob !== undefined) {
    throw new ConcordError('PLAN_INVALID', {
      path: knob,
      expected: 'boosting has no such setting; leave this entry out',
    });
  }
  if (plan.backend === 'auto' || plan.backend === 'javascript') return;
  throw new ConcordError('PLAN_INVALID', {
    path: 'backend',
    expected: 'boosting is computed in JavaScript: auto or javascript',
  });
}

/** The share of the gradients' budget that each cycle gets; they add up to 1. */
export function cycleShares({ cycles, growth }: BoostingSettings): readonly number[] {
  return growing(cycles, growth);
}

/** The same for the cycles of pairs. */
export function pairCycleShares({ pairs, growth }: BoostingSettings): readonly number[] {
  return growing(pairs.cycles, growth);
}

function growing(cycles: number, growth: number): readonly number[] {
  const weights = Array.from({ length: cycles }, (_, cycle) => growth ** cycle);
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}
