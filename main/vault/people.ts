import { randomUUID, sign } from 'node:crypto';
import { ConcordError } from '../contract/errors.ts';
import { personName, type Role } from '../contract/people.ts';
import type { VaultPerson } from '../contract/vault.ts';
import { malformed, requireSteward, type VaultContext } from './context.ts';
import { versionFor, writeKeyFile, type KeyFile, type KeySlot } from './key-file.ts';
import { normalisePassphrase, requireStrong } from './passphrase.ts';
import { newRecoveryCode } from './recovery-code.ts';
import { rawPublicKey, SigningKeys } from './signing-keys.ts';
import { makeSlot, openSlot, signingSeal, type SlotOwner } from './slots.ts';
import { STRETCH_COST, type StretchCost } from './stretch.ts';

export interface NewPerson {
  readonly name: string;
  readonly role: Role;
  readonly passphrase: string;
}

/**
 * Who may open the vault. The database says who is a person and with which role; the key file only
 * holds each person's way to the data key, and a slot of nobody is dropped at the next write.
 */
export class People {
  readonly keys: SigningKeys;
  readonly #context: VaultContext;
  readonly #cost: StretchCost;
  #keyFile: KeyFile;

  constructor(context: VaultContext, keyFile: KeyFile, cost: StretchCost = STRETCH_COST) {
    this.#context = context;
    this.keys = new SigningKeys(context);
    this.#keyFile = keyFile;
    this.#cost = cost;
  }

  list(): VaultPerson[] {
    return this.#context.store.all<VaultPerson>(
      'SELECT id, name, role, added FROM people WHERE removed IS NULL ORDER BY added, name',
    );
  }

  /** Whether the passphrase of the person is still the one that a steward gave them. */
  hasFirstPassphrase(id = this.#context.person.id): boolean {
    const sql = 'SELECT first_passphrase AS first FROM people WHERE id = ?';
    return this.#context.store.get<{ first: number }>(sql, id)?.first === 1;
  }

  /** Of everyone who was ever here, by id. */
  names(): ReadonlyMap<string, string> {
    const rows = this.#context.store.all<{ id: string; name: string }>(
      'SELECT id, name FROM people',
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** @throws ROLE_REFUSED {role, needed}, PASSPHRASE_WEAK {minimum}, PERSON_EXISTS {person} */
  async add(person: NewPerson): Promise<VaultPerson> {
    requireSteward(this.#context.person);
    requireStrong(person.passphrase);
    const name = tidyPersonName(person.name);
    this.#refuseTaken(name);
    const owner: SlotOwner = { id: randomUUID(), name, role: person.role };
    const slot = await this.#makeSlot(owner, person.passphrase);
    const { store, journal, now } = this.#context;
    return store.transaction(() => {
      this.#refuseTaken(name);
      const added: VaultPerson = { ...owner, added: now() };
      insertPerson(this.#context, added);
      store.run('UPDATE people SET first_passphrase = 1 WHERE id = ?', added.id);
      journal.append('person.added', { person: added.id, role: added.role });
      this.#write([...this.#keyFile.slots, slot]);
      return added;
    });
  }

  /**
   * Changes the passphrase of the person at work. The data key stays, so that an old copy of the
   * key file still opens with the old passphrase. Whose first passphrase it was that goes, they get
   * their signing key now: nobody else has known what it is sealed under.
   * @throws VAULT_WRONG_PASSPHRASE, PASSPHRASE_WEAK {minimum}, PASSPHRASE_SAME
   */
  async changePassphrase(present: string, wanted: string): Promise<void> {
    requireStrong(wanted);
    const { person, store, journal } = this.#context;
    const slot = this.#keyFile.slots.find(({ id }) => id === person.id);
    const dataKey = slot && (await openSlot(this.#keyFile.vault, slot, present));
    if (!slot || !dataKey) throw new ConcordError('VAULT_WRONG_PASSPHRASE');
    dataKey.fill(0);
    if (normalisePassphrase(present) === normalisePassphrase(wanted)) {
      throw new ConcordError('PASSPHRASE_SAME');
    }
    const { vault } = this.#keyFile;
    const changed = await this.#makeSlot(person, wanted);
    const old = await signingSeal(vault, slot, present);
    const fresh = await signingSeal(vault, changed, wanted);
    store.transaction(() => {
      journal.append('person.passphrase-changed', { person: person.id });
      if (this.hasFirstPassphrase()) this.keys.make(fresh);
      else this.keys.reseal(old, fresh);
      store.run('UPDATE people SET first_passphrase = 0 WHERE id = ?', person.id);
      this.#write(this.#keyFile.slots.map((old) => (old.id === person.id ? changed : old)));
    });
  }

  /**
   * Signs with the key of the person at work, which is made where they have none yet. `message` is
   * given the raw public key, so that the statement can name it.
   * @throws VAULT_WRONG_PASSPHRASE; PASSPHRASE_NOT_OWN while the passphrase is the first one
   */
  async sign(
    passphrase: string,
    message: (publicKey: Buffer) => Uint8Array,
  ): Promise<{ readonly publicKey: Buffer; readonly signature: Buffer }> {
    const { person } = this.#context;
    const slot = this.#keyFile.slots.find(({ id }) => id === person.id);
    const dataKey = slot && (await openSlot(this.#keyFile.vault, slot, passphrase));
    if (!slot || !dataKey) throw new ConcordError('VAULT_WRONG_PASSPHRASE');
    dataKey.fill(0);
    if (this.hasFirstPassphrase()) throw new ConcordError('PASSPHRASE_NOT_OWN');
    const seal = await signingSeal(this.#keyFile.vault, slot, passphrase);
    try {
      const key = this.keys.open(seal);
      const publicKey = rawPublicKey(key);
      return { publicKey, signature: sign(null, message(publicKey), key) };
    } finally {
      seal.fill(0);
    }
  }

  /**
   * A second way to the data key, to be written down and kept apart: the code of a recovery sheet.
   * It is nowhere but in the answer. An earlier sheet no longer serves.
   * @throws ROLE_REFUSED {role, needed}
   */
  async makeRecoveryCode(): Promise<string> {
    const { person, store, journal } = this.#context;
    requireSteward(person);
    const code = newRecoveryCode();
    const recovery = await this.#makeSlot(person, code);
    store.transaction(() => {
      journal.append('recovery.made', { person: person.id });
      this.#write(this.#keyFile.slots, recovery);
    });
    return code;
  }

  /** Part of `recoverVault`: a new passphrase for the person at work, and the sheet is used up. */
  async recover(passphrase: string): Promise<void> {
    const { person, store, journal } = this.#context;
    const slot = await this.#makeSlot(person, passphrase);
    store.transaction(() => {
      journal.append('recovery.used', { person: person.id });
      this.keys.retire(person.id);
      store.run('UPDATE people SET first_passphrase = 0 WHERE id = ?', person.id);
      const others = this.#keyFile.slots.filter(({ id }) => id !== person.id);
      this.#write([...others, slot], null);
    });
  }

  /**
   * Takes away a person's slot. Whoever kept a copy of the key file keeps the data key with it.
   * @throws ROLE_REFUSED {role, needed}, PERSON_UNKNOWN {person}, LAST_STEWARD {person}
   */
  remove(id: string): void {
    const { person, store, journal, now } = this.#context;
    requireSteward(person);
    store.transaction(() => {
      const leaving = this.list().find((known) => known.id === id);
      if (leaving === undefined) throw new ConcordError('PERSON_UNKNOWN', { person: id });
      const stewards = this.list().filter(({ role }) => role === 'steward');
      if (leaving.role === 'steward' && stewards.length === 1) {
        throw new ConcordError('LAST_STEWARD', { person: leaving.name });
      }
      store.run('UPDATE people SET removed = ? WHERE id = ?', now(), id);
      this.keys.retire(id);
      journal.append('person.removed', { person: id });
      this.#write(this.#keyFile.slots);
    });
  }

  /** Writes both copies again; after one of them was found damaged. */
  mend(): void {
    this.#write(this.#keyFile.slots);
  }

  #refuseTaken(name: string): void {
    const taken = this.list().some((known) => known.name === name);
    if (taken) throw new ConcordError('PERSON_EXISTS', { person: name });
  }

  async #makeSlot(owner: SlotOwner, passphrase: string): Promise<KeySlot> {
    const { keyring } = this.#context;
    return await keyring.lendDataKey((dataKey) =>
      makeSlot(keyring.vault, owner, passphrase, dataKey, this.#cost),
    );
  }

  #write(
    slots: readonly KeySlot[],
    recovery: KeySlot | null = this.#keyFile.recovery ?? null,
  ): void {
    const active = new Set(this.list().map(({ id }) => id));
    const way = recovery !== null && active.has(recovery.id) ? recovery : undefined;
    const { vault, format, generation } = this.#keyFile;
    const next: KeyFile = {
      ...{ format, vault },
      ...(way === undefined ? {} : { recovery: way }),
      version: versionFor(way),
      generation: generation + 1,
      slots: slots.filter(({ id }) => active.has(id)),
    };
    writeKeyFile(this.#context.store.file, next);
    this.#keyFile = next;
  }
}

export function insertPerson(context: Pick<VaultContext, 'store'>, person: VaultPerson): void {
  const { id, name, role, added } = person;
  context.store.run(
    'INSERT INTO people (id, name, role, added) VALUES (?, ?, ?, ?)',
    id,
    name,
    role,
    added,
  );
}

/** The name as it is kept: NFC, so that it is found however it was typed. */
export function tidyPersonName(name: string): string {
  const parsed = personName.safeParse(name.normalize('NFC'));
  if (!parsed.success) throw malformed('vault', 'person');
  return parsed.data;
}
