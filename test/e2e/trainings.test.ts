import { expect } from '@playwright/test';
import type { Language } from '../../main/contract/language.ts';
import { demoOf } from '../../main/study/demo.ts';
import { words } from '../../main/words/index.ts';
import { inspect, onPage, test, type Concord } from './application.ts';
import { asker, madeBy } from './ask.ts';

const PASSPHRASE = 'lantern orchard copper violin';

for (const language of ['en', 'zh-CN'] as const satisfies readonly Language[]) {
  const { screens: s, templates: t, experiments: w, expected, train, review } = words(language);

  test(`a field, and trainings side by side, in ${language}`, async ({ concord }) => {
    test.setTimeout(240_000);
    const { page } = concord;
    const button = (name: string): Promise<void> =>
      page.getByRole('button', { name, exact: true }).click();
    const look = (name: string): Promise<void> => inspect(concord, `${language}-trainings-${name}`);
    const study = await studyWithModels(concord, language);
    await button(study);
    await onPage(page, study);

    await button(t.choose);
    await onPage(page, t.title);
    await page.getByLabel(t.fields.health.name, { exact: true }).check();
    await look('01-field');
    await button(s.app.continue);
    await onPage(page, t.harmTitle);
    await expect(page.getByLabel(t.harms.missed, { exact: true })).toBeChecked();
    await look('02-harm');
    await button(s.app.continue);
    await onPage(page, study);
    await expect(page.getByText(t.field(t.fields.health.name))).toBeVisible();
    await page.getByText(t.cautionsTitle).click();
    await look('03-study');

    await button(w.open);
    await onPage(page, w.title);
    const byTime = page.getByRole('columnheader', { name: w.sort(w.trained), exact: true });
    await expect(byTime).toHaveAttribute('aria-sort', 'descending');
    // Sorted by the keyboard alone.
    await page.getByRole('button', { name: w.sort(w.epsilon), exact: true }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('row').nth(1)).toContainText('0.5');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('row').nth(1)).toContainText(w.noLimit);
    await button(w.compare);
    await expect(page.getByRole('alert')).toContainText(w.tooFew);
    await look('04-too-few');
    await page.getByRole('link', { name: w.tooFew }).click();
    await page.keyboard.press('Space');
    await page.getByRole('checkbox').last().check();

    await page
      .getByRole('row')
      .nth(2)
      .getByRole('button', { name: w.write.slice(0, 2) })
      .click();
    await onPage(page, w.noteTitle);
    await page.getByLabel(w.noteField, { exact: true }).fill('第一次 / the first one');
    await look('05-note');
    await button(w.noteSave);
    await onPage(page, w.title);
    await expect(page.getByText('第一次 / the first one')).toBeVisible();
    await look('06-list');

    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await button(w.compare);
    await onPage(page, w.compareTitle);
    await expect(page.getByText(w.compareText)).toBeVisible();
    await look('07-side-by-side');
    await button(w.toList);
    await onPage(page, w.title);
    await button(s.app.back);

    // The proposals of the field where they are used, each told as one.
    await onPage(page, study);
    await button(s.steps.train);
    await onPage(page, train.resultTitle);
    await expect(page.getByText(t.moreHarm(t.harms.missed))).toBeVisible();
    await button(train.next);
    await onPage(page, review.groupsTitle);
    await expect(page.getByText(t.fields.health.first)).toBeVisible();
    await expect(page.getByText(review.columnProposed('')).first()).toBeVisible();
    await look('08-groups');
    await button(s.app.back);
    await button(s.steps.train);
    await onPage(page, train.resultTitle);
    await button(train.another);
    const heading = page.getByRole('heading', { level: 1 });
    while ((await heading.textContent()) !== train.sliderTitle) {
      const here = (await heading.textContent()) ?? '';
      await button(s.app.continue);
      await expect(heading).not.toHaveText(here);
    }
    const said = t.epsilonProposed(t.fields.health.name, '1');
    await expect(page.getByText(said, { exact: false })).toBeVisible();
    await expect(page.getByRole('heading', { name: expected.rule })).toBeVisible();
    await expect(page.getByText(expected.source)).toBeVisible();
    await expect(page.getByRole('heading', { name: expected.runs })).toBeVisible();
    await look('09-slider');
  });
}

/** The sample study with one model that has privacy and one without; the list of studies is shown. */
async function studyWithModels({ page }: Concord, language: Language): Promise<string> {
  const ask = asker(page);
  await ask('app.setLanguage', { language });
  await ask('vault.create', { passphrase: PASSPHRASE, person: '王小明' });
  const { study, job } = await ask<{ study: { id: string; name: string }; job: string }>(
    'study.sample',
    { language },
  );
  const artefact = await madeBy(ask, job);
  const { training } = demoOf(language);
  for (const privacy of [{ epsilon: 0.5, delta: 1e-5 }, null]) {
    const plan = { ...training, privacy };
    const start = { study: study.id, artefact, plan };
    await madeBy(ask, (await ask<{ job: string }>('train.start', start)).job);
  }
  await page.reload();
  await onPage(page, words(language).screens.studies.title);
  return study.name;
}
