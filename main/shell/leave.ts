export type Choice = 'background' | 'stop' | 'stay';

export interface LeaveParts {
  /** Whether work waits or runs. */
  readonly isBusy: () => boolean;
  readonly ask: () => Promise<Choice>;
  /** Locks the vault and hides the window; the work goes on. */
  readonly hide: () => void;
  /** Ends the program; what keeps checkpoints stops there and can go on later. */
  readonly quit: () => void;
}

/** Closing the window while work runs is a question; the answer is given once. */
export class Leave {
  readonly #parts: LeaveParts;
  #state: 'here' | 'asking' | 'hidden' | 'going' = 'here';

  constructor(parts: LeaveParts) {
    this.#parts = parts;
  }

  /** Whether the window may close now; where it may not, the person is being asked. */
  mayGo(): boolean {
    if (this.#state === 'going' || !this.#parts.isBusy()) return true;
    if (this.#state !== 'asking') void this.#ask();
    return false;
  }

  /** No work is left: a program that stayed only for it ends. */
  rested(): void {
    if (this.#state === 'hidden') this.#go();
  }

  /** The window was called back. */
  back(): void {
    if (this.#state === 'hidden') this.#state = 'here';
  }

  async #ask(): Promise<void> {
    this.#state = 'asking';
    const choice = await this.#parts.ask().catch((): Choice => 'stay');
    if (choice === 'stay') {
      this.#state = 'here';
      return;
    }
    // The work may have ended while the question stood there.
    if (choice === 'stop' || !this.#parts.isBusy()) {
      this.#go();
      return;
    }
    this.#state = 'hidden';
    this.#parts.hide();
  }

  #go(): void {
    this.#state = 'going';
    this.#parts.quit();
  }
}
