import { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import { trainPlan } from '../contract/train.ts';
import { publicText, type PublicText } from '../contract/step-calls.ts';
import type { PrivacyStatement, TrainPlan, TrainResult } from '../contract/train.ts';
import type { LedgerView } from '../contract/vault.ts';
import { decodeKept } from '../learning/checkpoint.ts';
import { saveModel } from '../learning/model.ts';
import type { Trained } from '../learning/train.ts';
import type { Json, Reservation, Vault } from '../vault/index.ts';
import type { Control, JobControl, Work } from './context.ts';
import { largestForPlan } from './estimate.ts';
import { TrainingCourse } from './course.ts';
import { parseJson, putJson } from './json.ts';
import { sourceHash, sourcesOf } from './load.ts';
import { epsilonOfSteps, ledgerPayment, type LedgerPayment } from './payment.ts';
import { withRepairFills } from './repair.ts';
import { splitKeyFor } from './split-key.ts';
import { vectorsOfTraining } from './text-vectors.ts';
import { publicTextOf } from './public-text.ts';
import { trainInThread, type ThreadedOptions } from './train-thread.ts';

export interface TrainRequest {
  readonly study: string;
  /** Source or protected records of the study. */
  readonly artefact: string;
  readonly plan: TrainPlan;
  /** For a plan that pre-trains on it; a run that goes on later has to do without what no vault keeps. */
  readonly publicText?: readonly string[] | PublicText | undefined;
}

/** What the work hands to whoever started it in the same process. */
export interface TrainOutcome {
  readonly trained: Trained;
  readonly ledger: LedgerView | null;
  /** The artefact it is kept as. */
  readonly model: string;
}

/**
 * Step 4 as a job on the vault: budget of the source records reserved before they are touched,
 * model and result kept together with the journal entry. A failure or cancel returns nothing. The
 * same work runs again for a job that was paused or interrupted: it goes on from the checkpoint
 * that the vault keeps, within what the job had reserved.
 */
export function trainWork(
  vault: Vault,
  asked: TrainRequest,
  done?: (outcome: TrainOutcome) => void,
): Work {
  const request = { ...asked, plan: withRepairFills(vault, asked, asked.plan) };
  return {
    kind: 'train',
    study: request.study,
    // A search neither pauses nor goes on: what had ended in the middle would be known to be short.
    ...(canRest(request.plan) ? { request: kept(request) } : {}),
    async run(control) {
      // Kept before the crash; only the job's end was not.
      if (hasModel(vault, control.job)) return;
      const course = new TrainingCourse(vault, control.job);
      const entry = { name: control.job, course };
      const outcome = await payAndTrain(vault, request, control, entry);
      done?.(outcome);
    },
  };
}

/** Whether a training can stop and go on: what holds several within one cannot. */
function canRest({ search, mitigation }: TrainPlan): boolean {
  return search === undefined && mitigation?.method !== 'constrained';
}

interface Entry {
  /** Under which the ledger knows the training: the job's, or one of several in a job. */
  readonly name: string;
  /** What is kept to go on from; null for a training that does not go on. */
  readonly course: TrainingCourse | null;
  /** As what the model is kept. */
  readonly kind?: KeptKind;
}

/** One training from its reservation to the model that is kept, within a job. */
export async function payAndTrain(
  vault: Vault,
  request: TrainRequest,
  control: JobControl,
  { name, course, kind = 'model' }: Entry,
): Promise<TrainOutcome> {
  const sources = sourcesOf(vault, request.artefact).map((source) => sourceHash(vault, source));
  const payment = ledgerPayment(vault, request.study, name, sources);
  try {
    const records = vault.artefacts.get(request.artefact);
    const price = { epsilon: null as number | null };
    const options = {
      ...optionsOf(request.plan, vault, control, { payment, course, price }),
      splitKey: splitKeyFor(vault, request.study, request.plan.split),
      vectors: await vectorsOfTraining(vault, request, control),
      publicText: publicTextOf(vault, request),
    };
    const { reserve } = options;
    const telling = {
      ...options,
      reserve: async (statement: PrivacyStatement, steps: number) => {
        try {
          await reserve(statement, steps);
        } catch (error) {
          throw await withWhatFits(error, () =>
            largestForPlan(vault, request.artefact, request.plan),
          );
        }
      },
    };
    const trained = await trainInThread(records, request.plan, priced(control, price), telling);
    const model = vault.transaction(() => {
      const kept = keepModel(vault, request, trained, control.job, { ...TRAINED, kind });
      payment.finish('done');
      return kept;
    });
    const [source] = sources;
    const ledger = source === undefined ? null : vault.ledger.ofSource(source);
    return { trained, ledger, model };
  } catch (error) {
    vault.transaction(() => {
      if (isPause(error)) course?.keep();
      payment.finish(endOf(error, control));
    });
    throw error;
  }
}

function kept({ artefact, plan, publicText }: TrainRequest): Json {
  const isKept = publicText !== undefined && 'artefact' in publicText;
  return {
    ...{ artefact, plan: JSON.parse(JSON.stringify(plan)) as Json },
    ...(isKept ? { publicText: { ...publicText } } : {}),
  };
}

/** A refusal of the ledger says what would fit at the same delta. */
async function withWhatFits(
  error: unknown,
  largest: () => Promise<number | null>,
): Promise<unknown> {
  if (!(error instanceof ConcordError) || error.code !== 'BUDGET_EXCEEDED') return error;
  return new ConcordError('BUDGET_EXCEEDED', {
    ...error.params,
    largestEpsilon: (await largest()) ?? 0,
  });
}

/** What the steps charged so far cost; null before the first charge, and without privacy. */
interface Price {
  epsilon: number | null;
}

function priced({ signal, progress }: Control, price: Price): Control {
  return {
    signal,
    progress: (told) =>
      progress(price.epsilon === null ? told : { ...told, epsilon: price.epsilon }),
  };
}

interface Books {
  readonly payment: LedgerPayment;
  readonly course: TrainingCourse | null;
  readonly price: Price;
}

function optionsOf(
  { privacy, search }: TrainPlan,
  vault: Vault,
  control: JobControl,
  { payment, course, price }: Books,
): ThreadedOptions {
  const { job, pause } = control;
  const resumed = course?.resumed(payment.charged, privacy !== null);
  let last = Infinity;
  let reserved: PrivacyStatement | null = null;
  const keep = (done: number): void => {
    course?.keepIfDue();
    control.keepTrace?.(price.epsilon === null ? { done } : { done, epsilon: price.epsilon });
  };
  return {
    ...(pause === undefined ? {} : { pause }),
    ...(resumed === undefined ? {} : { resumed }),
    reserve: async (statement, steps) => {
      payment.reserve(statement, steps);
      reserved = statement;
      last = steps;
    },
    charge: async (from, to) => {
      if (reserved !== null) price.epsilon = await epsilonOfSteps(reserved, to);
      // Whoever cancelled meanwhile has ended the reservation.
      if (control.signal.aborted) throw new ConcordError('CANCELLED');
      payment.charge(to, () => {
        keep(from);
        const unit = search === undefined ? 'steps' : 'search';
        vault.jobs.progress(job, { done: from, total: last, unit });
      });
    },
    bought: async (found) => course?.buy(found),
    checkpoint: async (state) => {
      course?.take(state);
      // No charge will follow with which it could be kept.
      if (privacy === null || state.stepsCharged >= last) keep(state.stepsCharged);
    },
  };
}

function isPause(error: unknown): boolean {
  return error instanceof ConcordError && error.code === 'PAUSED';
}

function endOf(error: unknown, { signal }: Control): 'cancelled' | 'failed' | 'interrupted' {
  if (isPause(error)) return 'interrupted';
  return signal.aborted ? 'cancelled' : 'failed';
}

function hasModel(vault: Vault, job: string): boolean {
  return vault.artefacts.ofJob(job).some(({ kind }) => kind === 'model');
}

const keptRequest = z.strictObject({
  artefact: z.string(),
  plan: trainPlan,
  publicText: publicText.optional(),
});

/**
 * The work of a job that was paused or interrupted.
 * @throws JOB_UNKNOWN; JOB_NOT_RESUMABLE where the job has ended, or nothing is kept or left to run
 */
export function resumedTraining(vault: Vault, job: string): Work {
  const { study, state } = vault.jobs.get(job);
  const kept = vault.checkpoints.request(job);
  if (kept === null || (state !== 'paused' && state !== 'interrupted')) {
    throw new ConcordError('JOB_NOT_RESUMABLE');
  }
  const parsed = keptRequest.safeParse(parseJson(kept));
  if (!parsed.success) throw new ConcordError('JOB_NOT_RESUMABLE');
  const reserved = vault.ledger.find(job);
  // Said before it begins: a job that fails is over, and this one need not be.
  if (reserved !== null && vault.status().awaitingConfirmation) {
    throw new ConcordError('RESTORE_UNCONFIRMED');
  }
  if (reserved !== null && !hasModel(vault, job) && isLost(vault, reserved)) {
    throw new ConcordError('JOB_NOT_RESUMABLE');
  }
  return trainWork(vault, { study, ...parsed.data });
}

/**
 * Whether a run has lost in a crash what it cannot do without: all steps are charged and no state
 * is kept, or what was bought before the training is paid for and gone, or the counts with which
 * boosting begins are.
 */
function isLost(vault: Vault, { job, phases, stepsCharged, stepsReserved }: Reservation): boolean {
  const state = vault.checkpoints.state(job);
  const kept = state === null ? null : decodeKept(state);
  const isBegun = (kept?.checkpoint ?? null) !== null;
  if (stepsCharged >= stepsReserved) return !isBegun;
  const releases = z.array(release).parse(phases);
  const bought = releases.filter(isStatistic);
  if (bought.length > 0 && stepsCharged > 0 && kept?.bought === undefined) return true;
  const isBoosting = releases.at(-1)?.mechanism === 'gaussian';
  return isBoosting && !isBegun && stepsCharged > bought.reduce((sum, { steps }) => sum + steps, 0);
}

const release = z.object({
  mechanism: z.string(),
  steps: z.number(),
  delta: z.number().optional(),
});
type Release = z.output<typeof release>;

/** What is bought by a Gaussian says with which probability it fails, as no step of a training does. */
function isStatistic({ mechanism, delta }: Release): boolean {
  return STATISTICS.has(mechanism) || (mechanism === 'gaussian' && delta !== undefined);
}

const STATISTICS: ReadonlySet<string> = new Set([
  'discrete_gaussian',
  'discrete_laplace',
  'exponential',
]);

/** A model of the study, or one that was tried and not chosen. */
type KeptKind = 'model' | 'tried-model';
const TRAINED = { kind: 'model', event: 'model.trained' } as const;

/** Keeps a model with its plan and result, in the caller's transaction. Gives its artefact. */
export function keepModel(
  vault: Vault,
  request: Pick<TrainRequest, 'study' | 'artefact' | 'plan'>,
  trained: Pick<Trained, 'model' | 'result'>,
  job: string,
  kept: { readonly kind: KeptKind; readonly event: string } = TRAINED,
): string {
  const { study, artefact } = request;
  const { name } = vault.artefacts.info(artefact);
  const model = vault.artefacts.put({
    study,
    kind: kept.kind,
    name,
    bytes: Buffer.from(saveModel(trained.model), 'utf8'),
    parents: [artefact],
    job,
  });
  const result: TrainResult = trained.result;
  putJson(
    vault,
    { study, kind: 'training', name, parents: [model.id], job },
    {
      plan: request.plan,
      result,
    },
  );
  vault.journal.append(
    kept.event,
    {
      artefact: model.id,
      hash: model.hash,
      epsilon: result.privacy?.epsilon ?? null,
      delta: result.privacy?.delta ?? null,
    },
    study,
  );
  return model.id;
}
