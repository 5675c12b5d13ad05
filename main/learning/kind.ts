import type {
  PrivacyStatement,
  TrainPlan,
  TrainResult,
  TrialSetting,
  WantedStatistic,
  BoughtStatistic,
} from '../contract/train.ts';
import type { RandomSource } from '../privacy/random.ts';
import type { Table } from '../records/table.ts';
import type { Checkpoint, Resumed } from './checkpoint.ts';
import type { TextVectors } from './encoder/text-vectors.ts';
import type { Prepared } from './material.ts';
import type {
  CountsModel,
  GlassBoxModel,
  HeadModel,
  LayersModel,
  SequenceModel,
  TagModel,
  TunedModel,
} from './model.ts';
import type { Pace } from './pace.ts';
import type { Split } from './split.ts';

/** What a run works on. */
export interface Task {
  readonly table: Table;
  readonly plan: TrainPlan;
  readonly split: Split;
  /** Of the plan's texts, where a frozen encoder reads them. */
  readonly vectors?: TextVectors | undefined;
  /** Texts that anyone may know, for pre-training. */
  readonly publicText?: readonly string[] | undefined;
}

/** How many take part, as far as a guarantee depends on it. */
export interface Counts {
  /** Feature columns of the plan. */
  readonly columns: number;
  /** Units in the training part; checked against delta, not published. */
  readonly count: number;
  /** The same as published: rounded down to two figures. */
  readonly publicCount: number;
}

export interface Guarantee {
  readonly statement: PrivacyStatement;
  /** Steps of the training itself, after what is bought. */
  readonly steps: number;
}

/** What a training is given beside its records. */
export interface Given {
  /** Null in plain training. */
  readonly privacy: PrivacyStatement | null;
  /** Feature columns of the plan; some may have turned out to hold nothing. */
  readonly columns: number;
  /** What was bought of the records before. */
  readonly bought?: readonly BoughtStatistic[] | undefined;
  readonly random: RandomSource;
  readonly seed: number;
  /** In the training's own steps, like `resumed`. */
  readonly charge?: ((from: number, to: number) => Promise<void>) | undefined;
  readonly checkpoint?: ((state: Checkpoint) => Promise<void>) | undefined;
  readonly resumed?: Resumed | undefined;
  readonly pace: Pace;
  /** Which rows of the units a model selects (1), in their order; those it abstains from are not. */
  readonly select?: ((fitted: Fitted) => Promise<Uint8Array>) | undefined;
  /** How good a model is on the validation part, larger being better; for a search. */
  readonly judge?: ((fitted: Fitted) => Promise<number>) | undefined;
}

/** What a training made: the part of the model that is its kind's own. */
export interface Fitted {
  readonly content:
    | Pick<LayersModel, 'kind' | 'architecture' | 'weights'>
    | Pick<HeadModel, 'kind' | 'architecture' | 'words' | 'weights'>
    | Pick<SequenceModel, 'kind' | 'architecture' | 'text' | 'weights'>
    | Pick<CountsModel, 'kind' | 'architecture' | 'reading' | 'weights'>
    | Pick<TunedModel, 'kind' | 'architecture' | 'reading' | 'weights'>
    | Pick<GlassBoxModel, 'kind' | 'intercept' | 'shapes' | 'pairs'>
    | Pick<TagModel, 'kind' | 'tagger' | 'weights'>;
  readonly backend: TrainResult['model']['backend'];
  readonly note: TrainResult['model']['backend_note'];
  readonly steps: number;
  /** Of the steps alone. */
  readonly seconds: number;
  readonly pretraining?: TrainResult['pretraining'];
  readonly mitigation?: TrainResult['mitigation'];
  /** After a search: what it chose, and the guarantee with that trial's figures. */
  readonly found?: { readonly chosen: TrialSetting; readonly statement: PrivacyStatement };
}

/** One way to train: what every kind of model has to be able to do. */
export interface Kind {
  /** What a private run will promise, from public figures and the plan alone. */
  guarantee(
    target: NonNullable<TrainPlan['privacy']>,
    counts: Counts,
    wanted: readonly WantedStatistic[],
  ): Guarantee;
  /** Throws what can be refused before anything is paid for. */
  check(counts: Counts, task: Task): void | Promise<void>;
  fit(task: Task, prepared: Prepared, given: Given): Promise<Fitted>;
}
