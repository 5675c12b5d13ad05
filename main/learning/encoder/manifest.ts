import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ConcordError } from '../../contract/errors.ts';
import { encoderDescription, type EncoderDescription } from './description.ts';

/** What an encoder's files must be, byte for byte: made when it is imported, checked at every use. */
export const encoderManifest = z.strictObject({
  description: encoderDescription,
  files: z
    .array(
      z.strictObject({
        path: z.string().max(200),
        bytes: z.int().min(0),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .min(1)
    .max(300),
});

export type EncoderManifest = z.output<typeof encoderManifest>;

/** The files of an encoder by name. */
export type EncoderFiles = ReadonlyMap<string, Uint8Array>;

/** Where an encoder's files stand. */
export interface EncoderSource {
  readonly manifest: EncoderManifest;
  /** The bytes of a file of the manifest as they stand now; null when it is not there. */
  read(path: string): Promise<Uint8Array | null>;
}

export const sha256Of = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

export function manifestOf(description: EncoderDescription, files: EncoderFiles): EncoderManifest {
  return {
    description,
    files: [...files].map(([path, bytes]) => ({
      path,
      bytes: bytes.length,
      sha256: sha256Of(bytes),
    })),
  };
}

/**
 * One digest of all that decides an encoder's vectors: the hashes of its files and how its graph is
 * asked. Names, licence and provenance are left out.
 */
export function digestOf({ description, files }: EncoderManifest): string {
  const { dimensions, graph, tokenizer, inputs, output, pooling, longest } = description;
  const asked = { dimensions, graph, tokenizer, inputs, output, pooling, longest };
  const hashes = files.map(({ path, sha256 }) => [path, sha256]).sort();
  return sha256Of(JSON.stringify([asked, hashes]));
}

/**
 * All files, each exactly as the manifest says.
 * @throws ENCODER_MISSING {encoder, file}; ENCODER_ALTERED {encoder, file}
 */
export async function readChecked({ manifest, read }: EncoderSource): Promise<EncoderFiles> {
  const encoder = manifest.description.id;
  const files = new Map<string, Uint8Array>();
  for (const { path, bytes, sha256 } of manifest.files) {
    const found = await read(path);
    if (found === null) throw new ConcordError('ENCODER_MISSING', { encoder, file: path });
    if (found.length !== bytes || sha256Of(found) !== sha256) {
      throw new ConcordError('ENCODER_ALTERED', { encoder, file: path });
    }
    files.set(path, found);
  }
  return files;
}
