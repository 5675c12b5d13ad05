import { randomUUID } from 'node:crypto';
import { ConcordError } from '../contract/errors.ts';
import { hashOf } from './content-hash.ts';
import type { VaultContext } from './context.ts';
import { CHUNK_BYTES, sealInChunks } from './sealed-chunks.ts';
import type { Studies } from './studies.ts';

/** From here on, pieces are written directly: fewer would not be worth changing over and back. */
const DIRECT_BYTES = 4 * CHUNK_BYTES;

/** Bytes that lie sealed in the vault already; they become an artefact by `artefacts.put`. */
export interface EarlyBytes {
  /** The id that the artefact will have. */
  readonly artefact: string;
  readonly study: string;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly hash: string;
  readonly bytes: number;
}

/**
 * Writes the bytes of a large artefact piece by piece, each in a short transaction with a turn for
 * everything else after it: one transaction for all of them would keep the engine from hearing a
 * wish to cancel, or anything, for as long as the disk takes. Nothing refers to the pieces until
 * the artefact is put; what a crash leaves of them is swept when the vault is next opened.
 */
export class EarlyArtefacts {
  readonly #context: VaultContext;
  readonly #studies: Studies;

  constructor(context: VaultContext, studies: Studies) {
    this.#context = context;
    this.#studies = studies;
  }

  /** @throws CANCELLED when the signal says so, with nothing left; STUDY_UNKNOWN {study} */
  async write(study: string, bytes: Uint8Array, signal: AbortSignal): Promise<EarlyBytes> {
    const early = { artefact: randomUUID(), study, hash: hashOf(bytes), bytes: bytes.length };
    const write = (): Promise<void> => this.#writeChunks(early, bytes, signal);
    try {
      await (bytes.length < DIRECT_BYTES ? write() : this.#context.store.directly(write));
    } catch (error) {
      await this.discard(early);
      throw error;
    }
    return early;
  }

  async #writeChunks(early: EarlyBytes, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    const key = this.#studies.withKey(early.study, (lent) => Buffer.from(lent));
    let number = 0;
    try {
      for (const sealed of sealInChunks(key, early.artefact, bytes)) {
        const sql = 'INSERT INTO early_chunks VALUES (?, ?, ?)';
        this.#context.store.run(sql, early.artefact, number++, sealed);
        await turn();
        if (signal.aborted) throw cancelled(signal);
      }
    } finally {
      key.fill(0);
    }
  }

  /** Deletes pieces that will not become an artefact, one at a time. Of a closed vault, nothing. */
  async discard({ artefact }: Pick<EarlyBytes, 'artefact'>): Promise<void> {
    const { store } = this.#context;
    const sql = `DELETE FROM early_chunks WHERE artefact = ? AND number =
      (SELECT MAX(number) FROM early_chunks WHERE artefact = ?)
      AND NOT EXISTS (SELECT 1 FROM artefacts WHERE id = ?)`;
    while (store.isOpen && store.run(sql, artefact, artefact, artefact) > 0) await turn();
  }

  /** On opening: the pieces of work that died. Gives how many there were. */
  sweep(): number {
    const sql = 'DELETE FROM early_chunks WHERE artefact NOT IN (SELECT id FROM artefacts)';
    return this.#context.store.run(sql);
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A job that is stopped for good carries its own reason; a plain wish to cancel has none. */
function cancelled({ reason }: AbortSignal): unknown {
  return reason instanceof ConcordError ? reason : new ConcordError('CANCELLED');
}
