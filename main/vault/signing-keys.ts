import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { ConcordError } from '../contract/errors.ts';
import { unwrapKey, wrapKey } from './aead.ts';
import { hashOf } from './content-hash.ts';
import type { VaultContext } from './context.ts';

interface Row {
  readonly public: Buffer;
  readonly person: string;
  readonly sealed: Buffer;
  readonly made: string;
  readonly replaced: string | null;
}

/**
 * Ed25519 keys (RFC 8032), one present one for each person who signs. A replaced one stays listed:
 * what it has signed can still be told to be theirs.
 */
export class SigningKeys {
  readonly #context: VaultContext;

  constructor(context: VaultContext) {
    this.#context = context;
  }

  /** Fingerprints of the present keys by person: SHA-256 of the 32 bytes of a public key. */
  fingerprints(): ReadonlyMap<string, string> {
    const rows = this.#context.store.all<Row>('SELECT * FROM signing_keys WHERE replaced IS NULL');
    return new Map(rows.map((row) => [row.person, hashOf(row.public)]));
  }

  /** Whose key it is or was; null for a key that was never one of the vault's. */
  ownerOf(fingerprint: string): string | null {
    const rows = this.#context.store.all<Row>('SELECT * FROM signing_keys');
    return rows.find((row) => hashOf(row.public) === fingerprint)?.person ?? null;
  }

  /** The private key of the person at work, made where there is none. @throws VAULT_DAMAGED {part} */
  open(seal: Uint8Array): KeyObject {
    const { person } = this.#context;
    const row = this.#present(person.id);
    return row === undefined ? this.make(seal) : this.#opened(row, seal);
  }

  /** A new key of the person at work, in place of the present one. */
  make(seal: Uint8Array): KeyObject {
    const { store, journal, person, now } = this.#context;
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const raw = rawPublicKey(publicKey);
    const secret = privateKey.export({ format: 'der', type: 'pkcs8' });
    try {
      const sealed = wrapKey(seal, secret, this.#boundTo(person.id, raw));
      store.transaction(() => {
        this.retire(person.id);
        const sql = 'INSERT INTO signing_keys VALUES (?, ?, ?, ?, NULL)';
        store.run(sql, raw, person.id, sealed, now());
        journal.append('person.key-made', { person: person.id, fingerprint: hashOf(raw) });
      });
    } finally {
      secret.fill(0);
    }
    return privateKey;
  }

  /** Seals the present key anew, after its person has chosen another passphrase. */
  reseal(old: Uint8Array, fresh: Uint8Array): void {
    const { store, person } = this.#context;
    const row = this.#present(person.id);
    if (row === undefined) return;
    const secret = this.#opened(row, old).export({ format: 'der', type: 'pkcs8' });
    const sealed = wrapKey(fresh, secret, this.#boundTo(person.id, row.public));
    secret.fill(0);
    store.run('UPDATE signing_keys SET sealed = ? WHERE public = ?', sealed, row.public);
  }

  /** Nobody signs with the present key of a person any more. */
  retire(person: string): void {
    const { store, now } = this.#context;
    const sql = 'UPDATE signing_keys SET replaced = ? WHERE person = ? AND replaced IS NULL';
    store.run(sql, now(), person);
  }

  #present(person: string): Row | undefined {
    const sql = 'SELECT * FROM signing_keys WHERE person = ? AND replaced IS NULL';
    return this.#context.store.get<Row>(sql, person);
  }

  #opened(row: Row, seal: Uint8Array): KeyObject {
    const secret = unwrapKey(seal, row.sealed, this.#boundTo(row.person, row.public));
    if (secret === null) throw new ConcordError('VAULT_DAMAGED', { part: 'signing key' });
    try {
      return createPrivateKey({ key: secret, format: 'der', type: 'pkcs8' });
    } finally {
      secret.fill(0);
    }
  }

  #boundTo(person: string, raw: Uint8Array): Buffer {
    const { vault } = this.#context.keyring;
    return Buffer.from(`concord signing key ${vault} ${person} ${hashOf(raw)}`, 'utf8');
  }
}

/** The 32 bytes of an Ed25519 public key (RFC 8032 section 5.1.5), also of a private key's. */
export function rawPublicKey(key: KeyObject): Buffer {
  const open = key.type === 'private' ? createPublicKey(key) : key;
  const { x } = open.export({ format: 'jwk' });
  return Buffer.from(x ?? '', 'base64url');
}
