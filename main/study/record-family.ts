import type { Vault } from '../vault/index.ts';

/** Whose columns have the same people and, apart from repairs and labels, the same values. */
const RECORD_KINDS: ReadonlySet<string> = new Set([
  'source-records',
  'repaired-records',
  'labelled-records',
]);

/** The ids of records and of the same records before and after repairs and labels. @throws ARTEFACT_UNKNOWN */
export function recordFamily(vault: Vault, artefact: string): ReadonlySet<string> {
  const { ancestors } = vault.artefacts.lineage(artefact);
  const source = [...ancestors, vault.artefacts.info(artefact)].find(({ kind }) =>
    RECORD_KINDS.has(kind),
  );
  const first = source?.id ?? artefact;
  const { descendants } = vault.artefacts.lineage(first);
  const repaired = descendants.filter(({ kind }) => RECORD_KINDS.has(kind));
  return new Set([artefact, first, ...repaired.map(({ id }) => id)]);
}
