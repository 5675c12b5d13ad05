import { findForm, SURE } from '../matching.ts';
import type { Finder } from '../settle.ts';
import { luhn, vinHolds } from './check-digits.ts';

const MAC =
  /(?<![\p{Script=Latin}\p{N}:-])[\da-f]{2}([:-])(?:[\da-f]{2}\1){4}[\da-f]{2}(?![\p{Script=Latin}\p{N}:-])/giu;
/** 17 characters without I, O and Q: ISO 3779. */
const VIN =
  /(?<![\p{Script=Latin}\p{N}])(?=[A-Z\d]{0,16}\d)(?=\d{0,16}[A-Z])[A-HJ-NPR-Z\d]{17}(?![\p{Script=Latin}\p{N}])/gu;
const IMEI = /(?<=\bimei\b[ :#.no]{0,6})\d{15}(?!\d)/gi;
const UUID =
  /(?<![\p{Script=Latin}\p{N}-])[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}(?![\p{Script=Latin}\p{N}-])/giu;

/** Network cards (IEEE 802 MAC), vehicles (VIN, 49 CFR 565), telephones (IMEI) and UUIDs. */
export const findDevice: Finder = (text) => [
  ...findForm(text, 'DEVICE_ID', MAC, () => SURE.checked),
  ...findForm(text, 'DEVICE_ID', VIN, (value) => (vinHolds(value) ? SURE.checked : SURE.weak)),
  ...findForm(text, 'DEVICE_ID', IMEI, (value) => (luhn(value) ? 0.985 : SURE.announced)),
  ...findForm(text, 'DEVICE_ID', UUID, () => SURE.announced),
];
