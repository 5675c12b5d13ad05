import { ConcordError } from '../contract/errors.ts';
import { deriveKey, unwrapKey, wrapKey } from './aead.ts';
import type { VaultContext } from './context.ts';
import type { Studies } from './studies.ts';

/** Records of a study that are labelled by hand. */
export interface LabelledRecords {
  readonly study: string;
  readonly artefact: string;
}

/**
 * Labels on the way, given by hand to records of a study: what was asked of them, replaced when it
 * changes, and key presses one behind the other, of which only the last can be taken away. Each is
 * kept for good before the next is shown, so that a crash costs none. Sealed under a key of the
 * study's; not in the journal, because nothing has been made of them yet.
 */
export class LabelLog {
  readonly #context: VaultContext;
  readonly #studies: Studies;

  constructor(context: VaultContext, studies: Studies) {
    this.#context = context;
    this.#studies = studies;
  }

  /** The records of a study that have labels by hand. */
  records(study: string): string[] {
    const sql = 'SELECT records FROM label_sets WHERE study = ? ORDER BY rowid';
    return this.#context.store.all<{ records: string }>(sql, study).map(({ records }) => records);
  }

  /** What was asked; null before the first time. @throws STUDY_UNKNOWN {study}, VAULT_DAMAGED */
  settings(of: LabelledRecords): string | null {
    const row = this.#context.store.get<{ settings: Buffer }>(
      'SELECT settings FROM label_sets WHERE study = ? AND records = ?',
      of.study,
      of.artefact,
    );
    if (row === undefined) return null;
    return this.#withKey(of, (key) => opened(key, row.settings, boundTo(of, 'settings')));
  }

  /** Puts what is asked in the place of what was. @throws STUDY_UNKNOWN {study} */
  saveSettings(of: LabelledRecords, text: string): void {
    const sealed = this.#seal(of, 'settings', text);
    const sql = `INSERT INTO label_sets (study, records, settings) VALUES (?, ?, ?)
      ON CONFLICT (study, records) DO UPDATE SET settings = excluded.settings`;
    this.#context.store.run(sql, of.study, of.artefact, sealed);
  }

  /** The key presses in their order. @throws STUDY_UNKNOWN {study}, VAULT_DAMAGED */
  marks(of: LabelledRecords): string[] {
    const sql =
      'SELECT place, sealed FROM label_marks WHERE study = ? AND records = ? ORDER BY place';
    const rows = this.#context.store.all<{ place: number; sealed: Buffer }>(
      sql,
      of.study,
      of.artefact,
    );
    if (rows.length === 0) return [];
    return this.#withKey(of, (key) =>
      rows.map(({ place, sealed }, index) => {
        // One taken out of the middle would shift what can be undone.
        if (place !== index) throw damaged();
        return opened(key, sealed, boundTo(of, place));
      }),
    );
  }

  /** Keeps one more key press; `place` is how many there were before. */
  add(of: LabelledRecords, place: number, text: string): void {
    const sql = 'INSERT INTO label_marks (study, records, place, sealed) VALUES (?, ?, ?, ?)';
    this.#context.store.run(sql, of.study, of.artefact, place, this.#seal(of, place, text));
  }

  /** Takes the last key press away: that at `place`. */
  remove(of: LabelledRecords, place: number): void {
    const sql = 'DELETE FROM label_marks WHERE study = ? AND records = ? AND place = ?';
    this.#context.store.run(sql, of.study, of.artefact, place);
  }

  #seal(of: LabelledRecords, part: string | number, text: string): Buffer {
    const bytes = Buffer.from(text, 'utf8');
    return this.#withKey(of, (key) => wrapKey(key, bytes, boundTo(of, part)));
  }

  #withKey<T>({ study, artefact }: LabelledRecords, use: (key: Buffer) => T): T {
    return this.#studies.withKey(study, (studyKey) => {
      const key = deriveKey(studyKey, artefact, 'concord labels 1');
      try {
        return use(key);
      } finally {
        key.fill(0);
      }
    });
  }
}

/** @throws VAULT_DAMAGED {part} */
function opened(key: Buffer, sealed: Buffer, bound: Buffer): string {
  const bytes = unwrapKey(key, sealed, bound);
  if (bytes === null) throw damaged();
  return bytes.toString('utf8');
}

function damaged(): ConcordError {
  return new ConcordError('VAULT_DAMAGED', { part: 'labels' });
}

function boundTo({ study, artefact }: LabelledRecords, part: string | number): Buffer {
  return Buffer.from(`concord label ${study} ${artefact} ${part}`, 'utf8');
}
