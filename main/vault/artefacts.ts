import { randomUUID } from 'node:crypto';
import { ConcordError } from '../contract/errors.ts';
import { hashOf } from './content-hash.ts';
import { malformed, type VaultContext } from './context.ts';
import { EarlyArtefacts, type EarlyBytes } from './early-bytes.ts';
import { chunksOf, sealInChunks, unsealChunks } from './sealed-chunks.ts';
import type { Studies } from './studies.ts';

export interface ArtefactInfo {
  readonly id: string;
  readonly study: string;
  /** 'source-records', 'model', 'review', ...: lower-case words joined by hyphens. */
  readonly kind: string;
  readonly name: string;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly hash: string;
  readonly bytes: number;
  readonly parents: readonly string[];
  /** The id of a person. */
  readonly madeBy: string;
  readonly job: string | null;
  readonly created: string;
}

export interface NewArtefact {
  readonly study: string;
  readonly kind: string;
  readonly name: string;
  /** Bytes, or what `early.write` has made of them. */
  readonly bytes: Uint8Array | EarlyBytes;
  /** Artefacts of the same study that this one was made from. */
  readonly parents?: readonly string[];
  readonly job?: string;
}

interface Row {
  readonly id: string;
  readonly study: string;
  readonly kind: string;
  readonly name: string;
  readonly hash: string;
  readonly bytes: number;
  readonly chunks: number;
  readonly made_by: string;
  readonly job: string | null;
  readonly created: string;
}

const CHUNKS = `
  SELECT number, sealed FROM artefact_chunks WHERE artefact = ?
  UNION ALL SELECT number, sealed FROM early_chunks WHERE artefact = ? ORDER BY number`;

const ANCESTORS = `
  WITH RECURSIVE line (id) AS (
    SELECT parent FROM lineage WHERE child = ?
    UNION SELECT parent FROM lineage JOIN line ON child = line.id)
  SELECT * FROM artefacts WHERE id IN (SELECT id FROM line) ORDER BY position`;

const DESCENDANTS = `
  WITH RECURSIVE line (id) AS (
    SELECT child FROM lineage WHERE parent = ?
    UNION SELECT child FROM lineage JOIN line ON parent = line.id)
  SELECT * FROM artefacts WHERE id IN (SELECT id FROM line) ORDER BY position`;

/** What the studies hold: immutable, sealed by the study's key, with lineage and content hash. */
export class Artefacts {
  /** For artefacts too large to be written in one go. */
  readonly early: EarlyArtefacts;
  readonly #context: VaultContext;
  readonly #studies: Studies;

  constructor(context: VaultContext, studies: Studies) {
    this.#context = context;
    this.#studies = studies;
    this.early = new EarlyArtefacts(context, studies);
  }

  /**
   * Seals and keeps bytes, and writes it into the journal.
   * @throws STUDY_UNKNOWN {study}; ARTEFACT_UNKNOWN for a parent outside the study
   */
  put(made: NewArtefact): ArtefactInfo {
    if (!/^[a-z]+(-[a-z]+)*$/.test(made.kind)) throw malformed('artefacts.put', 'kind');
    const early = made.bytes instanceof Uint8Array ? null : made.bytes;
    // The pieces are sealed by the key of the study that they were written for.
    if (early !== null && early.study !== made.study) throw malformed('artefacts.put', 'study');
    const info: ArtefactInfo = {
      id: early?.artefact ?? randomUUID(),
      study: made.study,
      kind: made.kind,
      name: made.name,
      hash: made.bytes instanceof Uint8Array ? hashOf(made.bytes) : made.bytes.hash,
      bytes: made.bytes instanceof Uint8Array ? made.bytes.length : made.bytes.bytes,
      parents: made.parents ?? [],
      madeBy: this.#context.person.id,
      job: made.job ?? null,
      created: this.#context.now(),
    };
    this.#context.store.transaction(() => {
      this.#insert(info);
      if (made.bytes instanceof Uint8Array) this.#insertBytes(info, made.bytes);
      this.#insertParents(info);
      const { id: artefact, kind, hash, bytes, parents, job } = info;
      const params = { artefact, kind, hash, bytes, parents, job };
      this.#context.journal.append('artefact.saved', params, info.study);
    });
    return info;
  }

  /** The bytes. @throws ARTEFACT_UNKNOWN, ARTEFACT_DAMAGED, STUDY_UNKNOWN {study} */
  get(id: string): Buffer {
    const row = this.#row(id);
    const sealed = this.#context.store.all<{ sealed: Buffer }>(CHUNKS, id, id);
    const bytes = this.#studies.withKey(row.study, (key) =>
      unsealChunks(
        key,
        id,
        row.bytes,
        sealed.map((chunk) => chunk.sealed),
      ),
    );
    if (bytes === null || hashOf(bytes) !== row.hash) throw new ConcordError('ARTEFACT_DAMAGED');
    return bytes;
  }

  /** @throws ARTEFACT_UNKNOWN */
  info(id: string): ArtefactInfo {
    return this.#asInfo(this.#row(id));
  }

  /** A study's artefacts, oldest first. @throws STUDY_UNKNOWN {study} */
  list(study: string, kind?: string): ArtefactInfo[] {
    this.#studies.get(study);
    const rows = this.#context.store.all<Row>(
      'SELECT * FROM artefacts WHERE study = ? ORDER BY position',
      study,
    );
    return rows.filter((row) => kind === undefined || row.kind === kind).map(this.#asInfo);
  }

  /** What a job has made, oldest first. */
  ofJob(job: string): ArtefactInfo[] {
    const sql = 'SELECT * FROM artefacts WHERE job = ? ORDER BY position';
    return this.#context.store.all<Row>(sql, job).map(this.#asInfo);
  }

  /** Everything an artefact was made from, and everything made from it. */
  lineage(id: string): { ancestors: ArtefactInfo[]; descendants: ArtefactInfo[] } {
    this.#row(id);
    const { store } = this.#context;
    return {
      ancestors: store.all<Row>(ANCESTORS, id).map(this.#asInfo),
      descendants: store.all<Row>(DESCENDANTS, id).map(this.#asInfo),
    };
  }

  /** Reads every artefact whose study has its key; gives the ids of those that do not hold. */
  verify(): { count: number; damaged: string[] } {
    const rows = this.#context.store.all<{ id: string }>(
      `SELECT artefacts.id FROM artefacts JOIN studies ON studies.id = artefacts.study
       WHERE wrapped_key IS NOT NULL ORDER BY position`,
    );
    const damaged = rows.map((row) => row.id).filter((id) => !this.#holds(id));
    return { count: rows.length, damaged };
  }

  #holds(id: string): boolean {
    try {
      this.get(id);
      return true;
    } catch (error) {
      if (error instanceof ConcordError) return false;
      throw error;
    }
  }

  #insert(info: ArtefactInfo): void {
    this.#studies.get(info.study);
    this.#context.store.run(
      `INSERT INTO artefacts (id, position, study, kind, name, hash, bytes, chunks, made_by, job, created)
       VALUES (?, (SELECT COALESCE(MAX(position), 0) + 1 FROM artefacts), ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      info.id,
      info.study,
      info.kind,
      info.name,
      info.hash,
      info.bytes,
      chunksOf(info.bytes),
      info.madeBy,
      info.job,
      info.created,
    );
  }

  #insertBytes(info: ArtefactInfo, bytes: Uint8Array): void {
    this.#studies.withKey(info.study, (key) => {
      let number = 0;
      for (const sealed of sealInChunks(key, info.id, bytes)) {
        const sql = 'INSERT INTO artefact_chunks VALUES (?, ?, ?)';
        this.#context.store.run(sql, info.id, number, sealed);
        number++;
      }
    });
  }

  #insertParents(info: ArtefactInfo): void {
    info.parents.forEach((parent, place) => {
      if (this.#row(parent).study !== info.study) throw new ConcordError('ARTEFACT_UNKNOWN');
      this.#context.store.run('INSERT INTO lineage VALUES (?, ?, ?)', info.id, place, parent);
    });
  }

  #row(id: string): Row {
    const row = this.#context.store.get<Row>('SELECT * FROM artefacts WHERE id = ?', id);
    if (row === undefined) throw new ConcordError('ARTEFACT_UNKNOWN');
    return row;
  }

  readonly #asInfo = (row: Row): ArtefactInfo => {
    const sql = 'SELECT parent FROM lineage WHERE child = ? ORDER BY place';
    const parents = this.#context.store.all<{ parent: string }>(sql, row.id);
    const { id, study, kind, name, hash, bytes, made_by: madeBy, job, created } = row;
    const line = parents.map(({ parent }) => parent);
    return { id, study, kind, name, hash, bytes, parents: line, madeBy, job, created };
  };
}
