import { z } from 'zod';

export const COLUMN_ROLES = [
  'direct-identifier',
  'quasi-identifier',
  'sensitive',
  'label',
  'other',
] as const;
export const columnRole = z.enum(COLUMN_ROLES);
export type ColumnRole = z.infer<typeof columnRole>;

/**
 * What personal data can be. The first line of each group is what its type covers beyond its name:
 * the table with HIPAA Safe Harbor and GB/T 37964 stands in docs/identify.md.
 */
export const ENTITY_TYPES = [
  'PERSON',
  /** Countries, regions, towns, districts: a place, not a way to a door. */
  'LOCATION',
  /** Streets, buildings, post boxes: what leads to a door. */
  'ADDRESS',
  'POSTCODE',
  'ORGANIZATION',
  /** Dates, years and times; of birth, death, admission or anything else. */
  'DATE',
  'AGE',
  'TITLE',
  /** Nationality, religion, political group, ethnic group. */
  'NRP',
  /** Telephone and fax. */
  'PHONE',
  'EMAIL',
  'URL',
  'IP',
  /** Payment cards. */
  'CARD',
  'IBAN',
  /** Accounts at a bank or elsewhere. */
  'ACCOUNT',
  'SSN',
  'ID_CARD',
  'PASSPORT',
  'LICENCE',
  'PLATE',
  /** Patient, record, insurance and NHS numbers. */
  'MEDICAL_ID',
  /** Serial numbers of devices and vehicles, MAC addresses. */
  'DEVICE_ID',
  /** Any other number that stands for one person, told by the words around it. */
  'OTHER_ID',
] as const;
export const entityType = z.enum(ENTITY_TYPES);
export type EntityType = z.infer<typeof entityType>;

/** Why a role is proposed. */
export const EVIDENCE = [
  /** The person or the call named the column as the label. */
  'chosen',
  /** The name of the column. */
  'name',
  /** The form of its cells. */
  'pattern',
  /** Check digits or calendar days hold. */
  'check',
  /** Words known to be names, places, sexes. */
  'values',
  /** Nearly every row has a value of its own. */
  'distinct',
  /** Few values, and a name that outcomes have. */
  'outcome',
  /** A short name, read so because the other columns are about health. */
  'neighbours',
  /** A word of the name, in the field the study is of. */
  'field',
  /** Free text. */
  'text',
  /** The name says more than the values hold. */
  'not-borne-out',
  /** No values at all. */
  'empty',
] as const;
export const evidence = z.enum(EVIDENCE);
export type Evidence = z.infer<typeof evidence>;

/** A kind of personal data in a column: share of its different values, and how sure that is. */
export const foundEntity = z.strictObject({
  type: entityType,
  share: z.number().min(0).max(1),
  confidence: z.number().min(0).max(1),
});
export type FoundEntity = z.infer<typeof foundEntity>;

/** The proposed role of one column; shares and confidence lie in 0..1. */
export const columnFinding = z.strictObject({
  name: z.string(),
  role: columnRole,
  /** What the role rests on first. */
  entities: z.array(foundEntity),
  confidence: z.number().min(0).max(1),
  evidence: z.array(evidence),
  /** Different values divided by the rows that hold one. */
  distinct: z.number().min(0).max(1),
});
export type ColumnFinding = z.infer<typeof columnFinding>;

/** A small set of columns that together single out rows: shares of all rows, in 0..1. */
export const uniqueSet = z.strictObject({
  columns: z.array(z.string()).min(1).max(4),
  /** Rows that no other row equals in these columns. */
  unique: z.number().min(0).max(1),
  /** Rows that fewer than four others equal: classes of 1 to 4 rows. */
  below5: z.number().min(0).max(1),
});
export type UniqueSet = z.infer<typeof uniqueSet>;

/** The proposed role of each column with its evidence, and which columns single people out. */
export const identifyResult = z.strictObject({
  columns: z.array(columnFinding),
  uniqueness: z.array(uniqueSet),
});
export type IdentifyResult = z.infer<typeof identifyResult>;

/** One finding in a text: offsets in UTF-16 code units, `end` behind the last; confidence in 0..1. */
export const entitySpan = z.strictObject({
  start: z.int().nonnegative(),
  end: z.int().min(1),
  type: entityType,
  confidence: z.number().min(0).max(1),
});
export type EntitySpan = z.infer<typeof entitySpan>;
