import type { EntityType } from '../../contract/identify.ts';
import { findForm, SURE } from '../matching.ts';
import type { Finder } from '../settle.ts';

/** The word or sign that may stand between a name of a number and the number itself. */
const JOIN = String.raw`(?:[ \t]{0,3}(?:no\.?|nos\.?|num(?:ber)?s?\.?|nr\.?|id|#|№|code|plate|reg(?:istration)?\.?|card|is|was|of|are|my|his|her|the|[:=(\-–]|which|reads|ends?(?: in)?|号码|号|：|为|是)[ \t]{0,3}){0,5}\n?[ \t]{0,6}`;
/** A number for one thing: letters, digits and joints, with at least one digit. */
const NUMBER = String.raw`(?<value>(?=[A-Z-]{0,10}\d|[\d-]{1,24}[A-Z])[A-Z\d](?:[A-Z\d]|[-/.](?=[A-Z\d])){2,31})`;
/** The same with blanks between groups, for plates, policy and licence numbers. */
const SPACED = String.raw`(?<value>(?=[A-Z -]{0,10}\d)[A-Z\d]{1,10}(?:[ \-/.][A-Z\d]{1,10}){0,5})`;

const NAMES: readonly (readonly [EntityType, string, string])[] = [
  ['PASSPORT', String.raw`passports?|travel documents?|护照`, NUMBER],
  [
    'LICENCE',
    String.raw`(?:driv(?:er|ing)(?:['’]?s)?[ -])?licen[cs]es?|\bdl|permits?|certificates?|dea|npi|gmc|nmc|驾驶证|驾照|执照`,
    NUMBER,
  ],
  [
    'PLATE',
    String.raw`(?:licen[cs]e|number|vehicle|car|registration)[ -]plates?|plates?|car reg(?:istration)?|vehicle registration|registration (?:mark|number)|tag number|车牌`,
    SPACED,
  ],
  [
    'MEDICAL_ID',
    String.raw`mrn|m\.r\.n\.|medical records?|health records?|patient(?:['’]s)?(?: id| no| number| ref)|hospital (?:id|no|number|record)|chart|nhs|medicare|medicaid|health (?:plan|insurance|card)(?: beneficiary)?|insurance (?:id|no|number|policy)|policy|member(?:ship)? (?:id|no|number)|member|beneficiary|subscriber|encounter|admission (?:id|no|number)|specimen|accession|lab(?:oratory)? (?:id|no|number)|病历号|住院号|门诊号|医保号`,
    NUMBER,
  ],
  [
    'ACCOUNT',
    String.raw`accounts?|acct\.?|a/c|sort code|routing|aba|swift|bic|bank account|iban|账号|帐号|卡号`,
    SPACED,
  ],
  [
    'DEVICE_ID',
    String.raw`serial|s/n|imei|meid|esn|device(?: id| no| number| serial)|udi|implant|pacemaker|lot|model no|asset tag|vin|chassis|mac(?: address)?|sn|序列号|设备号`,
    NUMBER,
  ],
  [
    'OTHER_ID',
    String.raw`(?:employee|staff|student|customer|client|user|tax(?:payer)?|national|citizen|voter|case|claim|reference|ref|file|ticket|invoice|order|booking|tracking|docket|badge|payroll|national insurance|residen(?:t|ce)|identity|id(?:entification)?)(?: card)?(?: id| no| number| #)?|\bni|nino|tin|ein|vat|工号|学号|编号`,
    NUMBER,
  ],
];

const FORMS = NAMES.map(
  ([type, names, number]) =>
    [
      type,
      new RegExp(
        String.raw`(?<![\p{Script=Latin}\p{N}])(?:${names})(?![\p{Script=Latin}])${JOIN}${number}(?![\p{Script=Latin}\p{N}])`,
        'dgiu',
      ),
    ] as const,
);

/** Numbers that only the words before them make personal: "passport no. X1234567". */
export const findAnnounced: Finder = (text) =>
  FORMS.flatMap(([type, form]) =>
    findForm(text, type, form, (value) => {
      const digits = value.replace(/\D/g, '').length;
      if (digits === 0 || value.length < 3) return null;
      // "permit 2", "lot of 30": too short to stand for one person.
      if (digits < 4 && value.length < 6) return null;
      if (/^(?:19|20)\d{2}$/.test(value)) return SURE.failed;
      return type === 'OTHER_ID' ? 0.78 : 0.86;
    }),
  );
