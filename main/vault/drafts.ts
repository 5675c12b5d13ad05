import { ConcordError } from '../contract/errors.ts';
import { deriveKey, unwrapKey, wrapKey } from './aead.ts';
import type { VaultContext } from './context.ts';
import type { Studies } from './studies.ts';

export interface Draft {
  readonly text: string;
  /** ISO 8601 in UTC. */
  readonly saved: string;
  /** By a person; false for what the program has prepared. */
  readonly typed: boolean;
}

/**
 * Answers on the way to a step, one text per study and step, each replacing the last one. Sealed
 * under a key of the study's, so that they go with it; not in the journal, because nothing has
 * been done yet.
 */
export class Drafts {
  readonly #context: VaultContext;
  readonly #studies: Studies;

  constructor(context: VaultContext, studies: Studies) {
    this.#context = context;
    this.#studies = studies;
  }

  /** The moment of saving. @throws STUDY_UNKNOWN {study} */
  save(study: string, step: string, text: string, typed = true): string {
    const { store, now } = this.#context;
    const bytes = Buffer.from(text, 'utf8');
    const sealed = this.#withKey(study, (key) => wrapKey(key, bytes, boundTo(study, step)));
    const saved = now();
    const sql = 'REPLACE INTO drafts (study, step, sealed, saved, typed) VALUES (?, ?, ?, ?, ?)';
    store.run(sql, study, step, sealed, saved, typed ? 1 : 0);
    return saved;
  }

  /** Null before the first saving. @throws STUDY_UNKNOWN {study}, VAULT_DAMAGED {part} */
  load(study: string, step: string): Draft | null {
    const row = this.#context.store.get<{ sealed: Buffer; saved: string; typed: number }>(
      'SELECT sealed, saved, typed FROM drafts WHERE study = ? AND step = ?',
      study,
      step,
    );
    if (row === undefined) return null;
    const { sealed, saved, typed } = row;
    const bytes = this.#withKey(study, (key) => unwrapKey(key, sealed, boundTo(study, step)));
    if (bytes === null) throw new ConcordError('VAULT_DAMAGED', { part: 'drafts' });
    return { text: bytes.toString('utf8'), saved, typed: typed === 1 };
  }

  /** When a person last saved answers, by step. */
  typed(study: string): ReadonlyMap<string, string> {
    const sql = 'SELECT step, saved FROM drafts WHERE study = ? AND typed = 1';
    const rows = this.#context.store.all<{ step: string; saved: string }>(sql, study);
    return new Map(rows.map(({ step, saved }) => [step, saved]));
  }

  #withKey<T>(study: string, use: (key: Buffer) => T): T {
    return this.#studies.withKey(study, (studyKey) => {
      const key = deriveKey(studyKey, study, 'concord drafts 1');
      try {
        return use(key);
      } finally {
        key.fill(0);
      }
    });
  }
}

function boundTo(study: string, step: string): Buffer {
  return Buffer.from(`concord draft ${study} ${step}`, 'utf8');
}
