import { ConcordError } from '../contract/errors.ts';
import { decodeTable } from '../records/codec.ts';
import { tableHash } from '../records/table-hash.ts';
import type { Table } from '../records/table.ts';
import type { ArtefactInfo, Vault } from '../vault/index.ts';

/** The records of an artefact. @throws ARTEFACT_UNKNOWN, ARTEFACT_DAMAGED */
export function loadTable(vault: Vault, artefact: string): Table {
  return decodeTable(vault.artefacts.get(artefact));
}

/** The source records an artefact was made from, itself included: whose budget its use spends. */
export function sourcesOf(vault: Vault, artefact: string): readonly ArtefactInfo[] {
  const { ancestors } = vault.artefacts.lineage(artefact);
  return [vault.artefacts.info(artefact), ...ancestors].filter(
    ({ kind }) => kind === 'source-records',
  );
}

/** An artefact never changes, and its content hash takes a second per million rows. */
const sources = new WeakMap<Vault, Map<string, string>>();

/** The content hash under which the ledger knows records: the same cells, the same hash. */
export function sourceHash(vault: Vault, { id }: ArtefactInfo): string {
  const known = sources.get(vault) ?? new Map<string, string>();
  sources.set(vault, known);
  const hash = known.get(id) ?? tableHash(loadTable(vault, id));
  known.set(id, hash);
  return hash;
}

const RECORDS: ReadonlySet<string> = new Set([
  'source-records',
  'repaired-records',
  'labelled-records',
  'protected-records',
]);

/** The id, once it is known to be that of records of the study. @throws ARTEFACT_UNKNOWN */
export function recordsOf(
  vault: Vault,
  { study, artefact }: { readonly study: string; readonly artefact: string },
): string {
  const info = vault.artefacts.info(artefact);
  if (info.study !== study || !RECORDS.has(info.kind)) throw new ConcordError('ARTEFACT_UNKNOWN');
  return artefact;
}
