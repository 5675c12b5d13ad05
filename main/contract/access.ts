import { z } from 'zod';
import { call } from './call.ts';
import { passphrase, personName, role } from './people.ts';

const nothing = z.strictObject({});

export const personView = z.strictObject({ id: z.string(), name: z.string(), role });
export type PersonView = z.infer<typeof personView>;

export const accessStatus = z.strictObject({
  exists: z.boolean(),
  unlocked: z.boolean(),
  person: personView.nullable(),
});

/** Opening and closing the vault. The passphrase crosses once, towards the engine, and never back. */
export const vault = {
  status: call({ at: 'engine', who: 'anyone', input: nothing, output: accessStatus }),
  create: call({
    at: 'engine',
    who: 'anyone',
    input: z.strictObject({ passphrase, person: personName }),
    output: accessStatus,
  }),
  unlock: call({
    at: 'engine',
    who: 'anyone',
    input: z.strictObject({ passphrase, person: personName.optional() }),
    output: accessStatus,
  }),
  lock: call({ at: 'engine', who: 'anyone', input: nothing, output: accessStatus }),
} as const;
