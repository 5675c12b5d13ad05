import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Locator } from '@playwright/test';
import type { Language } from '../../main/contract/language.ts';
import { writeCsv } from '../../main/records/csv-writer.ts';
import { demoRecords } from '../../main/study/demo.ts';
import { sampleWords } from '../../main/study/sample-words.ts';
import { words } from '../../main/words/index.ts';
import { inspect, onPage, test } from './application.ts';
import { PASSPHRASE } from './sample.ts';

const FILE = 'visits.csv';
const STUDY = 'Follow-up';
/** Stands in many notes and is no name: a person decides that it is to go. */
const MISSED = { en: 'morning', 'zh-CN': '上午' } as const satisfies Record<Language, string>;

for (const language of ['en', 'zh-CN'] as const satisfies readonly Language[]) {
  const { screens: s, protect: w, texts, commands, job } = words(language);
  const { read, list, release, types } = texts;
  const is = sampleWords(language).columns;

  test(`free text from the search to a redacted file, in ${language}`, async ({ concord }) => {
    const { page, app } = concord;
    const button = (name: string): Promise<void> =>
      page.getByRole('button', { name, exact: true }).click();
    const onward = (): Promise<void> => button(s.app.continue);
    const fill = (label: string, text: string): Promise<void> =>
      page.getByLabel(label, { exact: true }).fill(text);
    const look = (name: string): Promise<void> => inspect(concord, `${language}-texts-${name}`);
    const status = (): Locator => page.getByRole('status');
    const folder = mkdtempSync(join(tmpdir(), 'concord-texts-'));
    const records = [...writeCsv(demoRecords(350, 1, language))];
    writeFileSync(join(folder, FILE), records.join(''));

    await button(language === 'en' ? 'English' : '中文');
    await fill(s.create.nameTitle, '王小明');
    await onward();
    await fill(s.create.first, PASSPHRASE);
    await fill(s.create.second, PASSPHRASE);
    await button(s.create.button);
    await button(s.studies.create);
    await fill(s.studies.newTitle, STUDY);
    await button(s.studies.newButton);
    await button(s.app.continue);
    await concord.chooses(join(folder, FILE));
    await button(s.steps.import);
    await button(s.import.chooseButton);
    await onPage(page, s.import.previewTitle(FILE));
    await button(s.import.start);
    await onPage(page, s.profile.title(FILE));
    await button(s.profile.done);
    await onPage(page, STUDY);

    await button(s.steps.identify);
    await onPage(page, w.identify.title);
    await button(texts.link);
    await onPage(page, list.title);
    await look('1-before');
    await button(list.start);
    await expect(page.getByText(list.after)).toBeVisible({ timeout: 60_000 });
    await look('2-found');

    await button(list.read(is.note));
    await onPage(page, read.title(is.note));
    const mark = page.locator('mark');
    const current = page.locator('mark.current');
    await expect(current).toHaveCount(1);
    await expect(current).toContainText(types[language === 'en' ? 'PERSON' : 'PHONE']);
    await look('3-read');

    // By the keyboard alone: to the next finding, left in, taken out again, all alike, undone.
    const first = (await current.textContent()) ?? '';
    await page.keyboard.press('n');
    await expect(current).not.toHaveText(first);
    await page.keyboard.press('p');
    await expect(current).toHaveText(first);
    await page.keyboard.press('r');
    await expect(page.getByText(read.stays)).toBeVisible();
    await expect(mark.first()).toHaveClass(/stays/);
    await page.keyboard.press('u');
    await expect(page.getByText(read.out)).toBeVisible();
    const left = first.replace(/(Name|电话)$/, '');
    await page.keyboard.press('Shift+R');
    await expect(page.getByText(read.stays)).toBeVisible();
    await look('4-left-in');

    // What was missed is selected by the keyboard too.
    await page.getByText(read.addTitle).click();
    const box = page.getByLabel(read.addBox, { exact: true });
    const place = (await box.inputValue()).indexOf(MISSED[language]);
    expect(place).toBeGreaterThan(0);
    await button(read.addAlike);
    await expect(page.getByRole('alert').or(page.getByText(read.addMissing))).not.toHaveCount(0);
    await box.focus();
    await page.keyboard.press('Control+Home');
    for (let step = 0; step < place; step++) await page.keyboard.press('ArrowRight');
    for (let step = 0; step < MISSED[language].length; step++) {
      await page.keyboard.press('Shift+ArrowRight');
    }
    await expect(page.getByText(read.addSelected(MISSED[language]))).toBeVisible();
    await look('5-add');
    await button(read.addAlike);
    await expect(mark.filter({ hasText: MISSED[language] })).toHaveCount(1);

    // Single keys can be switched off.
    await page.getByLabel(read.keysOn).uncheck();
    const shown = (await current.textContent()) ?? '';
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('n');
    await expect(current).toHaveText(shown);
    await page.getByLabel(read.type, { exact: true }).selectOption('IBAN');
    await expect(status().filter({ hasText: read.noneFits })).toBeVisible();
    await look('6-none-fits');
    await button(read.done);

    await onPage(page, list.title);
    await expect(page.getByText(list.unsaved)).toBeVisible();
    await look('7-unsaved');
    await button(list.save);
    await expect(page.getByText(list.saved)).toBeVisible();
    await button(list.toRoles);
    await onPage(page, w.identify.title);
    await button(w.identify.save);

    await onPage(page, STUDY);
    await button(s.steps.anonymise);
    await onPage(page, w.purpose.title);
    await page.getByLabel(w.purpose.names.inside, { exact: true }).check();
    await onward();
    await onPage(page, release.title);
    await page.getByLabel(release.field(is.note), { exact: true }).selectOption('pseudonym');
    await expect(page.getByText(release.pseudonym)).toBeVisible();
    await look('8-release');
    await page.getByLabel(release.field(is.note), { exact: true }).selectOption('tag');
    await onward();
    await onPage(page, w.removed.title);
    await expect(page.getByRole('rowheader', { name: is.note, exact: true })).toHaveCount(0);
    for (;;) {
      const heading = page.getByRole('heading', { level: 1 });
      const here = (await heading.textContent()) ?? '';
      if (here === w.check.title) break;
      await onward();
      await expect(heading).not.toHaveText(here);
    }
    await expect(page.getByText(release.ways.tag)).toBeVisible();
    await button(w.check.start);
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(job.titles.anonymise);
    await onPage(page, w.result.title);
    await expect(page.getByRole('row', { name: new RegExp(`^${is.note}`) }).first()).toBeVisible();
    await look('9-result');

    const file = join(folder, 'protected.csv');
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, file);
    await button(w.result.save);
    await expect(status().filter({ hasText: 'protected.csv' })).toBeVisible();
    const saved = readFileSync(file, 'utf8');
    expect(saved).toContain(commands.tags.PHONE);
    expect(saved).toContain(commands.tags.EMAIL);
    expect(saved).not.toContain('@example.org');
    expect(saved).not.toContain(MISSED[language]);
    // What was left in stays, and only that.
    expect(saved).toContain(left);
    rmSync(folder, { recursive: true });
  });
}
