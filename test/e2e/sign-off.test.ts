import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { LANGUAGES } from '../../main/contract/language.ts';
import { verifyReport } from '../../main/report/seal.ts';
import { demoOf } from '../../main/study/demo.ts';
import { words } from '../../main/words/index.ts';
import { inspect, onPage, test, type Concord } from './application.ts';
import { asker, madeBy } from './ask.ts';
import { press } from './sample.ts';

const STEWARD = 'lantern orchard copper violin';
const FIRST = 'the first words of bo';
const OWN = 'seven brown bears dig';
const REASON = 'Too few people of the mountain district.';
const NAMES = { en: 'English', 'zh-CN': '中文' } as const;

const { people: w, sign, review, screens: s } = words('en');

/** The page shown, looked at in both languages. */
async function look(concord: Concord, name: string): Promise<void> {
  for (const language of LANGUAGES.toReversed()) {
    await press(concord, NAMES[language]);
    await inspect(concord, `${language}-sign-${name}`);
  }
}

test('a reviewer is added, chooses a passphrase, and sends a model back in a signed report', async ({
  concord,
}) => {
  test.setTimeout(240_000);
  const { page, app } = concord;
  const folder = mkdtempSync(join(tmpdir(), 'concord-signed-'));
  const fill = (label: string, text: string): Promise<void> =>
    page.getByLabel(label, { exact: true }).fill(text);

  const study = await reviewedModel(concord);
  await press(concord, w.open);
  await onPage(page, w.title);
  await fill(w.addName, 'Bo');
  await page.getByRole('radio', { name: w.roles.reviewer }).check();
  await fill(w.addPassphrase, FIRST);
  await press(concord, w.add);
  await expect(page.getByText(w.added)).toBeVisible();
  await look(concord, '1-people');
  await press(concord, w.toSheet);
  await onPage(page, w.sheetTitle);
  await press(concord, w.sheetMake);
  await expect(page.getByText(/^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/)).toBeVisible();
  await look(concord, '2-sheet');

  await press(concord, s.app.lock);
  await onPage(page, s.unlock.title);
  await press(concord, w.forgotten);
  await onPage(page, w.recoverTitle);
  await look(concord, '3-recover');
  await press(concord, s.app.back);
  await onPage(page, s.unlock.title);
  await page.getByLabel(s.unlock.person, { exact: true }).selectOption('Bo');
  await fill(s.unlock.field, FIRST);
  await look(concord, '4-unlock');
  await press(concord, s.unlock.button);
  await onPage(page, w.ownTitle);
  await look(concord, '5-own');
  await fill(w.present, FIRST);
  await fill(w.wanted, OWN);
  await fill(w.again, OWN);
  await press(concord, w.ownButton);
  await onPage(page, s.studies.title);

  await press(concord, study);
  await onPage(page, study);
  await press(concord, s.steps.review);
  await onPage(page, review.resultTitle);
  await expect(page.getByText(sign.state.unsigned)).toBeVisible();
  await press(concord, sign.open);
  await onPage(page, sign.title);
  await expect(page.getByText(words('en').errors.LEAK_TEST_MISSING({}))).toBeVisible();
  await page.getByRole('radio', { name: sign.decisions.returned }).check();
  await fill(sign.reasons, REASON);
  await fill(sign.passphrase, OWN);
  await look(concord, '6-sign');
  await press(concord, sign.buttons.returned);
  await expect(page.getByText(sign.done.returned)).toBeVisible();
  await expect(page.getByText(REASON)).toBeVisible();
  const shown = page.locator('dd', { hasText: /[0-9a-f]{64}/ });
  const fingerprint = ((await shown.textContent()) ?? '').trim();
  await inspect(concord, 'en-sign-7-sent-back', ['light']);

  await press(concord, sign.toReport);
  await onPage(page, review.reportTitle);
  await expect(page.locator('.paper-view').getByText(REASON)).toBeVisible();
  const file = join(folder, 'report.html');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await press(concord, review.saveHtml);
  await onPage(page, review.savedTitle);
  const found = verifyReport(readFileSync(file), { key: fingerprint });
  expect(found).toMatchObject({ ok: true, signer: 'Bo', pinned: true, decision: 'returned' });
  expect(await concord.violations()).toEqual([]);
  rmSync(folder, { recursive: true, force: true });
});

/** A vault of Ada's with the sample study and a reviewed model; the list of studies is shown. */
async function reviewedModel({ page }: Concord): Promise<string> {
  const ask = asker(page);
  await ask('vault.create', { passphrase: STEWARD, person: 'Ada' });
  const { study, job } = await ask<{ study: { id: string; name: string }; job: string }>(
    'study.sample',
    { language: 'en' },
  );
  const records = { study: study.id, artefact: await madeBy(ask, job) };
  const plan = { ...demoOf('en').training, privacy: null, epochs: 2 };
  const training = await ask<{ job: string }>('train.start', { ...records, plan });
  const artefact = await madeBy(ask, training.job);
  const reviewing = { study: study.id, artefact, groups: ['sex'] };
  await madeBy(ask, (await ask<{ job: string }>('review.start', reviewing)).job);
  await page.reload();
  await onPage(page, s.studies.title);
  return study.name;
}
