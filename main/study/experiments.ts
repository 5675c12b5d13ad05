import { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import {
  NOTE_CHARACTERS,
  type ExperimentView,
  type LineageStep,
  type UnfinishedTraining,
} from '../contract/experiment-calls.ts';
import { reviewResult } from '../contract/review.ts';
import { trainPlan, trainResult, type TrainResult } from '../contract/train.ts';
import type { ArtefactInfo, Vault } from '../vault/index.ts';
import { jsonBeside } from './json.ts';
import { textOfPlan } from './model-text.ts';
import { protectionOf } from './protection.ts';
import { repairsOf } from './repair.ts';
import { accuracyInterval, LEVEL } from './tested.ts';

const { label, target, positive, features, exclude, unit, split, model, text, privacy } =
  trainPlan.shape;
const { epochs, batch, clip, learningRate, clipping, optimiser, schedule, averaging } =
  trainPlan.shape;
const asked = { label, target, positive, features, exclude, unit, split, model, text, privacy };
const knobs = { epochs, batch, clip, learningRate, clipping, optimiser, schedule, averaging };
const training = z.object({ plan: z.object({ ...asked, ...knobs }), result: trainResult });
type Training = z.output<typeof training>;

/** Rates of a review by the name they have in the figures of a training. */
const REVIEWED = {
  accuracy: 'accuracy',
  auc: 'auc',
  brier: 'brier',
  precision: 'ppv',
  recall: 'tpr',
} as const;
const SETTINGS = Object.keys(knobs) as (keyof typeof knobs)[];

/**
 * Every training of a study, the newest first: those that made a model, with settings, figures of
 * the test part, lineage and note, and those that made none. All of it is released already.
 * A model whose figures cannot be read is left out. @throws STUDY_UNKNOWN, VAULT_DAMAGED
 */
export function experiments(
  vault: Vault,
  study: string,
): { trained: ExperimentView[]; unfinished: UnfinishedTraining[] } {
  const names = vault.people.names();
  const notes = vault.notes.ofStudy(vault.studies.get(study).id);
  const nameOf = (person: string): string => names.get(person) ?? person;
  const trained = vault.artefacts.list(study, 'model').flatMap((model): ExperimentView[] => {
    const kept = ifReadable(() =>
      jsonBeside(vault, { study, artefact: model.id }, 'training', training),
    );
    if (kept === null) return [];
    const note = notes.get(model.id);
    return [
      {
        ...viewOf(vault, model, kept),
        person: nameOf(model.madeBy),
        lineage: lineageOf(vault, model, nameOf),
        note: note === undefined ? null : { ...note, person: nameOf(note.person) },
      },
    ];
  });
  return { trained: trained.reverse(), unfinished: unfinishedOf(vault, study, nameOf) };
}

/**
 * Keeps what a person writes beside a model.
 * @throws ARTEFACT_UNKNOWN for anything but a model of the study; NOTE_TOO_LONG {characters, most}
 */
export function saveNote(
  vault: Vault,
  {
    study,
    artefact,
    text,
  }: { readonly study: string; readonly artefact: string; readonly text: string },
): Record<string, never> {
  const info = vault.artefacts.info(artefact);
  if (info.study !== study || info.kind !== 'model') throw new ConcordError('ARTEFACT_UNKNOWN');
  const tidy = text.trim();
  const characters = [...tidy].length;
  if (characters > NOTE_CHARACTERS) {
    throw new ConcordError('NOTE_TOO_LONG', { characters, most: NOTE_CHARACTERS });
  }
  vault.notes.save(study, artefact, tidy);
  return {};
}

function viewOf(
  vault: Vault,
  { id, study, created }: ArtefactInfo,
  { plan, result }: Training,
): Omit<ExperimentView, 'person' | 'lineage' | 'note'> {
  const { privacy, rows, steps, model } = result;
  return {
    artefact: id,
    created,
    label: plan.label,
    positive: plan.positive ?? null,
    kind: model.kind,
    privacy: privacy === null ? null : { epsilon: privacy.epsilon, delta: privacy.delta },
    unit: plan.unit === undefined ? 'row' : 'person',
    tested: rows.test,
    figures: figuresOf(vault, { study, artefact: id }, result),
    features: Array.isArray(plan.features)
      ? without(plan.features, plan.exclude)
      : plan.text === undefined
        ? null
        : [],
    text: textOfPlan(vault, plan),
    split: result.split ?? null,
    seed: 'seed' in plan.split ? (plan.split.seed ?? null) : null,
    settings: Object.fromEntries(
      SETTINGS.flatMap((name) => (plan[name] === undefined ? [] : [[name, plan[name]]])),
    ),
    steps,
  };
}

function without(features: readonly string[], excluded: readonly string[]): string[] {
  return features.filter((name) => !excluded.includes(name));
}

/** With the intervals of the model's review where there is one; else what the test part allows. */
function figuresOf(
  vault: Vault,
  reference: { readonly study: string; readonly artefact: string },
  { metrics, rows, abstained }: TrainResult,
): ExperimentView['figures'] {
  const review = ifReadable(() => jsonBeside(vault, reference, 'review', reviewResult));
  const known = review?.intervals?.level === LEVEL ? review.intervals.overall : undefined;
  const counted = accuracyInterval({ metrics, rows, abstained });
  return Object.entries(metrics.test).flatMap(([name, value]) => {
    // Figures of each value stand on the page of the training.
    if (name === 'base_rate' || value === undefined) return [];
    if (value !== null && typeof value !== 'number') return [];
    const rate = REVIEWED[name as keyof typeof REVIEWED];
    const reviewed = rate === undefined ? undefined : known?.[rate];
    const interval = reviewed ?? (name === 'accuracy' ? counted : null);
    return [{ name, value, interval: value === null || interval === null ? null : [...interval] }];
  });
}

const RECORDS: ReadonlySet<string> = new Set([
  'source-records',
  'repaired-records',
  'labelled-records',
  'protected-records',
]);

function lineageOf(
  vault: Vault,
  { id, study }: ArtefactInfo,
  nameOf: (person: string) => string,
): LineageStep[] {
  const { ancestors } = vault.artefacts.lineage(id);
  return ancestors
    .filter(({ kind }) => RECORDS.has(kind))
    .map((records) => {
      const { id: artefact, kind, name, created, madeBy } = records;
      const reference = { study, artefact };
      const isRepaired = kind === 'repaired-records';
      const protection =
        kind === 'protected-records' ? ifReadable(() => protectionOf(vault, reference)) : null;
      return {
        ...{ artefact, kind, name, created, person: nameOf(madeBy) },
        repairs: isRepaired
          ? (ifReadable(() => repairsOf(vault, reference).repairs.length) ?? null)
          : null,
        models: protection?.kept.plan.models.map(({ type }) => type) ?? [],
      };
    })
    .reverse();
}

function unfinishedOf(
  vault: Vault,
  study: string,
  nameOf: (person: string) => string,
): UnfinishedTraining[] {
  return vault.jobs
    .ofStudy(study)
    .filter(({ id, kind, state }) => {
      const isOpen = state === 'queued' || state === 'running' || state === 'done';
      return kind === 'train' && !isOpen && vault.artefacts.ofJob(id).length === 0;
    })
    .map(({ id, created, person, state }) => {
      const paid = vault.ledger.find(id);
      return {
        ...{ job: id, created, person: nameOf(person), state },
        paid: paid === null ? null : { epsilon: paid.epsilon, delta: paid.delta },
      };
    });
}

/** Null where it is not there, or damaged: opening what shows it says why. */
function ifReadable<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConcordError && UNREADABLE.has(error.code)) return null;
    throw error;
  }
}

const UNREADABLE: ReadonlySet<string> = new Set(['ARTEFACT_UNKNOWN', 'ARTEFACT_DAMAGED']);
