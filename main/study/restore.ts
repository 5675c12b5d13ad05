import { ConcordError } from '../contract/errors.ts';
import type { ArtefactInfo, Vault } from '../vault/index.ts';
import { parseJson, putJson } from './json.ts';
import { loadTable } from './load.ts';
import { protectionOf } from './protection.ts';

interface Reference {
  readonly study: string;
  /** The protected records. */
  readonly artefact: string;
}

/**
 * The protected records before these ones, made from the same records; null where there are none.
 * Records that were made the newest again stand where they stood first, so that going back twice
 * leads two back.
 */
export function protectionBefore(vault: Vault, reference: Reference): string | null {
  const { info, source, kept } = protectionOf(vault, reference);
  const first = kept.restored ?? info.id;
  const all = vault.artefacts.list(reference.study, 'protected-records');
  const at = all.findIndex(({ id }) => id === first);
  const before = all.slice(0, Math.max(0, at)).findLast((one) => {
    const other = protectionOf(vault, { study: reference.study, artefact: one.id });
    return other.kept.restored === undefined && other.source.id === source.id;
  });
  return before?.id ?? null;
}

/**
 * Makes the protected records before these ones the newest again: the same bytes under the same
 * plan. Nothing is deleted. @throws ARTEFACT_UNKNOWN where there are none before
 */
export function restoreBefore(vault: Vault, reference: Reference): { artefact: string } {
  const before = protectionBefore(vault, reference);
  if (before === null) throw new ConcordError('ARTEFACT_UNKNOWN');
  const { study } = reference;
  const { info, source, planId } = protectionOf(vault, { study, artefact: before });
  const plan = parseJson(vault.artefacts.get(planId)) as object;
  // Read once as records, so that damaged ones are not copied.
  loadTable(vault, before);
  return vault.transaction(() => {
    const { name } = info;
    const { parents } = vault.artefacts.info(planId);
    const made = putJson(
      vault,
      { study, kind: 'protection-plan', name, parents },
      { ...plan, restored: before },
    );
    const records: ArtefactInfo = vault.artefacts.put({
      study,
      kind: 'protected-records',
      name,
      bytes: vault.artefacts.get(before),
      parents: [source.id, made.id],
    });
    vault.journal.append('protection.restored', { artefact: records.id, from: before }, study);
    return { artefact: records.id };
  });
}
