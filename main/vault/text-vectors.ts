import { randomUUID } from 'node:crypto';
import type { VaultContext } from './context.ts';
import { sealInChunks, unsealChunks } from './sealed-chunks.ts';
import type { Studies } from './studies.ts';

/** So many sets of vectors are kept of a study; the oldest goes first. */
const SETS = 4;

interface Row {
  readonly id: string;
  readonly bytes: number;
}

/**
 * Vectors of a study's texts, sealed by the study's key, so that a further training need not
 * compute them again. Nothing depends on them: a set that does not open is as good as none.
 */
export class TextVectors {
  readonly #context: VaultContext;
  readonly #studies: Studies;

  constructor(context: VaultContext, studies: Studies) {
    this.#context = context;
    this.#studies = studies;
  }

  /** Keeps a set under its key, in place of what stands there. @throws STUDY_UNKNOWN {study} */
  put(study: string, key: string, bytes: Uint8Array): void {
    const { store, now } = this.#context;
    store.transaction(() => {
      const id = randomUUID();
      this.#drop(study, 'key = ?', key);
      const sql = 'INSERT INTO text_vectors (id, study, key, bytes, saved) VALUES (?, ?, ?, ?, ?)';
      store.run(sql, id, study, key, bytes.length, now());
      this.#studies.withKey(study, (studyKey) => {
        let number = 0;
        for (const sealed of sealInChunks(studyKey, id, bytes)) {
          store.run('INSERT INTO text_vector_chunks VALUES (?, ?, ?)', id, number++, sealed);
        }
      });
      const kept = `SELECT id FROM text_vectors WHERE study = ? ORDER BY saved DESC, rowid DESC`;
      for (const { id: old } of store.all<{ id: string }>(kept, study).slice(SETS)) {
        this.#drop(study, 'id = ?', old);
      }
    });
  }

  /** The set under a key; null when there is none, or none that opens. @throws STUDY_UNKNOWN */
  get(study: string, key: string): Buffer | null {
    const { store } = this.#context;
    const sql = 'SELECT id, bytes FROM text_vectors WHERE study = ? AND key = ?';
    const row = store.get<Row>(sql, study, key);
    if (row === undefined) return null;
    const chunks = 'SELECT sealed FROM text_vector_chunks WHERE vectors = ? ORDER BY number';
    const sealed = store.all<{ sealed: Buffer }>(chunks, row.id).map((chunk) => chunk.sealed);
    return this.#studies.withKey(study, (studyKey) =>
      unsealChunks(studyKey, row.id, row.bytes, sealed),
    );
  }

  #drop(study: string, which: 'key = ?' | 'id = ?', value: string): void {
    const { store } = this.#context;
    const ids = `SELECT id FROM text_vectors WHERE study = ? AND ${which}`;
    store.run(`DELETE FROM text_vector_chunks WHERE vectors IN (${ids})`, study, value);
    store.run(`DELETE FROM text_vectors WHERE study = ? AND ${which}`, study, value);
  }
}
