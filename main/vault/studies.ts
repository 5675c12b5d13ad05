import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { ConcordError } from '../contract/errors.ts';
import { studyName } from '../contract/study.ts';
import { malformed, type VaultContext } from './context.ts';

export interface StudyInfo {
  readonly id: string;
  readonly name: string;
  readonly created: string;
}

const COLUMNS = 'SELECT id, name, created FROM studies';

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
      const study: StudyInfo = { id: randomUUID(), name: tidy, created: now() };
      const key = keyring.newStudyKey(study.id);
      store.run('INSERT INTO studies VALUES (?, ?, ?, ?)', study.id, tidy, study.created, key);
      journal.append('study.created', { name: tidy }, study.id);
      return study;
    });
  }

  list(): StudyInfo[] {
    return this.#context.store.all<StudyInfo>(`${COLUMNS} ORDER BY created, name`);
  }

  /** By id. @throws STUDY_UNKNOWN {study} */
  get(id: string): StudyInfo {
    return requireStudy(this.#context, id);
  }

  /** By name, or null. */
  find(name: string): StudyInfo | null {
    const tidy = tidyName(name);
    return this.#context.store.get<StudyInfo>(`${COLUMNS} WHERE name = ?`, tidy) ?? null;
  }

  /** By name; made when it is not there. */
  ensure(name: string): StudyInfo {
    return this.find(name) ?? this.create(name);
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

/** @throws STUDY_UNKNOWN {study} */
export function requireStudy({ store }: Pick<VaultContext, 'store'>, id: string): StudyInfo {
  const study = store.get<StudyInfo>(`${COLUMNS} WHERE id = ?`, id);
  if (study === undefined) throw new ConcordError('STUDY_UNKNOWN', { study: id });
  return study;
}

function tidyName(name: string): string {
  const parsed = studyName.safeParse(name.normalize('NFC'));
  if (!parsed.success) throw malformed('study.create', 'name');
  return parsed.data;
}
