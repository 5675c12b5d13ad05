import { createHash, createPublicKey, verify } from 'node:crypto';
import { signStatement, type SignOffKept, type SignStatement } from '../contract/sign-off.ts';

/** SHA-256 of the 32 bytes of an Ed25519 public key: short enough to be compared by eye. */
export function fingerprintOf(publicKey: Uint8Array): string {
  return createHash('sha256').update(publicKey).digest('hex');
}

/**
 * What was signed, once the signature holds under the key that the statement names; null otherwise.
 * Whose key that is, only a fingerprint known from elsewhere tells.
 */
export function readSignOff({ statement, signature }: SignOffKept): SignStatement | null {
  const parsed = signStatement.safeParse(parseOrNull(statement));
  if (!parsed.success) return null;
  const { publicKey, fingerprint } = parsed.data.signer;
  const raw = Buffer.from(publicKey, 'base64');
  if (raw.length !== 32 || fingerprintOf(raw) !== fingerprint) return null;
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') };
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const holds = verify(null, Buffer.from(statement, 'utf8'), key, Buffer.from(signature, 'base64'));
  return holds ? parsed.data : null;
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
