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

export const ENTITY_TYPES = [
  'PERSON',
  'LOCATION',
  'ADDRESS',
  'DATE',
  'AGE',
  'NRP',
  'PHONE',
  'EMAIL',
  'URL',
  'IP',
  'CARD',
  'ID_CARD',
  'SSN',
  'POSTCODE',
  'MEDICAL_ID',
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
