import { createHash, randomBytes } from 'node:crypto';

/** Crockford's base 32: no I, L, O and U, which are misread or misspoken. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RANDOM_DIGITS = 26;

/**
 * A way to the data key that is written down: 26 random digits (130 bits) and two that check them,
 * in seven groups of four.
 */
export function newRecoveryCode(): string {
  const random = [...randomBytes(RANDOM_DIGITS)].map((byte) => DIGITS[byte & 31]).join('');
  return grouped(`${random}${checkOf(random)}`);
}

/** The code as it was made, however it was typed; null when it cannot be one. */
export function tidyRecoveryCode(typed: string): string | null {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\-‐-―]+/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  const random = plain.slice(0, RANDOM_DIGITS);
  if (!/^[0-9A-HJKMNP-TV-Z]{28}$/.test(plain) || !plain.endsWith(checkOf(random))) return null;
  return grouped(plain);
}

function checkOf(random: string): string {
  const digest = createHash('sha256').update(`concord recovery ${random}`).digest();
  return [digest[0], digest[1]].map((byte) => DIGITS[(byte ?? 0) & 31]).join('');
}

function grouped(digits: string): string {
  return (digits.match(/.{4}/g) ?? []).join('-');
}
