import type { MissingMark } from './missing-marks.ts';
import type { Tune } from './text-kinds.ts';
import type { ModelKind } from './train.ts';

/** The answers to the questions before a training, as they were typed; kept as the step's draft. */
export type TrainPage =
  | 'records'
  | 'arranged'
  | 'columns'
  | 'privacy'
  | 'plain'
  | 'missing'
  | 'facts'
  | 'kind'
  | 'words'
  | 'slider'
  | 'check';

/** What is publicly known of one column. */
export interface TrainFact {
  form: 'number' | 'list';
  low: string;
  high: string;
  /** One value on each line. */
  list: string;
  /** Nobody knows it: it is found with noise, for a part of the budget. */
  buy?: boolean;
}

export const TRAIN_KNOBS = ['epochs', 'batch', 'clip', 'rate', 'delta'] as const;
export type TrainKnob = (typeof TRAIN_KNOBS)[number];

/** How the steps of models of layers are made, and whether probabilities are fitted: words of the plan. */
export const TRAIN_WAYS = [
  ...(['clipping', 'optimiser', 'schedule', 'averaging'] as const),
  'calibration',
] as const;
export type TrainWay = (typeof TRAIN_WAYS)[number];

export interface TrainAnswers {
  /** Where the person was; null before the first page. */
  page: TrainPage | null;
  artefact: string | null;
  /** Columns of free text that the model reads; none for a model of the other columns alone. */
  texts: string[];
  /** Null until the page was seen: then all that are not sensitive. */
  features: string[] | null;
  privacy: 'private' | 'plain';
  /** The warning about training without privacy was read. */
  plainSure: boolean;
  /** Well-known marks of missing values that were ticked, and others, one on each line. */
  marks: MissingMark[];
  otherMarks: string;
  facts: Record<string, TrainFact>;
  kind: ModelKind;
  /** Of a kind with a ready-made reader: which one, and what of it is trained with the end. */
  encoder: string;
  tune: Tune;
  /** How a model that is trained here cuts texts: as their language proposes. */
  tokens: 'words' | 'characters' | 'mixed';
  /** From where a private model that is trained here knows its words. */
  vocabulary: 'public' | 'bought';
  /** Whether it first learns to guess words: of other records that are public, or of these. */
  pretrain: 'none' | 'public' | 'records';
  /** Those other records of the study, their column of text, and that anyone may read it. */
  publicRecords: string;
  publicColumn: string;
  publicSure: boolean;
  epsilon: number;
  /** Whether the settings stay as they are, or several are tried within the limit. */
  tuning: 'as-is' | 'search';
  advanced: Record<TrainKnob, string>;
  /** Words of the plan; empty for what is usual. */
  ways: Record<TrainWay, string>;
}
