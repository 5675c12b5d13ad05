import { randomUUID } from 'node:crypto';
import { ConcordError } from '../contract/errors.ts';
import type { JobProgress, JobState, JobView } from '../contract/job.ts';
import type { Work } from '../study/context.ts';
import { toErrorReply, type Incident } from './incident.ts';

/** Where jobs are kept, so that they are known after a crash. */
export interface JobStore {
  save(job: JobView): void;
  list(): readonly JobView[];
}

const EVENTS_PER_SECOND = 4;

interface Queued {
  readonly work: Work;
  readonly abort: AbortController;
  view: JobView;
  told: number;
}

/** One job at a time; the others wait in order. */
export class Jobs {
  readonly #store: JobStore;
  readonly #tell: (job: JobView) => void;
  readonly #log: (incident: Incident) => void;
  readonly #waiting: Queued[] = [];
  #running: Queued | null = null;
  readonly #idle: (() => void)[] = [];

  constructor(store: JobStore, tell: (job: JobView) => void, log: (incident: Incident) => void) {
    this.#store = store;
    this.#tell = tell;
    this.#log = log;
  }

  get busy(): boolean {
    return this.#running !== null || this.#waiting.length > 0;
  }

  /** Queues the work; the id is known, and stored, before any of it runs. */
  start(work: Work): string {
    const view: JobView = {
      id: randomUUID(),
      kind: work.kind,
      study: work.study,
      state: 'queued',
      progress: null,
      error: null,
      artefacts: [],
      created: new Date().toISOString(),
      ended: null,
    };
    const queued: Queued = { work, abort: new AbortController(), view, told: 0 };
    this.#move(queued, {});
    this.#waiting.push(queued);
    setImmediate(() => void this.#next());
    return view.id;
  }

  list(): readonly JobView[] {
    const live = new Map(this.#live().map(({ view }) => [view.id, view]));
    return this.#store.list().map((job) => live.get(job.id) ?? job);
  }

  /** @throws JOB_UNKNOWN */
  get(id: string): JobView {
    const job = this.list().find((candidate) => candidate.id === id);
    if (job === undefined) throw new ConcordError('JOB_UNKNOWN');
    return job;
  }

  /** Asks the job to stop; one that has ended stays as it is. @throws JOB_UNKNOWN */
  cancel(id: string): JobView {
    const live = this.#live().find(({ view }) => view.id === id);
    if (live === undefined) return this.get(id);
    live.abort.abort();
    const place = this.#waiting.indexOf(live);
    if (place >= 0) {
      this.#waiting.splice(place, 1);
      this.#move(live, ended('cancelled'));
      if (!this.busy) this.#rest();
    }
    return live.view;
  }

  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void> {
    return this.busy ? new Promise((resolve) => this.#idle.push(resolve)) : Promise.resolve();
  }

  /** Cancels everything, and resolves when the running job has let go. */
  async stop(): Promise<void> {
    for (const { view } of this.#live()) this.cancel(view.id);
    await this.idle();
  }

  #live(): Queued[] {
    return this.#running === null ? this.#waiting : [this.#running, ...this.#waiting];
  }

  #rest(): void {
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  async #next(): Promise<void> {
    if (this.#running !== null) return;
    const job = this.#waiting.shift();
    if (job === undefined) {
      this.#rest();
      return;
    }
    this.#running = job;
    try {
      this.#move(job, { state: 'running' });
      this.#move(job, await this.#outcome(job));
    } catch (error) {
      // The store itself failed (a full disk): tell it, and let the queue go on.
      job.view = { ...job.view, ...ended('failed'), error: toErrorReply(error, this.#log) };
      this.#tell(job.view);
    }
    this.#running = null;
    await this.#next();
  }

  async #outcome(job: Queued): Promise<Partial<JobView>> {
    try {
      const artefacts = await job.work.run({
        job: job.view.id,
        signal: job.abort.signal,
        progress: (progress) => this.#progress(job, progress),
      });
      return { ...ended('done'), artefacts: [...artefacts] };
    } catch (error) {
      const cancelled = error instanceof ConcordError && error.code === 'CANCELLED';
      if (cancelled) return ended('cancelled');
      return { ...ended('failed'), error: toErrorReply(error, this.#log) };
    }
  }

  #progress(job: Queued, progress: JobProgress): void {
    job.view = { ...job.view, progress };
    const now = Date.now();
    if (now - job.told < 1000 / EVENTS_PER_SECOND) return;
    job.told = now;
    this.#tell(job.view);
  }

  #move(job: Queued, change: Partial<JobView>): void {
    job.view = { ...job.view, ...change };
    this.#store.save(job.view);
    this.#tell(job.view);
  }
}

function ended(state: JobState): Partial<JobView> {
  return { state, ended: new Date().toISOString() };
}
