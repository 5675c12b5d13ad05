import { ConcordError } from '../contract/errors.ts';
import type { Role } from '../contract/people.ts';
import type { Journal } from './journal.ts';
import type { Keyring } from './keyring.ts';
import type { Store } from './store.ts';

/** Who has opened the vault. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

/** What the parts of an open vault share. */
export interface VaultContext {
  readonly store: Store;
  readonly keyring: Keyring;
  readonly journal: Journal;
  readonly person: Person;
  /** The present moment, ISO 8601 in UTC. */
  readonly now: () => string;
}

/** @throws ROLE_REFUSED {role, needed} unless the person is a steward */
export function requireSteward(person: Person): void {
  if (person.role === 'steward') return;
  throw new ConcordError('ROLE_REFUSED', { role: person.role, needed: 'steward' });
}

/** A caller's argument that no sound call can have. */
export function malformed(call: string, path: string): ConcordError {
  return new ConcordError('REQUEST_MALFORMED', { call, path });
}
