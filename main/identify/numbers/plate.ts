import { findForm, SURE } from '../matching.ts';
import type { Finder } from '../settle.ts';

/** Registration marks with a form of their own: Great Britain since 2001 (AB12 CDE), mainland China. */
const BRITISH =
  /(?<![\p{Script=Latin}\p{N}])[A-Z]{2}[0-7]\d ?[A-HJ-PR-Z]{3}(?![\p{Script=Latin}\p{N}])/gu;
const CHINESE =
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-Z][·• -]?[A-HJ-NP-Z\d]{5,6}(?![A-Z\d])/gu;

export const findPlate: Finder = (text) => [
  ...findForm(text, 'PLATE', BRITISH, () => SURE.likely),
  ...findForm(text, 'PLATE', CHINESE, () => SURE.announced),
];
