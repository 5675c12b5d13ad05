import type { Finder } from '../settle.ts';
import { announced, digitsOf, findForm, SURE } from '../matching.ts';
import { nhsHolds } from './check-digits.ts';

const FORM = /(?<![\d-])\d{3}([ -]?)\d{3}\1\d{4}(?![\d-])/g;
const WORDS = /\bnhs\b|\bhealth service\b/i;

/** NHS numbers, ten digits modulo 11. Without the word they look like telephones, so stay unsure. */
export const findNhs: Finder = (text) =>
  findForm(text, 'MEDICAL_ID', FORM, (value, { index = 0 }) => {
    const holds = nhsHolds(digitsOf(value));
    if (announced(text, index, WORDS)) return holds ? SURE.checked : SURE.likely;
    return holds ? SURE.weak : null;
  });
