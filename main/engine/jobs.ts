import { ConcordError } from '../contract/errors.ts';
import type { TracePoint, ErrorReply, JobProgress, JobView } from '../contract/job.ts';
import type { Work } from '../study/context.ts';
import type { JobRecord, Vault } from '../vault/index.ts';
import { Trace } from './trace.ts';
import { toErrorReply, type Incident } from './incident.ts';
import { TimeLeft } from './time-left.ts';

export interface JobsParts {
  readonly vault: Vault;
  /** Told of every change of state, and of progress a few times a second. */
  readonly tell: (job: JobView) => void;
  readonly log: (incident: Incident) => void;
  /** Milliseconds; only tests bring their own. */
  readonly now?: () => number;
}

interface Live {
  readonly id: string;
  readonly work: Work;
  readonly abort: AbortController;
  readonly pause: AbortController;
  readonly keep: AbortController;
  readonly left: TimeLeft;
  readonly trace: Trace;
  progress: JobProgress | null;
  told: number;
}

const EVENTS_PER_SECOND = 4;

/**
 * One job at a time; the others wait in order. The vault keeps their state across a crash. A paused
 * job waits for nobody and holds up nobody: it goes to the end of the queue when it is resumed.
 */
export class Jobs {
  readonly #parts: JobsParts;
  readonly #now: () => number;
  readonly #waiting: Live[] = [];
  readonly #idle: (() => void)[] = [];
  #running: Live | null = null;

  constructor(parts: JobsParts) {
    this.#parts = parts;
    this.#now = parts.now ?? (() => performance.now());
  }

  get busy(): boolean {
    return this.#running !== null || this.#waiting.length > 0;
  }

  /** Queues the work; the id is known, and stored, before any of it runs. */
  start(work: Work): string {
    const { vault } = this.#parts;
    const id = vault.transaction(() => {
      const created = vault.jobs.create(work.kind, work.study);
      if (work.request !== undefined) {
        vault.checkpoints.open(created.id, Buffer.from(JSON.stringify(work.request), 'utf8'));
      }
      return created.id;
    });
    this.#queue(id, work, null);
    return id;
  }

  /**
   * Lets a paused or interrupted job go on as `work`, under its own id.
   * @throws JOB_UNKNOWN for a job in any other state
   */
  resume(id: string, work: Work): JobView {
    const { progress } = this.#parts.vault.jobs.requeue(id);
    this.#queue(id, work, progress);
    return this.get(id);
  }

  /**
   * Asks a running job to stop at its next checkpoint; one that waits stops at once, and one that
   * has stopped or ended stays as it is. @throws JOB_UNKNOWN; JOB_NOT_RESUMABLE where the work
   * could not go on from a checkpoint
   */
  pause(id: string): JobView {
    const live = this.#live().find((candidate) => candidate.id === id);
    if (live === undefined) return this.get(id);
    if (live.work.request === undefined) throw new ConcordError('JOB_NOT_RESUMABLE');
    live.pause.abort();
    if (this.#unqueue(live)) {
      this.#parts.vault.jobs.pause(id);
      this.#tell(id);
      this.#rest();
    }
    return this.get(id);
  }

  /**
   * Asks running work to end with the best it has found; a job that waits or has ended stays as it
   * is. @throws JOB_UNKNOWN; JOB_HAS_NO_BEST where the work does not search
   */
  keepBest(id: string): JobView {
    const running = this.#running?.id === id ? this.#running : null;
    if (running !== null && running.work.searches !== true) {
      throw new ConcordError('JOB_HAS_NO_BEST');
    }
    running?.keep.abort();
    return this.get(id);
  }

  list(): JobView[] {
    return this.#parts.vault.jobs.list().map((record) => this.#view(record));
  }

  /** @throws JOB_UNKNOWN */
  get(id: string): JobView {
    return this.#view(this.#parts.vault.jobs.get(id));
  }

  /** How the job has gone so far; nothing of one that has ended. @throws JOB_UNKNOWN */
  trace(id: string): readonly TracePoint[] {
    const live = this.#live().find((candidate) => candidate.id === id);
    if (live !== undefined) return live.trace.points;
    const { jobs, checkpoints } = this.#parts.vault;
    return Trace.from(checkpoints.trace(jobs.get(id).id)).points;
  }

  /**
   * Asks the job to stop; one that is paused or was interrupted is given up, and one that has ended
   * stays as it is. @throws JOB_UNKNOWN
   */
  cancel(id: string): JobView {
    const live = this.#live().find((candidate) => candidate.id === id);
    live?.abort.abort();
    const { state } = this.get(id);
    const stands = live === undefined && (state === 'paused' || state === 'interrupted');
    if (stands || (live !== undefined && this.#unqueue(live))) {
      this.#parts.vault.jobs.end(id, 'cancelled');
      this.#tell(id);
      this.#rest();
    }
    return this.get(id);
  }

  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void> {
    return this.busy ? new Promise((resolve) => this.#idle.push(resolve)) : Promise.resolve();
  }

  /**
   * Ends everything at once, and resolves when the running job has let go. What keeps checkpoints is
   * paused, the running job without waiting for the next one; everything else is cancelled.
   */
  async stop(): Promise<void> {
    for (const { id, work, abort } of this.#live().toReversed()) {
      if (work.request === undefined) this.cancel(id);
      else {
        this.pause(id);
        abort.abort(new ConcordError('PAUSED'));
      }
    }
    await this.idle();
  }

  #queue(id: string, work: Work, progress: JobProgress | null): void {
    this.#waiting.push({
      id,
      work,
      abort: new AbortController(),
      pause: new AbortController(),
      keep: new AbortController(),
      left: new TimeLeft(),
      trace: Trace.from(this.#parts.vault.checkpoints.trace(id)),
      progress,
      told: -Infinity,
    });
    this.#tell(id);
    setImmediate(() => void this.#next());
  }

  /** Takes a job that has not begun out of the queue; false when it has. */
  #unqueue(live: Live): boolean {
    const place = this.#waiting.indexOf(live);
    if (place >= 0) this.#waiting.splice(place, 1);
    return place >= 0;
  }

  #live(): Live[] {
    return this.#running === null ? [...this.#waiting] : [this.#running, ...this.#waiting];
  }

  async #next(): Promise<void> {
    if (this.#running !== null) return;
    const job = this.#waiting.shift();
    if (job !== undefined) {
      this.#running = job;
      await this.#run(job);
      this.#running = null;
      await this.#next();
    }
    this.#rest();
  }

  async #run(job: Live): Promise<void> {
    const { vault } = this.#parts;
    try {
      vault.jobs.start(job.id);
      this.#tell(job.id);
      job.trace.begin(this.#now());
      await job.work.run({
        job: job.id,
        signal: job.abort.signal,
        pause: job.pause.signal,
        keepBest: job.keep.signal,
        progress: (progress) => this.#progress(job, progress),
        keepTrace: (progress) => {
          job.trace.note(progress, this.#now());
          vault.checkpoints.putTrace(job.id, job.trace.bytes());
        },
      });
      vault.jobs.end(job.id, 'done');
    } catch (error) {
      this.#fail(job, error);
    }
    this.#tell(job.id);
  }

  #fail(job: Live, error: unknown): void {
    const { code, params } = toErrorReply(error, this.#parts.log);
    try {
      if (code === 'PAUSED') this.#keepPaused(job);
      else if (code === 'CANCELLED') this.#parts.vault.jobs.end(job.id, 'cancelled');
      else this.#parts.vault.jobs.end(job.id, 'failed', new ConcordError(code, params));
    } catch (unkept) {
      // The store itself failed (a full disk): the next opening finds the job interrupted.
      toErrorReply(unkept, this.#parts.log);
    }
  }

  #keepPaused({ id, progress, trace }: Live): void {
    const { vault } = this.#parts;
    vault.transaction(() => {
      vault.checkpoints.putTrace(id, trace.bytes());
      if (progress !== null) vault.jobs.progress(id, progress);
      vault.jobs.pause(id);
    });
  }

  #progress(job: Live, progress: JobProgress): void {
    job.progress = progress;
    const now = this.#now();
    job.left.note(progress, now);
    // The curve is that of the steps; what comes before them counts something else.
    if (progress.unit !== 'encoding') job.trace.note(progress, now);
    if (now - job.told < 1000 / EVENTS_PER_SECOND) return;
    job.told = now;
    this.#tell(job.id);
  }

  #tell(id: string): void {
    this.#parts.tell(this.get(id));
  }

  #rest(): void {
    if (this.busy) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #view(record: JobRecord): JobView {
    const live = this.#running?.id === record.id ? this.#running : undefined;
    const { id, kind, study, state, created, started, ended } = record;
    return {
      id,
      kind: kind as JobView['kind'],
      study,
      state,
      progress: live?.progress ?? record.progress,
      error: record.error === null ? null : errorOf(record.error),
      artefacts: this.#parts.vault.artefacts.ofJob(id).map((artefact) => artefact.id),
      created,
      started,
      seconds_left: state === 'running' ? (live?.left.range(this.#now()) ?? null) : null,
      ended,
    };
  }
}

function errorOf({ code, params }: NonNullable<JobRecord['error']>): ErrorReply {
  const { incident } = params;
  return {
    code,
    params: Object.fromEntries(
      Object.entries(params).map(([key, value]) => [
        key,
        typeof value === 'object' ? [...value] : value,
      ]),
    ),
    incident: typeof incident === 'string' ? incident : null,
  };
}
