import { ConcordError } from '../contract/errors.ts';
import type { EncoderState } from '../contract/encoders.ts';
import { requireSteward, type VaultContext } from './context.ts';
import { CHUNK_BYTES } from './sealed-chunks.ts';

export interface KeptEncoder {
  readonly id: string;
  /** JSON: what its files must be, byte for byte. */
  readonly manifest: string;
  readonly state: EncoderState;
  /** ISO 8601 in UTC. */
  readonly checked: string;
}

/**
 * Text encoders that a steward has imported, for every study. They hold nothing of any record, so
 * they have no key of a study: the encryption of the whole file keeps them.
 */
export class Encoders {
  readonly #context: VaultContext;

  constructor(context: VaultContext) {
    this.#context = context;
  }

  list(): KeptEncoder[] {
    const sql = 'SELECT id, manifest, state, checked FROM encoders ORDER BY id';
    return this.#context.store.all<KeptEncoder>(sql);
  }

  /** All of it or nothing. @throws ROLE_REFUSED; ENCODER_EXISTS {encoder} */
  keep(id: string, manifest: string, files: ReadonlyMap<string, Uint8Array>): void {
    const { store, journal, person, now } = this.#context;
    requireSteward(person);
    store.transaction(() => {
      if (this.list().some((kept) => kept.id === id)) {
        throw new ConcordError('ENCODER_EXISTS', { encoder: id });
      }
      const sql =
        'INSERT INTO encoders (id, manifest, state, checked, imported, person) VALUES (?, ?, ?, ?, ?, ?)';
      store.run(sql, id, manifest, 'ready', now(), now(), person.id);
      let bytes = 0;
      for (const [path, content] of files) {
        for (let at = 0, number = 0; at < content.length; at += CHUNK_BYTES, number++) {
          const piece = content.subarray(at, at + CHUNK_BYTES);
          store.run('INSERT INTO encoder_pieces VALUES (?, ?, ?, ?)', id, path, number, piece);
        }
        bytes += content.length;
      }
      journal.append('encoder.imported', { encoder: id, bytes });
    });
  }

  /** A file's bytes; null when nothing is there. */
  read(id: string, path: string): Buffer | null {
    const sql = 'SELECT bytes FROM encoder_pieces WHERE encoder = ? AND path = ? ORDER BY number';
    const pieces = this.#context.store.all<{ bytes: Buffer }>(sql, id, path);
    return pieces.length === 0 ? null : Buffer.concat(pieces.map(({ bytes }) => bytes));
  }

  /** What the last check has found. */
  mark(id: string, state: EncoderState): void {
    const { store, now } = this.#context;
    store.run('UPDATE encoders SET state = ?, checked = ? WHERE id = ?', state, now(), id);
  }

  /** @throws ROLE_REFUSED; ENCODER_UNKNOWN {encoder, known} */
  remove(id: string): void {
    const { store, journal, person } = this.#context;
    requireSteward(person);
    store.transaction(() => {
      store.run('DELETE FROM encoder_pieces WHERE encoder = ?', id);
      if (store.run('DELETE FROM encoders WHERE id = ?', id) === 0) {
        const known = this.list().map((kept) => kept.id);
        throw new ConcordError('ENCODER_UNKNOWN', { encoder: id, known });
      }
      journal.append('encoder.removed', { encoder: id });
    });
  }
}
