import type { EntitySpan } from '../../contract/identify.ts';
import { matchSpans } from './spans.ts';

const PROVINCE = '[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]';
const LETTER = '[A-HJ-NP-Z]';
/** Registration plates of GA 36-2018: five characters behind the letter, six for new energy. */
const COMMON = new RegExp(
  `${PROVINCE}${LETTER}[·. ]?(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳领]|[DFABCEGHJK][A-HJ-NP-Z0-9]\\d{4}|\\d{5}[DFABCEGHJK])(?![A-Za-z0-9])`,
  'gu',
);
const POLICE = new RegExp(`${PROVINCE}${LETTER}?[·. ]?\\d{4}警`, 'gu');
const EMBASSY = /使\d{6}|\d{6}使|(?:沪|粤|川|渝)[A-Z]?\d{4,5}领/gu;
const ARMED = /WJ[\u4e00-\u9fa5]?[·. ]?\d{4}[\dA-Z]|[A-Z]{2}[·. ]\d{5}(?=[号牌军])/gu;

/** Registration plates: ordinary, trailer, trainer, police, Hong Kong and Macao, consular, armed police, new energy. */
export function platesIn(text: string): EntitySpan[] {
  return [COMMON, POLICE, EMBASSY, ARMED].flatMap((form) =>
    matchSpans(text, form, 'PLATE', (value) => (/\d/u.test(value) ? 0.94 : undefined)),
  );
}
