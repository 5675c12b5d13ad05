import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Language } from '../../main/contract/language.ts';
import { verifyReport } from '../../main/report/seal.ts';
import { sampleWords } from '../../main/study/sample-words.ts';
import { words } from '../../main/words/index.ts';
import { inspect, onPage, test, type Concord } from './application.ts';

const PASSPHRASE = 'lantern orchard copper violin';

for (const language of ['en', 'zh-CN'] as const satisfies readonly Language[]) {
  const { screens: s, protect: w, demo, train, texts, explained, checklists } = words(language);
  const { further } = words(language);
  const is = sampleWords(language).columns;
  const QUASI = [is.age, is.sex, is.spoken, is.district, is.postcode];
  const NAMING = [is.patientId, is.name, is.idCard, is.phone];

  test(`from sample records to a protected file, in ${language}`, async ({ concord }) => {
    const { page } = concord;
    const button = (name: string): Promise<void> =>
      page.getByRole('button', { name, exact: true }).click();
    const onward = (): Promise<void> => button(s.app.continue);
    const look = (name: string): Promise<void> => inspect(concord, `${language}-protect-${name}`);
    const folder = mkdtempSync(join(tmpdir(), 'concord-protect-'));
    const file = join(folder, 'protected.csv');

    await button(language === 'en' ? 'English' : '中文');
    await page.getByLabel(s.create.nameTitle).fill('王小明');
    await onward();
    await page.getByLabel(s.create.first, { exact: true }).fill(PASSPHRASE);
    await page.getByLabel(s.create.second, { exact: true }).fill(PASSPHRASE);
    await button(s.create.button);
    await onPage(page, s.studies.title);
    await button(s.home.sample);
    await onPage(page, demo.study);

    await button(s.steps.identify);
    await onPage(page, w.identify.title);
    await expect(roleOf(concord, w.identify.roleOf(is.phone))).toHaveValue('direct-identifier');
    await expect(roleOf(concord, w.identify.roleOf(is.age))).toHaveValue('quasi-identifier');
    await expect(roleOf(concord, w.identify.roleOf(is.missed))).toHaveValue('label');
    await look('1-roles');
    const phone = roleOf(concord, w.identify.roleOf(is.phone));
    await phone.selectOption('other');
    const stays = w.identify.staySummary(is.phone, 1);
    await expect(page.getByText(stays)).toBeVisible();
    await expect(page.getByText(w.identify.stays)).toBeVisible();
    await expect(phone).toHaveAccessibleDescription(w.identify.stays);
    await page.getByRole('heading', { name: w.identify.together }).scrollIntoViewIfNeeded();
    // By keyboard alone: all combinations, opened and closed.
    const all = page.locator('summary', { hasText: w.identify.togetherAll });
    await all.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('columnheader', { name: w.identify.togetherUnique })).toBeVisible();
    await look('1-together');
    await button(s.app.back);
    await onPage(page, demo.study);
    await button(s.steps.identify);
    await expect(phone).toHaveValue('other');
    await phone.selectOption('direct-identifier');
    await expect(page.getByText(stays)).toHaveCount(0);
    await expect(roleOf(concord, w.identify.roleOf(is.missed))).toHaveValue('label');
    await button(w.identify.save);

    await onPage(page, demo.study);
    await button(s.steps.anonymise);
    await onPage(page, w.purpose.title);
    await onward();
    await expect(page.getByRole('alert')).toContainText(w.purpose.missing);
    await look('2-purpose-missing');
    await page.getByLabel(w.purpose.names.partner, { exact: true }).check();
    await onward();

    await onPage(page, texts.release.title);
    await expect(page.getByText(texts.release.unsearched)).toBeVisible();
    await look('2-text-unsearched');
    await onward();

    await onPage(page, w.removed.title);
    for (const name of NAMING) {
      await expect(page.getByRole('rowheader', { name, exact: true })).toBeVisible();
    }
    await look('3-removed');
    await onward();

    for (const column of QUASI) {
      await onPage(page, w.coarser.title(column));
      if (column === is.postcode) await look('4-postcode');
      await onward();
    }

    await onPage(page, w.sensitive.title);
    await page.getByLabel(w.sensitive.field(is.diagnosis)).selectOption('2');
    await look('5-sensitive');
    await page.locator('summary', { hasText: further.summary }).click();
    await button(further.openColumn(is.diagnosis));
    await onPage(page, further.column.title(is.diagnosis));
    // By keyboard alone.
    const turn = async (model: keyof typeof further.column.models): Promise<void> => {
      await page.getByLabel(further.column.models[model].name, { exact: true }).focus();
      await page.keyboard.press('Space');
    };
    const models = ['entropy', 'recursive', 'closeness', 'likeness'] as const;
    for (const model of models) await turn(model);
    await page.getByLabel(further.column.distances.hierarchical, { exact: true }).check();
    await page.getByLabel(further.column.entropyL, { exact: true }).fill('0');
    await onward();
    await expect(page.getByRole('alert')).toContainText(further.wrong.entropyL);
    await look('5-further');
    for (const model of models) await turn(model);
    await onward();
    await onPage(page, w.sensitive.title);
    await onward();

    await onPage(page, w.check.title);
    await expect(page.getByText(further.estimate.working)).toHaveCount(0);
    await look('6-check');
    const purpose = s.parts.changeLabel(w.check.purpose);
    await button(purpose);
    await onPage(page, w.purpose.title);
    await page.getByLabel(w.purpose.names.inside, { exact: true }).check();
    await onward();
    await onPage(page, w.check.title);
    await expect(page.getByText(w.purpose.names.inside)).toBeVisible();
    await button(w.check.start);

    await onPage(page, w.result.title);
    await expect(page.getByText(w.result.caution)).toBeVisible();
    // The reasons are worked out by themselves, and stand there when they are.
    await expect(page.getByRole('heading', { name: explained.price })).toBeVisible({
      timeout: 90_000,
    });
    await expect(page.getByRole('table')).toHaveCount(4);
    await look('7-result');
    await page.getByRole('table').last().scrollIntoViewIfNeeded();
    await look('7-why');

    await button(checklists.open);
    await onPage(page, checklists.title);
    await expect(page.getByRole('table')).toHaveCount(3);
    await look('7-checklists');
    await button(explained.back);
    await onPage(page, w.result.title);

    await button(explained.certificate.open);
    await onPage(page, explained.certificate.title);
    const certificate = join(folder, 'certificate.html');
    await savesAs(concord, certificate);
    await button(explained.certificate.save);
    await expect(page.getByText(explained.certificate.saved('certificate.html'))).toBeVisible();
    expect(verifyReport(readFileSync(certificate, 'utf8')).ok).toBe(true);
    const pdf = join(folder, 'certificate.pdf');
    await savesAs(concord, pdf);
    await button(explained.certificate.savePdf);
    await expect(page.getByText(explained.certificate.savedPdf('certificate.pdf'))).toBeVisible();
    expect(readFileSync(pdf, 'latin1')).toMatch(/^%PDF-/);
    await look('7-certificate');
    await button(s.app.back);
    await onPage(page, w.result.title);

    await savesAs(concord, null);
    await button(w.result.save);
    await savesAs(concord, file);
    await button(w.result.save);
    const told = page.getByRole('status').filter({ hasText: 'protected.csv' });
    await expect(told).toBeVisible();
    await told.scrollIntoViewIfNeeded();
    await look('8-saved');
    const lines = readFileSync(file, 'utf8').trim().split('\r\n');
    const names = lines[0]?.split(',') ?? [];
    expect(names).toEqual(expect.arrayContaining([...QUASI, is.diagnosis]));
    for (const name of NAMING) expect(names).not.toContain(name);
    expect(lines.length).toBeGreaterThan(5600);
    expect(existsSync(`${file}.partial`)).toBe(false);

    await button(w.result.study);
    await onPage(page, demo.study);
    await button(s.steps.anonymise);
    await onPage(page, w.result.title);

    // Once more with numbers of one's own, and back to the protection before.
    await button(w.result.again);
    await onPage(page, w.check.title);
    await button(purpose);
    await onPage(page, w.purpose.title);
    await page.locator('summary', { hasText: explained.adjust.title }).click();
    await page.getByLabel(explained.adjust.k).selectOption('10');
    await button(further.openWhole);
    await onPage(page, further.whole.title);
    await page.getByLabel(further.whole.populations.size, { exact: true }).check();
    await page.getByLabel(further.whole.people, { exact: true }).fill('100000');
    for (const model of ['kMap', 'risk', 'unique', 'presence'] as const) {
      await page.getByLabel(further.whole.models[model].name, { exact: true }).check();
    }
    const local = page.getByLabel(further.whole.recodings.on.name, { exact: true });
    await local.check();
    await onward();
    const conflict = further.wrong.presenceTable;
    await expect(page.getByRole('alert')).toContainText(conflict);
    await look('9-whole');
    for (const model of ['kMap', 'unique', 'presence'] as const) {
      await page.getByLabel(further.whole.models[model].name, { exact: true }).uncheck();
    }
    await onward();
    await onPage(page, w.purpose.title);
    await onward();
    await onPage(page, w.check.title);
    await expect(page.getByText(explained.adjust.demands('10', '5%'))).toBeVisible();
    await expect(page.getByText(further.check.local)).toBeVisible();
    await button(w.check.start);
    await onPage(page, w.result.title);
    await button(explained.before);
    await expect(page.getByText(explained.restored)).toBeVisible();
    await look('9-restored');

    await button(s.app.back);
    await onPage(page, demo.study);
    await button(s.steps.train);
    await onPage(page, train.recordsTitle);
    await look('9-train-records');
    rmSync(folder, { recursive: true });
  });
}

function roleOf({ page }: Concord, label: string) {
  return page.getByLabel(label, { exact: true });
}

/** Answers the next dialogs for a new file with this file, or as cancelled. */
async function savesAs({ app }: Concord, file: string | null): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    const answer = { canceled: chosen === null, filePath: chosen ?? '' };
    dialog.showSaveDialog = () => Promise.resolve(answer);
  }, file);
}
