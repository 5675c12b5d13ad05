import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { words } from '../main/words/index.ts';

export const ROWS = 100_000;
const FILE = 'records.csv';
const { screens: s, protect, arrange, templates, train, purpose, review } = words('en');

/** Milliseconds of each run, from the press of a button to the page and what it holds. */
export type PageTimes = ReadonlyMap<string, readonly number[]>;

/** A file of 100,000 records and seven columns. */
export function writeRecords(folder: string): string {
  const lines = ['id,age,sex,city,visits,cost,missed'];
  for (let row = 0; row < ROWS; row++) {
    lines.push(
      `P${row},${18 + (row % 70)},${row % 2 ? 'f' : 'm'},C${row % 40},${row % 9},${(row % 977) / 7},${row % 5 ? 'no' : 'yes'}`,
    );
  }
  const file = join(folder, FILE);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

/** The pages of a study on that file, opened by their buttons; once for each run. */
export class StudyBench {
  readonly #page: Page;
  readonly #times = new Map<string, number[]>();

  constructor(page: Page) {
    this.#page = page;
  }

  /** The list of studies is shown, and file dialogs are answered with the file. */
  async run(name: string): Promise<PageTimes> {
    await this.#opens('baseline', s.studies.create, s.studies.newTitle);
    await this.#page.getByLabel(s.studies.newTitle).fill(name);
    await this.#press(s.studies.newButton);
    await this.#heading(templates.title);
    await this.#opens('study_empty', s.app.continue, name);
    await this.#import(name);
    await this.#protect(name);
    await this.#train(name);
    await this.#review(name);
    await this.#press(s.app.back);
    await this.#heading(s.studies.title);
    return this.#times;
  }

  async #import(name: string): Promise<void> {
    await this.#opens('choose_file', s.steps.import, s.import.chooseTitle);
    const rows = this.#page.getByRole('cell');
    await this.#opens('preview', s.import.chooseButton, s.import.previewTitle(FILE), rows);
    const columns = this.#page.getByRole('rowheader');
    await this.#opens('import', s.import.start, s.profile.title(FILE), columns);
    await this.#opens('study', s.profile.done, name, this.#button(s.steps.identify));
    await this.#opens('records', s.steps.import, s.study.records, this.#button(FILE));
    await this.#opens('profile', FILE, s.profile.title(FILE), columns);
    await this.#press(s.profile.done);
    await this.#heading(name);
  }

  async #protect(name: string): Promise<void> {
    const lists = this.#page.getByRole('combobox');
    await this.#opens('roles', s.steps.identify, protect.identify.title, lists);
    for (const column of ['age', 'sex', 'city']) {
      await this.#field(protect.identify.roleOf(column)).selectOption('quasi-identifier');
    }
    await this.#field(protect.identify.roleOf('missed')).selectOption('label');
    const next = this.#button(s.steps.anonymise);
    await this.#opens('roles_saved', protect.identify.save, name, next);
    const choices = this.#page.getByRole('radio');
    await this.#opens('protect_purpose', s.steps.anonymise, protect.purpose.title, choices);
    await this.#field(protect.purpose.names.inside).check();
    await this.#continueUntil(protect.check.title, 'protect_next_question');
    await this.#opens('protect', protect.check.start, protect.result.title);
    await this.#press(protect.result.study);
    await this.#heading(name);
  }

  async #train(name: string): Promise<void> {
    const choices = this.#page.getByRole('radio');
    await this.#opens('train_records', s.steps.train, train.recordsTitle, choices);
    await choices.last().check();
    await this.#opens('train_question', s.app.continue, arrange.questionTitle);
    await this.#field(arrange.questionColumn).selectOption('missed');
    await this.#field(arrange.questionYes).fill('yes');
    await this.#field(arrange.questionNo).fill('no');
    // What is publicly known has to be said.
    await this.#continueUntil(train.sliderTitle, 'train_next_question', async (title) => {
      if (title === arrange.peopleTitle) await this.#field(arrange.peopleOnce).check();
      if (title === train.factsTitle) await this.#facts();
    });
    await this.#timed('train_estimate', () => this.#page.getByText('%').first().waitFor());
    await this.#page.getByText(train.advanced).click();
    await this.#field(train.epochs).fill('1');
    await this.#opens('train_check', s.app.continue, train.checkTitle);
    await this.#opens('train', train.start, train.resultTitle, this.#button(train.next));
    await this.#press(s.app.back);
    await this.#heading(name);
    await this.#opens('train_result', s.steps.train, train.resultTitle, this.#button(train.next));
  }

  /** As many pages as there are, taken as they are but for what `answer` says. */
  async #continueUntil(
    last: string,
    as: string,
    answer?: (title: string) => Promise<void>,
  ): Promise<void> {
    const heading = this.#page.getByRole('heading', { level: 1 });
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const title = (await heading.textContent())?.trim() ?? '';
      if (title === last) return;
      await answer?.(title);
      await this.#timed(as, async () => {
        await this.#press(s.app.continue);
        await expect(heading).not.toHaveText(title, PATIENCE);
      });
    }
    throw new Error(`no page "${last}"`);
  }

  async #facts(): Promise<void> {
    for (const [low, high] of [
      [train.lowest, '0'],
      [train.highest, '200'],
    ] as const) {
      for (const field of await this.#page.getByLabel(low, { exact: true }).all()) {
        await field.fill(high);
      }
    }
    const list = Array.from({ length: 40 }, (_, city) => `C${city}`);
    for (const field of await this.#page.getByRole('textbox').all()) {
      if ((await field.inputValue()) === '') await field.fill([...list, 'f', 'm'].join('\n'));
    }
  }

  async #review(name: string): Promise<void> {
    const groups = this.#page.getByRole('checkbox');
    await this.#opens('review_groups', train.next, review.groupsTitle, groups);
    await this.#page.getByRole('button', { name: review.start }).waitFor();
    await this.#opens('review', review.start, review.resultTitle, this.#button(review.toReport));
    const paper = this.#page.locator('.paper-view');
    const fields = this.#page.getByRole('textbox');
    await this.#opens('purpose', review.toReport, purpose.title, fields);
    await this.#opens('report', s.app.continue, review.reportTitle, paper);
    await this.#press(s.app.back);
    await this.#heading(purpose.title);
    await this.#press(s.app.back);
    await this.#heading(review.resultTitle);
    await this.#press(s.app.back);
    await this.#heading(name);
    await this.#opens('review_result', s.steps.review, review.resultTitle, paper);
    await this.#press(s.app.back);
    await this.#heading(name);
  }

  /** Presses a button and waits for the heading, and for what the page holds. */
  async #opens(as: string, name: string, title: string, holds?: Locator): Promise<void> {
    await this.#button(name).waitFor();
    await this.#timed(as, async () => {
      await this.#press(name);
      await this.#heading(title);
      await holds?.first().waitFor();
    });
  }

  async #timed(as: string, act: () => Promise<unknown>): Promise<void> {
    const began = performance.now();
    await act();
    const known = this.#times.get(as) ?? [];
    this.#times.set(as, [...known, performance.now() - began]);
  }

  #heading(name: string): Promise<void> {
    return this.#page.getByRole('heading', { level: 1, name, exact: true }).waitFor(PATIENCE);
  }

  #button(name: string): Locator {
    return this.#page.getByRole('button', { name, exact: true });
  }

  #field(label: string): Locator {
    return this.#page.getByLabel(label, { exact: true });
  }

  #press(name: string): Promise<void> {
    return this.#button(name).click();
  }
}

const MOST_PAGES = 20;
const PATIENCE = { timeout: 120_000 };
