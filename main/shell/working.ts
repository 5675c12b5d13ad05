import type { BrowserWindow, PowerSaveBlocker } from 'electron';
import type { JobView } from '../contract/job.ts';

export interface WorkingParts {
  /** Null while there is no window. */
  readonly window: () => Pick<BrowserWindow, 'setProgressBar'> | null;
  readonly blocker: Pick<PowerSaveBlocker, 'start' | 'stop'>;
  readonly platform: NodeJS.Platform;
}

type News = Pick<JobView, 'id' | 'state' | 'progress'>;
type Bar = { readonly part: number; readonly mode: 'none' | 'normal' | 'indeterminate' | 'paused' };

const NO_BAR: Bar = { part: -1, mode: 'none' };
/** Finer than this nobody sees on a taskbar. */
const PARTS = 100;

/**
 * What the computer is told of long work: how far it is, on the taskbar, and not to fall asleep over
 * it (the screen may). What a platform cannot do is left out; nothing here may ever stop the work.
 */
export class Working {
  readonly #parts: WorkingParts;
  readonly #jobs = new Map<string, News>();
  #shown = NO_BAR;
  #awake: number | null = null;

  constructor(parts: WorkingParts) {
    this.#parts = parts;
  }

  seen(job: News): void {
    this.#jobs.delete(job.id);
    if (['queued', 'running', 'paused'].includes(job.state)) this.#jobs.set(job.id, job);
    this.#tell();
  }

  /** A new engine has no jobs. */
  engineStarted(): void {
    this.#jobs.clear();
    this.#tell();
  }

  #tell(): void {
    const works = [...this.#jobs.values()].some(({ state }) => state !== 'paused');
    attempt(() => this.#stayAwake(works));
    attempt(() => this.#show(this.#bar()));
  }

  #stayAwake(works: boolean): void {
    if (works === (this.#awake !== null)) return;
    const { blocker } = this.#parts;
    const held = this.#awake;
    this.#awake = null;
    if (works) this.#awake = blocker.start('prevent-app-suspension');
    else if (held !== null) blocker.stop(held);
  }

  /** Of the work that runs, else of the work that was paused last. */
  #bar(): Bar {
    const jobs = [...this.#jobs.values()];
    const running = jobs.find(({ state }) => state === 'running');
    if (running !== undefined) {
      const part = partOf(running);
      return part === null ? { part: 2, mode: 'indeterminate' } : { part, mode: 'normal' };
    }
    const paused = jobs.findLast(({ state }) => state === 'paused');
    // Elsewhere it would look like work that goes on.
    if (paused === undefined || this.#parts.platform !== 'win32') return NO_BAR;
    return { part: partOf(paused) ?? 0, mode: 'paused' };
  }

  #show(bar: Bar): void {
    if (bar.part === this.#shown.part && bar.mode === this.#shown.mode) return;
    const window = this.#parts.window();
    if (window === null) return;
    window.setProgressBar(bar.part, { mode: bar.mode });
    this.#shown = bar;
  }
}

function partOf({ progress }: News): number | null {
  if (progress === null || progress.total === 0) return null;
  return Math.round((PARTS * progress.done) / progress.total) / PARTS;
}

function attempt(tell: () => void): void {
  try {
    tell();
  } catch {
    // A taskbar without progress, a system without sleep: the work does not depend on them.
  }
}
