import {
  ibanDigits,
  idCardCharacter,
  luhnDigit,
  nhsDigit,
  nhsHolds,
} from '../numbers/check-digits.ts';
import { sameForm, someDigits, withDigits } from './form.ts';
import type { Keyed } from './keyed.ts';

/**
 * Numbers of the same form whose check digits hold, from ranges that are never issued, so that no
 * pseudonym is the number of a real person.
 */

/** Payment cards: no issuer begins with 0 (ISO/IEC 7812-1, table 1: left to ISO/TC 68). */
export function cardFor(keyed: Keyed, value: string): string {
  const length = value.replace(/\D/g, '').length;
  const body = `00${someDigits(keyed, Math.max(0, length - 3))}`;
  return withDigits(value, body + luhnDigit(body));
}

/** IBAN of a country that does not exist (XX is left to users by ISO 3166-1, 8.1.3). */
export function ibanFor(keyed: Keyed, value: string): string {
  const bare = value.replace(/[ -]/g, '').toUpperCase();
  const rest = sameForm(keyed, bare.slice(4));
  const turned = `XX${ibanDigits('XX', rest)}${rest}`;
  let at = 0;
  return [...value]
    .map((character) => (/[ -]/.test(character) ? character : turned[at++]))
    .join('');
}

/** Social security numbers: area 666 is never assigned (SSA POMS RM 10201.035). */
export const ssnFor = (keyed: Keyed, value: string): string =>
  withDigits(value, `666${someDigits(keyed, 6)}`);

/** Citizen identity numbers: no province has the code 99 (GB/T 2260). The date is a keyed one. */
export function idCardFor(keyed: Keyed, value: string): string {
  const place = `99${someDigits(keyed, 4)}`;
  const month = String(1 + keyed.below(12)).padStart(2, '0');
  const day = String(1 + keyed.below(28)).padStart(2, '0');
  const year = 1930 + keyed.below(80);
  if (value.length === 15)
    return `${place}${String(year).slice(2)}${month}${day}${someDigits(keyed, 3)}`;
  if (value.length !== 18) return withDigits(value, place + someDigits(keyed, 30));
  const body = `${place}${year}${month}${day}${someDigits(keyed, 3)}`;
  return body + idCardCharacter(body);
}

/** NHS numbers from 999, which is kept for tests; any other number keeps its form. */
export function medicalIdFor(keyed: Keyed, value: string): string {
  if (!nhsHolds(value.replace(/\D/g, ''))) return sameForm(keyed, value);
  for (;;) {
    const nine = `999${someDigits(keyed, 6)}`;
    const check = nhsDigit(nine);
    if (check !== null) return withDigits(value, nine + check);
  }
}

/** Addresses kept for documents: RFC 5737 for version 4, RFC 3849 for version 6. */
export function ipFor(keyed: Keyed, value: string): string {
  if (value.includes(':')) {
    const groups = Array.from({ length: 2 }, () => keyed.below(65_536).toString(16));
    return `2001:db8::${groups.join(':')}`;
  }
  const net = keyed.pick(['192.0.2', '198.51.100', '203.0.113']);
  return `${net}.${1 + keyed.below(254)}`;
}

/** The local part in its form, under a domain that nobody can own (RFC 2606, section 3). */
export function emailFor(keyed: Keyed, value: string): string {
  const local = value.split(/@|[[(]at[\])]/i, 1)[0]?.trim() ?? '';
  return `${sameForm(keyed, local)}@example.${keyed.pick(['org', 'com', 'net'])}`;
}

/** The scheme stays; the rest is a keyed word under the reserved end .example (RFC 2606). */
export function urlFor(keyed: Keyed, value: string): string {
  const scheme = /^[a-z]{2,5}:\/\//i.exec(value)?.[0] ?? '';
  const www = /^(?:[a-z]{2,5}:\/\/)?www\./i.test(value) ? 'www.' : '';
  return `${scheme}${www}${sameForm(keyed, 'kalopire')}.example`;
}
