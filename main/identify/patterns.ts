import type { EntityType } from '../contract/identify.ts';

interface Pattern {
  readonly type: EntityType;
  readonly form: RegExp;
  readonly holds?: (match: string) => boolean;
}

const digitsOf = (text: string): string => text.replace(/\D/g, '');

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Check character of an 18-character citizen identity number: GB 11643-1999, clause 4 (ISO 7064 MOD 11-2). */
export function idCardHolds(text: string): boolean {
  const sum = ID_WEIGHTS.reduce((total, weight, i) => total + weight * Number(text[i]), 0);
  return '10X98765432'[sum % 11] === text[17]?.toUpperCase();
}

/** Luhn check digit: ISO/IEC 7812-1, annex B. */
export function luhnHolds(text: string): boolean {
  let sum = 0;
  for (const [place, digit] of [...digitsOf(text)].reverse().entries()) {
    const doubled = place % 2 === 1 ? Number(digit) * 2 : Number(digit);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Whole-cell or in-text forms of personal numbers and addresses; check digits where there are any. */
export const PATTERNS: readonly Pattern[] = [
  { type: 'EMAIL', form: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/u },
  { type: 'URL', form: /https?:\/\/\S+/u },
  { type: 'ID_CARD', form: /(?<!\d)\d{17}[\dXx](?!\d)/u, holds: idCardHolds },
  { type: 'CARD', form: /(?<!\d)(?:\d[ -]?){15,18}\d(?!\d)/u, holds: luhnHolds },
  { type: 'SSN', form: /(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)/u },
  {
    type: 'IP',
    form: /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])/u,
  },
  {
    type: 'PHONE',
    form: /(?<!\d)(?:\+\d{1,3}[ -]?)?(?:1[3-9]\d{9}|0\d{2,4}[ -]?\d{3,4}[ -]?\d{3,4})(?!\d)/u,
  },
];

/** The entity types found anywhere in one cell. */
export function entitiesIn(cell: string): EntityType[] {
  return PATTERNS.filter(({ form, holds }) => {
    const match = form.exec(cell);
    return match !== null && (holds === undefined || holds(match[0]));
  }).map(({ type }) => type);
}
