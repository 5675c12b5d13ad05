import { expect, type CDPSession, type Locator, type Page } from '@playwright/test';
import { Mouse } from './hands.ts';

/** Letters as they stand before a candidate is picked. */
export const COMPOSED = 'wang xiao';

/** A mouse, and an input method for all text. */
export class InputMethod extends Mouse {
  override readonly name: string = 'input-method';
  readonly #page: Page;
  readonly #driver: CDPSession;
  /** How many fields of each kind were filled. */
  readonly filled = new Map<string, number>();

  private constructor(page: Page, driver: CDPSession) {
    super();
    this.#page = page;
    this.#driver = driver;
  }

  static async of(page: Page): Promise<InputMethod> {
    return new InputMethod(page, await page.context().newCDPSession(page));
  }

  /**
   * Letters, the Enter that picks a candidate, then the words that were picked. Until then what is
   * composed must stand as it is, and the page as well.
   */
  override async fill(field: Locator, text: string): Promise<void> {
    const heading = this.#page.getByRole('heading', { level: 1 });
    await this.compose(field);
    // Read once the field is there: until then it may be the heading of the page before.
    const before = (await heading.textContent()) ?? '';
    await this.#enter();
    await expect(field).toHaveValue(COMPOSED);
    await this.#driver.send('Input.insertText', { text });
    await expect(field).toHaveValue(text);
    await expect(field).toBeFocused();
    await expect(heading).toHaveText(before);
    const kind = await field.evaluate(({ tagName, type }) => `${String(tagName)} ${String(type)}`);
    this.filled.set(kind, (this.filled.get(kind) ?? 0) + 1);
  }

  /** Leaves the field with letters in it that are still being composed. */
  async compose(field: Locator): Promise<void> {
    await field.fill('');
    await field.focus();
    for (const end of [1, 4, COMPOSED.length]) {
      const text = COMPOSED.slice(0, end);
      const caret = { selectionStart: end, selectionEnd: end };
      await this.#driver.send('Input.imeSetComposition', { text, ...caret });
    }
  }

  /** What the page sees while a candidate is picked: Enter with key code 229, composing. */
  async #enter(): Promise<void> {
    const key = { key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229 };
    await this.#driver.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key });
    await this.#driver.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
  }
}
