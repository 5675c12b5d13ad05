import { CallError } from '../../client.ts';
import type { JobView } from '../../../main/contract/job.ts';
import type { Preview } from '../../place.ts';
import type { Session } from '../../session.svelte.ts';
import type { requestOf } from './request.ts';

/** A small file is there before the first question how far it is. */
const ASKED_EVERY_MS = 400;

let looks = 0;

/**
 * First rows of files while they are read: how far that is, and a way to end it. A newer look takes
 * the place of an older one of the same page.
 */
export class Look {
  busy = $state(false);
  progress = $state.raw<JobView['progress']>(null);
  /** The person has ended the last one. */
  stopped = $state(false);
  readonly #session: Session;
  #name: string | null = null;

  constructor(session: Session) {
    this.#session = session;
  }

  /** null: it was ended, by the person or for a newer one. @throws CallError as the call does */
  async at(request: ReturnType<typeof requestOf>): Promise<Preview | null> {
    this.end();
    const look = `look-${++looks}`;
    this.#name = look;
    this.busy = true;
    this.stopped = false;
    const ask = setInterval(() => void this.#ask(look), ASKED_EVERY_MS);
    try {
      const preview = await this.#session.client.import.preview({ ...request, look });
      return this.#name === look ? preview : null;
    } catch (error) {
      const ended = error instanceof CallError && error.code === 'CANCELLED';
      if (ended || this.#name !== look) return null;
      throw error;
    } finally {
      clearInterval(ask);
      if (this.#name === look) this.#rest();
    }
  }

  /** By the person. */
  stop(): void {
    this.stopped = this.busy;
    this.end();
  }

  /** Lets go of what is being read, as when the page is left. */
  end(): void {
    const look = this.#name;
    if (look === null) return;
    this.#rest();
    // It may have come to its end meanwhile, or the vault may be shut.
    this.#session.client.import.stopLook({ look }).catch(() => undefined);
  }

  #rest(): void {
    this.#name = null;
    this.busy = false;
    this.progress = null;
  }

  async #ask(look: string): Promise<void> {
    const told = await this.#session.client.import.lookProgress({ look }).catch(() => null);
    if (this.#name === look && told !== null) this.progress = told.progress;
  }
}
