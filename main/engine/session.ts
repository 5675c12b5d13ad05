import { existsSync } from 'node:fs';
import { ConcordError } from '../contract/errors.ts';
import type { JobView } from '../contract/job.ts';
import type { Role } from '../contract/people.ts';
import { createVault, openVault, type Vault } from '../vault/index.ts';
import type { AnswersOf } from './answers.ts';
import type { Incident } from './incident.ts';
import { Jobs } from './jobs.ts';

interface Opened {
  readonly vault: Vault;
  readonly jobs: Jobs;
}

export interface SessionParts {
  /** The one vault of this installation. */
  readonly file: string;
  readonly tell: (job: JobView) => void;
  readonly log: (incident: Incident) => void;
}

/** The vault while it is unlocked, and the queue of its jobs. */
export class Session {
  readonly #parts: SessionParts;
  #opened: Opened | null = null;
  #opening = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  get role(): Role | null {
    return this.#opened?.vault.person.role ?? null;
  }

  /** @throws VAULT_LOCKED */
  get opened(): Opened {
    if (this.#opened === null) throw new ConcordError('VAULT_LOCKED');
    return this.#opened;
  }

  readonly answers: AnswersOf<'vault', unknown> = {
    status: () => this.#status(),
    create: async ({ passphrase, person }) => {
      await this.#open(() => createVault({ file: this.#parts.file, passphrase, person }));
      return this.#status();
    },
    unlock: async ({ passphrase, person }) => {
      const who = person === undefined ? {} : { person };
      await this.#open(() => openVault({ file: this.#parts.file, passphrase, ...who }));
      return this.#status();
    },
    lock: async () => {
      await this.close();
      return this.#status();
    },
  };

  /** Ends what runs, keeps what it has spent, closes the vault. */
  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = null;
    if (opened === null) return;
    await opened.jobs.stop();
    opened.vault.close();
  }

  async #open(open: () => Promise<Vault>): Promise<void> {
    // A second request while the passphrase is being stretched must not open twice.
    if (this.#opening) throw new ConcordError('VAULT_IN_USE');
    this.#opening = true;
    try {
      await this.close();
      const vault = await open();
      const { tell, log } = this.#parts;
      const jobs = new Jobs({ vault, tell, log });
      this.#opened = { vault, jobs };
    } finally {
      this.#opening = false;
    }
  }

  #status(): { exists: boolean; unlocked: boolean; person: Vault['person'] | null } {
    return {
      exists: existsSync(this.#parts.file),
      unlocked: this.#opened !== null,
      person: this.#opened?.vault.person ?? null,
    };
  }
}
