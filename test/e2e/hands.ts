import { expect, type Locator, type Page } from '@playwright/test';

/** How a person works the controls of a page. */
export interface Hand {
  readonly name: string;
  press(button: Locator): Promise<void>;
  fill(field: Locator, text: string): Promise<void>;
  /** One of a group of radio buttons. */
  choose(radio: Locator): Promise<void>;
  tick(box: Locator, wanted: boolean): Promise<void>;
  /** An option of a list, by its value. */
  pick(list: Locator, value: string): Promise<void>;
}

export class Mouse implements Hand {
  readonly name: string = 'mouse';

  press(button: Locator): Promise<void> {
    return button.click();
  }

  fill(field: Locator, text: string): Promise<void> {
    return field.fill(text);
  }

  choose(radio: Locator): Promise<void> {
    return radio.check();
  }

  tick(box: Locator, wanted: boolean): Promise<void> {
    return box.setChecked(wanted);
  }

  async pick(list: Locator, value: string): Promise<void> {
    await list.selectOption(value);
  }
}

/** Tab, arrows, space, Enter and letters: nothing else. */
export class Keyboard implements Hand {
  readonly name: string = 'keyboard';
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async press(button: Locator): Promise<void> {
    await this.#reach(button);
    await expect(button).toBeEnabled();
    await this.#key('Enter');
  }

  async fill(field: Locator, text: string): Promise<void> {
    await this.#reach(field);
    await this.#key('ControlOrMeta+a');
    await this.#key('Delete');
    await this.#page.keyboard.type(text);
  }

  async choose(radio: Locator): Promise<void> {
    const group = (await radio.getAttribute('name')) ?? '';
    await this.#reach(radio.page().locator(`input[type="radio"][name="${group}"]`));
    // A group of which none is chosen is entered at its first; space chooses that one.
    await this.#key('Space');
    for (let presses = 0; presses < MOST_OPTIONS && !(await radio.isChecked()); presses++) {
      await this.#key('ArrowDown');
    }
  }

  async tick(box: Locator, wanted: boolean): Promise<void> {
    if ((await box.isChecked()) === wanted) return;
    await this.#reach(box);
    await this.#key('Space');
  }

  async pick(list: Locator, value: string): Promise<void> {
    await this.#reach(list);
    await this.#key('Home');
    for (let presses = 0; presses < MOST_OPTIONS; presses++) {
      if ((await list.inputValue()) === value) return;
      await this.#key('ArrowDown');
    }
    throw new Error(`no option ${value}`);
  }

  #key(name: string): Promise<void> {
    return this.#page.keyboard.press(name);
  }

  /** Onward by Tab until one of the targets has the focus; no further than once around. */
  async #reach(targets: Locator): Promise<void> {
    await targets.first().waitFor();
    const focused = targets.and(this.#page.locator(':focus'));
    for (let presses = 0; presses < MOST_STOPS; presses++) {
      if ((await focused.count()) > 0) return;
      await this.#key('Tab');
    }
    throw new Error('Tab does not lead there');
  }
}

const MOST_STOPS = 150;
const MOST_OPTIONS = 60;
