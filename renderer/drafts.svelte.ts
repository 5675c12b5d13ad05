/**
 * Answers that outlive the page. For a step:
 *
 *   const draft = await session.draft<Answers>(study.id, 'train').load(noAnswers());
 *   draft.answers        the answers as they were left (reactive: bind fields to it)
 *   draft.save()         on Continue and on blur (when typing pauses it is done anyway): <form onfocusout={() => draft.save()}>
 *   draft.savedText      'Saved 14:02', or '' (show it with parts/Saved.svelte)
 *   draft.problems       what went wrong while saving, for <Page problems>
 *
 * Keep the page's name in the answers as well, so that opening the step lands where it was left.
 * Fields that an older draft lacks are filled from what `load` is given; so a draft prepared by
 * the program (the sample study's) may hold a part of the answers only.
 */
import type { DraftStep } from '../main/contract/home.ts';
import type { Client } from '../main/contract/index.ts';
import type { Words } from '../main/words/index.ts';
import { showTime } from './formats.ts';
import type { Problem } from './problem.ts';

/** What of the session a draft needs. */
interface Keeper {
  readonly client: Client;
  readonly words: Words;
  readonly tag: string;
  failed(error: unknown): readonly Problem[];
}

export class Draft<Answers extends object> {
  answers = $state<Answers>() as Answers;
  saved = $state.raw<string | null>(null);
  problems = $state.raw<readonly Problem[]>([]);
  readonly #session: Keeper;
  readonly #place: { readonly study: string; readonly step: DraftStep };
  #last = '';
  #running: Promise<void> = Promise.resolve();

  constructor(session: Keeper, study: string, step: DraftStep) {
    this.#session = session;
    this.#place = { study, step };
  }

  get savedText(): string {
    const { words, tag } = this.#session;
    return this.saved === null ? '' : words.screens.parts.saved(showTime(this.saved, tag));
  }

  /** The answers as they were left, over `empty`; with a problem, `empty` and the problem. */
  async load(empty: Answers): Promise<this> {
    this.answers = empty;
    try {
      const kept = await this.#session.client.draft.load(this.#place);
      if (kept !== null) {
        this.answers = { ...empty, ...(JSON.parse(kept.answers) as Partial<Answers>) };
        this.saved = kept.saved;
      }
    } catch (error) {
      this.problems = this.#session.failed(error);
    }
    this.#last = JSON.stringify(this.answers);
    return this;
  }

  /** Saves what has changed since the last time; one call after the other, the newest last. */
  save(): Promise<void> {
    this.#running = this.#running.then(() => this.#save());
    return this.#running;
  }

  async #save(): Promise<void> {
    const answers = JSON.stringify(this.answers);
    // Before they are loaded there is nothing to save, and something to lose.
    if (this.#last === '' || answers === this.#last) return;
    try {
      const { saved } = await this.#session.client.draft.save({ ...this.#place, answers });
      this.#last = answers;
      this.saved = saved;
      // A new empty list would be news to the page, whose summary of problems would take the focus.
      if (this.problems.length > 0) this.problems = [];
    } catch (error) {
      this.problems = this.#session.failed(error);
    }
  }
}
