import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { ConcordError } from '../contract/errors.ts';
import { studyName } from '../contract/study.ts';
import { malformed, type VaultContext } from './context.ts';
import { eraseStudies } from './erase.ts';
import { requireStudy, STUDY_COLUMNS, type StudyInfo } from './study-row.ts';

/** By the names of the contract; null where nothing was said. */
export interface StudyFieldRow {
  readonly template: string | null;
  readonly harm: string | null;
}

const INSERT = 'INSERT INTO studies (id, name, created, wrapped_key) VALUES (?, ?, ?, ?)';

/** The studies of a vault, each with a key of its own. */
export class Studies {
  readonly #context: VaultContext;

  constructor(context: VaultContext) {
    this.#context = context;
  }

  /** @throws STUDY_EXISTS {study} */
  create(name: string): StudyInfo {
    const { store, keyring, journal, now } = this.#context;
    const tidy = tidyName(name);
    return store.transaction(() => {
      if (this.find(tidy) !== null) throw new ConcordError('STUDY_EXISTS', { study: tidy });
      const study: StudyInfo = { id: randomUUID(), name: tidy, created: now(), removed: null };
      const key = keyring.newStudyKey(study.id);
      store.run(INSERT, study.id, tidy, study.created, key);
      journal.append('study.created', { name: tidy }, study.id);
      return study;
    });
  }

  /** Those that were not removed. */
  list(): StudyInfo[] {
    const sql = `${STUDY_COLUMNS} AND removed IS NULL ORDER BY created, name`;
    return this.#context.store.all<StudyInfo>(sql);
  }

  /** The bin, the last removed first. */
  removed(): (StudyInfo & { readonly removed: string })[] {
    const sql = `${STUDY_COLUMNS} AND removed IS NOT NULL ORDER BY removed DESC, name`;
    return this.#context.store.all<StudyInfo & { readonly removed: string }>(sql);
  }

  /** Into the bin: its key, its records, its spent budget and its name stay. @throws STUDY_UNKNOWN */
  remove(id: string): void {
    this.#bin(id, this.#context.now(), 'study.removed');
  }

  /** @throws STUDY_UNKNOWN {study} */
  restore(id: string): StudyInfo {
    this.#bin(id, null, 'study.restored');
    return this.get(id);
  }

  /**
   * For good, all of them or none; see `eraseStudies`.
   * @throws ROLE_REFUSED, STUDY_UNKNOWN {study}, STUDY_NOT_REMOVED {study}, STUDY_BUSY {study}
   */
  erase(ids: readonly string[]): void {
    eraseStudies(this.#context, ids);
  }

  /** By id. @throws STUDY_UNKNOWN {study} */
  get(id: string): StudyInfo {
    return requireStudy(this.#context, id);
  }

  /** By name, or null. */
  find(name: string): StudyInfo | null {
    const tidy = tidyName(name);
    return this.#context.store.get<StudyInfo>(`${STUDY_COLUMNS} AND name = ?`, tidy) ?? null;
  }

  /** By name; made when it is not there. */
  ensure(name: string): StudyInfo {
    return this.find(name) ?? this.create(name);
  }

  /** The field a study is of and which error harms more in it. @throws STUDY_UNKNOWN {study} */
  field(id: string): StudyFieldRow {
    this.get(id);
    const sql = 'SELECT template, harm FROM studies WHERE id = ?';
    return this.#context.store.get<StudyFieldRow>(sql, id) ?? { template: null, harm: null };
  }

  /** Says of which field a study is; null takes it back. @throws STUDY_UNKNOWN {study} */
  setField(id: string, { template, harm }: StudyFieldRow): void {
    const { store, journal } = this.#context;
    store.transaction(() => {
      const before = this.field(id);
      if (before.template === template && before.harm === harm) return;
      store.run('UPDATE studies SET template = ?, harm = ? WHERE id = ?', template, harm, id);
      journal.append('study.field-set', { template, harm }, id);
    });
  }

  /** What stands so already is not written into the journal twice. */
  #bin(id: string, removed: string | null, action: string): void {
    const { store, journal } = this.#context;
    store.transaction(() => {
      if ((this.get(id).removed === null) === (removed === null)) return;
      store.run('UPDATE studies SET removed = ? WHERE id = ?', removed, id);
      journal.append(action, {}, id);
    });
  }

  /**
   * Lends a study's key and zeroes it afterwards.
   * @throws STUDY_UNKNOWN {study}, also when the key was destroyed; VAULT_DAMAGED {part}
   */
  withKey<T>(id: string, use: (key: Buffer) => T): T {
    const { store, keyring } = this.#context;
    const row = store.get<{ wrapped_key: Buffer | null }>(
      'SELECT wrapped_key FROM studies WHERE id = ?',
      id,
    );
    if (row === undefined || row.wrapped_key === null) {
      throw new ConcordError('STUDY_UNKNOWN', { study: id });
    }
    const key = keyring.openStudyKey(id, row.wrapped_key);
    if (key === null) throw new ConcordError('VAULT_DAMAGED', { part: basename(store.file) });
    try {
      return use(key);
    } finally {
      key.fill(0);
    }
  }
}

function tidyName(name: string): string {
  const parsed = studyName.safeParse(name.normalize('NFC'));
  if (!parsed.success) throw malformed('study.create', 'name');
  return parsed.data;
}
