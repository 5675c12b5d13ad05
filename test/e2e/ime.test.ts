import { expect } from '@playwright/test';
import { words } from '../../main/words/index.ts';
import { onPage, test } from './application.ts';

const w = words('en').screens;

test('Enter that picks a candidate of an input method sends nothing', async ({ concord }) => {
  const { page } = concord;
  await onPage(page, w.create.nameTitle);
  const field = page.getByLabel(w.create.nameTitle);
  await field.focus();
  const driver = await page.context().newCDPSession(page);
  await driver.send('Input.imeSetComposition', {
    text: 'wang',
    selectionStart: 4,
    selectionEnd: 4,
  });
  // What the page sees while a candidate is picked: Enter with key code 229, composing.
  await driver.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    key: 'Process',
    code: 'Enter',
    windowsVirtualKeyCode: 229,
  });
  await onPage(page, w.create.nameTitle);
  await driver.send('Input.insertText', { text: '王' });
  await expect(field).toHaveValue('王');
  await onPage(page, w.create.nameTitle);
  await page.keyboard.press('Enter');
  await onPage(page, w.create.title);
});
