import { existsSync } from 'node:fs';
import { ConcordError } from '../contract/errors.ts';
import type { JobView } from '../contract/job.ts';
import type { Role } from '../contract/people.ts';
import {
  createVault,
  namesIn,
  openVault,
  personOf,
  recoverVault,
  type Vault,
} from '../vault/index.ts';
import type { AnswersOf } from './answers.ts';
import type { Incident } from './incident.ts';
import { Jobs } from './jobs.ts';

interface Opened {
  readonly vault: Vault;
  readonly jobs: Jobs;
  /** Nobody is asked for anything while this is set; a job that runs goes on. */
  locked: boolean;
}

export interface SessionParts {
  /** The one vault of this installation. */
  readonly file: string;
  readonly tell: (job: JobView) => void;
  readonly log: (incident: Incident) => void;
}

/**
 * The vault while it is open, and the queue of its jobs. Locking closes it, unless a job runs:
 * then it stays open for that job alone, answers nothing but its progress, and is closed when the
 * job ends.
 */
export class Session {
  readonly #parts: SessionParts;
  #opened: Opened | null = null;
  #opening = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  /** The role of the person who may ask now; null while it is locked. */
  get role(): Role | null {
    return this.#opened === null || this.#opened.locked ? null : this.#opened.vault.person.role;
  }

  /** Whether the person who may ask now must choose a passphrase of their own first. */
  get mustChangePassphrase(): boolean {
    return this.role !== null && this.opened.vault.people.hasFirstPassphrase();
  }

  /** @throws VAULT_LOCKED */
  get opened(): Pick<Opened, 'vault' | 'jobs'> {
    if (this.#opened === null || this.#opened.locked) throw new ConcordError('VAULT_LOCKED');
    return this.#opened;
  }

  readonly answers: AnswersOf<'vault', unknown> = {
    status: () => this.#status(),
    create: async ({ passphrase, person }) => {
      await this.#open(() => createVault({ file: this.#parts.file, passphrase, person }));
      return this.#status();
    },
    unlock: async ({ passphrase, person }) => {
      const who = {
        file: this.#parts.file,
        passphrase,
        ...(person === undefined ? {} : { person }),
      };
      if (this.#opened === null) await this.#open(() => openVault(who));
      else await this.#unlockAgain(this.#opened, who);
      return this.#status();
    },
    names: () => ({ names: namesIn(this.#parts.file) }),
    changePassphrase: async ({ present, wanted }) => {
      await this.opened.vault.people.changePassphrase(present, wanted);
      return this.#status();
    },
    recover: async ({ code, passphrase }) => {
      await this.#open(() => recoverVault({ file: this.#parts.file, code, passphrase }));
      return this.#status();
    },
    lock: () => {
      this.#lock();
      return this.#status();
    },
  };

  /** Stops what runs, keeps what it has spent, closes the vault. */
  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = null;
    if (opened === null) return;
    await opened.jobs.stop();
    opened.vault.close();
  }

  #lock(): void {
    const opened = this.#opened;
    if (opened === null) return;
    opened.locked = true;
    void opened.jobs.idle().then(() => {
      // Unlocked again meanwhile, or closed: not ours to close any more.
      if (this.#opened !== opened || !opened.locked || opened.jobs.busy) return;
      this.#opened = null;
      opened.vault.close();
    });
  }

  async #open(open: () => Promise<Vault>): Promise<void> {
    // A second request while the passphrase is being stretched must not open twice.
    if (this.#opening || this.#opened !== null) throw new ConcordError('VAULT_IN_USE');
    this.#opening = true;
    try {
      const vault = await open();
      const { tell, log } = this.#parts;
      this.#opened = { vault, jobs: new Jobs({ vault, tell, log }), locked: false };
    } finally {
      this.#opening = false;
    }
  }

  /** The vault is open for a job, or for the same person still: the passphrase alone decides. */
  async #unlockAgain(opened: Opened, who: Parameters<typeof personOf>[0]): Promise<void> {
    const person = await personOf(who);
    if (this.#opened !== opened) return this.#open(() => openVault(who));
    const { id, name } = opened.vault.person;
    if (person.id !== id) throw new ConcordError('VAULT_BUSY', { person: name });
    opened.locked = false;
  }

  #status() {
    return {
      exists: existsSync(this.#parts.file),
      unlocked: this.role !== null,
      person: this.role === null ? null : this.opened.vault.person,
      firstPassphrase: this.mustChangePassphrase,
    };
  }
}
