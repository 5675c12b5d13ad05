import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Language } from '../../main/contract/language.ts';
import { words, type Words } from '../../main/words/index.ts';
import { onPage, ROOT, sharedFile, type Concord } from './application.ts';
import type { Hand } from './hands.ts';
import { PASSPHRASE } from './sample.ts';

export const ADULT = sharedFile('tabular', 'adult', 'adult.csv');
const PICTURES = join(ROOT, 'test-results', 'journey');

/** What the documentation of the Adult records says of the columns used. */
const NUMBERS = {
  age: ['17', '90'],
  education_num: ['1', '16'],
  hours_per_week: ['1', '99'],
} as const;
const LISTS = {
  marital_status: [
    'Married-civ-spouse',
    'Divorced',
    'Never-married',
    'Separated',
    'Widowed',
    'Married-spouse-absent',
    'Married-AF-spouse',
  ],
} as const;

/** One person's way through the window, from page to page, by what is written there. */
export class Walk {
  readonly #concord: Concord;
  readonly #page: Page;
  readonly #language: Language;
  readonly #words: Words;
  readonly #hand: Hand;
  #pictures = 0;

  constructor(concord: Concord, language: Language, hand: Hand) {
    this.#concord = concord;
    this.#page = concord.page;
    this.#language = language;
    this.#words = words(language);
    this.#hand = hand;
  }

  async createVault(): Promise<void> {
    const { screens } = this.#words;
    await this.#press(this.#language === 'en' ? 'English' : '中文');
    await this.#fill(screens.create.nameTitle, '王小明');
    await this.#press(screens.app.continue);
    await onPage(this.#page, screens.create.title);
    await this.#fill(screens.create.first, PASSPHRASE);
    await this.#fill(screens.create.second, PASSPHRASE);
    await this.#press(screens.create.button);
    await onPage(this.#page, screens.studies.title);
  }

  /** Sample records: personal data found, protected and saved, a private model trained. */
  async sampleStudy(file: string): Promise<void> {
    const { screens, protect, demo, train } = this.#words;
    await this.#press(screens.home.sample);
    await onPage(this.#page, demo.study);
    await this.#picture('study');
    await this.#press(screens.steps.identify);
    await onPage(this.#page, protect.identify.title);
    await this.#press(protect.identify.save);
    await onPage(this.#page, demo.study);

    await this.#press(screens.steps.anonymise);
    await onPage(this.#page, protect.purpose.title);
    await this.#hand.choose(this.#field(protect.purpose.names.inside));
    await this.#continueUntil(protect.check.title);
    await this.#press(protect.check.start);
    await onPage(this.#page, protect.result.title);
    await this.#picture('protected');
    await this.#saves(file);
    await this.#press(protect.result.save);
    await expect(this.#page.getByRole('status').filter({ hasText: 'protected.csv' })).toBeVisible();
    expect(existsSync(file)).toBe(true);
    await this.#press(protect.result.study);

    await onPage(this.#page, demo.study);
    await this.#press(screens.steps.train);
    await onPage(this.#page, train.recordsTitle);
    await this.#hand.choose(this.#page.getByRole('radio').first());
    await this.#continueUntil(train.checkTitle);
    await this.#press(train.start);
    await this.#trained();
  }

  /** The real records: imported, described by their documentation, a private model trained. */
  async adultStudy(): Promise<void> {
    await this.adultQuestions();
    await this.#continueUntil(this.#words.train.checkTitle);
    await this.#press(this.#words.train.start);
    await this.#trained();
  }

  /** As far as the question how much privacy. */
  async adultQuestions(): Promise<void> {
    const { screens, arrange, train } = this.#words;
    await this.#press(screens.studies.create);
    await this.#fill(screens.studies.newTitle, 'Adult');
    await this.#press(screens.studies.newButton);
    await this.#press(screens.app.continue);
    await this.#concord.chooses(ADULT);
    await this.#press(screens.steps.import);
    await this.#press(screens.import.chooseButton);
    await onPage(this.#page, screens.import.previewTitle('adult.csv'));
    await this.#press(screens.import.start);
    await onPage(this.#page, screens.profile.title('adult.csv'));
    await this.#picture('profile');
    await this.#press(screens.profile.done);

    await onPage(this.#page, 'Adult');
    await this.#press(screens.steps.train);
    await onPage(this.#page, arrange.questionTitle);
    await this.#hand.pick(this.#field(arrange.questionColumn), 'income');
    await this.#fill(arrange.questionYes, '>50K');
    await this.#fill(arrange.questionNo, '<=50K');
    await this.#press(screens.app.continue);
    await onPage(this.#page, arrange.peopleTitle);
    await this.#hand.choose(this.#field(arrange.peopleOnce));
    await this.#press(screens.app.continue);
    await onPage(this.#page, arrange.splitTitle);
    await this.#press(screens.app.continue);
    await onPage(this.#page, train.columnsTitle);
    const wanted = [...Object.keys(NUMBERS), ...Object.keys(LISTS)];
    for (const tick of await this.#page.getByRole('checkbox').all()) {
      await this.#hand.tick(tick, wanted.includes((await tick.getAttribute('value')) ?? ''));
    }
    await this.#press(screens.app.continue);
    await this.#continueUntil(train.factsTitle);
    await this.#facts();
    await this.#continueUntil(train.sliderTitle);
    await this.#picture('slider');
  }

  async reviewAndSave(file: string): Promise<void> {
    const { purpose, review, screens } = this.#words;
    await this.#press(this.#words.train.next);
    await onPage(this.#page, review.groupsTitle);
    await this.#press(review.start);
    await onPage(this.#page, review.resultTitle);
    await this.#picture('review');
    await this.#press(review.toReport);
    await onPage(this.#page, purpose.title);
    await this.#fill(screens.parts.optional(purpose.labels.purpose), '提醒复诊 / reminders');
    await this.#press(screens.app.continue);
    await onPage(this.#page, review.reportTitle);
    await this.#saves(file);
    await this.#press(review.savePdf);
    await onPage(this.#page, review.savedTitle);
    expect(readFileSync(file).subarray(0, 5).toString('latin1')).toBe('%PDF-');
    await this.#press(review.toStudy);
    await this.#press(screens.app.back);
    await onPage(this.#page, screens.studies.title);
  }

  async #facts(): Promise<void> {
    const { train } = this.#words;
    for (const [column, [low, high]] of Object.entries(NUMBERS)) {
      const group = this.#page.getByRole('group', { name: train.asNumber(column) });
      await this.#hand.fill(group.getByLabel(train.lowest), low);
      await this.#hand.fill(group.getByLabel(train.highest), high);
    }
    for (const [column, values] of Object.entries(LISTS)) {
      const group = this.#page.getByRole('group', { name: train.asList(column) });
      await this.#hand.fill(group.getByLabel(train.list), values.join('\n'));
    }
  }

  async #trained(): Promise<void> {
    const { train } = this.#words;
    await expect(
      this.#page.getByRole('heading', { level: 1, name: train.resultTitle }),
    ).toBeVisible({ timeout: 90_000 });
    await this.#picture('trained');
  }

  async #press(name: string): Promise<void> {
    await this.#hand.press(this.#page.getByRole('button', { name, exact: true }));
  }

  #field(label: string): Locator {
    return this.#page.getByLabel(label, { exact: true });
  }

  async #fill(label: string, text: string): Promise<void> {
    await this.#hand.fill(this.#field(label), text);
  }

  /** Through pages whose proposals are taken as they are. */
  async #continueUntil(title: string): Promise<void> {
    const heading = this.#page.getByRole('heading', { level: 1 });
    for (let pages = 0; pages < 20; pages++) {
      const here = (await heading.textContent()) ?? '';
      if (here.trim() === title) return;
      await this.#press(this.#words.screens.app.continue);
      await expect(heading).not.toHaveText(here);
    }
    throw new Error(`no page "${title}"`);
  }

  async #saves(filePath: string): Promise<void> {
    await this.#concord.app.evaluate(({ dialog }, chosen) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
    }, filePath);
  }

  /** Kept as artefacts of the test; the best of them stand in the README. */
  async #picture(name: string): Promise<void> {
    mkdirSync(PICTURES, { recursive: true });
    const number = String(++this.#pictures).padStart(2, '0');
    const picture = `${this.#language}-${this.#hand.name}-${number}-${name}.png`;
    // Not of a page that still waits for its answers, nor of the frame before it.
    const waiting = this.#page.locator('main .waiting').filter({ hasText: /\S/ });
    await expect(waiting).toHaveCount(0);
    await this.#page.evaluate(() => {
      const { requestAnimationFrame: next } = globalThis as unknown as {
        requestAnimationFrame(then: (time: number) => void): void;
      };
      return new Promise((drawn) => next(() => next(drawn)));
    });
    await this.#page.screenshot({ path: join(PICTURES, picture) });
  }
}
