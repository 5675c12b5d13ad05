import type { z } from 'zod';
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

/**
 * The JSON of one kind that stands beside an artefact: made from it, or made with it.
 * @throws ARTEFACT_UNKNOWN, ARTEFACT_DAMAGED when the bytes are not what they should be.
 */
export function jsonBeside<S extends z.ZodType>(
  vault: Vault,
  { study, artefact }: { readonly study: string; readonly artefact: string },
  kind: string,
  schema: S,
): z.output<S> {
  const { parents } = vault.artefacts.info(artefact);
  const beside = vault.artefacts
    .list(study, kind)
    .filter(({ id, parents: from }) => from.includes(artefact) || parents.includes(id))
    .at(-1);
  if (beside === undefined) throw new ConcordError('ARTEFACT_UNKNOWN');
  const parsed = schema.safeParse(parseJson(vault.artefacts.get(beside.id)));
  if (!parsed.success) throw new ConcordError('ARTEFACT_DAMAGED');
  return parsed.data;
}

/** @throws ARTEFACT_DAMAGED */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    throw new ConcordError('ARTEFACT_DAMAGED');
  }
}
