import type { Finder } from '../settle.ts';
import { announced, findForm, SURE } from '../matching.ts';
import { dayHolds, idCardHolds } from './check-digits.ts';

const EIGHTEEN = /(?<!\d)[1-9]\d{16}[\dXx](?![\dXx])/g;
/** The older form: six digits of the place, yymmdd, three of order: GB 11643-1989. */
const FIFTEEN = /(?<!\d)[1-9]\d{14}(?!\d)/g;
const WORDS = /\b(?:id(?:entity)?(?: card)?(?: no| number)?|citizen)\b|身份证|证件/i;
/** Births before are no births of people that live in records. */
const FIRST_YEAR = 1801;
/** First two digits: provinces of GB/T 2260. */
const PROVINCE = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;

/**
 * Citizen identity numbers of China, 18 and 15 characters (GB 11643-1999, clause 4). One whose
 * check character fails stays in, unsure.
 */
export const findIdCard: Finder = (text) => [
  ...findForm(text, 'ID_CARD', EIGHTEEN, (value, { index = 0 }) => {
    const dated = dayHolds(value.slice(6, 14), FIRST_YEAR) && PROVINCE.test(value);
    if (idCardHolds(value)) return dated ? 0.99 : SURE.likely;
    if (announced(text, index, WORDS)) return SURE.likely;
    return dated ? 0.5 : null;
  }),
  ...findForm(text, 'ID_CARD', FIFTEEN, (value, { index = 0 }) => {
    if (!PROVINCE.test(value) || !dayHolds(`19${value.slice(6, 12)}`)) return null;
    return announced(text, index, WORDS) ? SURE.announced : 0.5;
  }),
];
