import type { Finder } from '../settle.ts';
import { findForm, SURE } from '../matching.ts';

/**
 * Addresses of electronic mail: the dot-atom form of RFC 5322, 3.4.1, with letters of any script
 * (RFC 6531), and the usual ways to hide one from machines ("name at example dot org").
 */
const PLAIN =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}_%+'-](?:[\p{L}\p{N}._%+'-]{0,62}[\p{L}\p{N}_%+-])?@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,6}[\p{L}]{2,24}/gu;
const SPELLED =
  /(?<![\p{L}\p{N}._-])[\p{L}\p{N}._-]{1,40} ?[[(]at[\])] ?[\p{L}\p{N}-]{1,40}(?: ?[[(]dot[\])] ?|\.)[\p{L}]{2,12}(?![\p{L}\p{N}])/giu;

export const findEmail: Finder = (text) => [
  ...findForm(text, 'EMAIL', PLAIN, () => SURE.checked),
  ...findForm(text, 'EMAIL', SPELLED, () => SURE.announced),
];
