import { createHash } from 'node:crypto';

/** SHA-256 of bytes, hexadecimal: the content hash that names source records in the ledger. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
