import { findForm } from '../matching.ts';
import type { Finder } from '../settle.ts';
import { AGE_FORMS, ANY_NUMBER, ONES, TEENS, TENS } from './age-forms.ts';

/**
 * Ages in figures or words; the finding is the number alone. Callers tell ages over 89 (45 CFR
 * 164.514 (b)(2)(i)(C)) with `ageOf`.
 */
export const findAge: Finder = (text) =>
  ANY_NUMBER.test(text)
    ? AGE_FORMS.flatMap(({ form, judge }) => findForm(text, 'AGE', form, judge))
    : [];

const NUMBERS: ReadonlyMap<string, number> = new Map([
  ...ONES.split('|').map((word, place): [string, number] => [word, place + 1]),
  ...TEENS.split('|').map((word, place): [string, number] => [word, place + 10]),
  ...TENS.split('|').map((word, place): [string, number] => [word, (place + 2) * 10]),
  ['hundred', 100],
]);

/** The years a finding of type AGE says, in figures or words; NaN where it is none. */
export function ageOf(value: string): number {
  const figure = /\d{1,3}/.exec(value);
  if (figure !== null) return Number(figure[0]);
  const words = value
    .toLowerCase()
    .replace(/ties$/, 'ty')
    .split(/[\s-]+/);
  const known = words.flatMap((word) => NUMBERS.get(word) ?? []);
  if (known.length === 0) return Number.NaN;
  return words.includes('hundred')
    ? known.reduce((sum, one) => sum + one, 0) - (known[0] === 1 ? 1 : 0)
    : known.reduce((sum, one) => sum + one, 0);
}
