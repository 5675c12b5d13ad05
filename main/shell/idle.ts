const LOOK_EVERY_MS = 15_000;

export interface IdleParts {
  /** Asked for each time anew: an unlocked vault only is worth locking. */
  readonly isUnlocked: () => boolean;
  readonly lock: () => void;
  /** Without input for this long the vault is locked; asked for each time anew. */
  readonly minutes: () => number;
  readonly now?: () => number;
}

/** Locks when nobody has used the window for a while; work that runs goes on behind the lock. */
export class IdleLock {
  readonly #parts: IdleParts;
  readonly #now: () => number;
  #last: number;
  #timer: NodeJS.Timeout | null = null;

  constructor(parts: IdleParts) {
    this.#parts = parts;
    // The wall clock, which also counts the time that a computer sleeps.
    this.#now = parts.now ?? (() => Date.now());
    this.#last = this.#now();
  }

  /** Somebody is there. */
  active(): void {
    this.#last = this.#now();
  }

  watch(): void {
    this.#timer ??= setInterval(() => this.look(), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  look(): void {
    // A clock that was set back counts as use: the time without input is not known.
    if (this.#now() < this.#last) this.active();
    if (this.#now() - this.#last >= this.#parts.minutes() * 60_000) this.lockNow();
  }

  /** At once: the screen was locked, or the computer goes to sleep. */
  lockNow(): void {
    if (!this.#parts.isUnlocked()) return;
    this.active();
    this.#parts.lock();
  }
}
