import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Locator } from '@playwright/test';
import type { Language } from '../../main/contract/language.ts';
import { writeCsv } from '../../main/records/csv-writer.ts';
import { demoRecords } from '../../main/study/demo.ts';
import { words } from '../../main/words/index.ts';
import { inspect, onPage, test } from './application.ts';

const PASSPHRASE = 'lantern orchard copper violin';
const FILE = 'visits.csv';

for (const language of ['en', 'zh-CN'] as const satisfies readonly Language[]) {
  const { screens: s, arrange, train: w, job } = words(language);

  test(`from records to a model and its price, in ${language}`, async ({ concord }) => {
    const { page } = concord;
    const button = (name: string): Promise<void> =>
      page.getByRole('button', { name, exact: true }).click();
    const onward = (): Promise<void> => button(s.app.continue);
    const fill = (label: string, text: string): Promise<void> =>
      page.getByLabel(label, { exact: true }).fill(text);
    const look = (name: string): Promise<void> => inspect(concord, `${language}-train-${name}`);
    const folder = mkdtempSync(join(tmpdir(), 'concord-train-'));
    writeFileSync(join(folder, FILE), Buffer.concat([...writeCsv(demoRecords(3000))].map(bytesOf)));

    await button(language === 'en' ? 'English' : '中文');
    await fill(s.create.nameTitle, '王小明');
    await onward();
    await fill(s.create.first, PASSPHRASE);
    await fill(s.create.second, PASSPHRASE);
    await button(s.create.button);
    await button(s.studies.create);
    await fill(s.studies.newTitle, 'Follow-up');
    await button(s.studies.newButton);
    await onward();
    await concord.chooses(join(folder, FILE));
    await addRecords();
    await onPage(page, s.profile.title(FILE));
    await button(s.profile.done);
    await onPage(page, 'Follow-up');
    await button(s.steps.train);

    await onPage(page, arrange.questionTitle);
    await onward();
    await expect(page.getByRole('alert')).toContainText(arrange.columnMissing);
    await look('1-question-missing');
    await page.getByLabel(arrange.questionColumn, { exact: true }).selectOption('missed_follow_up');
    await fill(arrange.questionYes, 'yes');
    await fill(arrange.questionNo, 'never');
    await onward();
    const absent = { column: 'missed_follow_up', absent: 'no' };
    const summary = page.getByRole('alert');
    await expect(summary).toContainText(words(language).errors.LABEL_VALUE_ABSENT(absent));
    await look('1-question-absent');
    await summary.getByRole('link').click();
    await expect(page.getByLabel(arrange.questionNo, { exact: true })).toBeFocused();
    await fill(arrange.questionNo, 'no');
    await onward();

    await onPage(page, arrange.peopleTitle);
    await page.getByLabel(arrange.peopleOnce, { exact: true }).check();
    await onward();
    await onPage(page, arrange.splitTitle);
    await onward();

    await onPage(page, w.columnsTitle);
    await expect(page.getByRole('checkbox', { name: 'diagnosis' })).not.toBeChecked();
    await expect(page.getByRole('checkbox', { name: 'patient_id' })).toHaveCount(0);
    for (const tick of await page.getByRole('checkbox').all()) {
      const name = (await tick.getAttribute('value')) ?? '';
      await tick.setChecked(['age', 'missed_before', 'reminder'].includes(name));
    }
    await look('2-columns');
    await onward();

    await onPage(page, w.privacyTitle);
    await look('3-privacy');
    await page.getByLabel(w.privacyNo, { exact: true }).check();
    await onward();
    await onPage(page, w.plainTitle);
    await look('4-plain');
    await button(w.plainBack);
    await onPage(page, w.privacyTitle);
    await onward();
    await onPage(page, w.missingTitle);
    await onward();

    await onPage(page, w.factsTitle);
    await fillFact(page.getByRole('group', { name: w.asNumber('age') }), '95', '18');
    await fillFact(page.getByRole('group', { name: w.asNumber('missed_before') }), '0', '6');
    // Nobody need know which reminders there are: they can be found with noise.
    await expect(page.getByRole('group', { name: w.asList('reminder') })).toBeVisible();
    await page
      .getByRole('group', { name: w.buyTitle('reminder') })
      .getByLabel(w.buy)
      .check();
    await expect(page.getByText(w.buyHint)).toBeVisible();
    await expect(page.getByRole('group', { name: w.asList('reminder') })).toHaveCount(0);
    await onward();
    await expect(page.getByRole('alert')).toContainText(w.boundOrder('age'));
    await look('5-facts-order');
    await fillFact(page.getByRole('group', { name: w.asNumber('age') }), '18', '95');
    await onward();

    await onPage(page, w.kindTitle);
    await look('6-kind');
    await onward();

    await onPage(page, w.sliderTitle);
    await expect(page.getByText('74%')).toBeVisible();
    await look('7-slider');
    const slider = page.getByRole('slider');
    await slider.focus();
    await page.keyboard.press('End');
    await expect(slider).toHaveAttribute('aria-valuetext', w.epsilonValue('8'));
    await onward();
    await expect(page.getByRole('alert')).toContainText(w.refused('8', '4'));
    await look('8-slider-refused');
    await button(w.fitButton('4'));
    await expect(slider).toHaveAttribute('aria-valuetext', w.epsilonValue('4'));
    await page.keyboard.press('Tab');
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    await expect(slider).toHaveAttribute('aria-valuetext', w.epsilonValue('2'));
    await page.getByText(w.advanced).click();
    await fill(w.epochs, '4000');
    await expect(page.getByText('89%')).toBeVisible();
    await onward();

    await onPage(page, w.checkTitle);
    await expect(page.getByText(w.amount('2', '0.0001'), { exact: true })).toBeVisible();
    await expect(page.getByText(w.statistics.categories('reminder'))).toBeVisible();
    await look('9-check');
    await button(w.start);

    await onPage(page, job.titles.train);
    await expect(page.getByText(job.charged, { exact: true })).toBeVisible();
    await button(job.pause);
    await expect(page.getByText(job.paused)).toBeVisible();
    await look('10-paused');
    await button(job.resume);

    await expect(page.getByRole('heading', { level: 1, name: w.resultTitle })).toBeVisible({
      timeout: 60_000,
    });
    await expect(page.getByText('89%')).toBeVisible();
    await expect(page.getByText(w.statistics.categories('reminder'))).toContainText('phone call');
    await look('11-result');
    // While another is prepared, this one can still be opened.
    await button(w.another);
    await onPage(page, w.arrangedTitle);
    await expect(page.getByText(w.checkSplitRecords('20'))).toBeVisible();
    await page.getByText(w.modelsTitle, { exact: true }).first().click();
    await expect(page.getByRole('rowheader')).toHaveCount(1);
    await look('12-another');
    await button(s.app.back);
    await onPage(page, 'Follow-up');
    await expect(page.getByRole('heading', { name: w.modelsTitle })).toBeVisible();
    await look('13-study');
    await page.getByRole('rowheader').getByRole('button').click();
    await onPage(page, w.resultTitle);
    await expect(page.getByText('89%')).toBeVisible();
    // In one language only: a training of another kind, and the curves of its model.
    if (language === 'zh-CN') await boost();
    rmSync(folder, { recursive: true, force: true });

    async function boost(): Promise<void> {
      await button(w.another);
      for (const title of [
        w.arrangedTitle,
        w.columnsTitle,
        w.privacyTitle,
        w.missingTitle,
        w.factsTitle,
      ]) {
        await onPage(page, title);
        await onward();
      }
      await onPage(page, w.kindTitle);
      await page.getByLabel(w.boosting).check();
      await onward();
      await onPage(page, w.sliderTitle);
      await onward();
      await onPage(page, w.checkTitle);
      await expect(page.getByText(w.kindNames['boosting']!)).toBeVisible();
      await button(w.start);
      await onPage(page, w.resultTitle);
      await expect(page.getByRole('heading', { name: w.shapesTitle })).toBeVisible();
      await expect(page.getByText(w.shapeLine).first()).toBeVisible();
      await page.getByRole('img').first().scrollIntoViewIfNeeded();
      await look('14-curves');
    }

    async function addRecords(): Promise<void> {
      await button(s.steps.import);
      await onPage(page, s.import.chooseTitle);
      await button(s.import.chooseButton);
      await onPage(page, s.import.previewTitle(FILE));
      await button(s.import.start);
    }

    async function fillFact(group: Locator, low: string, high: string): Promise<void> {
      await group.getByLabel(w.lowest).fill(low);
      await group.getByLabel(w.highest).fill(high);
    }
  });
}

const bytesOf = (part: string | Uint8Array): Uint8Array => Buffer.from(part);
