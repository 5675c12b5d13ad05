import type { Finder } from '../settle.ts';
import { findForm, SURE } from '../matching.ts';

const BYTE = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
/** IPv4 as dotted decimal, with an optional prefix length (RFC 4632) or port. */
const V4 = new RegExp(
  `(?<![\\d.])(?<value>(?:${BYTE}\\.){3}${BYTE}(?:/(?:3[0-2]|[12]?\\d))?)(?![\\d]|\\.\\d)`,
  'g',
);
/** What may be IPv6; its groups are counted afterwards. */
const V6 =
  /(?<![\p{Script=Latin}\p{N}:.])[\da-f:]{2,39}(?:(?:\d{1,3}\.){3}\d{1,3})?(?:%\w{1,15})?(?![\p{Script=Latin}\p{N}:])/giu;
const VERSION = /(?:\bversion|\bver|\bv|\brelease|\bsection|\bchapter|§)\.?\s{0,2}$/i;

/** Internet addresses, version 4 and 6 (RFC 4291, 2.2: `::` once, eight groups of 16 bits). */
export const findIp: Finder = (text) => [
  ...findForm(text, 'IP', V4, (_, { index = 0 }) =>
    VERSION.test(text.slice(Math.max(0, index - 12), index)) ? SURE.weak : SURE.checked,
  ),
  ...findForm(text, 'IP', V6, (value) => (isIpv6(value) ? SURE.checked : null)),
];

export function isIpv6(address: string): boolean {
  const [bare = ''] = address.split('%');
  const halves = bare.split('::');
  if (halves.length > 2 || !bare.includes(':')) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const embedded = last.includes('.');
  if (embedded && !new RegExp(`^(?:${BYTE}\\.){3}${BYTE}$`).test(last)) return false;
  const plain = embedded ? groups.slice(0, -1) : groups;
  if (!plain.every((group) => /^[\da-f]{1,4}$/i.test(group))) return false;
  const count = plain.length + (embedded ? 2 : 0);
  // "::" alone, "a::" and times such as 12:30 are no address of anybody.
  return halves.length === 2 ? count >= 2 && count < 8 : count === 8;
}
