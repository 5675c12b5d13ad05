import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Language } from '../../main/contract/language.ts';
import { verifyReport } from '../../main/report/seal.ts';
import { demoOf } from '../../main/study/demo.ts';
import { sampleWords } from '../../main/study/sample-words.ts';
import { words } from '../../main/words/index.ts';
import { inspect, onPage, test, type Concord } from './application.ts';
import { asker, madeBy } from './ask.ts';

const PURPOSE = '给复诊门诊用 <b>&</b>: whom to call first';
const PASSPHRASE = 'lantern orchard copper violin';
const OTHER = { en: 'zh-CN', 'zh-CN': 'en' } as const;
const NAMES = { en: 'English', 'zh-CN': '中文' } as const;

for (const language of ['en', 'zh-CN'] as const satisfies readonly Language[]) {
  const { leak, noisy, review: w, reasons: r, purpose, report, screens } = words(language);

  test(`from a trained model to a saved PDF, in ${language}`, async ({ concord }) => {
    test.setTimeout(300_000);
    const { page, app } = concord;
    const folder = mkdtempSync(join(tmpdir(), 'concord-report-'));
    const button = (name: string): Promise<void> =>
      page.getByRole('button', { name, exact: true }).click();
    const look = (name: string, looks?: Parameters<typeof inspect>[2]): Promise<void> =>
      inspect(concord, `${language}-review-${name}`, looks);
    const saves = (file: string): Promise<void> =>
      app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
      }, file);

    const name = await studyWithModel(concord, language);
    await button(name);
    await onPage(page, name);
    await button(screens.steps.review);

    await onPage(page, w.groupsTitle);
    for (const name of demoOf(language).groups) {
      await expect(page.getByRole('checkbox', { name, exact: true })).toBeChecked();
    }
    await expect(
      page.getByRole('checkbox', { name: sampleWords(language).columns.postcode }),
    ).toHaveCount(0);
    await look('01-groups');
    await button(w.start);

    await onPage(page, w.resultTitle);
    await expect(page.getByRole('heading', { name: report.sections.summary })).toBeVisible();
    const verdicts = page.getByRole('heading', { level: 2, name: report.findings.title });
    await expect(verdicts).toBeVisible();
    for (const id of ['performance', 'groups', 'gaps', 'withheld', 'unchecked'] as const) {
      await expect(page.getByRole('heading', { level: 2, name: report.sections[id] })).toHaveCount(
        1,
      );
    }
    await look('02-result');
    await keepWhole(concord, `${language}-review-02-result-whole`);
    await button(r.threshold.open);
    await onPage(page, r.threshold.title);
    await page.getByRole('slider').focus();
    for (let press = 0; press < 10; press++) await page.keyboard.press('ArrowLeft');
    await expect(page.getByRole('slider')).toHaveAttribute(
      'aria-valuetext',
      r.threshold.at('0.4', '0.5'),
    );
    await look('02b-threshold');
    await button(screens.app.back);
    await onPage(page, w.resultTitle);
    await button(r.page.open);
    await onPage(page, r.page.title);
    await button(r.page.find);
    await onPage(page, r.page.title);
    await expect(page.getByRole('heading', { level: 2, name: r.section })).toBeVisible();
    await look('02c-reasons');
    await keepWhole(concord, `${language}-review-02c-reasons-whole`);
    await button(r.page.one);
    await onPage(page, r.page.oneTitle);
    await button(r.page.explain);
    await expect(page.getByRole('heading', { level: 2, name: r.page.answer })).toBeFocused();
    await look('02d-one');
    await keepWhole(concord, `${language}-review-02d-one-whole`);
    await button(screens.app.back);
    await button(screens.app.back);
    await onPage(page, w.resultTitle);

    await button(leak.toTest);
    await onPage(page, leak.title);
    await look('02b-leak-start');
    await button(leak.start);
    await expect(page.getByRole('heading', { level: 2, name: leak.section })).toBeVisible({
      timeout: 120_000,
    });
    await expect(page.getByRole('table', { name: leak.table })).toBeVisible();
    await look('02c-leak-found');
    await keepWhole(concord, `${language}-review-02c-leak-found-whole`);
    await button(leak.back);
    await onPage(page, w.resultTitle);
    await button(w.toReport);
    await onPage(page, purpose.title);
    await look('02a-purpose');
    await page.getByLabel(screens.parts.optional(purpose.labels.purpose)).fill(PURPOSE);
    await button(screens.app.continue);

    await onPage(page, w.reportTitle);
    await expect(page.locator('.paper-view')).toHaveAttribute('lang', lang(language));
    await expect(page.getByText(PURPOSE)).toBeVisible();
    await look('03-report');
    await page.getByRole('radio', { name: NAMES[OTHER[language]] }).check();
    await expect(page.locator('.paper-view')).toHaveAttribute('lang', lang(OTHER[language]));
    await look('04-report-other-language', ['light']);
    await keepWhole(concord, `${language}-review-04-report-whole`);

    await button(noisy.make);
    await onPage(page, noisy.title);
    await expect(page.getByRole('button', { name: noisy.start })).toBeVisible();
    for (const field of await page.getByRole('textbox').all()) await field.fill('A\nB');
    await button(noisy.start);
    await expect(page.getByRole('link', { name: noisy.noPrice })).toBeVisible();
    await page.getByRole('radio', { name: noisy.prices[2] ?? '' }).check();
    await look('04a-noise');
    await button(noisy.start);
    await onPage(page, w.reportTitle);
    await page.getByRole('radio', { name: noisy.private('1') }).check();
    await expect(page.getByRole('heading', { level: 2, name: report.noise.title })).toBeVisible();
    await page.getByRole('radio', { name: NAMES[OTHER[language]] }).check();
    await page.getByRole('radio', { name: noisy.withheld }).check();

    const html = join(folder, 'report.html');
    await saves(html);
    await button(w.saveHtml);
    await onPage(page, w.savedTitle);
    await expect(page.getByText(w.savedAs('report.html'))).toBeVisible();
    await look('05-saved');
    const saved = readFileSync(html, 'utf8');
    expect(saved).toContain(`<html lang="${lang(OTHER[language])}">`);
    expect(saved).toContain('给复诊门诊用 &lt;b>&amp;&lt;/b>: whom to call first');
    expect(verifyReport(saved).ok).toBe(true);
    await button(w.backToReport);

    const pdf = join(folder, 'report.pdf');
    await page.getByRole('radio', { name: NAMES[language] }).check();
    await saves(pdf);
    await button(w.savePdf);
    await onPage(page, w.savedTitle);
    await expect(page.getByText(w.savedAs('report.pdf'))).toBeVisible();
    expectA4(readFileSync(pdf));
    expect(statSync(pdf).mode & 0o077).toBe(0);
    // The window behind it is gone, and nothing of the report stands in the log or the folder.
    expect(app.windows()).toHaveLength(1);
    const log = readFileSync(join(concord.userData, 'concord.log'), 'utf8');
    expect(log).not.toMatch(/report\.(html|pdf)|district/);

    await button(w.toStudy);
    await onPage(page, name);
    await button(screens.steps.review);
    await onPage(page, w.resultTitle);
    expect(await concord.violations()).toEqual([]);
    rmSync(folder, { recursive: true, force: true });
  });
}

const lang = (language: Language): string => (language === 'en' ? 'en' : 'zh-Hans');

/** Every page of the file is of the size of A4, in points. */
function expectA4(bytes: Buffer): void {
  const text = bytes.toString('latin1');
  expect(text.startsWith('%PDF-')).toBe(true);
  const boxes = [...text.matchAll(/\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/g)];
  expect(boxes.length).toBeGreaterThan(1);
  for (const [, width, height] of boxes) {
    expect(Math.round(Number(width))).toBe(595);
    expect(Math.round(Number(height))).toBe(842);
  }
}

/** A vault with the sample study and a model trained on it; the list of studies is shown. */
async function studyWithModel({ page }: Concord, language: Language): Promise<string> {
  const ask = asker(page);
  await ask('app.setLanguage', { language });
  await ask('vault.create', { passphrase: PASSPHRASE, person: '王小明' });
  const { study, job } = await ask<{ study: { id: string; name: string }; job: string }>(
    'study.sample',
    { language },
  );
  const artefact = await madeBy(ask, job);
  const start = { study: study.id, artefact, plan: demoOf(language).training };
  await madeBy(ask, (await ask<{ job: string }>('train.start', start)).job);
  await page.reload();
  await onPage(page, words(language).screens.studies.title);
  return study.name;
}

/** A picture of all of a long page. */
async function keepWhole({ page }: Concord, name: string): Promise<void> {
  await page.screenshot({ path: join('test-results', 'screens', `${name}.png`), fullPage: true });
}
