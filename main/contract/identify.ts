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

/** The proposed role of each column with its evidence; shares and confidence lie in 0..1. */
export const identifyResult = z.strictObject({
  columns: z.array(
    z.strictObject({
      name: z.string(),
      role: columnRole,
      entities: z.array(z.strictObject({ type: entityType, share: z.number() })),
      confidence: z.number(),
      evidence: z.array(z.enum(['name', 'pattern', 'distinct', 'values'])),
    }),
  ),
});
export type IdentifyResult = z.infer<typeof identifyResult>;

/** One finding in a text: offsets in UTF-16 code units, `end` behind the last; confidence in 0..1. */
export const entitySpan = z.strictObject({
  start: z.int().nonnegative(),
  end: z.int().positive(),
  type: entityType,
  confidence: z.number().min(0).max(1),
});
export type EntitySpan = z.infer<typeof entitySpan>;
