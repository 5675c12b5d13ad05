import type { ColumnRole, EntityType } from '../../contract/identify.ts';
import { digitsOf } from '../matching.ts';
import {
  dayHolds,
  ibanHolds,
  idCardHolds,
  luhn,
  nhsHolds,
  vinHolds,
} from '../numbers/check-digits.ts';

/** A form that a whole cell can have. */
export interface ValueForm {
  readonly type: EntityType;
  readonly role: ColumnRole;
  readonly form: RegExp;
  /** A check digit or calendar that a cell of this form has to fit. */
  readonly holds?: (cell: string) => boolean;
  /** Share of accidental numbers that pass the check. */
  readonly chance?: number;
  /** How sure the form makes one, before its check. */
  readonly confidence: number;
  /** The form alone is too common: it counts only where cells pass the check. */
  readonly checkedOnly?: true;
}

const direct = (form: Omit<ValueForm, 'role'>): ValueForm => ({
  ...form,
  role: 'direct-identifier',
});
const quasi = (form: Omit<ValueForm, 'role'>): ValueForm => ({ ...form, role: 'quasi-identifier' });

const PROVINCES = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领';

/** Forms of whole cells, the more telling first; sources of the checks stand beside them. */
export const VALUE_FORMS: readonly ValueForm[] = [
  direct({ type: 'EMAIL', form: /^[\w.+'-]+@[\w-]+(\.[\w-]+)+$/u, confidence: 0.98 }),
  direct({ type: 'URL', form: /^(https?:\/\/|www\.)\S+$/iu, confidence: 0.9 }),
  direct({
    type: 'ID_CARD',
    form: /^\d{6}(18|19|20)\d{9}[\dXx]$/u,
    holds: idCardHolds,
    chance: 1 / 11,
    confidence: 0.5,
  }),
  direct({
    type: 'ID_CARD',
    form: /^[1-9]\d{5}\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}$/u,
    confidence: 0.7,
  }),
  direct({
    type: 'SSN',
    form: /^(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}$/u,
    confidence: 0.95,
  }),
  direct({
    type: 'IBAN',
    form: /^[A-Z]{2}\d{2}( ?[A-Z\d]){11,30}$/u,
    holds: (cell) => ibanHolds(cell.replaceAll(' ', '')),
    chance: 1 / 97,
    confidence: 0.5,
  }),
  direct({
    type: 'DEVICE_ID',
    form: /^[A-HJ-NPR-Z\d]{17}$/iu,
    holds: vinHolds,
    chance: 1 / 11,
    confidence: 0.3,
    checkedOnly: true,
  }),
  direct({ type: 'DEVICE_ID', form: /^([\dA-F]{2}[:-]){5}[\dA-F]{2}$/iu, confidence: 0.95 }),
  direct({
    type: 'CARD',
    form: /^(\d{4}([ -]?\d{4}){3}|\d{4}[ -]?\d{6}[ -]?\d{5}|\d{13}|\d{16}|\d{19})$/u,
    holds: (cell) => luhn(digitsOf(cell)),
    chance: 0.1,
    confidence: 0.35,
  }),
  direct({
    type: 'IP',
    form: /^((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d)$/u,
    confidence: 0.95,
  }),
  direct({ type: 'OTHER_ID', form: /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/iu, confidence: 0.9 }),
  direct({ type: 'PHONE', form: /^(\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}$/u, confidence: 0.95 }),
  direct({ type: 'PHONE', form: /^\(?0\d{2,4}\)?[ -]?\d{3,4}[ -]?\d{3,4}$/u, confidence: 0.85 }),
  direct({ type: 'PHONE', form: /^\+\d{1,3}([ ()-]{0,2}\d){6,12}$/u, confidence: 0.95 }),
  direct({ type: 'PHONE', form: /^(1[ -])?\(?\d{3}\)?[ -]\d{3}[ -]\d{4}$/u, confidence: 0.9 }),
  direct({
    type: 'MEDICAL_ID',
    form: /^\d{3} ?\d{3} ?\d{4}$/u,
    holds: (cell) => nhsHolds(digitsOf(cell)),
    chance: 1 / 11,
    confidence: 0.3,
    checkedOnly: true,
  }),
  direct({
    type: 'PLATE',
    form: new RegExp(
      `^[${PROVINCES}][A-HJ-NP-Z][·• ]?[A-HJ-NP-Z\\d]{4,5}[A-HJ-NP-Z\\d挂学警港澳]$`,
      'u',
    ),
    confidence: 0.95,
  }),
  quasi({ type: 'POSTCODE', form: /^[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$/iu, confidence: 0.9 }),
  quasi({ type: 'POSTCODE', form: /^([A-Z]\d[A-Z] ?\d[A-Z]\d|\d{5}-\d{4})$/u, confidence: 0.85 }),
  quasi({
    type: 'DATE',
    form: /^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?([ T]+\d{1,2}[:时]\d{1,2}\S*)?( ?[+-]\d{2}:?\d{2})?$/u,
    confidence: 0.95,
  }),
  quasi({
    type: 'DATE',
    form: /^\d{1,2}([/.-])\d{1,2}\1(\d{2}|\d{4})( +\d{1,2}:\d{2}.*)?$/u,
    confidence: 0.9,
  }),
  quasi({
    type: 'DATE',
    form: /^(19|20)\d{2}(年(1[0-2]|0?[1-9])月?|[-/](0[1-9]|1[0-2]))$/u,
    confidence: 0.85,
  }),
  quasi({
    type: 'DATE',
    form: /^(19|20)\d{6}$/u,
    holds: dayHolds,
    chance: 0.07,
    confidence: 0.3,
    checkedOnly: true,
  }),
];
