import type { Keyed } from './keyed.ts';

const VOWELS = 'aeiou';
const CONSONANTS = 'bcdfghklmnprstvw';
/** Neutral characters for Chinese names of places and firms. */
const HAN = [...'安柏辰德恩方和嘉景康乐明宁平启清荣瑞思泰文祥新雅永裕泽正致中'];
/** Characters that say what kind of place or body follows or stands before them stay. */
const HAN_KEPT = new Set([...'省市区县镇乡村路街道巷弄号栋幢座楼层室单元院医学校公司科部局厅第的']);

/** A letter, digit or character of the same kind by keyed choice; joints and blanks stay. */
function keptForm(keyed: Keyed, character: string): string {
  if (/\p{Nd}/u.test(character)) return keyed.digit();
  if (/\p{Script=Han}/u.test(character)) {
    return HAN_KEPT.has(character) ? character : keyed.pick(HAN);
  }
  if (!/\p{L}/u.test(character)) return /\p{M}/u.test(character) ? '' : character;
  const plain = character.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const letter = keyed.pick([...(VOWELS.includes(plain[0] ?? '') ? VOWELS : CONSONANTS)]);
  return character === character.toLowerCase() ? letter : letter.toUpperCase();
}

/** A text of the same form: letters for letters (vowels for vowels, so it can be said), digits for digits. */
export const sameForm = (keyed: Keyed, text: string): string =>
  [...text].map((character) => keptForm(keyed, character)).join('');

/** The value with its digits replaced in order, joints as they were. */
export function withDigits(value: string, digits: string): string {
  let at = 0;
  return value.replace(/\d/g, () => digits[at++] ?? '0');
}

/** As many keyed digits as asked for. */
export const someDigits = (keyed: Keyed, count: number): string =>
  Array.from({ length: count }, () => keyed.digit()).join('');
