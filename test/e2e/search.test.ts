import { expect } from '@playwright/test';
import { sampleWords } from '../../main/study/sample-words.ts';
import { words } from '../../main/words/index.ts';
import { inspect, onPage, test } from './application.ts';
import { inTheSample, press } from './sample.ts';

const { screens: s, protect: w, further: f, demo, job, hierarchies, explained } = words('en');
const is = sampleWords('en').columns;
const measure = f.measures['average-class-size'];

test('a long search is estimated, ended with its best, and proved from there', async ({
  concord,
}) => {
  const { page } = concord;
  const button = (name: string): Promise<void> => press(concord, name);
  const look = (name: string, looks?: ['light']): Promise<void> =>
    inspect(concord, `en-search-${name}`, looks);
  await inTheSample(concord);
  await button(s.steps.identify);
  await onPage(page, w.identify.title);
  for (const column of [
    ...[is.distance, is.insurance, is.clinic, is.reminder, is.visits, is.missedBefore],
    is.waitDays,
  ]) {
    await page
      .getByLabel(w.identify.roleOf(column), { exact: true })
      .selectOption('quasi-identifier');
  }
  await button(w.identify.save);
  await onPage(page, demo.study);
  await button(s.steps.anonymise);
  await onPage(page, w.purpose.title);
  await page.getByLabel(w.purpose.names.inside, { exact: true }).check();
  // With this limit and this measure little can be ruled out, and the search takes its time.
  await page.locator('summary', { hasText: explained.adjust.title }).click();
  const limit = page.getByLabel(s.parts.optional(explained.adjust.limit), { exact: true });
  await limit.selectOption('0.2');
  await button(f.openWhole);
  await onPage(page, f.whole.title);
  await page.getByLabel(measure.name, { exact: true }).check();
  await button(s.app.continue);
  await onPage(page, w.purpose.title);
  const heading = page.getByRole('heading', { level: 1 });
  for (const last of [w.coarser.title(is.age), w.sensitive.title]) {
    while ((await heading.textContent()) !== last) {
      const here = (await heading.textContent()) ?? '';
      const rest = page.getByRole('button', { name: w.coarser.takeRest('11', 11), exact: true });
      if (here === w.coarser.title(is.age)) await rest.click();
      else await button(s.app.continue);
      await expect(heading).not.toHaveText(here);
    }
  }

  // The pages on which distances between values are set up.
  await page.locator('summary', { hasText: f.summary }).click();
  await button(f.openColumn(is.diagnosis));
  await onPage(page, f.column.title(is.diagnosis));
  await page.getByLabel(f.column.models.closeness.name, { exact: true }).check();
  await page.getByLabel(f.column.distances.ordered, { exact: true }).check();
  await button(f.column.order);
  await onPage(page, f.order.title(is.diagnosis));
  await look('1-order', ['light']);
  await button(hierarchies.order.done);
  await onPage(page, f.column.title(is.diagnosis));
  await expect(page.getByText(f.column.ordered('').slice(0, 10))).toBeVisible();
  await page.getByLabel(f.column.distances.hierarchical, { exact: true }).check();
  await button(f.column.groups);
  await onPage(page, f.groups.title(is.diagnosis));
  await look('1-groups', ['light']);
  await button(s.app.back);
  await onPage(page, f.column.title(is.diagnosis));
  await page.getByLabel(f.column.t, { exact: true }).fill('0.45');
  await button(s.app.continue);
  await onPage(page, w.sensitive.title);

  await button(s.app.continue);
  await onPage(page, w.check.title);
  await expect(page.getByRole('heading', { name: f.estimate.title })).toBeVisible();
  await expect(page.getByText(f.check.hierarchical('0.45'))).toBeVisible();
  await expect(page.getByText(f.check.measure(measure.name))).toBeVisible();
  await expect(page.getByText(f.estimate.longer)).toBeVisible();
  await button(w.check.start);

  await onPage(page, job.titles.anonymise);
  const keep = page.getByRole('button', { name: f.best.keep, exact: true });
  await expect(keep).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/records are left out/)).toBeVisible();
  await look('2-best');
  // By keyboard alone.
  await keep.focus();
  await page.keyboard.press('Enter');
  await onPage(page, w.result.title);
  await expect(page.getByText(f.proof.open)).toBeVisible();
  await page.getByRole('heading', { name: f.proof.title }).scrollIntoViewIfNeeded();
  await look('3-unproved');

  await button(f.proof.button);
  await onPage(page, job.titles.anonymise);
  await expect(keep).toBeVisible({ timeout: 60_000 });
  await button(job.cancel);
  await button(job.againProof);
  await onPage(page, w.result.title);
  await expect(page.getByText(f.proof.open)).toBeVisible();
});
