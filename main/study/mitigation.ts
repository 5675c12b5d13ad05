import { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import { mitigationResult } from '../contract/mitigation.ts';
import type {
  MitigationMethod,
  MitigationPlan,
  MitigationResult,
  TriedModel,
} from '../contract/mitigation.ts';
import { trainPlan, trainResult, type TrainPlan } from '../contract/train.ts';
import type { EncoderStore } from '../learning/encoder/open-encoder.ts';
import { afterTraining } from '../learning/mitigation/after-training.ts';
import { refitByGroup } from '../learning/mitigation/refit.ts';
import { loadModel, type TrainedModel } from '../learning/model.ts';
import type { Trained } from '../learning/train.ts';
import { splitRows } from '../learning/split.ts';
import type { Table } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';
import type { Control, JobControl, Work } from './context.ts';
import { vaultEncoders } from './encoders.ts';
import { jsonBeside, putJson } from './json.ts';
import { loadTable } from './load.ts';
import { reviewModel } from './review.ts';
import { splitKeyFor } from './split-key.ts';
import { keepModel, payAndTrain } from './train.ts';
import { planOfTry, refusedTry, triedModelOf, type Asked } from './tried.ts';

export interface MitigationRequest extends Asked {
  readonly study: string;
  /** A trained model of the study. */
  readonly artefact: string;
  readonly methods: readonly MitigationMethod[];
}

/** A model as it was, and what it was trained with. */
interface Before {
  readonly table: Table;
  readonly model: TrainedModel;
  readonly plan: TrainPlan;
  readonly splitKey: string | undefined;
  readonly encoders: readonly EncoderStore[];
  /** How it is known. */
  readonly name: string;
}

/** A model that one way has made. */
interface Made {
  readonly name: string;
  readonly model: TrainedModel;
  readonly fit: TriedModel['fit'];
  readonly paid: TriedModel['paid'];
}

/** How models are made, paid for and kept: in a vault, or in memory. */
interface Workshop {
  train(plan: TrainPlan): Promise<Made>;
  refit(mitigation: MitigationPlan): Promise<Made>;
}

/** What a way may end with without ending the others. */
const FATAL: ReadonlySet<string> = new Set(['CANCELLED', 'INTERNAL', 'VAULT_LOCKED']);

/**
 * Tries every way with a model and compares all on the test part, to which nothing was fitted. A way that
 * cannot be gone is kept with the code of its error. Throws CANCELLED and as `reviewModel`.
 */
export async function tryMitigations(
  before: Before,
  methods: readonly MitigationMethod[],
  asked: Asked,
  workshop: Workshop,
  control: Control,
): Promise<MitigationResult> {
  const { table, plan, splitKey, encoders } = before;
  const review = (model: TrainedModel) =>
    reviewModel(table, model, { plan, splitKey }, { groups: [asked.groups] }, control, encoders);
  const first = await review(before.model);
  const known = { method: 'none', model: before.name, paid: null, fit: null } as const;
  const tries: TriedModel[] = [triedModelOf(known, first, asked.groups)];
  for (const [place, method] of methods.entries()) {
    control.progress({ done: place, total: methods.length, unit: 'parts' });
    const mitigation = planOfTry(method, asked);
    try {
      const made =
        afterTraining({ mitigation }) === null
          ? await workshop.train({ ...plan, mitigation })
          : await workshop.refit(mitigation);
      const { name: model, fit, paid } = made;
      const reviewed = await review(made.model);
      tries.push(triedModelOf({ method, model, fit, paid }, reviewed, asked.groups));
    } catch (error) {
      if (!(error instanceof ConcordError) || FATAL.has(error.code)) throw error;
      tries.push(refusedTry(method, error.code));
    }
  }
  return {
    ...asked,
    tested: splitRows(table, plan, splitKey).test.length,
    level: first.intervals?.level ?? 0.95,
    uses_groups: before.model.encoder.features.some(({ column }) => column === asked.groups),
    tries,
  };
}

/** Made in memory, without a ledger. */
export function inMemory(before: Before, train: (plan: TrainPlan) => Promise<Trained>): Workshop {
  return {
    async train(plan) {
      const trained = await train(plan);
      return {
        ...{ name: trained.model.sha256, model: trained.model },
        ...{ fit: trained.result.mitigation ?? null, paid: paidOf(trained) },
      };
    },
    async refit(mitigation) {
      const { model, fit } = await refitByGroup(before.model, before, mitigation);
      return { name: model.sha256, model, fit, paid: null };
    },
  };
}

function paidOf({ result }: Pick<Trained, 'result'>): Made['paid'] {
  const { privacy } = result;
  return privacy === null ? null : { epsilon: privacy.epsilon, delta: privacy.delta };
}

const TRIED = 'tried-model' as const;
const training = z.object({ plan: trainPlan, result: trainResult });

/** A model of the vault with what it was trained with. @throws ARTEFACT_UNKNOWN */
export function modelBefore(
  vault: Vault,
  { study, artefact }: Pick<MitigationRequest, 'study' | 'artefact'>,
): Before & { readonly records: string; readonly result: z.output<typeof trainResult> } {
  const info = vault.artefacts.list(study, 'model').find(({ id }) => id === artefact);
  const records = info?.parents[0];
  if (info === undefined || records === undefined) throw new ConcordError('ARTEFACT_UNKNOWN');
  const { plan, result } = jsonBeside(vault, { study, artefact }, 'training', training);
  return {
    table: loadTable(vault, records),
    model: loadModel(vault.artefacts.get(artefact).toString('utf8'), info.name),
    ...{ plan, result, records, name: artefact },
    splitKey: splitKeyFor(vault, study, plan.split),
    encoders: [vaultEncoders(vault)],
  };
}

/** All ways as one job: each model is kept, each that is trained anew pays for itself. */
export function mitigationWork(vault: Vault, request: MitigationRequest): Work {
  return {
    kind: 'mitigation',
    study: request.study,
    async run(control) {
      const { study, artefact, methods, groups, criterion, bound } = request;
      const before = modelBefore(vault, request);
      const asked = { groups, criterion, bound };
      const workshop = inVault(vault, request, before, control);
      const result = await tryMitigations(before, methods, asked, workshop, control);
      vault.transaction(() => {
        const { name } = vault.artefacts.info(artefact);
        const { job } = control;
        // Of every model that was compared, so that the report of each can tell of it.
        const made = result.tries.flatMap(({ model }) => (model === null ? [] : [model]));
        const parents = [...new Set([artefact, ...made])];
        const kept = putJson(vault, { study, kind: 'mitigation', name, parents, job }, result);
        vault.journal.append('model.mitigated', { artefact: kept.id, model: artefact }, study);
      });
    },
  };
}

/**
 * Keeps a tried model as a model of the study, the newest, with what was compared beside it.
 * @throws ARTEFACT_UNKNOWN where there is no such model
 */
export function useTried(
  vault: Vault,
  asked: Pick<MitigationRequest, 'study' | 'artefact'> & { readonly method: MitigationMethod },
): { artefact: string } {
  const { study, method } = asked;
  const found = jsonBeside(vault, asked, 'mitigation', mitigationResult);
  const tried = found.tries.find((one) => one.method === method)?.model ?? null;
  if (tried === null) throw new ConcordError('ARTEFACT_UNKNOWN');
  const { name, parents } = vault.artefacts.info(tried);
  const kept = jsonBeside(vault, { study, artefact: tried }, 'training', z.looseObject({}));
  return vault.transaction(() => {
    const bytes = vault.artefacts.get(tried);
    const { id, hash } = vault.artefacts.put({ study, kind: 'model', name, bytes, parents });
    putJson(vault, { study, kind: 'training', name, parents: [id] }, kept);
    const tries = found.tries.map((one) => (one.method === method ? { ...one, model: id } : one));
    putJson(vault, { study, kind: 'mitigation', name, parents: [id] }, { ...found, tries });
    vault.journal.append('model.chosen', { artefact: id, tried, hash }, study);
    return { artefact: id };
  });
}

function inVault(
  vault: Vault,
  { study }: MitigationRequest,
  before: ReturnType<typeof modelBefore>,
  control: JobControl,
): Workshop {
  const { records, result: earlier, encoders } = before;
  const { job, signal } = control;
  return {
    async train(plan) {
      const request = { study, artefact: records, plan };
      const entry = { name: `${job}/${plan.mitigation?.method ?? ''}`, course: null, kind: TRIED };
      const hushed = { ...control, progress: () => undefined };
      const { trained, model: name } = await payAndTrain(vault, request, hushed, entry);
      const { model, result } = trained;
      return { name, model, fit: result.mitigation ?? null, paid: paidOf(trained) };
    },
    async refit(mitigation) {
      const plan = { ...before.plan, mitigation };
      const { model, fit, test } = await refitByGroup(before.model, before, mitigation, {
        ...{ signal, encoders },
      });
      const metrics = { ...earlier.metrics, test };
      const result = { ...earlier, metrics, mitigation: fit };
      const request = { study, artefact: records, plan };
      const name = vault.transaction(() =>
        keepModel(vault, request, { model, result }, job, {
          kind: TRIED,
          event: 'model.refitted',
        }),
      );
      return { name, model, fit, paid: null };
    },
  };
}
