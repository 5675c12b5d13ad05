import type { Finder } from '../settle.ts';
import { findForm, SURE } from '../matching.ts';

/**
 * Addresses of electronic mail: the dot-atom form of RFC 5322, 3.4.1, with letters of any script
 * (RFC 6531), and the usual ways to hide one from machines ("name at example dot org").
 */
const PLAIN =
  /(?<![\p{Script=Latin}\p{N}._%+-])[\p{Script=Latin}\p{N}_%+'-](?:[\p{Script=Latin}\p{N}._%+'-]{0,62}[\p{Script=Latin}\p{N}_%+-])?@(?:[\p{Script=Latin}\p{N}](?:[\p{Script=Latin}\p{N}-]{0,61}[\p{Script=Latin}\p{N}])?\.){1,6}[\p{Script=Latin}]{2,24}/gu;
const SPELLED =
  /(?<![\p{Script=Latin}\p{N}._-])[\p{Script=Latin}\p{N}._-]{1,40} ?[[(]at[\])] ?[\p{Script=Latin}\p{N}-]{1,40}(?: ?[[(]dot[\])] ?|\.)[\p{Script=Latin}]{2,12}(?![\p{Script=Latin}\p{N}])/giu;

export const findEmail: Finder = (text) => [
  ...findForm(text, 'EMAIL', PLAIN, () => SURE.checked),
  ...findForm(text, 'EMAIL', SPELLED, () => SURE.announced),
];
