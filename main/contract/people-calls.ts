import { z } from 'zod';
import { call } from './call.ts';
import { passphrase, personName, role } from './people.ts';

export const personDetails = z.strictObject({
  id: z.string(),
  name: z.string(),
  role,
  added: z.string(),
  /** The passphrase is still the one that a steward gave them. */
  firstPassphrase: z.boolean(),
  /** SHA-256 of the public key they sign with; null before they have one. */
  fingerprint: z.string().nullable(),
});
export type PersonDetails = z.output<typeof personDetails>;

const list = z.strictObject({ people: z.array(personDetails) });

/** Who may open the vault. */
export const people = {
  list: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'operator', 'auditor'],
    input: z.strictObject({}),
    output: list,
  }),
  /** The passphrase is a first one: its person must choose another before anything else. */
  add: call({
    at: 'engine',
    who: ['steward'],
    input: z.strictObject({ name: personName, role, passphrase }),
    output: list,
  }),
  remove: call({
    at: 'engine',
    who: ['steward'],
    input: z.strictObject({ person: z.string().max(64) }),
    output: list,
  }),
  /** The code of a new recovery sheet; it is kept nowhere, and an earlier one no longer serves. */
  recovery: call({
    at: 'engine',
    who: ['steward'],
    input: z.strictObject({}),
    output: z.strictObject({ code: z.string(), vault: z.string() }),
  }),
} as const;
