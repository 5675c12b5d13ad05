import type { JobKind, JobProgress } from '../contract/job.ts';
import type { PersonView } from '../contract/access.ts';
import type { Json, Vault } from '../vault/index.ts';

/** How long work reports and how it is stopped. */
export interface Control {
  readonly signal: AbortSignal;
  /** A wish that a search ends with the best found so far. */
  readonly keepBest?: AbortSignal;
  progress(progress: JobProgress): void;
}

/** What running work is given: its job, and a wish to pause, which ends it with PAUSED. */
export interface JobControl extends Control {
  readonly job: string;
  readonly pause?: AbortSignal;
  /** Keeps how the work has gone so far, in the transaction that keeps what it could go on from. */
  readonly keepTrace?: (progress: Pick<JobProgress, 'done' | 'epsilon'>) => void;
}

/** One piece of long work; what it makes is kept under its job's id. */
export interface Work {
  readonly kind: JobKind;
  readonly study: string;
  /**
   * What the work is made from again after a pause or a crash, kept sealed with the job; without
   * it the work can neither pause nor go on.
   */
  readonly request?: Json;
  /** Whether it can end early with the best found so far. */
  readonly searches?: boolean;
  run(control: JobControl): Promise<void>;
}

/** What a step's function gets to work with: an open vault, a person, and the queue. */
export interface Context {
  readonly vault: Vault;
  readonly person: PersonView;
  /** The path behind a ticket of this request. @throws TICKET_INVALID */
  file(ticket: string): string;
  /** Puts work into the queue and answers with its job id at once. */
  start(work: Work): string;
}
