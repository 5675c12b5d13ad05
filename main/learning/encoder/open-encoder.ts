import { ConcordError } from '../../contract/errors.ts';
import { BUNDLED_ENCODER } from '../../contract/text-models.ts';
import { builtInEncoder } from './built-in.ts';
import { loadEncoder, type LoadedEncoder } from './loaded-encoder.ts';
import type { EncoderSource } from './manifest.ts';

/** Where imported encoders are kept: a folder, a vault. */
export interface EncoderStore {
  sources(): Promise<readonly EncoderSource[]>;
}

/** All encoders at hand, the one that comes with the program first. */
export async function allEncoders(stores: readonly EncoderStore[] = []): Promise<EncoderSource[]> {
  const imported = await Promise.all(stores.map((store) => store.sources()));
  return [builtInEncoder(), ...imported.flat()];
}

/** @throws ENCODER_UNKNOWN {encoder, known} */
export async function findEncoder(
  id: string,
  stores: readonly EncoderStore[] = [],
): Promise<EncoderSource> {
  const sources = await allEncoders(stores);
  const source = sources.find(({ manifest }) => manifest.description.id === id);
  if (source !== undefined) return source;
  const known = sources.map(({ manifest }) => manifest.description.id);
  throw new ConcordError('ENCODER_UNKNOWN', { encoder: id, known });
}

/**
 * Finds an encoder and loads it, its files checked against their hashes.
 * @throws ENCODER_UNKNOWN {encoder, known}, and as `loadEncoder`
 */
export async function openEncoder(
  id: string = BUNDLED_ENCODER,
  stores: readonly EncoderStore[] = [],
): Promise<LoadedEncoder> {
  return loadEncoder(await findEncoder(id, stores));
}
