import type { Finder } from '../settle.ts';
import { announced, digitsOf, findForm, SURE } from '../matching.ts';
import { luhn } from './check-digits.ts';

/** 12 to 19 digits in one run or in groups of two to seven (ISO/IEC 7812-1, clause 4). */
const FORM = /(?<![\d.,-])(?<!\d[ -])\d{2,7}(?:[ -]?\d{2,7}){1,8}(?![\d]|[ -]\d|[.,]\d)/g;
const WORDS =
  /\b(?:card|cc|visa|master ?card|amex|american express|discover|diners|jcb|maestro|union ?pay|debit|credit)\b|卡/i;

/** Issuers by the first digits, with the lengths they use (ISO/IEC 7812-2 register, as published). */
const ISSUERS: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:6011|64[4-9]|65|622)/, [16, 17, 18, 19]],
  [/^(?:30[0-5]|309|36|38|39)/, [14, 15, 16, 17, 18, 19]],
  [/^35(?:2[89]|[3-8])/, [16, 17, 18, 19]],
  [/^(?:1800|2131)/, [15]],
  [/^(?:62|81)/, [16, 17, 18, 19]],
  [/^(?:50|5[6-9]|6[0379])/, [12, 13, 14, 15, 16, 17, 18, 19]],
  [/^(?:2200|2201|2202|2203|2204)/, [16]],
];

export function issuerKnown(digits: string): boolean {
  return ISSUERS.some(([start, lengths]) => start.test(digits) && lengths.includes(digits.length));
}

/** Payment cards: issuer and Luhn digit, or the word before it; a number that fails stays in, unsure. */
export const findCard: Finder = (text) =>
  findForm(text, 'CARD', FORM, (value, { index = 0 }) => {
    const digits = digitsOf(value);
    if (digits.length < 12 || digits.length > 19 || /^(\d)\1+$/.test(digits)) return null;
    const holds = luhn(digits);
    const told = announced(text, index, WORDS, 60);
    if (holds && issuerKnown(digits)) return told ? SURE.checked : 0.93;
    if (holds && told) return SURE.announced;
    if (told) return SURE.likely;
    if (holds && digits.length >= 15) return SURE.weak;
    return issuerKnown(digits) && digits.length >= 15 ? SURE.failed : null;
  });
