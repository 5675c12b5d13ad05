import { expect, type ElectronApplication, type Locator } from '@playwright/test';
import type { Concord } from './application.ts';

/** WCAG 2.2, 1.4.11 and 1.4.3 for large text: what axe cannot judge in forced colours. */
const LEAST = 3;

/**
 * Expects of the elements found that their text is seen in forced colours: in a picture of its
 * place the lightest and the darkest point differ enough. Axe does not know these colours.
 */
export async function expectTextSeen({ app, page }: Concord, found: string): Promise<void> {
  await page.emulateMedia({ forcedColors: 'active' });
  for (const element of await page.locator(found).all()) {
    await element.scrollIntoViewIfNeeded();
    const named = (await element.textContent()) ?? '';
    // A picture taken before the window has drawn is empty: the next one is not.
    await expect.poll(() => contrastOf(app, element), named).toBeGreaterThanOrEqual(LEAST);
  }
  await page.emulateMedia({ forcedColors: null });
}

/** In a picture of where the element's text stands. */
async function contrastOf(app: ElectronApplication, element: Locator): Promise<number> {
  const box = await element.evaluate((node) => {
    const range = (node as unknown as DomNode).ownerDocument.createRange();
    range.selectNodeContents(node);
    const { x, y, width, height } = range.getBoundingClientRect();
    return { x: Math.ceil(x), y: Math.ceil(y), width: ~~width, height: ~~height };
  });
  const pixels = await app.evaluate(async ({ BrowserWindow }, place) => {
    const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage(place);
    return image?.toBitmap().toString('base64') ?? '';
  }, box);
  return widestContrast(Buffer.from(pixels, 'base64'));
}

interface DomNode {
  readonly ownerDocument: {
    createRange(): {
      selectNodeContents(node: unknown): void;
      getBoundingClientRect(): { x: number; y: number; width: number; height: number };
    };
  };
}

/** Ratio of WCAG 2.2 between the lightest and the darkest of the points (BGRA, 8 bits each). */
function widestContrast(pixels: Buffer): number {
  let least = Infinity;
  let most = -Infinity;
  for (let at = 0; at + 3 < pixels.length; at += 4) {
    const luminance =
      0.0722 * linear(pixels[at]!) +
      0.7152 * linear(pixels[at + 1]!) +
      0.2126 * linear(pixels[at + 2]!);
    least = Math.min(least, luminance);
    most = Math.max(most, luminance);
  }
  return (most + 0.05) / (least + 0.05);
}

function linear(part: number): number {
  const share = part / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}
