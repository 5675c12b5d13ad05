import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Language } from '../../main/contract/language.ts';
import { sampleWords } from '../../main/study/sample-words.ts';
import { words } from '../../main/words/index.ts';
import { inspect, onPage, test, type Concord } from './application.ts';
import { inTheSample, press } from './sample.ts';

for (const language of ['en', 'zh-CN'] as const satisfies readonly Language[]) {
  const { screens: s, protect: p, hierarchies: w, demo, errors } = words(language);
  const sample = sampleWords(language);
  const is = sample.columns;

  test(`columns are made less exact as a person sets it up, in ${language}`, async ({
    concord,
  }) => {
    const { page } = concord;
    const button = (name: string): Promise<void> => press(concord, name);
    const kind = (name: string) => page.getByLabel(name, { exact: true });
    /** A label among those of the steps. */
    const label = (text: string) => page.locator('td .label', { hasText: text }).first();
    const look = (name: string): Promise<void> => inspect(concord, `${language}-hierarchy-${name}`);
    const folder = mkdtempSync(join(tmpdir(), 'concord-hierarchies-'));
    const file = join(folder, 'sexes.csv');
    await inTheSample(concord, language);
    await button(s.steps.identify);
    await onPage(page, p.identify.title);
    await button(p.identify.save);
    await onPage(page, demo.study);
    await button(s.steps.anonymise);
    await onPage(page, p.purpose.title);
    await page.getByLabel(p.purpose.names.inside, { exact: true }).check();
    await to(concord, s.app.continue, p.coarser.title(is.age));

    await page.getByLabel(w.ranges.widths, { exact: true }).fill('7, 15');
    await button(s.app.continue);
    const params = { column: is.age, reason: 'widths' };
    await expect(page.getByRole('alert')).toContainText(errors.HIERARCHY_NOT_BUILT(params));
    await page.getByLabel(w.ranges.widths, { exact: true }).fill('7, 14');
    await page.keyboard.press('Tab');
    await expect(label('35-41')).toBeVisible();
    await page.locator('summary', { hasText: w.counts }).click();
    await expect(page.getByRole('rowheader', { name: '35-41', exact: true })).toBeVisible();
    await page.locator('summary', { hasText: w.limits }).click();
    await page.getByLabel(w.least, { exact: true }).selectOption('1');
    await look('1-ranges');
    await button(s.app.continue);

    writeFileSync(file, `${sample.sexes[0]};*\n`);
    await onPage(page, p.coarser.title(is.sex));
    await opens(concord, file);
    await kind(p.coarser.kinds.file).check();
    await button(w.file.choose);
    await expect(page.getByRole('alert')).toBeVisible();
    writeFileSync(file, sample.sexes.map((sex) => `${sex};?;*\n`).join(''));
    await button(w.file.choose);
    await expect(label('?')).toBeVisible();

    await to(concord, s.app.continue, p.coarser.title(is.district));
    await kind(p.coarser.kinds.tree).check();
    await button(w.editTree);
    await onPage(page, w.tree.title(is.district));
    const [first = '', second = '', third = ''] = sample.districts;
    const box = (value: string) => page.getByRole('checkbox', { name: new RegExp(`^${value}`) });
    // By keyboard alone.
    for (const value of [first, second]) {
      await box(value).focus();
      await page.keyboard.press('Space');
    }
    await page.getByLabel(w.tree.newName, { exact: true }).focus();
    await page.keyboard.type('A1');
    await page.getByRole('button', { name: w.tree.make, exact: true }).focus();
    await page.keyboard.press('Enter');
    const group = page.getByRole('group', { name: w.tree.tickGroup('A1'), exact: true });
    await expect(group.getByRole('checkbox')).toHaveCount(3);
    await page.locator('li', { has: box(third) }).dragTo(group);
    await expect(group.getByRole('checkbox')).toHaveCount(4);
    await button(w.change.undo);
    await expect(group.getByRole('checkbox')).toHaveCount(3);
    await look('2-groups');
    await button(w.tree.done);
    await onPage(page, p.coarser.title(is.district));
    await expect(label('A1')).toBeVisible();
    await kind(p.coarser.kinds.ordered).check();
    await button(w.editOrder);
    await onPage(page, w.order.title(is.district));
    const items = page.getByRole('listitem');
    const last = (await items.nth(1).locator('span').textContent()) ?? '';
    await items.nth(1).getByRole('button').first().focus();
    await page.keyboard.press('Enter');
    await expect(items.first()).toContainText(last);
    // What has the focus already shows no change when it gets it.
    await page.getByLabel(w.order.runs, { exact: true }).focus();
    await look('3-order');
    await button(w.order.done);
    await onPage(page, p.coarser.title(is.district));
    await kind(p.coarser.kinds.tree).check();
    await expect(label('A1')).toBeVisible();

    // What was set up outlives the page, and is what the records become.
    await button(s.app.back);
    await to(concord, s.app.back, demo.study);
    await button(s.steps.anonymise);
    await to(concord, s.app.continue, p.check.title);
    await expect(
      page.getByText(w.limited(p.coarser.kinds.ages, p.coarser.step('1'), p.coarser.step('3'))),
    ).toBeVisible();
    await expect(page.getByText(p.coarser.kinds.file)).toBeVisible();
    await button(p.check.start);
    await onPage(page, p.result.title);
    await expect(page.getByText(/^\d+-\d+$/).first()).toBeVisible();
    rmSync(folder, { recursive: true });
  });
}

/** Presses a button of the pages until the page with this heading is there. */
async function to({ page }: Concord, name: string, title: string): Promise<void> {
  const heading = page.getByRole('heading', { level: 1 });
  for (;;) {
    const here = (await heading.textContent()) ?? '';
    if (here === title) return;
    await page.getByRole('button', { name, exact: true }).click();
    await expect(heading).not.toHaveText(here);
  }
}

/** Answers the next dialogs for a file with this one. */
async function opens({ app }: Concord, file: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, file);
}
