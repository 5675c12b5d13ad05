import type { JobKind, JobProgress } from '../contract/job.ts';
import type { PersonView } from '../contract/access.ts';
import type { Vault } from '../vault/index.ts';

/** How long work reports and how it is stopped. */
export interface Control {
  readonly signal: AbortSignal;
  progress(progress: JobProgress): void;
}

/** One piece of long work; what it makes is kept under its job's id. */
export interface Work {
  readonly kind: JobKind;
  readonly study: string;
  run(control: Control & { readonly job: string }): Promise<void>;
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
