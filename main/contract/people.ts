import { z } from 'zod';
import { ROLES } from './roles.ts';

export const role = z.enum(ROLES);
export type Role = z.infer<typeof role>;

/** A name as people write it; bounded, no control characters. */
export const personName = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(/^[^\p{Cc}]*$/u);

export const passphrase = z.string().min(1).max(1024);
