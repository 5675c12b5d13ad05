import { z } from 'zod';
import { anonymiseOutcome, type AnonymiseOutcome } from '../contract/anonymise.ts';
import type { IdentifyResult } from '../contract/identify.ts';
import { fileProfile, type FileProfile } from '../contract/import.ts';
import { reviewResult, type ReviewResult } from '../contract/review.ts';
import type { RedactedColumn } from '../contract/text-calls.ts';
import { trainPlan, trainResult, type TrainResult } from '../contract/train.ts';
import type { LedgerView } from '../contract/vault.ts';
import { identifyTable } from '../identify/table.ts';
import type { BuiltReport } from '../report/build.ts';
import { anonymiseWork } from '../study/anonymise.ts';
import type { Work } from '../study/context.ts';
import { demoOf } from '../study/demo.ts';
import { importWork } from '../study/import.ts';
import { jsonBeside } from '../study/json.ts';
import { loadTable } from '../study/load.ts';
import { exportProtected } from '../study/release.ts';
import { reportFromVault } from '../study/report.ts';
import { reviewWork } from '../study/review.ts';
import { findTextWork } from '../study/text-findings.ts';
import { keptRedaction } from '../study/text-redaction.ts';
import { trainWork } from '../study/train.ts';
import type { ArtefactInfo, Vault } from '../vault/index.ts';
import { words } from '../words/index.ts';
import type { Surroundings } from './command.ts';
import { errorOfJob, runJob } from './run-job.ts';

/** What the steps of the sample study have found. */
export interface DemoStudy {
  readonly profile: FileProfile;
  readonly roles: IdentifyResult;
  /** What was taken out of the free text that is released. */
  readonly texts: readonly RedactedColumn[];
  readonly protection: AnonymiseOutcome;
  readonly training: TrainResult;
  readonly ledger: LedgerView;
  readonly review: ReviewResult;
  readonly report: BuiltReport;
  readonly head: string;
}

/** Import, identify (columns, then free text), protect, train, review: each step as the job it is behind the window. */
export async function runDemoStudy(
  vault: Vault,
  files: { readonly sample: string; readonly protected: string },
  around: Surroundings,
): Promise<DemoStudy> {
  const say = words(around.language).demo;
  const demo = demoOf(around.language);
  const study = vault.studies.create(say.study).id;
  const made = async (
    work: Work,
    kind: string,
    step: string = work.kind,
  ): Promise<ArtefactInfo> => {
    around.say(say.step(step));
    const job = await runJob(vault, work, around);
    const artefact = vault.artefacts.ofJob(job.id).find((one) => one.kind === kind);
    if (artefact === undefined) throw errorOfJob(job);
    return artefact;
  };

  const source = await made(
    importWork(vault, { study, path: files.sample, name: 'sample-records.csv', options: {} }),
    'source-records',
  );
  const profile = jsonBeside(vault, { study, artefact: source.id }, 'profile', fileProfile);
  around.say(say.step('identify'));
  const roles = identifyTable(loadTable(vault, source.id), demo.label);

  await made(findTextWork(vault, { study, artefact: source.id }), 'text-findings', 'texts');
  const texts = new Set(demo.texts);

  const guarded = await made(
    anonymiseWork(
      vault,
      { study, artefact: source.id },
      {
        plan: {
          ...demo.protection,
          insensitive: [...(demo.protection.insensitive ?? []), ...texts],
        },
        hierarchies: demo.hierarchies,
        remove: roles.columns
          .filter(({ role, name }) => role === 'direct-identifier' && !texts.has(name))
          .map(nameOf),
        redact: {
          columns: Object.fromEntries(demo.texts.map((name) => [name, 'tag' as const])),
          language: around.language,
        },
      },
    ),
    'protected-records',
  );
  const { outcome: protection, redaction } = jsonBeside(
    vault,
    { study, artefact: guarded.id },
    'protection-plan',
    z.object({ outcome: anonymiseOutcome, redaction: keptRedaction }),
  );
  await exportProtected(vault, { study, artefact: guarded.id }, files.protected);

  const plan = trainPlan.parse(demo.training);
  const model = await made(trainWork(vault, { study, artefact: source.id, plan }), 'model');
  const { result: training } = jsonBeside(
    vault,
    { study, artefact: model.id },
    'training',
    z.object({ result: trainResult }),
  );
  const groups = [...demo.groups];
  await made(reviewWork(vault, { study, artefact: model.id, groups }), 'review');
  const review = jsonBeside(vault, { study, artefact: model.id }, 'review', reviewResult);
  const about = { question: say.question, limits: [...say.limits], ...say.about };
  const report = reportFromVault(vault, {
    study,
    model: model.id,
    language: around.language,
    about,
  });
  const ledger = vault.ledger.ofStudy(study);
  const head = vault.journal.head();
  const { redacted } = redaction;
  return { profile, roles, texts: redacted, protection, training, ledger, review, report, head };
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}
