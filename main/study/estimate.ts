import type { PrivacyAmount, LedgerView } from '../contract/vault.ts';
import type { Accountant } from '../contract/privacy.ts';
import type { PrivacyStatement, TrainPlan } from '../contract/train.ts';
import type { DraftPlan, TrainEstimate } from '../contract/train-calls.ts';
import { ConcordError } from '../contract/errors.ts';
import { findEncoder } from '../learning/encoder/open-encoder.ts';
import { requireWorth } from '../learning/buy.ts';
import { featureColumns, textColumns } from '../learning/features.ts';
import { labelValues, requireTwoValues, targetKind, targetsOf } from '../learning/labels.ts';
import { privateUnits } from '../learning/material.ts';
import type { Guarantee } from '../learning/kind.ts';
import { kindOf } from '../learning/kinds.ts';
import { privacyLoss } from '../learning/rule-of-thumb.ts';
import { requireCalibratable } from '../learning/calibration.ts';
import { requireValidation } from '../learning/search.ts';
import { publicCountOf } from '../learning/settings.ts';
import { trainableKind } from '../learning/target.ts';
import { wantedStatistics } from '../learning/wanted.ts';
import { worstCaseCertainty } from '../privacy/certainty.ts';
import type { Table } from '../records/table.ts';
import type { Candidate, Json, Vault } from '../vault/index.ts';
import { vaultEncoders } from './encoders.ts';
import { epsilonInThread, guaranteeInThread } from './figures-thread.ts';
import { loadTable, sourceHash, sourcesOf } from './load.ts';
import { checkedParts } from './parts.ts';
import { withRepairFills } from './repair.ts';
import { splitKeyFor } from './split-key.ts';

/**
 * What a plan would cost before anything is trained: the guarantee of the very run, and whether the
 * ledger of its source records allows it. Null for plain training. Nothing in the answer is a
 * figure of the records but the published count. Throws the errors of the plan's parts, as training
 * would.
 */
export async function estimateTraining(
  vault: Vault,
  { artefact, plan: asked }: { readonly artefact: string; readonly plan: DraftPlan },
): Promise<TrainEstimate | null> {
  const table = loadTable(vault, artefact);
  const { study } = vault.artefacts.info(artefact);
  const plan = withRepairFills(vault, { study, artefact }, asked);
  const { privacy, model } = plan;
  if (model.kind === 'encoder-head') await findEncoder(model.encoder, [vaultEncoders(vault)]);
  if (privacy === null) {
    checkPlainPlan(table, { ...plan, privacy }, splitKeyFor(vault, study, plan.split));
    return null;
  }
  const ledger = leastLeft(vault, artefact);
  const delta = privacy.delta ?? proposedDelta(ledger, privacy.epsilon);
  const whole = { ...plan, privacy: { ...privacy, delta } };
  if (plan.search !== undefined || plan.calibration !== undefined) {
    const parts = checkedParts(table, whole, splitKeyFor(vault, study, plan.split));
    requireValidation(plan, parts);
    requireCalibratable(whole, parts);
  }
  const guarantee = guaranteeFor(table, whole, () => countedUnits(vault, artefact, table, whole));
  const { budget, reserved, spent, available } = ledger;
  const { statement: last, steps } = await guarantee({ epsilon: privacy.epsilon, delta });
  requireWorth(last);
  const fits = allFit(vault, artefact, last);
  const left = vault.ledger.trial(ledger.source, candidateOf(last)).after;
  const search = { vault, artefact, delta, guarantee };
  return {
    epsilon: last.epsilon,
    delta,
    certainty: worstCaseCertainty(last.epsilon),
    accountant: last.accountant,
    ...figuresOf(last, steps),
    pretraining: last.pretraining ?? null,
    bought: last.statistics?.wanted ?? [],
    statistics_epsilon: last.statistics?.epsilon ?? 0,
    public_count: last.public_count,
    rule_of_thumb: privacyLoss(plan.model.kind, last.public_count, last.epsilon),
    ledger: { budget, reserved, spent, available, after: left },
    fits,
    largest_that_fits: await largestThatFits(
      search,
      fits ? privacy.epsilon : null,
      privacy.epsilon,
    ),
  };
}

/** Of the training; of a search, those of its first setting, and what the search is. */
function figuresOf(
  { phases, search }: PrivacyStatement,
  steps: number,
): Pick<TrainEstimate, 'noise_multiplier' | 'steps' | 'search'> {
  const last = phases.at(-1)!;
  if (last.mechanism !== 'selection') {
    return { noise_multiplier: last.noise_multiplier, steps, search: null };
  }
  const trial = last.of[0]!;
  return {
    noise_multiplier: trial.at(-1)!.noise_multiplier,
    steps: trial.reduce((sum, phase) => sum + phase.steps, 0),
    search: search ?? null,
  };
}

/** The largest epsilon at which the plan would fit now, at its delta; null where none does. */
export async function largestForPlan(
  vault: Vault,
  artefact: string,
  plan: TrainPlan,
): Promise<number | null> {
  const { privacy } = plan;
  if (privacy === null) return null;
  const table = loadTable(vault, artefact);
  const guarantee = guaranteeFor(table, plan, () => countedUnits(vault, artefact, table, plan));
  const search = { vault, artefact, delta: privacy.delta, guarantee };
  return largestThatFits(search, null, privacy.epsilon);
}

type GuaranteeAt = (target: PrivacyAmount, accountant?: Accountant) => Promise<Guarantee>;

/** The guarantee of training this plan for any epsilon and delta, from public figures. */
function guaranteeFor(table: Table, plan: TrainPlan, units: () => number): GuaranteeAt {
  const wanted = wantedStatistics(table, plan);
  const columns = featureColumns(table, plan).length;
  if (columns + textColumns(plan).length === 0) {
    throw new ConcordError('PLAN_INVALID', { path: 'features', expected: 'no column is left' });
  }
  const count = units();
  const counts = { columns, count, publicCount: publicCountOf(count) };
  return (target, accountant = plan.accountant) =>
    guaranteeInThread({ plan: { ...plan, accountant }, target, counts, wanted });
}

/** What training without privacy would refuse only after it had begun. */
function checkPlainPlan(table: Table, plan: TrainPlan, key: string | undefined): void {
  kindOf(plan);
  featureColumns(table, plan);
  const { train } = checkedParts(table, plan, key);
  const labels = labelValues(table, plan, train);
  trainableKind(plan, targetKind(labels));
  requireTwoValues(targetsOf(table, labels, plan.missing, train), plan.label);
}

/** What was counted last: a slider asks again at each step, and only its epsilon has changed. */
const lastCounted = new WeakMap<Vault, { readonly of: string; readonly count: number }>();

/** `unitsOf`, counted once while the same is asked: the split hashes every record. */
function countedUnits(vault: Vault, artefact: string, table: Table, plan: TrainPlan): number {
  const { split, unit, label, labels, target, bounds, positive, missing } = plan;
  const facts = [
    label,
    labels,
    target,
    plan.text,
    bounds[label],
    plan.model.kind,
    positive,
    missing,
  ];
  const of = JSON.stringify([artefact, split, unit, ...facts]);
  const last = lastCounted.get(vault);
  if (last?.of === of) return last.count;
  const { study } = vault.artefacts.info(artefact);
  const count = unitsOf(table, plan, splitKeyFor(vault, study, split));
  lastCounted.set(vault, { of, count });
  return count;
}

/** Units in the training part, as training counts them. */
function unitsOf(table: Table, plan: TrainPlan, key: string | undefined): number {
  const { train } = checkedParts(table, plan, key);
  const { count } = privateUnits(table, plan, train);
  if (count === 0) throw new ConcordError('SPLIT_EMPTY', { part: 'train' });
  return count;
}

interface Search {
  readonly vault: Vault;
  readonly artefact: string;
  readonly delta: number;
  readonly guarantee: GuaranteeAt;
}

/**
 * The larger of what is known to fit and of what either way of counting allows: all that plain
 * addition leaves, or, where `asked` did not fit, the least noise that the filter lets pass. Searched
 * by the quick accountant, and what is found is tried as a plan.
 */
async function largestThatFits(
  search: Search,
  known: number | null,
  asked: number,
): Promise<number | null> {
  const { vault, artefact, delta } = search;
  const { available } = leastLeft(vault, artefact);
  const plain = delta <= available.delta ? await possible(search, available.epsilon) : null;
  const filtered = known === null ? await byFilter(search, asked) : null;
  const found = Math.max(known ?? 0, plain ?? 0, filtered ?? 0);
  return found > 0 ? found : null;
}

/** Asking for all that plain addition leaves fits, if any noise is large enough for so little. */
async function possible({ guarantee, delta }: Search, left: number): Promise<number | null> {
  if (left === 0) return null;
  try {
    await guarantee({ epsilon: left, delta }, 'rdp');
    return left;
  } catch (error) {
    if (error instanceof ConcordError && error.code === 'CALIBRATION_IMPOSSIBLE') return null;
    throw error;
  }
}

const ROUNDS = 12;
const TRIES = 6;

async function byFilter(search: Search, asked: number): Promise<number | null> {
  const { vault, artefact, guarantee, delta } = search;
  const tryAt = async (
    epsilon: number,
    accountant?: Accountant,
  ): Promise<PrivacyStatement | null> => {
    if ((await possible(search, epsilon)) === null) return null;
    const { statement } = await guarantee({ epsilon, delta }, accountant);
    return allFit(vault, artefact, statement) ? statement : null;
  };
  let [below, above] = [0, 2 * asked];
  let best: PrivacyStatement | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    const middle = (below + above) / 2;
    const found = await tryAt(middle, 'rdp');
    if (found === null) above = middle;
    else [below, best] = [middle, found];
  }
  if (best === null) return null;
  let { epsilon } = await epsilonInThread({ phases: best.phases, delta });
  // Another epsilon buys its statistics at another price: a little less may be needed.
  for (let round = 0; round < TRIES; round++) {
    if ((await tryAt(epsilon)) !== null) return epsilon;
    epsilon *= 0.99;
  }
  return null;
}

function candidateOf({ epsilon, delta, phases }: PrivacyStatement): Candidate {
  return { epsilon, delta, phases: phases as unknown as readonly Json[] };
}

/** Of several sources each pays in full. */
function allFit(vault: Vault, artefact: string, statement: PrivacyStatement): boolean {
  return sourcesOf(vault, artefact).every(
    (source) => vault.ledger.trial(sourceHash(vault, source), candidateOf(statement)).fits,
  );
}

/** Of several sources each pays in full, so the one with least left decides. */
function leastLeft(vault: Vault, artefact: string): LedgerView {
  const [first, ...others] = sourcesOf(vault, artefact).map((source) =>
    vault.ledger.ofSource(sourceHash(vault, source)),
  );
  if (first === undefined) throw new ConcordError('ARTEFACT_UNKNOWN');
  return others.reduce(
    (least, next) => (next.available.epsilon < least.available.epsilon ? next : least),
    first,
  );
}

/**
 * The delta of a run nobody has chosen one for: the share of the budget's delta that its epsilon is
 * of the budget's epsilon, or what is left, rounded down to one figure. So both run out together,
 * and the budget's own delta (below one in the number of records) is never reached by one run of many.
 */
export function proposedDelta(
  { budget, available }: Pick<LedgerView, 'budget' | 'available'>,
  epsilon: number,
): number {
  const share = budget.delta * Math.min(1, Math.max(0, epsilon) / budget.epsilon);
  const fair = oneFigure(share);
  const left = oneFigure(available.delta);
  if (left === 0) return fair === 0 ? oneFigure(budget.delta) : fair;
  return fair === 0 ? left : Math.min(fair, left, available.delta);
}

/** The largest number of one significant figure not above `value` (to 12 figures); 0 for 0. */
function oneFigure(value: number): number {
  if (!(value > 0)) return 0;
  const [figure = '0', power = '0'] = value.toExponential(12).split('e');
  return Number(`${figure.slice(0, 1)}e${power}`);
}
