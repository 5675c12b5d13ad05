import { announced, findForm, SURE } from '../matching.ts';
import type { Finder } from '../settle.ts';

const WORDS =
  /\b(?:zip(?:[ -]?codes?)?|post ?codes?|postal ?codes?|post(?:al)? code|plz|cap|c\.p\.)\b[^\n]{0,24}$|邮编|邮政编码/i;
/** BS 7666 form of British postcodes. */
const BRITISH =
  /(?<![\p{Script=Latin}\p{N}])(?:GIR ?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d(?:\d|[ABEHMNPRVWXY])?|\d[A-HJKPS-UW]) ?\d[ABD-HJLNP-UW-Z]{2})(?![\p{Script=Latin}\p{N}])/giu;
/** Canada Post: no D, F, I, O, Q, U; W and Z not at the start. */
const CANADIAN =
  /(?<![\p{Script=Latin}\p{N}])[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d(?![\p{Script=Latin}\p{N}])/giu;
const DUTCH = /(?<![\p{Script=Latin}\p{N}])[1-9]\d{3} ?[A-Z]{2}(?![\p{Script=Latin}\p{N}])/gu;
/** US state (or military) letters, then ZIP or ZIP+4 (USPS Publication 28). */
const STATE =
  /\b(?:A[AEKLPRZ]|C[AOT]|D[CE]|FL|G[AU]|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY])[ ,]{1,2}(?<value>\d{5}(?:-\d{4})?)(?![\d-])/dg;
const ZIP4 = /(?<![\d-])\d{5}-\d{4}(?![\d-])/g;
const PREFIXED = /(?<![\p{Script=Latin}\p{N}])(?:[A-Z]{1,2}-)\d{4,5}(?![\p{Script=Latin}\p{N}-])/gu;
const ANY =
  /(?<![\p{Script=Latin}\p{N}-])(?:\d{3,6}(?:[ -]\d{2,4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})(?![\p{Script=Latin}\p{N}-])/giu;

/** Postcodes by a form of their own, after a state, or after the word. */
export const findPostcode: Finder = (text) => [
  ...findForm(text, 'POSTCODE', BRITISH, (value) => (/[a-z]/.test(value) ? SURE.weak : SURE.form)),
  ...findForm(text, 'POSTCODE', CANADIAN, () => SURE.form),
  ...findForm(text, 'POSTCODE', DUTCH, (_, { index = 0 }) =>
    announced(text, index, WORDS) ? SURE.announced : 0.4,
  ),
  ...findForm(text, 'POSTCODE', STATE, () => SURE.form),
  ...findForm(text, 'POSTCODE', ZIP4, () => SURE.form),
  ...findForm(text, 'POSTCODE', PREFIXED, () => SURE.weak),
  ...findForm(text, 'POSTCODE', ANY, (_, { index = 0 }) =>
    announced(text, index, WORDS) ? SURE.announced : null,
  ),
];
