import { ConcordError } from '../contract/errors.ts';
import type { ArtefactInfo, Vault } from '../vault/index.ts';

interface JsonArtefact {
  readonly study: string;
  readonly kind: string;
  readonly name: string;
  readonly parents: readonly string[];
  readonly job?: string | undefined;
}

/** Keeps a value as an artefact of JSON text. */
export function putJson(vault: Vault, { job, ...rest }: JsonArtefact, value: object): ArtefactInfo {
  const bytes = Buffer.from(JSON.stringify(value), 'utf8');
  return vault.artefacts.put({ ...rest, bytes, ...(job === undefined ? {} : { job }) });
}

/** @throws ARTEFACT_DAMAGED when the bytes are not the JSON they should be. */
export function getJson(vault: Vault, id: string): unknown {
  try {
    return JSON.parse(vault.artefacts.get(id).toString('utf8')) as unknown;
  } catch (error) {
    if (error instanceof ConcordError) throw error;
    throw new ConcordError('ARTEFACT_DAMAGED');
  }
}
