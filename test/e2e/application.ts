import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  _electron,
  errors,
  test as base,
  expect,
  type ElectronApplication,
  type Page,
} from '@playwright/test';

export { inspect } from './inspect.ts';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A file of the reference data that stands beside the checkout. */
export function sharedFile(...parts: string[]): string {
  return join(ROOT, '..', 'shared', 'data', ...parts);
}

/** The Electron runtime that set-up found. */
export function runtimePath(): string {
  const named = process.env['CONCORD_ELECTRON'];
  if (named !== undefined) return named;
  const note = join(ROOT, '.cache', 'setup', 'electron.json');
  const { runtime } = JSON.parse(readFileSync(note, 'utf8')) as { runtime: { path?: string } };
  if (runtime.path === undefined) throw new Error('no Electron runtime: run npm run setup');
  return runtime.path;
}

/** Chromium's sandbox cannot be used by the superuser. */
export const sandboxSwitch = (): string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);

export interface Concord {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly userData: string;
  /** What the pages were refused by their content policy so far. */
  violations(): Promise<unknown[]>;
  /** Answers the next file dialogs with this file, or as cancelled. */
  chooses(file: string | null): Promise<void>;
  close(): Promise<void>;
}

interface WatchedWindow {
  violations?: string[];
}

/** The test driver now and then waits for ever for a program that has started: it is asked again. */
const LAUNCHES = 4;
const LAUNCH_MS = 30_000;

async function launch(userData: string): Promise<ElectronApplication> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await _electron.launch({
        executablePath: runtimePath(),
        args: [...sandboxSwitch(), ROOT],
        env: { ...environment(), CONCORD_USER_DATA: userData, LANG: 'en_US.UTF-8' },
        timeout: LAUNCH_MS,
      });
    } catch (error) {
      if (!(error instanceof errors.TimeoutError) || attempt === LAUNCHES) throw error;
      process.stderr.write('the test driver did not reach the program: started once more\n');
    }
  }
}

/** Starts the application with a fresh folder of its own. */
async function startConcord(): Promise<Concord> {
  const userData = mkdtempSync(join(tmpdir(), 'concord-e2e-'));
  const app = await launch(userData);
  const page = await app.firstWindow();
  const said: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(String(error)));
  await page.context().addInitScript(() => {
    const watched = globalThis as WatchedWindow;
    const found: string[] = (watched.violations = []);
    const target = globalThis as unknown as EventTarget;
    target.addEventListener('securitypolicyviolation', (event) => {
      const { violatedDirective, blockedURI } = event as unknown as Record<string, string>;
      found.push(`${violatedDirective}: ${blockedURI}`);
    });
  });
  await app.evaluate(({ BrowserWindow, dialog }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(1366, 768);
    // A test that ends over running work stops it.
    dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false });
  });
  // Loaded once more, now with the watch in place from the first byte.
  await page.getByRole('heading', { level: 1 }).waitFor();
  // The heading stands before the program's own load has ended, which a reload would break off.
  await page.waitForLoadState('load');
  const isLoading = (): Promise<boolean> =>
    app.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.isLoading() ?? true,
    );
  await expect.poll(isLoading).toBe(false);
  await page.reload();
  return {
    app,
    page,
    userData,
    violations: async () => [
      ...said,
      ...(await page.evaluate(() => (globalThis as WatchedWindow).violations ?? ['no watch'])),
    ],
    chooses: (file) =>
      app.evaluate(({ dialog }, chosen) => {
        const answer = { canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] };
        dialog.showOpenDialog = () => Promise.resolve(answer);
      }, file),
    close: async () => {
      await app.close();
      rmSync(userData, { recursive: true, force: true });
    },
  };
}

/** Tests get the running application; it is ended whatever becomes of them. */
export const test = base.extend<{ concord: Concord }>({
  // Playwright reads the fixtures a function needs from its first parameter.
  // eslint-disable-next-line no-empty-pattern
  concord: async ({}, use) => {
    const concord = await startConcord();
    await use(concord);
    await concord.close();
  },
});

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
}

/** Heading of the page shown, once it is there. */
export async function onPage(
  page: Page,
  heading: string | RegExp,
  timeout?: number,
): Promise<void> {
  const found = page.getByRole('heading', { level: 1, name: heading });
  await expect(found).toBeVisible(timeout === undefined ? {} : { timeout });
}
