import { z } from 'zod';
import { call } from './call.ts';
import { jobState } from './job.ts';
import { modelText } from './model-text.ts';
import { splitStatement } from './split.ts';
import { privacyAmount } from './vault.ts';

/** What a person may write beside a model, in characters. */
export const NOTE_CHARACTERS = 2000;

/** A figure of the test part, with the interval that is known of it (level 95 %). */
const experimentFigure = z.strictObject({
  name: z.string(),
  value: z.number().nullable(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
});

/** Records on the way to a model: what they are, who made them and when. */
export const lineageStep = z.strictObject({
  artefact: z.string(),
  kind: z.string(),
  name: z.string(),
  created: z.string(),
  person: z.string(),
  /** How many repairs made them; null for records that no repair made. */
  repairs: z.int().nonnegative().nullable(),
  /** The privacy models that hold for protected records; empty for others. */
  models: z.array(z.string()),
});
export type LineageStep = z.output<typeof lineageStep>;

/** A training that made a model: what was asked, what came of it, and from what. */
export const experimentView = z.strictObject({
  artefact: z.string(),
  created: z.string(),
  /** Who trained it. */
  person: z.string(),
  /** The column it predicts, and the answer that counts as yes; null where the values say it. */
  label: z.string(),
  positive: z.string().nullable(),
  kind: z.string(),
  privacy: privacyAmount.nullable(),
  unit: z.enum(['row', 'person']),
  /** Records it was tested on. */
  tested: z.int().nonnegative(),
  figures: z.array(experimentFigure),
  /** Columns it was given beside free text; null for all that there are. */
  features: z.array(z.string()).nullable(),
  /** What it reads; null for models of columns alone. */
  text: modelText.nullable(),
  split: splitStatement.nullable(),
  /** Of a split that was drawn. */
  seed: z.int().nullable(),
  /** Settings that were given by hand, by the name of the plan. */
  settings: z.record(z.string(), z.union([z.string(), z.number()])),
  steps: z.number().nonnegative(),
  /** The newest records first. */
  lineage: z.array(lineageStep),
  note: z.strictObject({ text: z.string(), saved: z.string(), person: z.string() }).nullable(),
});
export type ExperimentView = z.output<typeof experimentView>;

/** A training that made no model; what it took from the ledger stays taken. */
export const unfinishedTraining = z.strictObject({
  job: z.string(),
  created: z.string(),
  person: z.string(),
  state: jobState,
  paid: privacyAmount.nullable(),
});
export type UnfinishedTraining = z.output<typeof unfinishedTraining>;

const study = z.string().max(64);

export const experimentCalls = {
  /** Every training of a study that has ended or rests, the newest first. */
  experiments: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'auditor'],
    input: z.strictObject({ study }),
    output: z.strictObject({
      trained: z.array(experimentView),
      unfinished: z.array(unfinishedTraining),
    }),
  }),
  /** Puts a note in the place of the last one; an empty one takes it away. */
  note: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer'],
    input: z.strictObject({ study, artefact: z.string().max(64), text: z.string().max(262_144) }),
    output: z.strictObject({}),
  }),
} as const;
