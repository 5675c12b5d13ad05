import { randomBytes } from 'node:crypto';
import { deriveKey, KEY_BYTES, unwrapKey, wrapKey } from './aead.ts';

/** The keys of an open vault. Every key is derived from, or wrapped under, the one data key. */
export class Keyring {
  readonly vault: string;
  readonly #dataKey: Buffer;
  readonly #studies: Buffer;

  /** Takes over `dataKey`: it is zeroed by `close`. */
  constructor(vault: string, dataKey: Buffer) {
    this.vault = vault;
    this.#dataKey = dataKey;
    this.#studies = deriveKey(dataKey, vault, 'concord studies 1');
  }

  /** Lends the raw key of the database and zeroes it afterwards. */
  withDatabaseKey<T>(use: (key: Buffer) => T): T {
    const key = deriveKey(this.#dataKey, this.vault, 'concord database 1');
    try {
      return use(key);
    } finally {
      key.fill(0);
    }
  }

  /** Lends the data key to what wraps it for a person. */
  async lendDataKey<T>(use: (dataKey: Uint8Array) => Promise<T>): Promise<T> {
    return await use(this.#dataKey);
  }

  /** A key under which figures about records may be written outside the vault (see anchors). */
  anchorKey(): Buffer {
    return deriveKey(this.#dataKey, this.vault, 'concord anchors 1');
  }

  /** A fresh study key, wrapped. */
  newStudyKey(study: string): Buffer {
    const key = randomBytes(KEY_BYTES);
    try {
      return wrapKey(this.#studies, key, this.#boundTo(study));
    } finally {
      key.fill(0);
    }
  }

  /** The study's key, or null when it does not fit; the caller zeroes it. */
  openStudyKey(study: string, wrapped: Uint8Array): Buffer | null {
    return unwrapKey(this.#studies, wrapped, this.#boundTo(study));
  }

  close(): void {
    this.#dataKey.fill(0);
    this.#studies.fill(0);
  }

  #boundTo(study: string): Buffer {
    return Buffer.from(`concord study ${this.vault} ${study}`, 'utf8');
  }
}
