import { z } from 'zod';
import { anonymiseOutcome, type AnonymisePlan } from '../contract/anonymise.ts';
import type { ArrangementChoice } from '../contract/arrangement.ts';
import type { ColumnRole } from '../contract/identify.ts';
import { fileProfile } from '../contract/import.ts';
import type { Repair } from '../contract/repair.ts';
import { reviewResult } from '../contract/review.ts';
import type { PublicText } from '../contract/step-calls.ts';
import { trainResult, type TrainPlan } from '../contract/train.ts';
import type { DraftPlan } from '../contract/train-calls.ts';
import { anonymiseWork, estimateProtection } from './anonymise.ts';
import { arrange, arrangementOf } from './arrangement.ts';
import { attend, tagText, textOfModel } from './attend.ts';
import { compareProtected } from './compare.ts';
import type { Context } from './context.ts';
import { groupColumns } from './group-columns.ts';
import { encoderAnswers } from './encoders.ts';
import { estimateTraining } from './estimate.ts';
import { experiments, saveNote } from './experiments.ts';
import { explainAnswers } from './explain-answers.ts';
import { hierarchyAnswers } from './hierarchy-answers.ts';
import { proposeRoles, saveRoles } from './identify.ts';
import { draftAnswers, homeAnswers } from './home.ts';
import { startImport } from './import.ts';
import { jsonBeside } from './json.ts';
import { labellingAnswers } from './labelling-answers.ts';
import { ledgerInThread } from './ledger.ts';
import { loadTable, recordsOf } from './load.ts';
import { leakFound, leakTestWork, type LeakRequest } from './leak-work.ts';
import { lookAnswers } from './looks.ts';
import { textLanguages } from './model-text.ts';
import { trainedModels } from './models.ts';
import { studyProgress } from './overview.ts';
import { peopleAnswers } from './people.ts';
import { populationOf } from './population.ts';
import { proposeRepairs } from './proposals.ts';
import { mitigationAnswers } from './mitigation-answers.ts';
import { proveWork } from './prove.ts';
import { exportToFile } from './release.ts';
import { cellsOf, repairWork, repairsOf, tryRepairs, undoWork } from './repair.ts';
import { reasonAnswers } from './reason-answers.ts';
import { reportAnswers } from './report-answers.ts';
import { reviewWork, type ReviewRequest } from './review.ts';
import { signOffAnswers } from './sign-off.ts';
import { privateChoices, releaseWork, type PrivateReviewRequest } from './review-release.ts';
import { textAnswers } from './text-answers.ts';
import type { RedactRequest } from './text-redaction.ts';
import { modelShapes } from './shapes.ts';
import { marksFound, trainColumns } from './train-columns.ts';
import { publicTextOf } from './public-text.ts';
import { trainWork } from './train.ts';
import { viewOfArtefact, viewOfStudy } from './views.ts';

interface Reference {
  readonly study: string;
  readonly artefact: string;
}

/** The steps' functions by the names of the contract; the engine checks that none is missing. */
export const studyAnswers = {
  study: {
    ...homeAnswers,
    list: (_: unknown, { vault }: Context) => ({
      studies: vault.studies.list().map((found) => ({
        ...viewOfStudy(found),
        progress: studyProgress(vault, found.id),
      })),
    }),
    create: ({ name }: { name: string }, { vault }: Context) =>
      viewOfStudy(vault.studies.create(name)),
    artefacts: ({ study }: { study: string }, { vault }: Context) => ({
      artefacts: vault.artefacts.list(vault.studies.get(study).id).map(viewOfArtefact),
    }),
    ledger: ({ study }: { study: string }, { vault }: Context) => ledgerInThread(vault, study),
  },
  people: peopleAnswers,
  draft: draftAnswers,
  import: {
    ...lookAnswers,
    start: (input: Parameters<typeof startImport>[1], context: Context) =>
      startImport(context, input),
    profile: (reference: Reference, { vault }: Context) =>
      jsonBeside(vault, reference, 'profile', fileProfile),
    proposals: (reference: Reference, { vault }: Context) => proposeRepairs(vault, reference),
    tryRepairs: (input: Reference & { repairs: Repair[] }, { vault }: Context) =>
      tryRepairs(vault, input),
    cells: (input: Reference & { column: string }, { vault }: Context) => cellsOf(vault, input),
    repair: (input: Reference & { repairs: Repair[] }, { vault, start }: Context) => ({
      job: start(repairWork(vault, input)),
    }),
    undoRepair: (reference: Reference, { vault, start }: Context) => ({
      job: start(undoWork(vault, reference)),
    }),
    arrangement: (reference: Reference, { vault }: Context) => ({
      ...arrangementOf(vault, reference),
      columns: trainColumns(vault, recordsOf(vault, reference)),
    }),
    arrange: (input: Reference & { choice: ArrangementChoice }, { vault }: Context) =>
      arrange(vault, input),
    repairs: (reference: Reference, { vault }: Context) => {
      const { repairs, effects } = repairsOf(vault, reference);
      return {
        repairs: repairs.flatMap((repair, place) => {
          const effect = effects[place];
          return effect === undefined ? [] : [{ repair, effect }];
        }),
      };
    },
  },
  label: labellingAnswers,
  identify: {
    propose: (reference: Reference, { vault }: Context) => proposeRoles(vault, reference),
    save: (
      input: Reference & { roles: { name: string; role: ColumnRole }[] },
      { vault }: Context,
    ) => saveRoles(vault, input),
    ...textAnswers,
  },
  anonymise: {
    start: (
      input: Reference & {
        plan: AnonymisePlan;
        hierarchies: Record<string, string>;
        remove: string[];
        redact?: RedactRequest | undefined;
      },
      { vault, start }: Context,
    ) => {
      const { plan, remove, redact } = input;
      const hierarchies = new Map(Object.entries(input.hierarchies));
      return { job: start(anonymiseWork(vault, input, { plan, hierarchies, remove, redact })) };
    },
    result: (reference: Reference, { vault }: Context) =>
      jsonBeside(vault, reference, 'protection-plan', z.object({ outcome: anonymiseOutcome }))
        .outcome,
    ...hierarchyAnswers,
    estimate: (
      input: Reference & { plan: AnonymisePlan; hierarchies: Record<string, string> },
      { vault }: Context,
    ) =>
      estimateProtection(
        loadTable(vault, recordsOf(vault, input)),
        input.plan,
        new Map(Object.entries(input.hierarchies)),
        populationOf(vault, input.study, input.plan),
      ),
    prove: (reference: Reference, { vault, start }: Context) => ({
      job: start(proveWork(vault, reference)),
    }),
    compare: (reference: Reference, { vault }: Context) => compareProtected(vault, reference),
    export: (input: Reference & { ticket: string }, context: Context) =>
      exportToFile(context, input),
    ...explainAnswers,
  },
  train: {
    start: (
      input: Reference & { plan: TrainPlan; publicText?: PublicText | undefined },
      { vault, start }: Context,
    ) => {
      // What cannot be is said before a job begins.
      publicTextOf(vault, input);
      return { job: start(trainWork(vault, input)) };
    },
    result: (reference: Reference, { vault }: Context) =>
      jsonBeside(vault, reference, 'training', z.object({ result: trainResult })).result,
    columns: (reference: Reference, { vault }: Context) => ({
      columns: trainColumns(vault, recordsOf(vault, reference)),
    }),
    models: ({ study }: { study: string }, { vault }: Context) => ({
      models: trainedModels(vault, study),
    }),
    experiments: ({ study }: { study: string }, { vault }: Context) => experiments(vault, study),
    note: (input: Reference & { text: string }, { vault }: Context) => saveNote(vault, input),
    languages: (reference: Reference, { vault }: Context) => ({
      texts: textLanguages(vault, recordsOf(vault, reference)),
    }),
    text: (reference: Reference, { vault }: Context) => textOfModel(vault, reference),
    attend: (input: Parameters<typeof attend>[1], { vault }: Context) => attend(vault, input),
    tag: (input: Parameters<typeof tagText>[1], { vault }: Context) => tagText(vault, input),
    shapes: (reference: Reference, { vault }: Context) => ({
      found: modelShapes(vault, reference),
    }),
    marks: (reference: Reference, { vault }: Context) => ({
      marks: marksFound(vault, recordsOf(vault, reference)),
    }),
    estimate: async (input: Reference & { plan: DraftPlan }, { vault }: Context) => ({
      privacy: await estimateTraining(vault, { ...input, artefact: recordsOf(vault, input) }),
    }),
  },
  review: {
    start: (input: ReviewRequest, { vault, start }: Context) => ({
      job: start(reviewWork(vault, input)),
    }),
    result: (reference: Reference, { vault }: Context) =>
      jsonBeside(vault, reference, 'review', reviewResult),
    columns: (reference: Reference, { vault }: Context) => groupColumns(vault, reference),
    leakTest: (input: LeakRequest, { vault, start }: Context) => ({
      job: start(leakTestWork(vault, input)),
    }),
    leakFound: (reference: Reference, { vault }: Context) => leakFound(vault, reference),
    privateChoices: (reference: Reference, { vault }: Context) => privateChoices(vault, reference),
    release: (input: PrivateReviewRequest, { vault, start }: Context) => ({
      job: start(releaseWork(vault, input)),
    }),
  },
  reasons: reasonAnswers,
  mitigation: mitigationAnswers,
  report: reportAnswers,
  signOff: signOffAnswers,
  encoders: encoderAnswers,
};
