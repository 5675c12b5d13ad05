import { ConcordError } from '../contract/errors.ts';
import type { VaultAnchor, VaultCheck, VaultStatus } from '../contract/vault.ts';
import { anchorOf, spendWhatAnchorsSay } from './anchor.ts';
import { Artefacts } from './artefacts.ts';
import { backUp } from './backup.ts';
import { Checkpoints } from './checkpoints.ts';
import { requireSteward, type Person, type VaultContext } from './context.ts';
import { Drafts } from './drafts.ts';
import { Encoders } from './encoders.ts';
import type { Journal } from './journal.ts';
import { Jobs } from './jobs.ts';
import type { KeyFile } from './key-file.ts';
import { LabelLog } from './label-log.ts';
import { Ledger } from './ledger.ts';
import { Notes } from './notes.ts';
import { People } from './people.ts';
import type { StretchCost } from './stretch.ts';
import { Studies } from './studies.ts';
import { TextVectors } from './text-vectors.ts';
import { verifyVault } from './verify.ts';

/** An open vault. Made by `createVault`, `openVault` and `restoreVault`; `close` zeroes its keys. */
export class Vault {
  readonly person: Person;
  readonly journal: Journal;
  readonly people: People;
  readonly studies: Studies;
  readonly artefacts: Artefacts;
  readonly ledger: Ledger;
  readonly jobs: Jobs;
  readonly checkpoints: Checkpoints;
  readonly drafts: Drafts;
  readonly labels: LabelLog;
  readonly notes: Notes;
  readonly encoders: Encoders;
  readonly textVectors: TextVectors;
  readonly #context: VaultContext;

  constructor(context: VaultContext, keyFile: KeyFile, cost?: StretchCost) {
    this.#context = context;
    this.person = context.person;
    this.journal = context.journal;
    this.people = new People(context, keyFile, cost);
    this.studies = new Studies(context);
    this.artefacts = new Artefacts(context, this.studies);
    this.drafts = new Drafts(context, this.studies);
    this.labels = new LabelLog(context, this.studies);
    this.notes = new Notes(context, this.studies);
    this.encoders = new Encoders(context);
    this.textVectors = new TextVectors(context, this.studies);
    this.ledger = new Ledger(context);
    this.jobs = new Jobs(context);
    this.checkpoints = new Checkpoints(context, this.studies);
  }

  get file(): string {
    return this.#context.store.file;
  }

  /** Everything `work` does is kept together or not at all; `work` may not be asynchronous. */
  transaction<T>(work: () => T): T {
    return this.#context.store.transaction(work);
  }

  status(): VaultStatus {
    const { store, person, keyring } = this.#context;
    const count = (table: string): number =>
      store.get<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`)?.n ?? 0;
    const row = this.#row();
    return {
      id: keyring.vault,
      created: row.created,
      person: { id: person.id, name: person.name, role: person.role },
      people: this.people.list(),
      studies: count('studies WHERE erased IS NULL'),
      artefacts: count('artefacts'),
      jobs: {
        queued: this.jobs.count('queued'),
        running: this.jobs.count('running'),
        paused: this.jobs.count('paused'),
        interrupted: this.jobs.count('interrupted'),
      },
      head: this.journal.head(),
      awaitingConfirmation: row.restored !== null,
    };
  }

  /**
   * Reads the whole vault: every page, the journal's chain (and that it holds the outside `head`),
   * the ledger against the journal, every artefact's seal and hash.
   */
  verify(head?: string): VaultCheck {
    return verifyVault(this.#context, this.artefacts, head);
  }

  /** What to keep outside the vault to know a rolled-back copy by. */
  anchor(): VaultAnchor {
    return anchorOf(this.#context, this.ledger);
  }

  /** @throws OUTPUT_EXISTS {file} */
  backup(file: string): void {
    backUp(this.#context, file);
  }

  /** Part of `restoreVault`: takes the anchors into the ledger and says in the journal what came back. */
  markRestored(head: string, anchors: readonly VaultAnchor[]): void {
    this.transaction(() => {
      this.#context.store.run('UPDATE vault SET restored = ?', this.#context.now());
      spendWhatAnchorsSay(this.#context, this.ledger, anchors);
      this.journal.append('vault.restored', { head, anchors: anchors.length });
    });
  }

  /** A steward answers for a restored copy; private jobs may run again. @throws ROLE_REFUSED */
  confirmRestored(): void {
    requireSteward(this.person);
    this.transaction(() => {
      if (this.#row().restored === null) return;
      this.#context.store.run('UPDATE vault SET restored = NULL');
      this.journal.append('vault.restore-confirmed');
    });
  }

  close(): void {
    if (this.#context.store.isOpen) this.#context.store.close();
    this.#context.keyring.close();
  }

  #row(): { readonly created: string; readonly restored: string | null } {
    const sql = 'SELECT created, restored FROM vault';
    const row = this.#context.store.get<{ created: string; restored: string | null }>(sql);
    if (row === undefined) throw new ConcordError('VAULT_DAMAGED', { part: 'vault' });
    return row;
  }
}
