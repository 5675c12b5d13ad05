import { existsSync } from 'node:fs';
import { expect } from '@playwright/test';
import type { Language } from '../../main/contract/language.ts';
import { words } from '../../main/words/index.ts';
import { inspect, onPage, sharedFile, test, type Concord } from './application.ts';

const HEART = sharedFile('tabular', 'heart-cleveland', 'heart-cleveland.csv');
const PASSPHRASE = 'lantern orchard copper violin';

for (const language of ['en', 'zh-CN'] as const satisfies readonly Language[]) {
  const w = words(language).screens;

  test(`from an empty computer to the profile of a file, in ${language}`, async ({ concord }) => {
    test.skip(!existsSync(HEART), 'not run: ../shared/data lacks heart-cleveland');
    const { page } = concord;
    const button = (name: string): Promise<void> =>
      page.getByRole('button', { name, exact: true }).click();
    const look = (name: string): Promise<void> => inspect(concord, `${language}-${name}`);

    await button(language === 'en' ? 'English' : '中文');
    await onPage(page, w.create.nameTitle);
    await expect(page.locator('html')).toHaveAttribute(
      'lang',
      language === 'en' ? 'en' : 'zh-Hans',
    );
    await look('01-name');
    await page.getByLabel(w.create.nameTitle).fill('王小明');
    await button(w.app.continue);

    await onPage(page, w.create.title);
    await look('02-passphrase');
    await page.getByLabel(w.create.first, { exact: true }).fill(PASSPHRASE);
    await page.getByLabel(w.create.second, { exact: true }).fill(`${PASSPHRASE}x`);
    await button(w.create.button);
    await expectProblem(concord, w.create.differs);
    await look('03-passphrase-differs');
    await page.getByLabel(w.create.second, { exact: true }).fill(PASSPHRASE);
    await button(w.create.button);

    await onPage(page, w.studies.title);
    await look('04-no-studies');
    await button(w.app.lock);

    await onPage(page, w.unlock.title);
    await look('05-unlock');
    await page.getByLabel(w.unlock.field, { exact: true }).fill('not the passphrase');
    await button(w.unlock.button);
    await expectProblem(concord, words(language).errors.VAULT_WRONG_PASSPHRASE({}));
    await look('06-wrong-passphrase');
    await page.getByLabel(w.unlock.field, { exact: true }).fill(PASSPHRASE);
    await page.keyboard.press('Enter');

    await onPage(page, w.studies.title);
    await button(w.studies.create);
    await onPage(page, w.studies.newTitle);
    await look('07-new-study');
    await page.getByLabel(w.studies.newTitle).fill('谁会错过复诊 / who misses follow-up');
    await button(w.studies.newButton);
    await button(w.app.continue);

    await onPage(page, '谁会错过复诊 / who misses follow-up');
    await look('08-study-empty');
    await button(w.steps.import);
    await onPage(page, w.import.chooseTitle);
    await look('09-choose-file');
    await concord.chooses(null);
    await button(w.import.chooseButton);
    await onPage(page, w.import.chooseTitle);
    await concord.chooses(HEART);
    await button(w.import.chooseButton);

    await onPage(page, w.import.previewTitle('heart-cleveland.csv'));
    await expect(page.getByRole('columnheader')).toHaveCount(14);
    await expect(page.getByRole('row')).toHaveCount(21);
    await look('10-preview');
    await button(w.import.start);

    await onPage(page, w.profile.title('heart-cleveland.csv'));
    await expect(page.getByText(w.profile.summary('303', '14', 303))).toBeVisible();
    await expect(page.getByRole('rowheader')).toHaveCount(14);
    await look('11-profile');
    await button(w.profile.done);

    await onPage(page, '谁会错过复诊 / who misses follow-up');
    await expect(page.getByText(w.parts.states.done, { exact: true })).toBeVisible();
    await look('12-study');
    await button(w.steps.import);
    await onPage(page, w.study.records);
    await expect(page.getByRole('button', { name: 'heart-cleveland.csv' })).toBeVisible();
    await look('13-records');
    await button(w.app.back);
    await onPage(page, '谁会错过复诊 / who misses follow-up');
    await button(w.home.remove);
    await onPage(page, w.studies.title);
    await expect(
      page.getByText(w.home.removed('谁会错过复诊 / who misses follow-up')),
    ).toBeVisible();
    await look('14-removed');
    await button(w.parts.undo);
    await expect(
      page.getByRole('button', { name: '谁会错过复诊 / who misses follow-up', exact: true }),
    ).toBeVisible();
    await look('15-studies');

    await button('谁会错过复诊 / who misses follow-up');
    await button(w.home.remove);
    await onPage(page, w.studies.title);
    await page.locator('summary').click();
    await look('15a-bin');
    await button(w.bin.eraseLabel('谁会错过复诊 / who misses follow-up'));
    await onPage(page, w.bin.title('谁会错过复诊 / who misses follow-up'));
    await look('15b-erase');
    await button(w.bin.button);
    await onPage(page, w.studies.title);
    const gone = w.bin.erased('谁会错过复诊 / who misses follow-up');
    await expect(page.getByText(gone)).toBeVisible();
    await look('15c-erased');

    await button(w.idle.change);
    await onPage(page, w.idle.title);
    await look('15d-idle-time');
    await page.getByLabel(w.idle.minutes('5', 5), { exact: true }).check();
    await button(w.idle.button);
    await expect(page.getByText(w.idle.now('5', 5))).toBeVisible();

    await button(w.home.sample);
    await onPage(page, words(language).demo.study);
    await expect(page.getByText(w.parts.states.done, { exact: true })).toBeVisible();
    await expect(page.getByText(w.home.tour.notes[0] ?? '')).toBeVisible();
    await look('16-sample');
    await button(w.home.tour.next);
    await button(w.home.tour.leave);
    await button(w.app.back);
    await onPage(page, w.studies.title);
    await button(words(language).demo.study);
    await onPage(page, words(language).demo.study);
    await expect(page.getByText(w.parts.states.done, { exact: true })).toBeVisible();
    await expect(page.getByText(w.home.tour.leave)).toHaveCount(0);
  });
}

/** The summary names the problem, has the focus, and the page's title says so. */
async function expectProblem({ page }: Concord, sentence: string): Promise<void> {
  const summary = page.getByRole('alert');
  await expect(summary).toContainText(sentence);
  await expect(summary).toBeFocused();
  expect(await page.title()).toMatch(/^(Error: |错误：)/);
}
