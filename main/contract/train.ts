import { z } from 'zod';
import { ACCOUNTANTS, anyPhase, NEIGHBOURS, TRIAL_DISTRIBUTIONS } from './privacy.ts';
import { mitigationFit, mitigationPlan } from './mitigation.ts';
import { LEARNED_FILLS } from './repair.ts';
import { splitPlan, splitStatement } from './split.ts';
import { AVERAGINGS, CALIBRATIONS, CLIPPINGS, OPTIMISERS, SCHEDULES } from './step-ways.ts';
import { MOST_TEXTS, spanMetrics, TEXT_KINDS, textModelPlans } from './text-models.ts';

/** Every kind a plan may name; which of them can be trained here is said at run time. */
export const MODEL_KINDS = ['boosting', 'logistic', 'linear', 'network', ...TEXT_KINDS] as const;
export type ModelKind = (typeof MODEL_KINDS)[number];

/**
 * What is predicted: one of two values, one of several, one of several in order, a number, or one of
 * several for each token of a text. Which kinds can predict what is said at run time.
 */
export const TARGETS = ['binary', 'classes', 'ordered', 'number', 'tags'] as const;
export type Target = (typeof TARGETS)[number];

export const BACKENDS = ['auto', 'tensorflow', 'wasm', 'javascript'] as const;
export type BackendChoice = (typeof BACKENDS)[number];

/** Why a back-end is not used; their words stand in words/. */
export const BACKEND_REASONS = [
  'no-vectors',
  'no-avx',
  'not-installed',
  'not-loading',
  'several-rows',
  'text',
] as const;
export type BackendReason = (typeof BACKEND_REASONS)[number];

const columnName = z.string().min(1).max(4096);
const value = z.string().max(4096);
const range = z
  .tuple([z.number(), z.number()])
  .refine(([lower, upper]) => lower < upper, 'the lower bound must be below the upper bound');

const hiddenLayers = z.array(z.int().min(1).max(1024)).min(1).max(4);

const modelPlan = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('logistic') }),
  z.strictObject({
    kind: z.literal('network'),
    hidden: hiddenLayers.optional(),
  }),
  z.strictObject({
    kind: z.literal('boosting'),
    /** Pairs of columns that act together: which, or how many are to be chosen. */
    pairs: z
      .union([
        z.int().min(0).max(30),
        z
          .array(z.tuple([columnName, columnName]))
          .min(1)
          .max(30),
      ])
      .optional(),
  }),
  z.strictObject({ kind: z.literal('linear') }),
  ...textModelPlans,
]);

/** Share of epsilon that private statistics may cost where the plan says nothing. */
export const STATISTICS_SHARE = 0.3;

/**
 * What can be bought: the values of the label, a column's bounds or list of values, whichever of the
 * two it has ('either'), what fills its missing cells, the words of texts, the mean of their vectors, and how many units of each
 * group have each value of the label.
 */
export const STATISTIC_KINDS = [
  'labels',
  'bounds',
  'categories',
  'either',
  'median',
  'mode',
  'vocabulary',
  'centre',
  'groups',
] as const;
export const wantedStatistic = z.strictObject({
  column: z.string(),
  kind: z.enum(STATISTIC_KINDS),
});
export type WantedStatistic = z.output<typeof wantedStatistic>;

/** What was bought and what it said; 'nothing' where nothing stood out from the noise. */
export const boughtStatistic = wantedStatistic.extend({
  found: z.discriminatedUnion('is', [
    z.strictObject({ is: z.literal('bounds'), lower: z.number(), upper: z.number() }),
    z.strictObject({ is: z.literal('values'), values: z.array(z.string()) }),
    z.strictObject({ is: z.literal('fill'), value: z.union([z.number(), z.string()]) }),
    /** The mean vector of texts, base64 of little-endian float32. */
    z.strictObject({ is: z.literal('centre'), vector: z.base64() }),
    /** Of each group the units with each value of the label, in their order; none of cells too small. */
    z.strictObject({
      is: z.literal('cells'),
      cells: z.array(z.strictObject({ group: z.string(), label: z.string(), count: z.number() })),
    }),
    z.strictObject({ is: z.literal('nothing') }),
  ]),
});
export type BoughtStatistic = z.output<typeof boughtStatistic>;

/** Who counts as one, and how many records of one take part at most. */
export const personUnit = z.strictObject({
  column: columnName,
  maxRows: z.int().min(1).max(10_000).default(1),
});

/** Settings of one trial of a search; what is left out is as usual. The last two are of boosting. */
export const trialSetting = z.strictObject({
  learningRate: z.number().positive().optional(),
  clip: z.number().positive().optional(),
  batch: z.int().min(1).optional(),
  epochs: z.number().positive().max(100_000).optional(),
  hidden: hiddenLayers.optional(),
  cycles: z.int().min(1).max(200).optional(),
  growth: z.number().min(0.5).max(4).optional(),
});
export type TrialSetting = z.output<typeof trialSetting>;

const MOST_CHOICES = 16;
const several = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(MOST_CHOICES);

/** What a search chooses from, each of one with each of the others; a default for the kind where absent. */
export const searchChoices = z.strictObject({
  learningRate: several(z.number().positive()).optional(),
  clip: several(z.number().positive()).optional(),
  batch: several(z.int().min(1)).optional(),
  epochs: several(z.number().positive().max(100_000)).optional(),
  hidden: several(hiddenLayers).optional(),
  cycles: several(z.int().min(1).max(200)).optional(),
  growth: several(z.number().min(0.5).max(4)).optional(),
});
export type SearchChoices = z.output<typeof searchChoices>;

/** A search for settings that is paid for: `trials` trainings on average, the best by validation kept. */
const searchPlan = z.strictObject({
  trials: z.number().min(1.5).max(64),
  distribution: z.enum(TRIAL_DISTRIBUTIONS).default('geometric'),
  choices: searchChoices.optional(),
});

/**
 * The plan of `train`. `privacy` must be given, `null` for plain training: nobody trains without
 * privacy by forgetting a line. Every other knob has a default that needs no tuning.
 */
export const trainPlan = z.strictObject({
  label: columnName,
  /**
   * Left out: number for the kind `linear`, classes where `labels` has three values or more, else
   * binary; without privacy and `labels` it is what the training rows hold. For `tags` a cell of the
   * label holds a tag for each token of the text, and both are parted by spaces.
   */
  target: z.enum(TARGETS).optional(),
  /** Of two values the one asked about; of several the one that is harmful to miss. */
  positive: value.optional(),
  /** The values of the label; for `ordered` in their order, the lowest first. */
  labels: z.array(value).min(1).optional(),
  /** Left out: all columns of the table, or none beside `text`. */
  features: z.union([z.literal('all'), z.array(columnName).min(1)]).optional(),
  /** Columns of free text, read one after the other. */
  text: z.union([columnName, z.array(columnName).min(1).max(MOST_TEXTS)]).optional(),
  exclude: z.array(columnName).default([]),
  missing: z.array(value).default([]),
  /** Missing cells take the median or most frequent value of the training part. */
  fill: z.record(columnName, z.enum(LEARNED_FILLS)).optional(),
  /** Of number columns; for the target `number` those of the label, to which it is clamped. */
  bounds: z.record(columnName, range).default({}),
  categories: z.record(columnName, z.array(value).min(1)).default({}),
  unit: personUnit.optional(),
  split: splitPlan.default({ test: 0.2, seed: 1 }),
  model: modelPlan,
  privacy: z.strictObject({ epsilon: z.number(), delta: z.number() }).nullable(),
  /**
   * What is bought of the training records by private statistics where the plan states no fact:
   * `share` of epsilon at most, 0 for nothing; which of the columns hold numbers (`bounds`) or kinds
   * (`categories`) is bought as well unless it is said here.
   */
  statistics: z
    .strictObject({
      share: z.number().min(0).max(0.9).default(STATISTICS_SHARE),
      bounds: z.array(columnName).default([]),
      categories: z.array(columnName).default([]),
    })
    .optional(),
  accountant: z.enum(ACCOUNTANTS).optional(),
  clip: z.number().positive().optional(),
  epochs: z.number().positive().max(100_000).optional(),
  batch: z.int().min(1).optional(),
  learningRate: z.number().positive().optional(),
  clipping: z.enum(CLIPPINGS).optional(),
  optimiser: z.enum(OPTIMISERS).optional(),
  schedule: z.enum(SCHEDULES).optional(),
  averaging: z.enum(AVERAGINGS).optional(),
  /** Of the probability of one of two values, after the training. */
  calibration: z.enum(CALIBRATIONS).optional(),
  search: searchPlan.optional(),
  /** Against gaps between groups of people. */
  mitigation: mitigationPlan.optional(),
  backend: z.enum(BACKENDS).default('auto'),
});
export type TrainPlan = z.output<typeof trainPlan>;
export type TrainPlanInput = z.input<typeof trainPlan>;
export type ModelPlan = TrainPlan['model'];

/**
 * What the guarantee of a trained model says. `unit`: whose addition or removal it covers.
 * `public_count`: the number of units as published (rounded down to two figures) from which the
 * sampling rate and the divisor were set.
 */
export const privacyStatement = z.strictObject({
  epsilon: z.number(),
  delta: z.number(),
  accountant: z.enum(ACCOUNTANTS),
  unit: z.enum(['row', 'person']),
  unit_column: z.string().nullable(),
  max_rows: z.number().nullable(),
  neighbours: z.enum(NEIGHBOURS),
  /** As the plan of `epsilon` takes them. */
  phases: z.array(anyPhase),
  public_count: z.number(),
  clip: z.number(),
  expected_batch: z.number(),
  /** What was bought, and what all of it would cost by itself; the phases hold it already. */
  statistics: z
    .strictObject({ share: z.number(), epsilon: z.number(), wanted: z.array(wantedStatistic) })
    .optional(),
  /**
   * The model was pre-trained on the records: for which share of epsilon, and what that and the training
   * after it would each cost by itself. Its phase is the one before the last.
   */
  pretraining: z
    .strictObject({
      share: z.number(),
      epsilon: z.number(),
      /** Left out by versions that did not say it. */
      training_epsilon: z.number().optional(),
    })
    .optional(),
  /**
   * The settings were searched for: among how many, in how many trials on average, and what one
   * trial (with what was bought) would cost by itself. How many there were is not said.
   */
  search: z
    .strictObject({
      distribution: z.enum(TRIAL_DISTRIBUTIONS),
      expected_trials: z.number(),
      settings: z.number(),
      trial_epsilon: z.number(),
    })
    .optional(),
});
export type PrivacyStatement = z.output<typeof privacyStatement>;

const figure = z.number().nullable();
/**
 * Figures of a part; null where one is undefined, left out where the target has none such: `binary`
 * from accuracy to base_rate, `classes` accuracy, loss, brier, macro_f1, by_value and, of `positive`
 * against the rest, auc; `ordered` the same and rank_error; `number` mae, rmse and r2.
 */
export const testMetrics = z.strictObject({
  accuracy: figure.optional(),
  auc: figure.optional(),
  loss: figure.optional(),
  /** Of several values: the squared distance to all of their probabilities, 0 to 2. */
  brier: figure.optional(),
  precision: figure.optional(),
  recall: figure.optional(),
  /** Share of the positive value; always giving the more common answer is right in it or the rest. */
  base_rate: figure.optional(),
  /** The mean over all values of the F1 of each. */
  macro_f1: figure.optional(),
  /** In the order of the model's values; base_rate is the share of the value. */
  by_value: z
    .array(
      z.strictObject({ value: z.string(), recall: figure, precision: figure, base_rate: figure }),
    )
    .optional(),
  /** The mean distance of the predicted value from the true one, in places of their order. */
  rank_error: figure.optional(),
  /** Of `tags`: accuracy is that of tokens, and `base_rate` the share of tokens outside every entity. */
  spans: spanMetrics
    .extend({ by_kind: z.array(spanMetrics.extend({ kind: z.string(), count: z.number() })) })
    .optional(),
  /** In the unit of the label: mean absolute error, root of the mean squared error. */
  mae: figure.optional(),
  rmse: figure.optional(),
  /** 1 - squared error / that of the mean of these very rows. */
  r2: figure.optional(),
});
export type TestMetrics = z.output<typeof testMetrics>;

/** What log-odds are multiplied with, and what is added to them. */
export const calibration = z.strictObject({ slope: z.number().positive(), shift: z.number() });
export type Calibration = z.output<typeof calibration>;

/**
 * The result of `train`. The test part takes no part in training; its figures are exact, so the
 * records in it are outside the guarantee (`tested_on`). Figures on training records are never
 * given.
 */
export const trainResult = z.strictObject({
  model: z.strictObject({
    kind: z.string(),
    /** Left out by versions that could predict two values only. */
    target: z.enum(TARGETS).optional(),
    parameters: z.number(),
    backend: z.enum(['tensorflow', 'wasm', 'javascript']),
    /** Why it is not TensorFlow where that would be usual; null where it is as it should be. */
    backend_note: z.enum(BACKEND_REASONS).nullable(),
  }),
  privacy: privacyStatement.nullable(),
  metrics: z.strictObject({
    test: testMetrics,
    /** Of the validation part, where there is one: outside training and guarantee as well. */
    validation: testMetrics.optional(),
  }),
  /** How the model was fitted to the validation part; null where that would not have done it good. */
  calibration: calibration.nullable().optional(),
  mitigation: mitigationFit.optional(),
  split: splitStatement.optional(),
  tested_on: z.literal('held-out-of-training-and-guarantee'),
  reasons: z.record(z.string(), z.enum(['undefined', 'withheld'])),
  rows: z.strictObject({ train: figure, test: z.number() }),
  abstained: z.number(),
  /** Steps of training; what was bought before them is not among them. */
  steps: z.number(),
  /** Steps that ran: fewer than `steps` after a crash, which paid for all of them. */
  steps_run: z.number().optional(),
  /** On what the model was pre-trained; steps on records are among those of training. */
  pretraining: z.strictObject({ on: z.enum(['public', 'records']), steps: z.number() }).optional(),
  /** The settings a search chose; they are public, as the model is. */
  chosen: trialSetting.optional(),
  /** What private statistics said of the training records; left out where nothing was bought. */
  bought: z.array(boughtStatistic).optional(),
  /** After a search, of the trial that was kept alone: the whole would tell how many there were. */
  seconds: z.number(),
  steps_per_second: z.number(),
});
export type TrainResult = z.output<typeof trainResult>;
