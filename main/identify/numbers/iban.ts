import type { Finder } from '../settle.ts';
import { announced, findForm, SURE } from '../matching.ts';
import { ibanHolds } from './check-digits.ts';

/** Lengths by country: SWIFT IBAN Registry (ISO 13616-2). */
const LENGTHS: Readonly<Record<string, number>> = {
  ...{ AD: 24, AE: 23, AL: 28, AT: 20, AZ: 28, BA: 20, BE: 16, BG: 22, BH: 22, BI: 27, BR: 29 },
  ...{ BY: 28, CH: 21, CR: 22, CY: 28, CZ: 24, DE: 22, DJ: 27, DK: 18, DO: 28, EE: 20, EG: 29 },
  ...{ ES: 24, FI: 18, FK: 18, FO: 18, FR: 27, GB: 22, GE: 22, GI: 23, GL: 18, GR: 27, GT: 28 },
  ...{ HN: 28, HR: 21, HU: 28, IE: 22, IL: 23, IQ: 23, IS: 26, IT: 27, JO: 30, KW: 30, KZ: 20 },
  ...{ LB: 28, LC: 32, LI: 21, LT: 20, LU: 20, LV: 21, LY: 25, MC: 27, MD: 24, ME: 22, MK: 19 },
  ...{ MN: 20, MR: 27, MT: 31, MU: 30, NI: 28, NL: 18, NO: 15, OM: 23, PK: 24, PL: 28, PS: 29 },
  ...{ PT: 25, QA: 29, RO: 24, RS: 22, RU: 33, SA: 24, SC: 31, SD: 18, SE: 24, SI: 19, SK: 24 },
  ...{ SM: 27, SO: 23, ST: 25, SV: 28, TL: 23, TN: 24, TR: 26, UA: 29, VA: 22, VG: 24, XK: 20 },
  ...{ YE: 30 },
};
const FORM =
  /(?<![\p{Script=Latin}\p{N}])[A-Z]{2}\d{2}[A-Z\d]{11,30}(?![\p{Script=Latin}\p{N}])/giu;
const GROUPED =
  /(?<![\p{Script=Latin}\p{N}])[A-Z]{2}\d{2}(?:[ -][A-Z\d]{4}){2,7}(?:[ -][A-Z\d]{1,4})?(?![\p{Script=Latin}\p{N}])/gu;
const WORDS = /\biban\b|\baccount\b|\btransfer\b|账号|帐号/i;

/**
 * International bank account numbers: length of the country and ISO 13616-1 check digits. One with
 * wrong check digits or length stays in, unsure. A grouped one may be followed by a word, so the
 * length of its country cuts it.
 */
export const findIban: Finder = (text) =>
  [FORM, GROUPED]
    .flatMap((form) =>
      findForm(text, 'IBAN', form, (value, { index = 0 }) => {
        const bare = value.replace(/[ -]/g, '').toUpperCase();
        const length = LENGTHS[bare.slice(0, 2)];
        if (length === undefined || !/\d{4}/.test(bare.slice(4))) return null;
        if (bare.length === length && ibanHolds(bare)) return SURE.checked;
        const told = announced(text, index, WORDS, 60);
        if (bare.length === length) return told ? SURE.likely : SURE.weak;
        return told && Math.abs(bare.length - length) <= 2 ? SURE.weak : null;
      }),
    )
    .concat(cutToLength(text));

/** Grouped IBANs whose last group ran on into the next word. */
function cutToLength(text: string): ReturnType<Finder>[number][] {
  const starts = /(?<![\p{Script=Latin}\p{N}])[A-Z]{2}\d{2} /gu;
  return [...text.matchAll(starts)].flatMap(({ index }) => {
    const length = LENGTHS[text.slice(index, index + 2)];
    if (length === undefined) return [];
    let end = index;
    let bare = '';
    while (end < text.length && bare.length < length) {
      const character = text[end] ?? '';
      if (/[A-Z\d]/.test(character)) bare += character;
      else if (character !== ' ' || text[end - 1] === ' ') break;
      end++;
    }
    const whole = bare.length === length && !/[\p{Script=Latin}\p{N}]/u.test(text[end] ?? '');
    return whole && ibanHolds(bare)
      ? [{ start: index, end, type: 'IBAN' as const, confidence: SURE.checked }]
      : [];
  });
}
