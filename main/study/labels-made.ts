import { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import { labelsMade, type LabelsMade } from '../contract/label.ts';
import type { Vault } from '../vault/index.ts';
import { parseJson } from './json.ts';
import { recordsOf } from './load.ts';

interface Reference {
  readonly study: string;
  readonly artefact: string;
}

/** By row (from 0) the place of its value: what people gave by hand, as it counted then. */
export const keptLabels = labelsMade.extend({
  hand: z.strictObject({
    values: z.array(z.string()),
    labels: z.array(z.tuple([z.int(), z.int()])),
  }),
});

export function isLabelled(vault: Vault, { artefact }: Pick<Reference, 'artefact'>): boolean {
  return vault.artefacts.info(artefact).kind === 'labelled-records';
}

/** How labelled records got their label. @throws ARTEFACT_UNKNOWN for any other records */
export function labelsOf(vault: Vault, reference: Reference): LabelsMade {
  const { parents } = vault.artefacts.info(recordsOf(vault, reference));
  if (!isLabelled(vault, reference)) throw new ConcordError('ARTEFACT_UNKNOWN');
  const beside = parents.find((parent) => vault.artefacts.info(parent).kind === 'label-plan');
  if (beside === undefined) throw new ConcordError('ARTEFACT_DAMAGED');
  const parsed = keptLabels.safeParse(parseJson(vault.artefacts.get(beside)));
  if (!parsed.success) throw new ConcordError('ARTEFACT_DAMAGED');
  const { plan, effect, people } = parsed.data;
  return { plan, effect, people };
}

/** All labels that were made on the way to an artefact, the newest last. */
export function labelsBehind(vault: Vault, { study, artefact }: Reference): LabelsMade[] {
  return [...vault.artefacts.lineage(artefact).ancestors, vault.artefacts.info(artefact)]
    .filter(({ kind }) => kind === 'labelled-records')
    .map(({ id }) => labelsOf(vault, { study, artefact: id }));
}

/** The label that was made last on the way to an artefact; undefined where none was. */
export function madeLabel(vault: Vault, artefact: string): string | undefined {
  const { study } = vault.artefacts.info(artefact);
  return labelsBehind(vault, { study, artefact }).at(-1)?.plan.column;
}
