import type { Finder } from '../settle.ts';
import { announced, digitsOf, findForm, SURE } from '../matching.ts';

const WORDS =
  /\b(?:phones?|tel(?:ephone)?|mobile|mob|cell(?:phone)?|fax|call(?:ed|ing)?|dial(?:led)?|ring|text(?:ed)?|sms|whatsapp|contact(?: number)?|number is|reach(?:ed)?(?: (?:me|him|her|us|them))?(?: (?:at|on))?|extension|pager|landline|hotline|helpline|answer(?:ing)?)\b|电话|手机|联系|传真|致电/i;
const AFTER =
  /^[ \t]{0,3}[-,(/\\]{0,2}[ \t]{0,2}(?:office|fax|mobile|cell|home|work|tel|phone|direct|main|desk)\b/i;
const NOT_PHONE =
  /\b(?:card|account|acct|iban|invoice|order|ref(?:erence)?|licen[cs]e|passport|serial|policy|claim|case|id|nhs|mrn|zip|postcode|vin|isbn)\b[^\n]{0,12}$/i;
const EXTENSION = String.raw`(?:[ ,]{0,2}(?:ext(?:ension)?\.?|x|#)[ .:]{0,2}\d{1,6})?`;

/** E.164: + and country code, then groups; or 00 / 001 / 011 before it. */
const INTERNATIONAL = new RegExp(
  String.raw`(?<![\p{Script=Latin}\p{N}+])(?:\+|00|011[ -])[ ]?\d{1,3}(?:[ .\-/]{0,2}(?:\(\d{1,4}\)|\d{1,12})){1,7}${EXTENSION}(?![\p{Script=Latin}\d])`,
  'giu',
);
/** North America: NPA NXX XXXX with brackets, blanks, dots or hyphens (NANP). */
const NANP = new RegExp(
  String.raw`(?<![\d.+-])(?:1[ .-])?(?:\([2-9]\d{2}\)[ .-]?|[2-9]\d{2}[ .-])\d{3}[ .-]?\d{4}${EXTENSION}(?![\d])`,
  'giu',
);
/** A trunk 0 or a bracketed area, then groups: most national forms. */
const TRUNK = new RegExp(
  String.raw`(?<![\p{Script=Latin}\d.+/-])(?:\(0?\d{1,5}\)|0\d{1,5})(?:[ .\-/]{0,2}\d{2,8}){1,5}${EXTENSION}(?![\p{Script=Latin}\d])`,
  'giu',
);
/** Groups without any prefix: unsure unless words around it say telephone. */
const GROUPS = new RegExp(
  String.raw`(?<![\p{Script=Latin}\d.,+/\-(])\d{1,4}(?:[ .-]\d{2,4}){1,5}${EXTENSION}(?![\p{Script=Latin}\d]|[./]\d)`,
  'giu',
);
const PLAIN = /(?<![\p{Script=Latin}\d+/-]|\d[.,])\d{6,13}(?![\p{Script=Latin}\d]|[.,/-]\d)/gu;
/** Mainland mobile numbers, and landlines with their area: MIIT numbering plan. */
const CHINA =
  /(?<!\d)(?:(?:\+|00)?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)|(?<!\d)0(?:10|2\d|[3-9]\d{2})[ -]?[2-8]\d{6,7}(?:[ -]?(?:转|ext\.?)?\d{1,6})?(?!\d)/gi;

const DATE_LIKE =
  /^(?:\d{4}[ .-]\d{1,2}[ .-]\d{1,2}|\d{1,2}[ .-]\d{1,2}[ .-](?:\d{2}|(?:19|20)\d{2}))$/;

export const findPhone: Finder = (text) => {
  const told = (start: number, end: number): boolean =>
    announced(text, start, WORDS, 45) || AFTER.test(text.slice(end, end + 24));
  const other = (start: number): boolean => announced(text, start, NOT_PHONE, 40);
  const judged =
    (alone: number | null, least: number, most: number) =>
    (value: string, { index = 0 }: RegExpMatchArray): number | null => {
      const digits = digitsOf(value.split(/ext|x|#/i, 1)[0] ?? '').length;
      if (digits < least || digits > most || /^(\d)\1+$/.test(digitsOf(value))) return null;
      if (told(index, index + value.length) && !other(index)) return SURE.announced;
      if (alone === null || DATE_LIKE.test(value)) return null;
      return other(index) ? SURE.failed : alone;
    };
  return [
    ...findForm(text, 'PHONE', INTERNATIONAL, judged(0.88, 7, 16)),
    ...findForm(text, 'PHONE', CHINA, judged(0.85, 10, 19)),
    ...findForm(text, 'PHONE', NANP, judged(0.82, 10, 11)),
    ...findForm(text, 'PHONE', TRUNK, judged(0.7, 7, 13)),
    ...findForm(text, 'PHONE', GROUPS, judged(SURE.weak, 7, 13)),
    ...findForm(text, 'PHONE', PLAIN, judged(null, 6, 13)),
  ];
};
