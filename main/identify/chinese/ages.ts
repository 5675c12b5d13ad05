import type { EntitySpan } from '../../contract/identify.ts';
import { matchSpans } from './spans.ts';

const NUMBER =
  '(?:1[0-4]\\d|\\d{1,2}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]|一百[零一二三四五六七八九十]{0,4})';
const YEARS = new RegExp(
  `(?<![\\d.-])(?:年?约|年近|年满)?${NUMBER}(?:多|余|来|几)?(?:个)?(?:周岁|岁)(?:半|零?\\d{1,2}个?月(?:零?\\d{1,2}天)?)?`,
  'gu',
);
const RANGE = new RegExp(`(?<![\\d.])\\d{1,3} ?[-~至到] ?\\d{1,3}(?:周岁|岁)`, 'gu');
const SMALL =
  /(?<![\d.])\d{1,2}(?:个?月零?\d{1,2}天|个?月龄|日龄|天龄|周龄|月大)|(?:日龄|胎龄|孕龄)\d{1,2}\+?\d?[周天]/gu;
const LABELLED = /(?:年龄|年纪|享年|终年)[:：为是约 ]{0,3}(\d{1,3})(?![\d岁.周])/gu;
const DECADE =
  /年[过近逾][三四五六七八九]旬|[三四五六七八九]旬(?=老|男|女|患|大)|年[过近逾](?:花甲|古稀|耄耋|半百)/gu;
const SEXED = /(?<=[男女][,，/ ]{1,2})(\d{1,3})(?=[,，/ ]|Y|y)/gu;

/** Ages in years and, for infants, in months or days. The number stands in the span: over 89 can be told. */
export function agesIn(text: string): EntitySpan[] {
  return [
    ...matchSpans(text, YEARS, 'AGE', 0.9),
    ...matchSpans(text, RANGE, 'AGE', 0.5),
    ...matchSpans(text, SMALL, 'AGE', 0.7),
    ...matchSpans(text, LABELLED, 'AGE', (value) => (Number(value) <= 125 ? 0.85 : undefined), 1),
    ...matchSpans(text, DECADE, 'AGE', 0.7),
    ...matchSpans(text, SEXED, 'AGE', (value) => (Number(value) <= 125 ? 0.6 : undefined), 1),
  ];
}
