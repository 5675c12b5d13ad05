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

/** The content hash under which the ledger knows records: the same cells, the same hash. */
export function sourceHash(vault: Vault, source: ArtefactInfo): string {
  return tableHash(loadTable(vault, source.id));
}
