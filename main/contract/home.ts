import { z } from 'zod';
import { call } from './call.ts';
import { jobKind, jobStarted } from './job.ts';
import { LANGUAGES } from './language.ts';
import { STEPS } from './steps.ts';
import { studyView } from './study.ts';
import { templateName } from './template.ts';

/** The states a step of a study can be in, as the task list shows them. */
export const STEP_STATES = [
  'not-started',
  'in-progress',
  'done',
  'attention',
  'cannot-start',
] as const;
export type StepState = (typeof STEP_STATES)[number];

/** The steps that a study's page lists, in their order. */
export const HOME_STEPS = ['import', 'identify', 'anonymise', 'train', 'review'] as const;
export type HomeStep = (typeof HOME_STEPS)[number];

/** Why a step cannot start yet, or what in it needs attention. */
export const STEP_REASONS = [
  'needs-records',
  'needs-roles',
  'needs-model',
  'job-paused',
  'job-failed',
  'job-interrupted',
  'newer-records',
  'newer-model',
] as const;
export type StepReason = (typeof STEP_REASONS)[number];

export const stepView = z.strictObject({
  step: z.enum(HOME_STEPS),
  state: z.enum(STEP_STATES),
  reason: z.enum(STEP_REASONS).nullable(),
  /** The newest thing that the step has made. */
  artefact: z.string().nullable(),
  /** Work of the step that has not ended well: it waits, runs, rests, or has failed. */
  job: z.string().nullable(),
  /** What kind of work that is. */
  work: jobKind.nullable(),
});
export type StepView = z.infer<typeof stepView>;

/** A study in the bin, and what would be lost with it. */
const removedStudy = studyView.extend({
  removed: z.string(),
  holds: z.strictObject({
    /** Tables of records: as they were added, repaired, labelled, protected. */
    records: z.int().nonnegative(),
    models: z.int().nonnegative(),
    reviews: z.int().nonnegative(),
    /** Of everything in it, as it was before sealing. */
    bytes: z.int().nonnegative(),
  }),
});

export const studyOverview = z.strictObject({
  study: studyView,
  /** The invented records of the demo: nobody in them exists. */
  sample: z.boolean(),
  /** The field it is of; null where none was chosen. */
  template: templateName.nullable(),
  steps: z.array(stepView),
});
export type StudyOverview = z.infer<typeof studyOverview>;

/**
 * What a draft is of: a step, the tour of the sample study, how free text is read, ticked repairs, a
 * repair set up by the person, rules for labels, how records are organised, what the report says
 * of purpose and limits, or what is tried against gaps.
 */
export const DRAFT_STEPS = [
  ...STEPS,
  'tour',
  'reading',
  'repairs',
  'own-repair',
  'labels',
  'arrangement',
  'purpose',
  'mitigation',
] as const;
export type DraftStep = (typeof DRAFT_STEPS)[number];

/** Answers not yet acted on, as JSON text of an object. */
export const DRAFT_CHARACTERS = 262_144;

const everybody = ['steward', 'analyst', 'reviewer', 'operator', 'auditor'] as const;
const study = z.string().max(64);
const ofStep = { study, step: z.enum(DRAFT_STEPS) };

export const draft = {
  /** Puts the answers in the place of the last ones. */
  save: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer'],
    input: z.strictObject({ ...ofStep, answers: z.string().max(DRAFT_CHARACTERS) }),
    output: z.strictObject({ saved: z.string() }),
  }),
  /** What was saved last; null before the first time. */
  load: call({
    at: 'engine',
    who: everybody,
    input: z.strictObject(ofStep),
    output: z.strictObject({ answers: z.string(), saved: z.string() }).nullable(),
  }),
} as const;

/** What belongs to a study as a whole. */
export const studyHome = {
  overview: call({
    at: 'engine',
    who: everybody,
    input: z.strictObject({ study }),
    output: studyOverview,
  }),
  /** Into the bin: out of the list, nothing of it destroyed. */
  remove: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({ study }),
    output: z.strictObject({}),
  }),
  restore: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({ study }),
    output: studyView,
  }),
  /** What lies in the bin, the last removed first. */
  removed: call({
    at: 'engine',
    who: everybody,
    input: z.strictObject({}),
    output: z.strictObject({ studies: z.array(removedStudy) }),
  }),
  /** Out of the bin for good: those named, all or none. */
  erase: call({
    at: 'engine',
    who: ['steward'],
    input: z.strictObject({ studies: z.array(study).min(1).max(1000) }),
    output: z.strictObject({}),
  }),
  /** A study of invented records; making and importing them is the job. */
  sample: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({ language: z.enum(LANGUAGES) }),
    output: z.strictObject({ study: studyView, ...jobStarted.shape }),
  }),
} as const;
