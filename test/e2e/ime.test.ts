import { existsSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { TRAIN_KNOBS } from '../../main/contract/train-draft.ts';
import { words } from '../../main/words/index.ts';
import { onPage, test } from './application.ts';
import { asker } from './ask.ts';
import { COMPOSED, InputMethod } from './input-method.ts';
import { PASSPHRASE } from './sample.ts';
import { ADULT, Walk } from './walk.ts';

const { screens: s, train } = words('en');

test('Enter that picks a candidate sends nothing, in any field on the way', async ({ concord }) => {
  test.skip(!existsSync(ADULT), 'not run: ../shared/data lacks adult');
  const { page } = concord;
  const hand = await InputMethod.of(page);
  const walk = new Walk(concord, 'en', hand);
  await walk.createVault();
  await walk.adultQuestions();

  await page.getByText(train.advanced).click();
  await pauseWithin(page, hand);
  for (const knob of TRAIN_KNOBS) {
    await hand.fill(page.getByLabel(train[knob], { exact: true }), '王');
  }
  await page.getByRole('button', { name: s.app.lock, exact: true }).click();
  await onPage(page, s.unlock.title);
  await hand.fill(page.getByLabel(s.parts.optional(s.unlock.person)), '王小明');
  await hand.fill(page.getByLabel(s.unlock.field, { exact: true }), PASSPHRASE);

  // The name, the study's, two answers, six bounds, the five numbers, who unlocks; a list; and
  // passphrases, for which Chromium takes letters as they are.
  expect(hand.filled.get('INPUT text')).toBeGreaterThanOrEqual(16);
  expect(hand.filled.get('TEXTAREA textarea')).toBeGreaterThanOrEqual(1);
  expect(hand.filled.get('INPUT password')).toBe(3);
  await page.keyboard.press('Enter');
  await onPage(page, s.studies.title);
});

/** After a pause within a word the answers are saved; the field and the focus are left alone. */
async function pauseWithin(page: Page, hand: InputMethod): Promise<void> {
  const ask = asker(page);
  const field = page.getByLabel(train.epochs, { exact: true });
  await hand.compose(field);
  const { studies } = await ask<{ studies: { id: string }[] }>('study.list', {});
  const draft = { study: studies[0]?.id, step: 'train' };
  const kept = async (): Promise<string> =>
    (await ask<{ answers: string } | null>('draft.load', draft))?.answers ?? '';
  await expect.poll(kept).toContain(COMPOSED);
  await expect(field).toHaveValue(COMPOSED);
  await expect(field).toBeFocused();
}
