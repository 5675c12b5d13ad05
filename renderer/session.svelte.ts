import type { ErrorCode } from '../main/contract/errors.ts';
import type { DraftStep } from '../main/contract/home.ts';
import type { PersonView } from '../main/contract/access.ts';
import type { Client } from '../main/contract/index.ts';
import { DEFAULT_IDLE_MINUTES, type IdleMinutes } from '../main/contract/idle.ts';
import type { JobView } from '../main/contract/job.ts';
import type { Language } from '../main/contract/language.ts';
import { words } from '../main/words/index.ts';
import { CallError, type Listen } from './client.ts';
import { Draft } from './drafts.svelte.ts';
import type { Place } from './place.ts';
import { problemOf, sentence, type Problem } from './problem.ts';

export interface Runtime {
  readonly electron: string;
  readonly supported: boolean;
}

/** What the vault says of whoever has opened it. */
type Entered = Pick<Awaited<ReturnType<Client['vault']['unlock']>>, 'person' | 'firstPassphrase'>;

/** Where the person is, in which language, and what they may ask. */
export class Session {
  readonly client: Client;
  language = $state<Language>('en');
  /** Without use for so many minutes the vault is locked. */
  idleMinutes = $state<IdleMinutes>(DEFAULT_IDLE_MINUTES);
  place = $state.raw<Place>({ at: 'starting' });
  unlocked = $state(false);
  /** Who is at work, and whether they must choose a passphrase of their own first. */
  person = $state.raw<PersonView | null>(null);
  firstPassphrase = $state(false);
  runtime = $state.raw<Runtime | null>(null);
  development = false;
  /** The newest news of each job. */
  jobs = $state<Record<string, JobView>>({});
  readonly words = $derived(words(this.language));
  /** The language as a tag for Intl and for lang attributes. */
  readonly tag = $derived(this.language === 'zh-CN' ? 'zh-Hans' : 'en');
  #drafts: Record<string, { save(): Promise<void> }> = {};
  #readyBefore = false;

  constructor(client: Client, listen: Listen) {
    this.client = client;
    listen((event) => {
      if (event.kind === 'job') this.jobs[event.job.id] = event.job;
      else this.#engineReady();
    });
  }

  /** Asks how things stand and opens the first page. */
  async begin(): Promise<void> {
    try {
      const { language, idleMinutes, runtime, engine, development } = await this.client.app.status(
        {},
      );
      this.language = language;
      this.idleMinutes = idleMinutes;
      this.runtime = runtime;
      this.development = development;
      this.#readyBefore = engine === 'ready';
      await this.openVaultPage([]);
    } catch (error) {
      this.place = { at: 'unlock', problems: [problemOf(error)] };
    }
  }

  /** The page before the vault is open: create it, or unlock it. */
  async openVaultPage(problems: readonly Problem[]): Promise<void> {
    this.unlocked = false;
    try {
      const status = await this.client.vault.status({});
      const { exists, unlocked } = status;
      if (unlocked) this.enter(status);
      else this.place = exists ? { at: 'unlock', problems } : { at: 'create-name', problems };
    } catch (error) {
      this.place = { at: 'unlock', problems: [problemOf(error)] };
    }
  }

  enter({ person, firstPassphrase }: Entered): void {
    this.unlocked = true;
    this.person = person;
    this.firstPassphrase = firstPassphrase;
    this.place = firstPassphrase ? { at: 'own-passphrase' } : { at: 'studies' };
  }

  go(place: Place): void {
    this.place = place;
  }

  /** The answers of a step that outlive its pages; see drafts.svelte.ts. */
  draft<Answers extends object>(study: string, step: DraftStep): Draft<Answers> {
    const draft = new Draft<Answers>(this, study, step);
    this.#drafts[`${study} ${step}`] = draft;
    return draft;
  }

  /** Saves what was typed on the page shown; drafts that did not change are left alone. */
  saveDrafts(): void {
    if (!this.unlocked) return;
    for (const draft of Object.values(this.#drafts)) void draft.save();
  }

  async setLanguage(language: Language): Promise<void> {
    this.language = language;
    await this.client.app.setLanguage({ language });
  }

  async setIdle(minutes: IdleMinutes): Promise<void> {
    await this.client.app.setIdle({ minutes });
    this.idleMinutes = minutes;
  }

  /** Leaves nothing of the vault in this page: the shell loads it anew. */
  async lock(): Promise<void> {
    this.unlocked = false;
    this.person = null;
    this.jobs = {};
    this.#drafts = {};
    this.place = { at: 'starting' };
    await this.client.vault.lock({}).catch(() => this.openVaultPage([]));
  }

  /** Turns a failed call into problems for the page, or leaves the page if the vault is shut. */
  failed(error: unknown): readonly Problem[] {
    const problem = problemOf(error);
    if (this.unlocked && error instanceof CallError && SHUTS.has(error.code)) {
      void this.openVaultPage([problem]);
    }
    return [problem];
  }

  /** A second 'ready' means that a new, locked engine took over. */
  #engineReady(): void {
    if (this.#readyBefore && this.unlocked) {
      void this.openVaultPage([sentence('ENGINE_STOPPED', {})]);
    }
    this.#readyBefore = true;
  }
}

const SHUTS: ReadonlySet<ErrorCode> = new Set(['ENGINE_STOPPED', 'VAULT_LOCKED']);
