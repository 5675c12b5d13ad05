import { expect } from '@playwright/test';
import type { Language } from '../../main/contract/language.ts';
import { words } from '../../main/words/index.ts';
import { inspect, onPage, test } from './application.ts';
import { expectTextSeen } from './text-seen.ts';

for (const language of ['en', 'zh-CN'] as const satisfies readonly Language[]) {
  const w = words(language).screens;

  test(`every part, without and with problems, in ${language}`, async ({ concord }) => {
    const { page } = concord;
    const button = (name: string): Promise<void> =>
      page.getByRole('button', { name, exact: true }).click();
    await button(language === 'en' ? 'English' : '中文');
    await onPage(page, w.create.nameTitle);
    await page.evaluate("location.hash = '#parts'");
    await onPage(page, w.parts.gallery);
    await inspect(concord, `${language}-parts`);
    await expectTextSeen(concord, 'main button:visible, main [role="status"] p:visible');

    await button(w.app.problem);
    await expect(page.getByRole('alert')).toBeFocused();
    await page.getByRole('alert').getByRole('link').nth(2).click();
    await expect(page.getByRole('radio').first()).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('radio').nth(1)).toBeChecked();
    await inspect(concord, `${language}-parts-problems`);

    const slider = page.getByRole('slider');
    await slider.focus();
    await page.keyboard.press('End');
    await expect(slider).toHaveAttribute('aria-valuetext', w.profile.rangeText('0', '4'));

    await button(w.home.remove);
    const dialog = page.getByRole('dialog', { name: w.home.remove });
    await expect(dialog).toBeVisible();
    // The focus stays inside the dialog, or with the window itself, and comes back.
    for (let presses = 0; presses < 5; presses++) {
      await page.keyboard.press('Tab');
      const behind = await page.evaluate(
        "document.activeElement.closest('main, header, dialog')?.tagName ?? 'none'",
      );
      expect(['DIALOG', 'none']).toContain(behind);
    }
    await inspect(concord, `${language}-parts-dialog`, ['light', 'dark']);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('button', { name: w.home.remove, exact: true })).toBeFocused();
  });
}
