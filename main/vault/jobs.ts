import { randomUUID } from 'node:crypto';
import { ConcordError, type ErrorCode, type ErrorParams } from '../contract/errors.ts';
import type { JobProgress, JobState } from '../contract/job.ts';
import type { VaultContext } from './context.ts';
import { requireStudy } from './study-row.ts';

export interface JobRecord {
  readonly id: string;
  readonly kind: string;
  readonly study: string;
  /** The id of a person. */
  readonly person: string;
  readonly state: JobState;
  readonly progress: JobProgress | null;
  readonly error: { readonly code: ErrorCode; readonly params: ErrorParams } | null;
  readonly created: string;
  readonly started: string | null;
  readonly ended: string | null;
}

type EndState = 'done' | 'failed' | 'cancelled';
const UNENDED: readonly JobState[] = ['queued', 'running', 'paused', 'interrupted'];

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly study: string;
  readonly person: string;
  readonly state: JobState;
  readonly done: number | null;
  readonly total: number | null;
  readonly unit: JobProgress['unit'] | null;
  readonly created: string;
  readonly started: string | null;
  readonly ended: string | null;
  readonly error_code: ErrorCode | null;
  readonly error_params: string | null;
}

/** Long work as it last stood, so that the engine can tell after a crash what was under way. */
export class Jobs {
  readonly #context: VaultContext;

  constructor(context: VaultContext) {
    this.#context = context;
  }

  /** Puts a job into the queue. @throws STUDY_UNKNOWN {study} */
  create(kind: string, study: string): JobRecord {
    const { store, journal, person, now } = this.#context;
    const id = randomUUID();
    return store.transaction(() => {
      requireStudy(this.#context, study);
      store.run(
        `INSERT INTO jobs (id, position, kind, study, person, state, created)
         VALUES (?, (SELECT COALESCE(MAX(position), 0) + 1 FROM jobs), ?, ?, ?, 'queued', ?)`,
        id,
        kind,
        study,
        person.id,
        now(),
      );
      journal.append('job.queued', { job: id, kind }, study);
      return this.get(id);
    });
  }

  /** A queued job begins, or an interrupted one goes on. @throws JOB_UNKNOWN in any other state */
  start(id: string): JobRecord {
    const { store, journal, now } = this.#context;
    return store.transaction(() => {
      const { state, study } = this.get(id);
      if (state !== 'queued' && state !== 'interrupted') throw new ConcordError('JOB_UNKNOWN');
      store.run(
        `UPDATE jobs SET state = 'running', started = ?, ended = NULL WHERE id = ?`,
        now(),
        id,
      );
      journal.append(state === 'queued' ? 'job.started' : 'job.resumed', { job: id }, study);
      return this.get(id);
    });
  }

  /** Each call is written to the disk: a few per second are enough. @throws JOB_UNKNOWN */
  progress(id: string, { done, total, unit }: JobProgress): void {
    const sql = `UPDATE jobs SET done = ?, total = ?, unit = ? WHERE id = ? AND state = 'running'`;
    const changed = this.#context.store.run(sql, done, total, unit, id);
    if (changed === 0) throw new ConcordError('JOB_UNKNOWN');
  }

  /** A job stops where it can go on later, or before it has begun. @throws JOB_UNKNOWN otherwise */
  pause(id: string): JobRecord {
    const { store, journal } = this.#context;
    return store.transaction(() => {
      const { state, study } = this.get(id);
      if (state !== 'queued' && state !== 'running') throw new ConcordError('JOB_UNKNOWN');
      store.run(`UPDATE jobs SET state = 'paused' WHERE id = ?`, id);
      journal.append('job.paused', { job: id }, study);
      return this.get(id);
    });
  }

  /** A paused or interrupted job waits in the queue again. @throws JOB_UNKNOWN in another state */
  requeue(id: string): JobRecord {
    const { store, journal } = this.#context;
    return store.transaction(() => {
      const { state, study } = this.get(id);
      if (state !== 'paused' && state !== 'interrupted') throw new ConcordError('JOB_UNKNOWN');
      store.run(`UPDATE jobs SET state = 'queued', ended = NULL WHERE id = ?`, id);
      journal.append('job.requeued', { job: id }, study);
      return this.get(id);
    });
  }

  /** What the job could go on from goes with it. @throws JOB_UNKNOWN when it has ended already */
  end(id: string, state: EndState, error?: ConcordError): JobRecord {
    return this.#context.store.transaction(() => {
      const before = this.get(id).state;
      if (!UNENDED.includes(before)) throw new ConcordError('JOB_UNKNOWN');
      this.#context.store.run('DELETE FROM checkpoints WHERE job = ?', id);
      this.#end(id, state, error);
      return this.get(id);
    });
  }

  /** @throws JOB_UNKNOWN */
  get(id: string): JobRecord {
    const row = this.#context.store.get<Row>('SELECT * FROM jobs WHERE id = ?', id);
    if (row === undefined) throw new ConcordError('JOB_UNKNOWN');
    return asRecord(row);
  }

  /** Newest first. */
  list(limit = 100): JobRecord[] {
    const sql = 'SELECT * FROM jobs ORDER BY position DESC LIMIT ?';
    return this.#context.store.all<Row>(sql, limit).map(asRecord);
  }

  /** Those of one study, newest first. */
  ofStudy(study: string): JobRecord[] {
    const sql = 'SELECT * FROM jobs WHERE study = ? ORDER BY position DESC';
    return this.#context.store.all<Row>(sql, study).map(asRecord);
  }

  count(state: JobState): number {
    const sql = 'SELECT COUNT(*) AS n FROM jobs WHERE state = ?';
    return this.#context.store.get<{ n: number }>(sql, state)?.n ?? 0;
  }

  /** On opening: jobs of a process that died. */
  interruptOpen(): number {
    const sql = `SELECT * FROM jobs WHERE state IN ('queued', 'running') ORDER BY position`;
    const open = this.#context.store.all<Row>(sql);
    for (const { id } of open) this.#end(id, 'interrupted');
    return open.length;
  }

  #end(id: string, state: EndState | 'interrupted', error?: ConcordError): void {
    const { store, journal, now } = this.#context;
    store.run(
      'UPDATE jobs SET state = ?, ended = ?, error_code = ?, error_params = ? WHERE id = ?',
      state,
      now(),
      error?.code ?? null,
      error === undefined ? null : JSON.stringify(error.params),
      id,
    );
    journal.append('job.ended', { job: id, state, error: error?.code ?? null }, this.get(id).study);
  }
}

function asRecord(row: Row): JobRecord {
  const { id, kind, study, person, state, created, started, ended } = row;
  const { done, total, unit, error_code: code, error_params: params } = row;
  const progress = done === null || total === null || unit === null ? null : { done, total, unit };
  const error = code === null ? null : { code, params: JSON.parse(params ?? '{}') as ErrorParams };
  return { id, kind, study, person, state, progress, error, created, started, ended };
}
