import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { words } from '../../main/words/index.ts';
import { inspect, onPage, test, type Concord } from './application.ts';
import { engineOf, PASSPHRASE, press } from './sample.ts';

const { screens, errors, job } = words('en');

async function createVault(concord: Concord): Promise<void> {
  const { page } = concord;
  await press(concord, 'English');
  await page.getByLabel(screens.create.nameTitle).fill('Ana');
  await press(concord, screens.app.continue);
  await page.getByLabel(screens.create.first, { exact: true }).fill(PASSPHRASE);
  await page.getByLabel(screens.create.second, { exact: true }).fill(PASSPHRASE);
  await press(concord, screens.create.button);
  await onPage(page, screens.studies.title);
}

async function createStudy(concord: Concord): Promise<void> {
  await press(concord, screens.studies.create);
  await concord.page.getByLabel(screens.studies.newTitle).fill('A study');
  await press(concord, screens.studies.newButton);
  await press(concord, screens.app.continue);
  await onPage(concord.page, 'A study');
}

test('a killed engine is told in words, and the vault opens again', async ({ concord }) => {
  test.skip(process.platform !== 'linux', 'not run: the process is looked up in /proc');
  const { page } = concord;
  await createVault(concord);
  await createStudy(concord);
  process.kill(engineOf(concord), 'SIGKILL');

  await onPage(page, screens.unlock.title);
  await expect(page.getByRole('alert')).toContainText(errors.ENGINE_STOPPED({}));
  await expect(page.getByRole('alert')).toBeFocused();
  await page.getByLabel(screens.unlock.field, { exact: true }).fill(PASSPHRASE);
  await press(concord, screens.unlock.button);
  await onPage(page, screens.studies.title);
  await expect(page.getByRole('button', { name: 'A study' })).toBeVisible();
});

test('a long import shows its progress and can be cancelled', async ({ concord }) => {
  const { page } = concord;
  await createVault(concord);
  await createStudy(concord);
  const file = join(concord.userData, 'long.csv');
  const line = (row: number): string => `${row},${row % 97},${(row * 7919) % 10007},text ${row}\n`;
  writeFileSync(
    file,
    `id,a,b,c\n${Array.from({ length: 1_000_000 }, (_, row) => line(row)).join('')}`,
  );
  await concord.chooses(file);
  const startImport = async (): Promise<void> => {
    await press(concord, screens.steps.import);
    await press(concord, screens.import.chooseButton);
    await onPage(page, screens.import.previewTitle('long.csv'));
    await press(concord, screens.import.start);
    await onPage(page, job.addingFile('long.csv'));
    const part = /^0\.[0-9]*[1-9]/;
    await expect(page.getByRole('progressbar')).toHaveAttribute('value', part);
  };

  await startImport();
  await press(concord, screens.app.cancel);
  // Heard between the parts of the work; the profile of a million rows is one of them.
  await expect(page.getByText(job.cancelled.import)).toBeVisible({ timeout: 30_000 });
  await inspect(concord, 'en-21-import-cancelled');
  await press(concord, screens.app.back);
  await onPage(page, 'A study');

  await startImport();
  await inspect(concord, 'en-20-import-running', ['light']);
  await expect(page.getByText(screens.profile.added)).toBeVisible({ timeout: 60_000 });
});

test('the page goes nowhere: not by link, script, new window, or dropped file', async ({
  concord,
}) => {
  const { page } = concord;
  await press(concord, 'English');
  await onPage(page, screens.create.nameTitle);
  const address = page.url();
  expect(address).toBe('app://concord/index.html');

  const file = join(concord.userData, 'dropped.html');
  writeFileSync(file, '<h1>dropped</h1>');
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devtools.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
  }
  for (const to of ['https://example.org/', 'file:///etc/passwd', 'app://concord/none.html']) {
    await page.evaluate((target) => {
      (globalThis as unknown as { location: { href: string } }).location.href = target;
    }, to);
  }
  const opened = await page.evaluate(
    () => (globalThis as unknown as { open(url: string): unknown }).open('app://concord/') === null,
  );
  expect(opened).toBe(true);
  await page.waitForTimeout(500);
  // Asked on the other side: the test driver waits for the navigations that were prevented.
  const shown = await concord.app.evaluate(async ({ BrowserWindow }) =>
    Promise.all(
      BrowserWindow.getAllWindows().map(async ({ webContents }) => ({
        address: webContents.getURL(),
        heading: (await webContents.executeJavaScript(
          "document.querySelector('h1').textContent",
        )) as string,
      })),
    ),
  );
  expect(shown).toEqual([{ address, heading: screens.create.nameTitle }]);
});

test('the page sees two functions and nothing of Node or Electron', async ({ concord }) => {
  const seen = await concord.page.evaluate(() => {
    const page = globalThis as unknown as Record<string, unknown>;
    const bridge = page['concord'] as object;
    return {
      bridge: Object.keys(bridge).sort(),
      frozen: Object.isFrozen(bridge),
      others: ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter(
        (name) => name in page,
      ),
    };
  });
  expect(seen).toEqual({ bridge: ['call', 'onEvent'], frozen: true, others: [] });
});

test('what is kept in the user folder is for its owner only', async ({ concord }) => {
  test.skip(process.platform === 'win32', 'not run: Windows has other rights');
  await createVault(concord);
  await press(concord, '中文');
  await expect(concord.page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  const { userData } = concord;
  expect(readFileSync(join(userData, 'settings.json'), 'utf8')).toBe(
    '{"language":"zh-CN","idleMinutes":10}\n',
  );
  const own = [
    'settings.json',
    'concord.log',
    ...readdirSync(join(userData, 'vault')).map((name) => join('vault', name)),
  ];
  expect(own.length).toBeGreaterThanOrEqual(4);
  for (const name of own) expect(statSync(join(userData, name)).mode & 0o077, name).toBe(0);
  for (const name of [userData, join(userData, 'vault')]) {
    expect(statSync(name).mode & 0o777).toBe(0o700);
  }
  expect(readFileSync(join(userData, 'concord.log'), 'utf8')).not.toMatch(/Ana|lantern/);
});

test('the keyboard alone reaches everything on the first page', async ({ concord }) => {
  const { page } = concord;
  await press(concord, 'English');
  await onPage(page, screens.create.nameTitle);
  await page.reload();
  await onPage(page, screens.create.nameTitle);
  const focused = page.locator(':focus');
  await page.keyboard.press('Tab');
  await expect(focused).toHaveAttribute('id', 'person');
  await page.keyboard.press('Shift+Tab');
  await expect(focused).toHaveText('中文');
  await page.keyboard.press('Shift+Tab');
  await expect(focused).toHaveText('English');
  await page.keyboard.press('Shift+Tab');
  await expect(focused).toHaveText(screens.app.skip);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(focused).toHaveAttribute('id', 'person');
  await page.keyboard.press('Tab');
  await expect(focused).toHaveText(screens.app.continue);
});
