import { expect } from '@playwright/test';
import { words } from '../../main/words/index.ts';
import { demoOf } from '../../main/study/demo.ts';
import { onPage, test } from './application.ts';
import { inTheSample, openTraining, PASSPHRASE, press, startTraining, unlock } from './sample.ts';

const { screens: w, job, charts, demo } = words('en');

test('the window locks with the screen, and gives back what was answered', async ({ concord }) => {
  const { app, page } = concord;
  await inTheSample(concord);
  await press(concord, w.home.tour.next);
  await expect(page.getByText(w.home.tour.notes[1] ?? '?')).toBeVisible();

  await app.evaluate(({ powerMonitor }) => void powerMonitor.emit('lock-screen'));
  await onPage(page, w.unlock.title);
  await page.getByLabel(w.unlock.field, { exact: true }).fill(PASSPHRASE);
  await page.getByLabel(w.parts.optional(w.unlock.person)).fill('Ada');
  await page.keyboard.press('Enter');
  await onPage(page, w.studies.title);
  await press(concord, words('en').demo.study);
  await expect(page.getByText(w.home.tour.notes[1] ?? '?')).toBeVisible();
});

test('closing over a training asks: stay, or go on locked behind the window', async ({
  concord,
}) => {
  const { app, page } = concord;
  await inTheSample(concord);
  await startTraining(concord, { ...demoOf('en').training, epochs: 5000 });
  await expect(page.getByText(w.parts.states['in-progress'])).toBeVisible();

  const closeAnd = (response: number): Promise<string> =>
    app.evaluate(async ({ BrowserWindow, dialog }, answer) => {
      return new Promise<string>((resolve) => {
        dialog.showMessageBox = ((_window: unknown, { message }: { message: string }) => {
          resolve(message);
          return Promise.resolve({ response: answer, checkboxChecked: false });
        }) as never;
        BrowserWindow.getAllWindows()[0]?.close();
      });
    }, response);
  const isShown = (): Promise<boolean | undefined> =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());

  expect(await closeAnd(2)).toBe(w.home.leave.message);
  expect(await isShown()).toBe(true);
  await onPage(page, words('en').demo.study);

  expect(await closeAnd(0)).toBe(w.home.leave.message);
  await expect.poll(isShown).toBe(false);
  await app.evaluate(({ app: program }) => void program.emit('second-instance'));
  await expect.poll(isShown).toBe(true);
  await onPage(page, w.unlock.title);
  // The end of the test closes the program over the training once more: stop it.
  await app.evaluate(({ dialog }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false });
  });
});

test('a training goes on behind the lock, and is shown from its beginning after unlocking', async ({
  concord,
}) => {
  const { page } = concord;
  await inTheSample(concord);
  await startTraining(concord, { ...demoOf('en').training, epochs: 5000 });
  await openTraining(concord);
  const figure = page.getByRole('figure', { name: job.curve });
  await expect(figure).toBeVisible();
  const part = async (): Promise<number> =>
    Number(await page.getByRole('progressbar').getAttribute('value'));
  await expect.poll(part).toBeGreaterThan(0);
  const before = await part();
  await figure.getByText(charts.table).click();
  const first = figure.getByRole('row').nth(1);
  // When that was depends on the computer: reading the records comes before it.
  await expect(first.getByRole('cell').first()).toHaveText('0');
  const beginning = (await first.textContent()) ?? '';

  await press(concord, w.app.lock);
  await unlock(concord);
  await press(concord, demo.study);
  await openTraining(concord);
  await expect.poll(part).toBeGreaterThan(before);
  await figure.getByText(charts.table).click();
  await expect(first).toHaveText(beginning);
});
