import type { PersonDetails } from '../contract/people-calls.ts';
import type { Role } from '../contract/people.ts';
import type { Vault } from '../vault/index.ts';

interface Given {
  readonly vault: Vault;
}

/** Who may open the vault, whether their passphrase is their own, and the key they sign with. */
export function peopleOf(vault: Vault): PersonDetails[] {
  const keys = vault.people.keys.fingerprints();
  return vault.people.list().map((person) => ({
    ...person,
    firstPassphrase: vault.people.hasFirstPassphrase(person.id),
    fingerprint: keys.get(person.id) ?? null,
  }));
}

/** What may be asked about people, by the names of the contract. */
export const peopleAnswers = {
  list: (_: unknown, { vault }: Given) => ({ people: peopleOf(vault) }),
  add: async (
    input: { readonly name: string; readonly role: Role; readonly passphrase: string },
    { vault }: Given,
  ) => {
    await vault.people.add(input);
    return { people: peopleOf(vault) };
  },
  remove: ({ person }: { readonly person: string }, { vault }: Given) => {
    vault.people.remove(person);
    return { people: peopleOf(vault) };
  },
  recovery: async (_: unknown, { vault }: Given) => ({
    code: await vault.people.makeRecoveryCode(),
    vault: vault.status().id,
  }),
};
