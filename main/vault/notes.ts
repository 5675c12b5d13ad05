import { ConcordError } from '../contract/errors.ts';
import { deriveKey, unwrapKey, wrapKey } from './aead.ts';
import type { VaultContext } from './context.ts';
import type { Studies } from './studies.ts';

export interface Note {
  readonly text: string;
  /** ISO 8601 in UTC. */
  readonly saved: string;
  /** The id of a person. */
  readonly person: string;
}

interface Row {
  readonly artefact: string;
  readonly sealed: Buffer;
  readonly saved: string;
  readonly person: string;
}

const OF_STUDY = `
  SELECT notes.* FROM notes JOIN artefacts ON artefacts.id = notes.artefact WHERE study = ?`;

/**
 * What people write beside an artefact, one text each, the last one only. Sealed under a key of the
 * study's. The journal says who wrote when and how much, never what.
 */
export class Notes {
  readonly #context: VaultContext;
  readonly #studies: Studies;

  constructor(context: VaultContext, studies: Studies) {
    this.#context = context;
    this.#studies = studies;
  }

  /** Puts a text in the place of the last one; an empty one takes it away. @throws STUDY_UNKNOWN */
  save(study: string, artefact: string, text: string): void {
    const { store, journal, person, now } = this.#context;
    const sealed = this.#withKey(study, (key) =>
      wrapKey(key, Buffer.from(text, 'utf8'), boundTo(artefact)),
    );
    store.transaction(() => {
      if (text === '') store.run('DELETE FROM notes WHERE artefact = ?', artefact);
      else {
        const sql = 'REPLACE INTO notes (artefact, sealed, saved, person) VALUES (?, ?, ?, ?)';
        store.run(sql, artefact, sealed, now(), person.id);
      }
      journal.append('note.saved', { artefact, characters: text.length }, study);
    });
  }

  /** By artefact. @throws STUDY_UNKNOWN {study}, VAULT_DAMAGED {part} */
  ofStudy(study: string): ReadonlyMap<string, Note> {
    const rows = this.#context.store.all<Row>(OF_STUDY, study);
    if (rows.length === 0) return new Map();
    return this.#withKey(
      study,
      (key) => new Map(rows.map((row) => [row.artefact, opened(key, row)])),
    );
  }

  #withKey<T>(study: string, use: (key: Buffer) => T): T {
    return this.#studies.withKey(study, (studyKey) => {
      const key = deriveKey(studyKey, study, 'concord notes 1');
      try {
        return use(key);
      } finally {
        key.fill(0);
      }
    });
  }
}

function opened(key: Buffer, { artefact, sealed, saved, person }: Row): Note {
  const bytes = unwrapKey(key, sealed, boundTo(artefact));
  if (bytes === null) throw new ConcordError('VAULT_DAMAGED', { part: 'notes' });
  return { text: bytes.toString('utf8'), saved, person };
}

function boundTo(artefact: string): Buffer {
  return Buffer.from(`concord note ${artefact}`, 'utf8');
}
