import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { words } from '../../main/words/index.ts';
import { inspect, onPage, test } from './application.ts';

const PASSPHRASE = 'lantern orchard copper violin';
const FILE = 'triage.csv';
const { screens: s, arrange, train: w, review } = words('en');

/** Three degrees of urgency, told by pulse and pain. */
function triage(): string {
  const rows = Array.from({ length: 900 }, (_, row) => {
    const pulse = 50 + ((row * 37) % 100);
    const pain = (row * 11) % 10;
    const degree = pulse + 6 * pain;
    const urgency = degree < 110 ? 'green' : degree < 150 ? 'yellow' : 'red';
    return [pulse, pain, row % 2 === 0 ? 'female' : 'male', urgency].join(',');
  });
  return [...['pulse,pain,sex,urgency'], ...rows, ''].join('\n');
}

test('a label of three values in order', async ({ concord }) => {
  test.setTimeout(240_000);
  const { page } = concord;
  const button = (name: string): Promise<void> =>
    page.getByRole('button', { name, exact: true }).click();
  const onward = (): Promise<void> => button(s.app.continue);
  const fill = (label: string, text: string): Promise<void> =>
    page.getByLabel(label, { exact: true }).fill(text);
  const choose = (label: string): Promise<void> => page.getByLabel(label, { exact: true }).check();
  const folder = mkdtempSync(join(tmpdir(), 'concord-targets-'));
  writeFileSync(join(folder, FILE), triage());

  await button('English');
  await fill(s.create.nameTitle, 'Ada');
  await onward();
  await fill(s.create.first, PASSPHRASE);
  await fill(s.create.second, PASSPHRASE);
  await button(s.create.button);
  await button(s.studies.create);
  await fill(s.studies.newTitle, 'Triage');
  await button(s.studies.newButton);
  await onward();
  await concord.chooses(join(folder, FILE));
  await button(s.steps.import);
  await button(s.import.chooseButton);
  await onPage(page, s.import.previewTitle(FILE));
  await button(s.import.start);
  await onPage(page, s.profile.title(FILE));
  await button(arrange.tasks.label);
  await onPage(page, arrange.questionTitle);
  await page.getByLabel(arrange.questionColumn, { exact: true }).selectOption('urgency');
  await choose(arrange.targets.ordered);
  await fill(arrange.values, 'green\nyellow\nblue');
  await fill(s.parts.optional(arrange.harmful), 'black');
  await onward();
  await expect(page.getByRole('alert')).toContainText(arrange.harmfulUnknown);
  await fill(s.parts.optional(arrange.harmful), 'blue');
  await onward();
  // The engine finds that no record says so.
  await expect(page.getByRole('link', { name: /one of the values given/ })).toBeVisible();
  await inspect(concord, 'en-targets-1-values');
  await fill(arrange.values, 'green\nyellow\nred');
  await fill(s.parts.optional(arrange.harmful), 'red');
  await onward();
  await onPage(page, arrange.peopleTitle);
  await choose(arrange.peopleOnce);
  await onward();
  await onPage(page, arrange.splitTitle);
  await onward();
  await onPage(page, s.profile.title(FILE));
  await expect(
    page.getByText(arrange.sumOrdered('urgency', ['green', 'yellow', 'red'])),
  ).toBeVisible();
  await button(s.profile.done);
  await button(s.steps.train);
  await onPage(page, w.arrangedTitle);
  await onward();
  await onPage(page, w.columnsTitle);
  for (const name of ['pulse', 'pain']) await page.getByRole('checkbox', { name }).check();
  await onward();
  await onPage(page, w.privacyTitle);
  await choose(w.privacyNo);
  await onward();
  await button(w.plainSure);
  await onPage(page, w.missingTitle);
  await onward();
  await onPage(page, w.kindTitle);
  await expect(page.getByLabel(w.boosting, { exact: true })).toBeVisible();
  await choose(w.logistic);
  await onward();
  await onPage(page, w.checkTitle);
  await button(w.start);
  await expect(page.getByRole('heading', { level: 1, name: w.resultTitle })).toBeVisible({
    timeout: 60_000,
  });
  const values = page.getByRole('table', { name: w.byValue });
  for (const value of ['green', 'yellow', 'red']) {
    await expect(values.getByRole('rowheader', { name: value })).toBeVisible();
  }
  await inspect(concord, 'en-targets-2-result');
  await button(w.next);
  await onPage(page, review.groupsTitle);
  await page.getByRole('checkbox', { name: 'sex' }).check();
  await button(review.start);
  await onPage(page, review.resultTitle);
  rmSync(folder, { recursive: true });
});
