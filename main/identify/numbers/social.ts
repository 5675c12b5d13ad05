import type { Finder } from '../settle.ts';
import { announced, digitsOf, findForm, SURE } from '../matching.ts';

const WORDS =
  /\b(?:ssn|social[ -]security|soc\.? ?sec|itin|tin|tax(?:payer)? ?(?:id|identification))\b/i;
const GROUPED = /(?<![\d-])\d{3}([ .-])\d{2}\1\d{4}(?![\d-])/g;
const PLAIN = /(?<![\d-])\d{9}(?![\d-])/g;

/**
 * United States social security numbers. Numbers never assigned (area 000, 666, 900-999, group 00,
 * serial 0000: SSA POMS RM 10201.035) stay in, unsure, unless a word announces them.
 */
export const findSsn: Finder = (text) => [
  ...findForm(text, 'SSN', GROUPED, (value, { index = 0 }) => {
    if (announced(text, index, WORDS)) return SURE.checked;
    return assigned(value) ? SURE.form : SURE.weak;
  }),
  ...findForm(text, 'SSN', PLAIN, (_, { index = 0 }) =>
    announced(text, index, WORDS) ? SURE.announced : null,
  ),
];

function assigned(value: string): boolean {
  const digits = digitsOf(value);
  return !/^(?:000|666|9)/.test(digits) && digits.slice(3, 5) !== '00' && !digits.endsWith('0000');
}
