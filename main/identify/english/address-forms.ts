import type { EntitySpan } from '../../contract/identify.ts';
import { findForm, SURE } from '../matching.ts';

/** Addresses without a street, by their form. */

/** Military and diplomatic mail: USPS Publication 28, section 238. */
const MILITARY =
  /(?<![\p{L}\p{N}])(?:(?:PSC|CMR|UNIT|UPR) ?\d{1,5},? {1,2}BOX \d{1,5}|(?:USS|USNS|USNV|USCGC|HMS) [\p{L} .'-]{2,30})(?:[,\s]{1,6}(?:APO|FPO|DPO),?\s{1,2}A[AEP](?:,?\s{1,2}\d{5}(?:-\d{4})?)?)/giu;
const MILITARY_BOX =
  /(?<![\p{L}\p{N}])(?:PSC|CMR|UNIT) ?\d{1,5},? {1,2}BOX \d{1,5}(?![\p{L}\p{N}])/giu;
const BOX =
  /(?<![\p{L}\p{N}])(?:p\.? ?o\.? ?box|post(?:al)? (?:office )?box|g\.?p\.?o\.? box|private bag|locked bag|postfach|apartado(?: postal)?|casella postale|bo[iî]te postale|b\.p\.|postboks|postbus|caixa postal|rural route|rr|hc) ?(?:#|no\.? ?|nr\.? ?)?[A-Z]?\d{1,6}(?: box \d{1,5})?(?![\p{L}\p{N}])/giu;

/** Post boxes, military and diplomatic mail. */
export const findMailForms = (text: string): EntitySpan[] => [
  ...findForm(text, 'ADDRESS', MILITARY, () => 0.97),
  ...findForm(text, 'ADDRESS', MILITARY_BOX, () => 0.9),
  // "RR 16" is a rural route, and on a ward a breathing rate.
  ...findForm(text, 'ADDRESS', BOX, (value) =>
    /^(?:rr|hc) ?\d+$/i.test(value) ? SURE.weak : SURE.announced,
  ),
];
