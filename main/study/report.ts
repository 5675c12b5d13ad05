import { z } from 'zod';
import { anonymiseOutcome, anonymisePlan } from '../contract/anonymise.ts';
import type { Language } from '../contract/language.ts';
import type { ReportInputRaw } from '../contract/report.ts';
import { reviewResult, type ReviewResult } from '../contract/review.ts';
import { SOFTWARE } from '../contract/version.ts';
import { weightsOf, loadModel, type TrainedModel } from '../learning/model.ts';
import { buildReport, type BuiltReport } from '../report/build.ts';
import type { Vault } from '../vault/index.ts';
import { jsonBeside } from './json.ts';
import { sourceHash, sourcesOf } from './load.ts';

interface ReportMaterial {
  readonly review: ReviewResult;
  readonly model: TrainedModel;
  readonly language: Language;
  readonly journalHead: string | null;
  readonly study?: ReportInputRaw['study'];
  readonly data?: ReportInputRaw['data'];
  readonly anonymisation?: ReportInputRaw['anonymisation'];
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
    model: {
      kind: model.kind,
      parameters: weightsOf(model).length,
      backend: model.backend,
      features: model.encoder.features.map(({ column }) => column),
      hash: model.sha256,
    },
    review,
    privacy: model.privacy,
    ...(anonymisation === undefined ? {} : { anonymisation }),
  });
}

export interface ReportRequest {
  readonly study: string;
  readonly model: string;
  readonly language: Language;
  readonly about?: ReportInputRaw['study'];
}

/** The report of a model of the vault, with what the study knows of its records and protection. */
export function reportFromVault(vault: Vault, request: ReportRequest): BuiltReport {
  const { study, model: artefact, language } = request;
  const info = vault.artefacts.info(artefact);
  const model = loadModel(vault.artefacts.get(artefact).toString('utf8'), info.name);
  const review = jsonBeside(vault, { study, artefact }, 'review', reviewResult);
  const source = sourcesOf(vault, artefact)[0];
  const records =
    source === undefined ? {} : { name: source.name, hash: sourceHash(vault, source) };
  const anonymisation = source === undefined ? undefined : protectionOf(vault, study, source.id);
  return writeReport({
    review,
    model,
    language,
    journalHead: vault.journal.head(),
    study: { name: vault.studies.get(study).name, ...request.about },
    data: { ...records, testedOn: 'held-out', training: records },
    ...(anonymisation === undefined ? {} : { anonymisation }),
  });
}

const protectionKept = z.object({ plan: anonymisePlan, outcome: anonymiseOutcome });

/** The newest protection of the same source records, if there is any. */
function protectionOf(
  vault: Vault,
  study: string,
  source: string,
): ReportInputRaw['anonymisation'] {
  const records = vault.artefacts
    .list(study, 'protected-records')
    .filter(({ parents }) => parents.includes(source))
    .at(-1);
  if (records === undefined) return undefined;
  const kept = jsonBeside(
    vault,
    { study, artefact: records.id },
    'protection-plan',
    protectionKept,
  );
  const hash = vault.artefacts.info(records.id).hash;
  return { outcome: kept.outcome, models: kept.plan.models, hash };
}
