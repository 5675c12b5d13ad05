import { z } from 'zod';
import type { Language } from '../contract/language.ts';
import type { ReportInputRaw } from '../contract/report.ts';
import { mitigationResult } from '../contract/mitigation.ts';
import type { ModelText } from '../contract/model-text.ts';
import type { ReasonsFound } from '../contract/reasons.ts';
import type { ReportFigures } from '../contract/review-calls.ts';
import { reviewResult, type ReviewResult } from '../contract/review.ts';
import type { LeakTestResult } from '../contract/leak-test.ts';
import type { DecisionView } from '../contract/sign-off.ts';
import { splitStatement } from '../contract/split.ts';
import { trainPlan } from '../contract/train.ts';
import { SOFTWARE } from '../contract/version.ts';
import { weightsOf, loadModel, type TrainedModel } from '../learning/model.ts';
import { buildReport, type BuiltReport } from '../report/build.ts';
import type { Vault } from '../vault/index.ts';
import { toldOf } from './certificate.ts';
import { jsonBeside } from './json.ts';
import { countsOf } from './label.ts';
import { labelsBehind } from './labels-made.ts';
import { leakFound, leakOfMadeUp } from './leak-work.ts';
import { ledgerOf } from './ledger.ts';
import { sourceHash, sourcesOf } from './load.ts';
import { textOfPlan } from './model-text.ts';
import { protectionOf } from './protection.ts';
import { purposeOf } from './purpose.ts';
import { keptReasons } from './reasons.ts';
import { PRIVATE_REVIEW } from './review-release.ts';
import { fieldOf } from './templates.ts';

interface ReportMaterial {
  readonly review: ReviewResult;
  readonly model: TrainedModel;
  readonly language: Language;
  readonly journalHead: string | null;
  readonly study?: ReportInputRaw['study'];
  readonly data?: ReportInputRaw['data'];
  readonly label?: ReportInputRaw['label'];
  readonly anonymisation?: ReportInputRaw['anonymisation'];
  readonly ledger?: ReportInputRaw['ledger'];
  readonly text?: ModelText;
  readonly reasons?: ReasonsFound | undefined;
  readonly mitigation?: ReportInputRaw['mitigation'];
  readonly leak?: LeakTestResult | null;
  readonly approval?: DecisionView | undefined;
}

/** Report and model card of a reviewed model; what is not given is named as not stated. */
export function writeReport(material: ReportMaterial): BuiltReport {
  const { review, model, language, journalHead, anonymisation } = material;
  return buildReport({
    language,
    date: new Date().toISOString().slice(0, 10),
    software: SOFTWARE,
    journalHead,
    study: material.study ?? {},
    data: material.data ?? { testedOn: 'unknown' },
    ...(material.label === undefined ? {} : { label: material.label }),
    model: {
      kind: model.kind,
      ...(model.labels.target === 'classes' || model.labels.target === 'ordered'
        ? { values: [...model.labels.values] }
        : {}),
      parameters: weightsOf(model).length,
      backend: model.backend,
      features: model.encoder.features.map(({ column }) => column),
      hash: model.sha256,
      calibrated: model.calibration !== undefined,
      ...(model.by_group === undefined ? {} : { byGroup: model.by_group.column }),
      ...(material.text === undefined ? {} : { text: material.text }),
    },
    review,
    ...(material.reasons === undefined ? {} : { reasons: material.reasons }),
    privacy: model.privacy,
    ...(material.mitigation === undefined ? {} : { mitigation: material.mitigation }),
    ...(material.leak ? { leak: material.leak } : {}),
    ...(anonymisation === undefined ? {} : { anonymisation }),
    ...(material.ledger === undefined ? {} : { ledger: material.ledger }),
    ...(material.approval === undefined ? {} : { approval: material.approval }),
  });
}

export interface ReportRequest {
  readonly study: string;
  readonly model: string;
  readonly language: Language;
  readonly about?: ReportInputRaw['study'];
  /** The decision that the documents are made for. */
  readonly approval?: DecisionView;
  /** `private`: those of the newest private release, and nothing that was counted exactly. */
  readonly figures?: ReportFigures;
}

/** The report of a model of the vault, with what the study knows of its records and protection. */
export function reportFromVault(vault: Vault, request: ReportRequest): BuiltReport {
  const { study, model: artefact, language } = request;
  const info = vault.artefacts.info(artefact);
  const model = loadModel(vault.artefacts.get(artefact).toString('utf8'), info.name);
  const isPrivate = request.figures === 'private';
  const kind = isPrivate ? PRIVATE_REVIEW : 'review';
  const review = jsonBeside(vault, { study, artefact }, kind, reviewResult);
  const { plan, result } = jsonBeside(vault, { study, artefact }, 'training', trainingKept);
  const { split } = result;
  const text = textOfPlan(vault, plan);
  const source = sourcesOf(vault, artefact)[0];
  const records =
    source === undefined ? {} : { name: source.name, hash: sourceHash(vault, source) };
  const anonymisation =
    source === undefined || isPrivate ? undefined : protectionTold(vault, request, source.id);
  return writeReport({
    review,
    reasons: isPrivate ? undefined : (keptReasons(vault, { study, artefact }) ?? undefined),
    model,
    leak: isPrivate
      ? leakOfMadeUp(vault, { study, artefact })
      : leakFound(vault, { study, artefact }).found,
    language,
    journalHead: vault.journal.head(),
    study: {
      name: vault.studies.get(study).name,
      ...fieldTold(vault, study),
      ...purposeOf(vault, study),
      ...request.about,
    },
    data: {
      ...{ ...records, testedOn: 'held-out', training: records },
      ...(split === undefined || isPrivate ? {} : { split }),
    },
    label: isPrivate ? undefined : labelGiven(vault, request, review.asked.label),
    ...(anonymisation === undefined ? {} : { anonymisation }),
    ...(text === null ? {} : { text }),
    ...(isPrivate ? {} : mitigationTold(vault, { study, artefact })),
    ...ledgerTold(vault, study, source),
    approval: request.approval,
  });
}

/** What was tried against gaps with this model, or with the one that it came out of. */
function mitigationTold(
  vault: Vault,
  reference: { readonly study: string; readonly artefact: string },
): Pick<ReportMaterial, 'mitigation'> {
  const isOfModel = vault.artefacts
    .list(reference.study, 'mitigation')
    .some(({ parents }) => parents.includes(reference.artefact));
  if (!isOfModel) return {};
  const found = jsonBeside(vault, reference, 'mitigation', mitigationResult);
  const reported = found.tries.find(({ model }) => model === reference.artefact)?.method;
  return { mitigation: { ...found, ...(reported === undefined ? {} : { reported }) } };
}

/** Of which field the study is said to be; nothing where that was not said. */
function fieldTold(vault: Vault, study: string): Pick<ReportInputRaw['study'], 'field'> {
  const { proposal, harm } = fieldOf(vault, study);
  return proposal === null ? {} : { field: { template: proposal.name, harm } };
}

/** What the model's records have given away in all; nothing where the vault has no ledger of them. */
function ledgerTold(
  vault: Vault,
  study: string,
  source: ReturnType<typeof sourcesOf>[0] | undefined,
): Pick<ReportMaterial, 'ledger'> {
  if (source === undefined) return {};
  const { budget, plain, filter, planned } = ledgerOf(vault, study, sourceHash(vault, source));
  return { ledger: { budget, plain, filter, planned } };
}

/** How the label that the model predicts was made, if that was done in this study. */
function labelGiven(
  vault: Vault,
  { study, model }: ReportRequest,
  label: string,
): ReportInputRaw['label'] {
  const made = labelsBehind(vault, { study, artefact: model }).findLast(
    ({ plan }) => plan.column === label,
  );
  if (made === undefined) return undefined;
  const { plan, people } = made;
  const { hand, rules, otherwise, unlabelled } = countsOf(made);
  const days = people.flatMap(({ from, to }) => [from, to].map((day) => day.slice(0, 10))).sort();
  const [first, last] = [days[0], days.at(-1)];
  return {
    ...{ hand, rules, otherwise, unlabelled },
    leftOut: plan.unlabelled === 'leave-out',
    people: people.map(({ name }) => name),
    days: first === undefined || last === undefined ? null : { from: first, to: last },
    plan: { rules: plan.rules, otherwise: plan.otherwise },
  };
}

/** Models of older versions say nothing of their split. */
const { model, text, privacy, target } = trainPlan.shape;
const trainingKept = z.object({
  plan: z.object({ model, text, privacy, target }),
  result: z.object({ split: splitStatement.optional() }),
});

/**
 * The protected records the model learned from; else the newest copy protected from the same
 * source, which says nothing about the model.
 */
function protectionTold(
  vault: Vault,
  { study, model }: ReportRequest,
  source: string,
): ReportInputRaw['anonymisation'] {
  const learned = vault.artefacts
    .lineage(model)
    .ancestors.filter(({ kind }) => kind === 'protected-records');
  const copies = vault.artefacts
    .list(study, 'protected-records')
    .filter(({ id }) => vault.artefacts.lineage(id).ancestors.some((one) => one.id === source));
  const records = learned.at(-1) ?? copies.at(-1);
  if (records === undefined) return undefined;
  const protection = protectionOf(vault, { study, artefact: records.id });
  return { ...toldOf(vault, protection), learnedFrom: learned.length > 0 };
}
