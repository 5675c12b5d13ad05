import { z } from 'zod';
import { anonymiseOutcome, anonymisePlan } from '../contract/anonymise.ts';
import { ConcordError } from '../contract/errors.ts';
import type { ArtefactInfo, Vault } from '../vault/index.ts';
import { jsonBeside } from './json.ts';
import { keptRedaction } from './text-redaction.ts';

/** What is kept of a protection beside its records. */
const keptProtection = z.object({
  plan: anonymisePlan,
  hierarchies: z.record(z.string(), z.string()),
  remove: z.array(z.string()),
  outcome: anonymiseOutcome,
  suppressedRows: z.array(z.int().nonnegative()),
  redaction: keptRedaction.optional(),
  /** The protected records that these are a copy of, made to be the newest again. */
  restored: z.string().optional(),
});
export type KeptProtection = z.infer<typeof keptProtection>;

export interface Protection {
  /** The protected records, and the records that they were made from. */
  readonly info: ArtefactInfo;
  readonly source: ArtefactInfo;
  /** The plan as an artefact. */
  readonly planId: string;
  readonly kept: KeptProtection;
}

interface Reference {
  readonly study: string;
  readonly artefact: string;
}

/** @throws ARTEFACT_UNKNOWN where the artefact is no protected records of the study */
export function protectionOf(vault: Vault, reference: Reference): Protection {
  const info = vault.artefacts.info(reference.artefact);
  const parents = info.parents.map((id) => vault.artefacts.info(id));
  const plan = parents.find(({ kind }) => kind === 'protection-plan');
  const source = parents.find(({ kind }) => kind !== 'protection-plan');
  const isOurs = info.study === reference.study && info.kind === 'protected-records';
  if (!isOurs || source === undefined || plan === undefined) {
    throw new ConcordError('ARTEFACT_UNKNOWN');
  }
  const kept = jsonBeside(vault, reference, 'protection-plan', keptProtection);
  return { info, source, planId: plan.id, kept };
}

/** Whether the levels tell all of how the columns were generalised: the same for all rows. */
export function isByLevels({ plan }: Pick<KeptProtection, 'plan'>): boolean {
  return plan.search !== 'local' && plan.localRecoding === undefined;
}

/** Whether no other generalisation within the limit can score better than the one taken. */
export function isProved(kept: KeptProtection): boolean {
  const { search } = kept.outcome;
  // Results of older versions do not say how the search ended: it always ended with the proof.
  const ended = search === undefined ? kept.plan.search === 'optimal' : search.ended === 'proved';
  return ended && isByLevels(kept);
}
