import { expect } from '@playwright/test';
import { words } from '../../main/words/index.ts';
import type { Language } from '../../main/contract/language.ts';
import { demoOf } from '../../main/study/demo.ts';
import { inspect, onPage, test, type Concord } from './application.ts';
import { engineOf, inTheSample, openTraining, press, startTraining, unlock } from './sample.ts';

const longIn = (language: Language) => ({ ...demoOf(language).training, epochs: 2000 });

/** Steps paid for, as the page says them. */
async function charged({ page }: Concord, name: string): Promise<number> {
  const row = page.locator('dl div').filter({ hasText: name });
  const text = (await row.locator('dd').textContent()) ?? '';
  return Number(/[\d,]+/.exec(text)?.[0].replaceAll(',', ''));
}

async function killEngine(concord: Concord): Promise<void> {
  process.kill(engineOf(concord), 'SIGKILL');
}

test('an engine killed in a training is told in words; it goes on, and the ledger is as it was', async ({
  concord,
}) => {
  test.skip(process.platform !== 'linux', 'not run: the process is looked up in /proc');
  test.setTimeout(240_000);
  const { app, page } = concord;
  const { screens: w, job, train, errors, demo, charts } = words('en');
  await inTheSample(concord);
  await app.evaluate(({ BrowserWindow }) => {
    const shown: unknown[] = [];
    (globalThis as Record<string, unknown>)['shown'] = shown;
    const window = BrowserWindow.getAllWindows()[0];
    if (window !== undefined) window.setProgressBar = (part) => void shown.push(part);
  });
  const onTaskbar = (): Promise<unknown[]> =>
    app.evaluate(() => (globalThis as Record<string, unknown>)['shown'] as unknown[]);
  const isAwake = (): Promise<boolean> =>
    app.evaluate(({ powerSaveBlocker }) =>
      Array.from({ length: 20 }, (_, id) => id).some((id) => powerSaveBlocker.isStarted(id)),
    );
  expect(await isAwake()).toBe(false);

  await startTraining(concord, longIn('en'));
  await openTraining(concord);
  const price = train.amount('2', '0.00001');
  await expect(page.getByText(price)).toBeVisible();
  const figure = page.getByRole('figure', { name: job.curve });
  await expect(figure.getByText(job.curve).first()).toBeVisible();
  await expect.poll(() => charged(concord, job.charged)).toBeGreaterThan(2000);
  await inspect(concord, 'en-job-1-running', ['light']);
  expect(await isAwake()).toBe(true);
  expect((await onTaskbar()).at(-1)).toBeGreaterThan(0);
  const before = await charged(concord, job.charged);
  await killEngine(concord);

  await onPage(page, w.unlock.title);
  await expect(page.getByRole('alert')).toContainText(errors.ENGINE_STOPPED({}));
  await unlock(concord);
  await press(concord, demo.study);
  await expect(page.getByText(w.home.reasons['job-interrupted'])).toBeVisible();
  expect(await isAwake()).toBe(false);
  expect((await onTaskbar()).at(-1)).toBe(-1);
  await inspect(concord, 'en-job-2-study-interrupted');
  await press(concord, w.steps.train);
  await onPage(page, job.titles.train);
  await expect(page.getByText(job.interrupted.train)).toBeVisible();
  await expect(page.getByText(price)).toBeVisible();
  const after = await charged(concord, job.charged);
  expect(after).toBeGreaterThanOrEqual(before);
  // What is known of the way to the last checkpoint is still there.
  await expect(figure.getByText(charts.table)).toBeVisible();
  await inspect(concord, 'en-job-3-interrupted');

  await press(concord, job.resume);
  await expect(page.getByText(job.leaveTrain)).toBeVisible();
  await press(concord, job.pause);
  await expect(page.getByText(job.paused)).toBeVisible();
  expect(await charged(concord, job.charged)).toBeGreaterThan(after);
  await inspect(concord, 'en-job-4-paused');
  await press(concord, job.resume);
  await onPage(page, train.resultTitle, 90_000);

  await press(concord, train.another);
  await pressUntil(concord, train.sliderTitle, w.app.continue);
  const spent = page.locator('dl div').filter({ hasText: train.ledgerSpent });
  await expect(spent.locator('dd')).toHaveText(price);
  await expect(page.getByText(train.ledgerReserved)).toHaveCount(0);

  // Other work waits behind a training, and is given up.
  await startTraining(concord, { ...longIn('en'), privacy: null });
  await pressUntil(concord, demo.study, w.app.back);
  await press(concord, w.steps.review);
  await press(concord, words('en').review.start);
  await onPage(page, job.titles.review);
  await expect(page.getByText(job.queued)).toBeVisible();
  await expect(page.getByText(job.leave)).toBeVisible();
  await inspect(concord, 'en-job-5-review-waits');
  await press(concord, job.cancel);
  await expect(page.getByText(job.cancelled.review)).toBeVisible();
  await inspect(concord, 'en-job-6-review-cancelled');
  await press(concord, job.toStudy);
  await openTraining(concord);
  await expect(page.getByText(charts.training.noPrivacy)).toBeVisible();
  await inspect(concord, 'en-job-7-plain', ['light']);
  await press(concord, job.cancel);
  await expect(page.getByText(job.cancelled.train)).toBeVisible();
  await inspect(concord, 'en-job-8-cancelled');
});

test('in Chinese: killed, gone on with and cancelled; failed with its reason', async ({
  concord,
}) => {
  test.skip(process.platform !== 'linux', 'not run: the process is looked up in /proc');
  const { page } = concord;
  const { screens: w, job, train, errors, demo } = words('zh-CN');
  await inTheSample(concord, 'zh-CN');
  await startTraining(concord, longIn('zh-CN'));
  await openTraining(concord, 'zh-CN');
  await expect.poll(() => charged(concord, job.charged)).toBeGreaterThan(2000);
  await inspect(concord, 'zh-CN-job-1-running', ['light']);
  await killEngine(concord);

  await onPage(page, w.unlock.title);
  await expect(page.getByRole('alert')).toContainText(errors.ENGINE_STOPPED({}));
  await unlock(concord, 'zh-CN');
  await press(concord, demo.study);
  await expect(page.getByText(w.home.reasons['job-interrupted'])).toBeVisible();
  await press(concord, w.steps.train);
  await expect(page.getByText(job.interrupted.train)).toBeVisible();
  await inspect(concord, 'zh-CN-job-3-interrupted');
  await press(concord, job.resume);
  await expect(page.getByText(job.leaveTrain)).toBeVisible();
  await press(concord, job.cancel);
  await expect(page.getByRole('dialog')).toContainText(train.amount('2', '0.00001'));
  await inspect(concord, 'zh-CN-job-7-asks');
  await press(concord, job.losing.goOn);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await press(concord, job.cancel);
  await press(concord, job.losing.cancel);
  await expect(page.getByText(job.cancelled.train)).toBeVisible();
  await expect(page.getByText(train.amount('2', '0.00001'))).toBeVisible();
  await expect(page.getByText(job.staysTaken)).toBeVisible();
  await inspect(concord, 'zh-CN-job-8-cancelled');

  await press(concord, job.toStudy);
  await startTraining(concord, { ...longIn('zh-CN'), label: 'none such' });
  await expect(page.getByText(w.home.reasons['job-failed'])).toBeVisible();
  await press(concord, w.steps.train);
  await onPage(page, job.titles.train);
  await expect(page.getByRole('alert')).toContainText('none such');
  await expect(page.getByText(job.failed)).toBeVisible();
  await inspect(concord, 'zh-CN-job-9-failed');
});

/** Presses the same button from page to page until the page of this title. */
async function pressUntil({ page }: Concord, title: string, name: string): Promise<void> {
  const heading = page.getByRole('heading', { level: 1 });
  for (let pages = 0; pages < 20; pages++) {
    const here = ((await heading.textContent()) ?? '').trim();
    if (here === title) return;
    await page.getByRole('button', { name, exact: true }).click();
    await expect(heading).not.toHaveText(here);
  }
  throw new Error(`no page "${title}"`);
}
