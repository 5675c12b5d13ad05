import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type ElectronApplication, type Page } from '@playwright/test';
import type { Concord } from './application.ts';
import { COLOUR_RULES, findings, type Findings } from './axe.ts';
import { expectManners } from './manners.ts';
import { overhang } from './page-side.ts';

/** Each run of the tests begins with an empty folder. */
const RESULTS = 'test-results';
const SCREENS = join(RESULTS, 'screens');
/** One line for each screen inspected; `inspected.test.ts` reads it at the end of a full run. */
export const INSPECTED = join(RESULTS, 'inspected.jsonl');

export interface Inspected {
  readonly name: string;
  /** As the page declares it. */
  readonly lang: string;
  readonly heading: string;
  readonly title: string;
  readonly looks: readonly Look[];
}

type Look = 'light' | 'dark' | 'forced';
const LOOKS = [
  { name: 'light', colorScheme: 'light', forcedColors: 'none' },
  { name: 'dark', colorScheme: 'dark', forcedColors: 'none' },
  { name: 'forced', colorScheme: 'light', forcedColors: 'active' },
] as const;
const long = (): boolean => process.env['CONCORD_TEST_LONG'] === '1';
const pictures = (): boolean => long() || process.env['CONCORD_TEST_PICTURES'] === '1';

/** What the short run asks of a page in this language; the long run asks everything of each. */
interface Share {
  readonly looks: readonly Look[];
  readonly zooms: readonly number[];
  /** Whether all but colours is asked in a look, and not only at a zoom, and the Tab key walked. */
  readonly structure: boolean;
  /** Whether other states of a page are inspected too: most are in the other language. */
  readonly repeats: boolean;
}
const WHOLE: Share = {
  looks: LOOKS.map(({ name }) => name),
  zooms: [2, 4],
  structure: true,
  repeats: true,
};
const ENGLISH: Share = { looks: ['light', 'forced'], zooms: [4], structure: true, repeats: true };
const CHINESE: Share = { looks: ['dark'], zooms: [2], structure: false, repeats: false };

/** Looks change colours only (`theme.test.ts` holds it), and most pages are seen in both languages. */
export function shareOf(lang: string): Share {
  if (long()) return WHOLE;
  return lang === 'en' ? ENGLISH : CHINESE;
}

/**
 * Expects of the screen shown that axe finds nothing in the looks and at the zooms of its share,
 * that the content policy refused nothing, that nothing is wider than the window, and what axe
 * cannot see (see `expectManners`). The long run keeps a picture of each look; a short one those of
 * its share with CONCORD_TEST_PICTURES=1 (a fifth of the time).
 */
export async function inspect(
  { app, page, violations }: Concord,
  name: string,
  looks?: readonly Look[],
): Promise<void> {
  if (!existsSync(SCREENS)) mkdirSync(SCREENS, { recursive: true });
  const expectNothing = async (where: string, rules: Findings): Promise<void> =>
    expect(await findings(page, rules), `${name}, ${where}`).toEqual([]);

  const lang = (await page.locator('html').getAttribute('lang')) ?? '';
  const share = shareOf(lang);
  const heading = await headingOf(page);
  if (!share.repeats && isSeen(lang, heading, share.looks)) {
    expect(await violations(), name).toEqual([]);
    expect(await page.evaluate(overhang), `${name} is wider than the window`).toEqual([]);
    return;
  }
  const asked = looks ?? share.looks;
  for (const { name: look, ...media } of LOOKS) {
    if (!asked.includes(look)) continue;
    await page.emulateMedia(media);
    const seen = look !== 'forced' || long();
    if (seen && pictures()) await page.screenshot({ path: join(SCREENS, `${name}-${look}.png`) });
    const whole = seen && share.structure;
    // Axe's colour rule cannot judge forced colours: they are the system's.
    const without = look === 'forced' ? ['color-contrast'] : [];
    await expectNothing(look, whole ? { without } : { only: COLOUR_RULES, without });
  }
  await page.emulateMedia({ colorScheme: null, forcedColors: null });
  expect(await violations(), name).toEqual([]);
  if (share.structure) await expectManners(page, name);

  for (const zoom of share.zooms) {
    await zoomTo(app, page, zoom);
    expect(await page.evaluate(overhang), `${name} is wider than the window at ${zoom}`).toEqual(
      [],
    );
    await expectNothing(`at ${zoom * 100} %`, long() ? {} : { without: COLOUR_RULES });
    if (long()) await keepZoomed(app, `${name}-${zoom * 100}`);
  }
  await zoomTo(app, page, 1);
  expect(await page.evaluate(overhang), `${name} is wider than the window`).toEqual([]);
  const title = await page.title();
  const line: Inspected = { name, lang, heading, title, looks: asked };
  appendFileSync(INSPECTED, `${JSON.stringify(line)}\n`);
}

const headingOf = async (page: Page): Promise<string> =>
  (await page.getByRole('heading', { level: 1 }).first().textContent())?.trim() ?? '';

/** Whether a page of this heading was inspected in these looks before, by whichever test of the run. */
function isSeen(lang: string, heading: string, looks: readonly Look[]): boolean {
  if (!existsSync(INSPECTED)) return false;
  const lines = readFileSync(INSPECTED, 'utf8').trim().split('\n');
  return lines
    .map((line) => JSON.parse(line) as Inspected)
    .filter((one) => one.lang === lang && one.heading === heading)
    .some((one) => looks.every((look) => one.looks.includes(look)));
}

/** The page as if its person had asked for larger text. */
async function zoomTo(app: ElectronApplication, page: Page, factor: number): Promise<void> {
  const width = await app.evaluate(({ BrowserWindow }, zoom) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.webContents.setZoomFactor(zoom);
    return window?.getContentSize()[0] ?? 0;
  }, factor);
  await page.waitForFunction(
    (wanted) => Math.abs((globalThis as unknown as { innerWidth: number }).innerWidth - wanted) < 2,
    width / factor,
  );
}

/** The driver's own pictures show only a part of a zoomed page. */
async function keepZoomed(app: ElectronApplication, name: string): Promise<void> {
  const picture = await app.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
    return image?.toPNG().toString('base64');
  });
  if (picture === undefined) throw new Error('no picture');
  writeFileSync(join(SCREENS, `${name}.png`), Buffer.from(picture, 'base64'));
}
