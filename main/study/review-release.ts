import { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import { OTHER_GROUP } from '../contract/review-privacy.ts';
import type { PrivateChoices } from '../contract/review-calls.ts';
import { CROSSED_ATTRIBUTE, reviewResult, type ReviewResult } from '../contract/review.ts';
import { trainPlan, type PrivacyStatement, type TrainPlan } from '../contract/train.ts';
import { layoutOf } from '../fairness/private/histogram.ts';
import { noiseFor } from '../fairness/private/review.ts';
import { checkedOptions } from '../fairness/review.ts';
import { loadModel, type TrainedModel } from '../learning/model.ts';
import { systemRandom } from '../privacy/random.ts';
import type { Vault } from '../vault/index.ts';
import type { Control, Work } from './context.ts';
import { vaultEncoders } from './encoders.ts';
import { jsonBeside, putJson } from './json.ts';
import { ledgerOf } from './ledger.ts';
import { loadTable, sourceHash, sourcesOf } from './load.ts';
import { checkedPrivacy, reviewPrivately } from './review-private.ts';
import { reviewedTable } from './review.ts';
import { splitKeyFor } from './split-key.ts';

export const PRIVATE_REVIEW = 'review-private';

export interface PrivateReviewRequest {
  readonly study: string;
  /** A reviewed model of the study. */
  readonly artefact: string;
  readonly epsilon: number;
  /** Of each group column of the review. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}

type Reference = Pick<PrivateReviewRequest, 'study' | 'artefact'>;
const planKept = z.object({ plan: trainPlan });

/**
 * What is known of a private release of a review before it is paid for. The values of groups are those that
 * the model knows already, by its plan or bought with it; of other columns there are none to propose.
 * @throws ARTEFACT_UNKNOWN where the model has no review
 */
export function privateChoices(vault: Vault, reference: Reference): PrivateChoices {
  const { model, plan, review } = reviewedModel(vault, reference);
  const [source] = sourcesOf(vault, reference.artefact);
  const made = ifThere(() => jsonBeside(vault, reference, PRIVATE_REVIEW, reviewResult));
  const left = ifThere(() =>
    source === undefined ? null : ledgerOf(vault, reference.study, sourceHash(vault, source)),
  );
  return {
    groups: groupsOf(review).map((column) => ({
      column,
      values: knownValues(model, plan, column),
    })),
    unit: plan.unit === undefined ? 'row' : 'person',
    available: left?.available.epsilon ?? null,
    made: made?.privacy?.epsilon ?? null,
  };
}

/** As a job: the budget is reserved before a record is touched; a failure returns none of it. */
export function releaseWork(vault: Vault, request: PrivateReviewRequest): Work {
  return {
    kind: 'review-private',
    study: request.study,
    async run(control) {
      const { study, artefact } = request;
      const { model, plan, review, name } = reviewedModel(vault, request);
      const made = await released(vault, request, { model, plan, review }, control);
      vault.transaction(() => {
        const { job } = control;
        const kept = putJson(
          vault,
          { study, kind: PRIVATE_REVIEW, name, parents: [artefact], job },
          made,
        );
        const params = { artefact: kept.id, model: artefact, epsilon: request.epsilon };
        vault.journal.append('review.released', params, study);
        for (const entry of entriesOf(vault, artefact, job)) vault.ledger.finish(entry.job, 'done');
      });
    },
  };
}

interface Reviewed {
  readonly model: TrainedModel;
  readonly plan: TrainPlan;
  readonly review: ReviewResult;
}

async function released(
  vault: Vault,
  { study, artefact, epsilon, values }: PrivateReviewRequest,
  { model, plan, review }: Reviewed,
  control: Control & { readonly job: string },
): Promise<ReviewResult> {
  if (model.labels.target === 'number')
    throw new ConcordError('REVIEW_TARGET', { target: 'number' });
  // Whether a record is held out must not hang on the others.
  if ('stratify' in plan.split && plan.split.stratify === true)
    throw new ConcordError('SPLIT_NOT_PRIVATE');
  const maxRows = plan.unit?.maxRows ?? 1;
  const named = Object.fromEntries(
    Object.entries(values).map(([column, all]) => [column, [...all]]),
  );
  const privately = checkedPrivacy({ epsilon, values: named, maxRows });
  const groups = groupsOf(review);
  const { positive } = review.asked;
  const asked = {
    ...{ groups, ...(positive === null ? {} : { positive }) },
    ...(review.findings === undefined ? {} : { margins: marginsOf(review.findings) }),
  };
  // By what was asked alone, so that what cannot be is refused before anything is paid.
  const decisions =
    model.labels.target === undefined
      ? { threshold: model.threshold }
      : { prediction: 'prediction' };
  const columns = { label: model.labels.column, score: 'score', groups, ...decisions };
  layoutOf(checkedOptions(columns), privately);
  const noise_multiplier = noiseFor(privately).noiseMultiplier;
  const phases: PrivacyStatement['phases'] = [
    { mechanism: 'discrete_laplace', noise_multiplier, steps: 1 },
  ];
  const entries = entriesOf(vault, artefact, control.job);
  vault.transaction(() => {
    for (const { source, job } of entries) {
      vault.ledger.reserve({
        ...{ sourceHash: source, study, job, kind: 'review-private' },
        ...{ epsilon, delta: 0, phases: phases as never, steps: 1 },
      });
      vault.ledger.chargeBlock(job, 1);
    }
  });
  try {
    const records = vault.artefacts.info(artefact).parents[0] ?? '';
    const trained = { plan, splitKey: splitKeyFor(vault, study, plan.split) };
    const { table, options } = await reviewedTable(
      ...([loadTable(vault, records), model, trained, asked, control] as const),
      [vaultEncoders(vault)],
    );
    return reviewPrivately(table, checkedOptions(options), privately, systemRandom());
  } catch (error) {
    for (const { job } of entries) vault.ledger.finish(job, 'failed');
    throw error;
  }
}

/** Every source pays in full: one person may stand in each of them. */
function entriesOf(vault: Vault, artefact: string, job: string): { source: string; job: string }[] {
  return sourcesOf(vault, artefact).map((source, i) => ({
    source: sourceHash(vault, source),
    job: i === 0 ? job : `${job}/${i}`,
  }));
}

function reviewedModel(vault: Vault, reference: Reference): Reviewed & { readonly name: string } {
  const { name } = vault.artefacts.info(reference.artefact);
  return {
    name,
    model: loadModel(vault.artefacts.get(reference.artefact).toString('utf8'), name),
    plan: jsonBeside(vault, reference, 'training', planKept).plan,
    review: jsonBeside(vault, reference, 'review', reviewResult),
  };
}

function groupsOf({ groups }: ReviewResult): string[] {
  return Object.keys(groups).filter((attribute) => !attribute.includes(CROSSED_ATTRIBUTE));
}

function marginsOf({
  margins: { difference, ratio, reason },
}: NonNullable<ReviewResult['findings']>) {
  return { difference, ratio, ...(reason === null ? {} : { reason }) };
}

/** Of a column that the model reads: its categories, unless they were read off the records plainly. */
function knownValues(
  { encoder, privacy }: TrainedModel,
  plan: TrainPlan,
  column: string,
): string[] {
  const stated = Object.hasOwn(plan.categories, column) ? plan.categories[column] : undefined;
  if (stated !== undefined) return [...stated];
  const feature = encoder.features.find((one) => one.column === column);
  if (privacy === null || feature?.kind !== 'category') return [];
  return feature.values.filter((value) => value !== OTHER_GROUP);
}

function ifThere<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConcordError && error.code === 'ARTEFACT_UNKNOWN') return null;
    throw error;
  }
}
