import { argon2id } from 'hash-wasm';
import { z } from 'zod';
import { KEY_BYTES } from './aead.ts';
import { normalisePassphrase } from './passphrase.ts';

/** Argon2id (RFC 9106) cost. The bounds keep a doctored file from asking for all the memory. */
export const stretchCost = z.strictObject({
  algorithm: z.literal('argon2id'),
  memoryKiB: z.int().min(1024).max(1_048_576),
  passes: z.int().min(1).max(20),
  lanes: z.int().min(1).max(4),
});
export type StretchCost = z.infer<typeof stretchCost>;

/** 64 MiB and three passes: the second recommended option of RFC 9106 section 4, one lane. */
export const STRETCH_COST: StretchCost = {
  algorithm: 'argon2id',
  memoryKiB: 65_536,
  passes: 3,
  lanes: 1,
};

/** The 32-byte key that a passphrase opens. The caller zeroes it after use. */
export async function stretchPassphrase(
  passphrase: string,
  salt: Uint8Array,
  cost: StretchCost,
): Promise<Buffer> {
  const password = Buffer.from(normalisePassphrase(passphrase), 'utf8');
  try {
    const key = await argon2id({
      password,
      salt,
      iterations: cost.passes,
      memorySize: cost.memoryKiB,
      parallelism: cost.lanes,
      hashLength: KEY_BYTES,
      outputType: 'binary',
    });
    return Buffer.from(key.buffer, key.byteOffset, key.byteLength);
  } finally {
    password.fill(0);
  }
}
