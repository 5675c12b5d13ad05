import { z } from 'zod';
import { leakTestResult, type LeakTestResult } from '../contract/leak-test.ts';
import { trainPlan } from '../contract/train.ts';
import { loadModel } from '../learning/model.ts';
import type { Vault } from '../vault/index.ts';
import type { Work } from './context.ts';
import { jsonBeside, putJson } from './json.ts';
import type { LeakAsked } from './leak-test.ts';
import { leakTestInThread } from './leak-thread.ts';
import { splitKeyFor } from './split-key.ts';
import { vectorsOfTraining } from './text-vectors.ts';

export interface LeakRequest extends LeakAsked {
  readonly study: string;
  /** A trained model of the study. */
  readonly artefact: string;
}

/** The leak test as a job, in a thread of its own: what it finds is kept beside its model. */
export function leakTestWork(vault: Vault, request: LeakRequest): Work {
  return {
    kind: 'leak-test',
    study: request.study,
    async run(control) {
      const { study, artefact, groups, sensitive } = request;
      const info = vault.artefacts.info(artefact);
      const bytes = vault.artefacts.get(artefact).toString('utf8');
      // Whether it is a model is seen here and not in the thread.
      loadModel(bytes, info.name);
      const { plan } = jsonBeside(vault, request, 'training', z.object({ plan: trainPlan }));
      const records = info.parents[0] ?? '';
      const found = await leakTestInThread(
        {
          ...{ records: vault.artefacts.get(records), model: bytes, name: info.name, plan },
          ...{ groups, sensitive, splitKey: splitKeyFor(vault, study, plan.split) },
          vectors: await vectorsOfTraining(vault, { study, artefact: records, plan }, control),
        },
        control,
      );
      vault.transaction(() => {
        const { job } = control;
        const of = { study, kind: 'leak-test', name: info.name, parents: [artefact], job };
        const kept = putJson(vault, of, found);
        vault.journal.append(
          'model.attacked',
          { artefact: kept.id, model: artefact, blocks: found.blocks },
          study,
        );
      });
    },
  };
}

/** What the newest leak test of a model found, and the job of one that is under way in its study. */
export function leakFound(
  vault: Vault,
  reference: { readonly study: string; readonly artefact: string },
): { readonly found: LeakTestResult | null; readonly job: string | null } {
  const { study, artefact } = reference;
  const isKept = vault.artefacts
    .list(study, 'leak-test')
    .some(({ parents }) => parents.includes(artefact));
  const job = vault.jobs
    .ofStudy(study)
    .find(({ kind, state }) => kind === 'leak-test' && UNDER_WAY.has(state));
  return {
    found: isKept ? jsonBeside(vault, reference, 'leak-test', leakTestResult) : null,
    job: job?.id ?? null,
  };
}

const UNDER_WAY: ReadonlySet<string> = new Set(['queued', 'running']);

/** The same without what comes from records: what canaries and phrases say, which are made up. */
export function leakOfMadeUp(
  vault: Vault,
  reference: { readonly study: string; readonly artefact: string },
): LeakTestResult | null {
  const { found } = leakFound(vault, reference);
  if (found === null) return null;
  const { epsilon_lower_bound, canaries, exposure, blocks, reasons } = found;
  const { epsilon_lower_bound: reason } = reasons;
  return {
    ...{ auc: null, tpr_at_fpr_0_01: null, tpr_at_fpr_0_001: null },
    ...{ epsilon_lower_bound, canaries, exposure, blocks },
    reasons: reason === undefined ? {} : { epsilon_lower_bound: reason },
  };
}
