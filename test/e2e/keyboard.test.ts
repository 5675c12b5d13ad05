import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { words } from '../../main/words/index.ts';
import { onPage, test, type Concord } from './application.ts';
import { Keyboard } from './hands.ts';
import { PASSPHRASE } from './sample.ts';
import { Walk } from './walk.ts';

interface Watched {
  pointed?: string[];
  addEventListener(event: string, hear: () => void, capture: true): void;
}

test('from an empty computer to a saved PDF by the keyboard alone', async ({ concord }) => {
  test.setTimeout(240_000);
  const { page } = concord;
  await page.evaluate(() => {
    const view = globalThis as unknown as Watched;
    const pointed: string[] = (view.pointed = []);
    for (const event of ['pointerdown', 'mousedown', 'touchstart']) {
      view.addEventListener(event, () => pointed.push(event), true);
    }
  });
  const folder = mkdtempSync(join(tmpdir(), 'concord-keyboard-'));
  const walk = new Walk(concord, 'en', new Keyboard(page));
  await walk.createVault();
  await walk.sampleStudy(join(folder, 'protected.csv'));
  await walk.reviewAndSave(join(folder, 'sample.pdf'));
  expect(existsSync(join(folder, 'sample.pdf'))).toBe(true);
  expect(await page.evaluate(() => (globalThis as unknown as Watched).pointed)).toEqual([]);
  expect(await concord.violations()).toEqual([]);
  rmSync(folder, { recursive: true });
});

test('the fields of passphrases take what is pasted', async ({ concord }) => {
  const { page } = concord;
  const { screens: s } = words('en');
  const hand = new Keyboard(page);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const field = (label: string) => page.getByLabel(label, { exact: true });

  await hand.press(button('English'));
  await hand.fill(page.getByLabel(s.create.nameTitle), 'Ada');
  await hand.press(button(s.app.continue));
  await onPage(page, s.create.title);
  for (const label of [s.create.first, s.create.second]) {
    await field(label).focus();
    await paste(concord);
    await expect(field(label)).toHaveValue(PASSPHRASE);
  }
  await hand.press(button(s.create.button));
  await onPage(page, s.studies.title);

  await hand.press(button(s.app.lock));
  await onPage(page, s.unlock.title);
  await field(s.unlock.field).focus();
  await paste(concord);
  await page.keyboard.press('Enter');
  await onPage(page, s.studies.title);
});

/** What a password manager does: the text comes from the clipboard. */
async function paste({ app, page }: { app: Concord['app']; page: Page }): Promise<void> {
  await app.evaluate(({ clipboard }, text) => clipboard.writeText(text), PASSPHRASE);
  await page.keyboard.press('ControlOrMeta+v');
}
