import { expect } from '@playwright/test';
import { words } from '../../main/words/index.ts';
import { DEMO_TRAINING } from '../../main/study/demo.ts';
import { onPage, test, type Concord } from './application.ts';

const w = words('en').screens;
const PASSPHRASE = 'lantern orchard copper violin';

const button = ({ page }: Concord, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();

/** A vault of Ada's, open at the sample study. */
async function inTheSample(concord: Concord): Promise<void> {
  const { page } = concord;
  await button(concord, 'English');
  await page.getByLabel(w.create.nameTitle).fill('Ada');
  await button(concord, w.app.continue);
  await page.getByLabel(w.create.first, { exact: true }).fill(PASSPHRASE);
  await page.getByLabel(w.create.second, { exact: true }).fill(PASSPHRASE);
  await button(concord, w.create.button);
  await onPage(page, w.studies.title);
  await button(concord, w.home.sample);
  await onPage(page, words('en').demo.study);
}

test('the window locks with the screen, and gives back what was answered', async ({ concord }) => {
  const { app, page } = concord;
  await inTheSample(concord);
  await button(concord, w.home.tour.next);
  await expect(page.getByText(w.home.tour.notes[1] ?? '?')).toBeVisible();

  await app.evaluate(({ powerMonitor }) => void powerMonitor.emit('lock-screen'));
  await onPage(page, w.unlock.title);
  await page.getByLabel(w.unlock.field, { exact: true }).fill(PASSPHRASE);
  await page.getByLabel(w.parts.optional(w.unlock.person)).fill('Ada');
  await page.keyboard.press('Enter');
  await onPage(page, w.studies.title);
  await button(concord, words('en').demo.study);
  await expect(page.getByText(w.home.tour.notes[1] ?? '?')).toBeVisible();
});

test('closing over a training asks: stay, or go on locked behind the window', async ({
  concord,
}) => {
  const { app, page } = concord;
  await inTheSample(concord);
  await page.evaluate(startTraining, { ...DEMO_TRAINING, epochs: 5000 });
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

/** Runs in the page: a training of the sample that would take long. */
async function startTraining(plan: unknown): Promise<void> {
  interface Answer {
    readonly output: { studies: { id: string }[]; artefacts: { id: string; kind: string }[] };
  }
  interface Bridge {
    readonly concord: { call(name: string, input: unknown): Promise<Answer> };
  }
  const { concord } = globalThis as unknown as Bridge;
  const { studies } = (await concord.call('study.list', {})).output;
  const study = studies[0]?.id;
  const { artefacts } = (await concord.call('study.artefacts', { study })).output;
  const artefact = artefacts.find(({ kind }) => kind === 'source-records')?.id;
  await concord.call('train.start', { study, artefact, plan });
}
