import type { JobView } from '../contract/job.ts';

export interface LockActions {
  /** Ends the engine and starts a fresh, locked one. */
  renewEngine(): void;
  /** Loads the page anew, so that nothing that was shown stays in its memory. */
  reloadWindow(): void;
}

/**
 * What locking means for the processes: the window is always reloaded; the engine, with every
 * key it held, is ended at once, or, while a job runs, when the last job has ended.
 */
export class Lock {
  readonly #actions: LockActions;
  readonly #jobs = new Set<string>();
  #locked = true;

  constructor(actions: LockActions) {
    this.#actions = actions;
  }

  get isLocked(): boolean {
    return this.#locked;
  }

  /** Whether a job waits or runs. */
  get isBusy(): boolean {
    return this.#jobs.size > 0;
  }

  seen({ id, state }: Pick<JobView, 'id' | 'state'>): void {
    if (state === 'queued' || state === 'running') {
      this.#jobs.add(id);
      return;
    }
    const wasRunning = this.#jobs.delete(id);
    if (wasRunning && this.#locked && this.#jobs.size === 0) this.#actions.renewEngine();
  }

  /** A new engine has no jobs and is locked. */
  engineStarted(): void {
    this.#jobs.clear();
    this.#locked = true;
  }

  unlocked(): void {
    this.#locked = false;
  }

  lock(): void {
    this.#locked = true;
    if (this.#jobs.size === 0) this.#actions.renewEngine();
    this.#actions.reloadWindow();
  }
}
