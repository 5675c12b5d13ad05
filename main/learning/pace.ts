import { ConcordError } from '../contract/errors.ts';

/** How far a training is: nothing in it depends on the records. */
export interface TrainProgress {
  readonly phase: 'encoding' | 'training' | 'testing' | 'searching';
  readonly step: number;
  readonly steps: number;
}

const REST_MS = 40;
const REPORT_MS = 250;

/**
 * Lets long loops breathe: at most every 40 ms the event loop gets its turn (so that a wish to
 * cancel arrives), and progress is reported 4 times a second and when a phase begins. Throws CANCELLED, or the reason of
 * the signal where that is an error of ours (PAUSED: stop at once, go on from the last checkpoint).
 */
export class Pace {
  readonly #signal: AbortSignal | undefined;
  readonly #report: ((progress: TrainProgress) => void) | undefined;
  readonly #pause: AbortSignal | undefined;
  #rested = performance.now();
  #reported = -Infinity;
  #phase: TrainProgress['phase'] | null = null;

  constructor(
    signal: AbortSignal | undefined,
    report: ((progress: TrainProgress) => void) | undefined,
    pause?: AbortSignal,
  ) {
    this.#signal = signal;
    this.#report = report;
    this.#pause = pause;
  }

  /** The same for one of several trainings, of whose number nothing may show: it tells nothing. */
  hushed(): Pace {
    return new Pace(this.#signal, undefined);
  }

  /** The same for a part of a training of `steps` steps, `before` of which come first. */
  within(before: number, steps: number): Pace {
    const report = this.#report;
    return new Pace(
      this.#signal,
      report &&
        ((told) =>
          report(told.phase === 'training' ? { ...told, step: before + told.step, steps } : told)),
      this.#pause,
    );
  }

  /** To be called often; returns at once unless it is time to rest. */
  async beat(progress: TrainProgress): Promise<void> {
    this.tell(progress);
    const now = performance.now();
    if (now - this.#rested < REST_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#rested = performance.now();
    this.check();
  }

  /** Says how far the work is without a rest, where another loop takes care of those. */
  tell(progress: TrainProgress): void {
    const now = performance.now();
    const isNew = progress.phase !== this.#phase;
    if (isNew || now - this.#reported >= REPORT_MS || progress.step === progress.steps) {
      this.#reported = now;
      this.#phase = progress.phase;
      this.#report?.(progress);
    }
  }

  /** Ends work that does its own waiting. */
  get signal(): AbortSignal | undefined {
    return this.#signal;
  }

  check(): void {
    if (this.#signal?.aborted !== true) return;
    const { reason } = this.#signal as { reason: unknown };
    throw reason instanceof ConcordError ? reason : new ConcordError('CANCELLED');
  }

  /** To be called right after a checkpoint; a pause tells exactly where. Throws CANCELLED, PAUSED. */
  checkPause(progress: TrainProgress): void {
    this.check();
    if (this.#pause?.aborted !== true) return;
    this.#report?.(progress);
    throw new ConcordError('PAUSED');
  }
}
