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
  /** Nothing but another passphrase is asked for before the person has chosen it. */
  firstPassphrase: z.boolean(),
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
  /** Who may unlock: their names stand readable in the key file. */
  names: call({
    at: 'engine',
    who: 'anyone',
    input: nothing,
    output: z.strictObject({ names: z.array(z.string()) }),
  }),
  changePassphrase: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'operator', 'auditor'],
    input: z.strictObject({ present: passphrase, wanted: passphrase }),
    output: accessStatus,
  }),
  /** Opens the vault with the code of its recovery sheet, as the steward who made it. */
  recover: call({
    at: 'engine',
    who: 'anyone',
    input: z.strictObject({ code: z.string().max(200), passphrase }),
    output: accessStatus,
  }),
  lock: call({ at: 'engine', who: 'anyone', input: nothing, output: accessStatus }),
} as const;
