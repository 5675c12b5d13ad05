import { expect } from '@playwright/test';
import { words } from '../../main/words/index.ts';
import { onPage, test } from './application.ts';

const w = words('en').screens;
const PASSPHRASE = 'lantern orchard copper violin';

test('the window locks with the screen, and gives back what was answered', async ({ concord }) => {
  const { app, page } = concord;
  const button = (name: string): Promise<void> =>
    page.getByRole('button', { name, exact: true }).click();
  await button('English');
  await page.getByLabel(w.create.nameTitle).fill('Ada');
  await button(w.app.continue);
  await page.getByLabel(w.create.first, { exact: true }).fill(PASSPHRASE);
  await page.getByLabel(w.create.second, { exact: true }).fill(PASSPHRASE);
  await button(w.create.button);
  await onPage(page, w.studies.title);
  await button(w.home.sample);
  await onPage(page, words('en').demo.study);
  await button(w.home.tour.next);
  await expect(page.getByText(w.home.tour.notes[1] ?? '?')).toBeVisible();

  await app.evaluate(({ powerMonitor }) => void powerMonitor.emit('lock-screen'));
  await onPage(page, w.unlock.title);
  await page.getByLabel(w.unlock.field, { exact: true }).fill(PASSPHRASE);
  await page.getByLabel(w.parts.optional(w.unlock.person)).fill('Ada');
  await page.keyboard.press('Enter');
  await onPage(page, w.studies.title);
  await button(words('en').demo.study);
  await expect(page.getByText(w.home.tour.notes[1] ?? '?')).toBeVisible();
});
