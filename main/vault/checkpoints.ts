import { ConcordError } from '../contract/errors.ts';
import { deriveKey, unwrapKey, wrapKey } from './aead.ts';
import type { VaultContext } from './context.ts';
import type { Studies } from './studies.ts';

interface Row {
  readonly request: Buffer;
  readonly state: Buffer | null;
  readonly trace: Buffer | null;
}

type Part = keyof Row;

/**
 * What a job goes on from after a pause or a crash: what was asked of it, how far it had come, and
 * how it got there. All are sealed under a key of the job, derived from its study's, with a nonce of the system's
 * generator each time. It is no artefact: each state replaces the last one, nothing releases it,
 * and it is deleted when the job ends.
 */
export class Checkpoints {
  readonly #context: VaultContext;
  readonly #studies: Studies;

  constructor(context: VaultContext, studies: Studies) {
    this.#context = context;
    this.#studies = studies;
  }

  /** Keeps what was asked, once, when the job is queued. @throws JOB_UNKNOWN, STUDY_UNKNOWN */
  open(job: string, request: Uint8Array): void {
    const sealed = this.#seal(job, 'request', request);
    this.#context.store.run('INSERT INTO checkpoints (job, request) VALUES (?, ?)', job, sealed);
  }

  /**
   * Puts the state in the place of the last one; belongs into the transaction of the charge that
   * lets the next steps run. Nothing is kept of a job that was not opened. @throws JOB_UNKNOWN
   */
  put(job: string, state: Uint8Array): void {
    const sealed = this.#seal(job, 'state', state);
    this.#context.store.run('UPDATE checkpoints SET state = ? WHERE job = ?', sealed, job);
  }

  /** Puts the trace in the place of the last one. @throws JOB_UNKNOWN */
  putTrace(job: string, trace: Uint8Array): void {
    const sealed = this.#seal(job, 'trace', trace);
    this.#context.store.run('UPDATE checkpoints SET trace = ? WHERE job = ?', sealed, job);
  }

  /** What was asked of the job; null when it keeps nothing. @throws JOB_UNKNOWN, VAULT_DAMAGED */
  request(job: string): Buffer | null {
    return this.#read(job, 'request');
  }

  /** The last state; null before the first. @throws JOB_UNKNOWN, VAULT_DAMAGED */
  state(job: string): Buffer | null {
    return this.#read(job, 'state');
  }

  /** The trace of the work so far; null before it is first kept. @throws JOB_UNKNOWN, VAULT_DAMAGED */
  trace(job: string): Buffer | null {
    return this.#read(job, 'trace');
  }

  #read(job: string, part: Part): Buffer | null {
    const sql = 'SELECT request, state, trace FROM checkpoints WHERE job = ?';
    const sealed = this.#context.store.get<Row>(sql, job)?.[part] ?? null;
    if (sealed === null) return null;
    const opened = this.#withKey(job, (key) => unwrapKey(key, sealed, boundTo(job, part)));
    if (opened === null) throw new ConcordError('VAULT_DAMAGED', { part: 'checkpoints' });
    return opened;
  }

  #seal(job: string, part: Part, bytes: Uint8Array): Buffer {
    return this.#withKey(job, (key) => wrapKey(key, bytes, boundTo(job, part)));
  }

  #withKey<T>(job: string, use: (key: Buffer) => T): T {
    const sql = 'SELECT study FROM jobs WHERE id = ?';
    const row = this.#context.store.get<{ study: string }>(sql, job);
    if (row === undefined) throw new ConcordError('JOB_UNKNOWN');
    return this.#studies.withKey(row.study, (studyKey) => {
      const key = deriveKey(studyKey, job, 'concord checkpoint 1');
      try {
        return use(key);
      } finally {
        key.fill(0);
      }
    });
  }
}

function boundTo(job: string, part: Part): Buffer {
  return Buffer.from(`concord checkpoint ${job} ${part}`, 'utf8');
}
