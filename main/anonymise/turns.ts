import { setImmediate as nextTurn } from 'node:timers/promises';
import { ConcordError } from '../contract/errors.ts';

const TURN_MILLISECONDS = 50;

/** Lets messages in now and then, so that a cancel or a wish to stop can arrive. */
export class Turns {
  readonly #signal: AbortSignal | undefined;
  readonly #report: () => void;
  #next = -Infinity;

  constructor(signal: AbortSignal | undefined, report: () => void) {
    this.#signal = signal;
    this.#report = report;
  }

  get isDue(): boolean {
    return performance.now() >= this.#next;
  }

  /** Throws CANCELLED when the signal is aborted. */
  async take(): Promise<void> {
    this.#report();
    await nextTurn();
    if (this.#signal?.aborted) throw new ConcordError('CANCELLED');
    this.#next = performance.now() + TURN_MILLISECONDS;
  }
}
