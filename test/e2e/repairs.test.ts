import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Locator } from '@playwright/test';
import type { Language } from '../../main/contract/language.ts';
import { words } from '../../main/words/index.ts';
import { inspect, onPage, test, type Concord } from './application.ts';
import { Keyboard } from './hands.ts';
import { PASSPHRASE, press } from './sample.ts';

const FILE = 'ward.csv';
const ROWS = 60;
const LANGUAGES = ['en', 'zh-CN'] as const satisfies readonly Language[];

/** A form as a clinic keeps it: a decimal comma, days before months, one sex in three words. */
function clinicForm(): string {
  const sexes = ['男', '女', '男性', '女', '男', 'F'];
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const day = `${String((row % 12) + 1).padStart(2, '0')}/0${(row % 9) + 1}/2024`;
    const age = row % 15 === 4 ? '不详' : String(20 + ((row * 7) % 60));
    return `P${100 + row};${sexes[row % 6]};"${50 + (row % 30)},${row % 10}";${day};${age}`;
  });
  return `patient;sex;weight;seen;age\n${rows.join('\n')}\n`;
}

for (const language of LANGUAGES) {
  test(`records are repaired, looked at and taken back, in ${language}`, async ({ concord }) => {
    test.setTimeout(180_000);
    const { page } = concord;
    const { screens: w, repairs: r } = words(language);
    const folder = mkdtempSync(join(tmpdir(), 'concord-repairs-'));
    writeFileSync(join(folder, FILE), clinicForm());
    const tick = async (label: string): Promise<void> => {
      const box = page.getByLabel(label, { exact: true });
      await box.focus();
      await page.keyboard.press('Space');
      await expect(box).toBeChecked();
    };

    await addRecords(concord, language, join(folder, FILE));

    const comma = r.numbers('comma', 'none', null);
    const numbers = r.ofColumn('weight', r.say.read(comma));
    const merge = r.say.merge(
      [r.say.group('男性', '男'), r.say.group('F', '女')].join(r.say.groupJoiner),
    );
    const joined = r.ofColumn('sex', merge);
    await expect(page.getByText(r.looksLike(comma))).toBeVisible();
    await tick(numbers);
    await tick(joined);
    await tick(r.say.read(r.dates['day-first']));
    await page.getByRole('heading', { name: w.profile.problems }).scrollIntoViewIfNeeded();
    await inspect(concord, `${language}-repairs-proposed`);

    // What was ticked outlives the page.
    await press(concord, w.profile.done);
    await onPage(page, 'Ward');
    await press(concord, w.steps.import);
    await press(concord, FILE);
    await onPage(page, w.profile.title(FILE));
    await expect(page.getByLabel(numbers, { exact: true })).toBeChecked();
    await press(concord, r.see);

    await onPage(page, r.tryTitle(false));
    await expect(page.getByRole('heading', { level: 2 })).toHaveText([
      joined,
      numbers,
      r.ofColumn('seen', r.say.read(r.dates['day-first'])),
    ]);
    await expect(page.getByRole('cell', { name: '2024-01-01' })).toBeVisible();
    await inspect(concord, `${language}-repairs-tried`);
    await press(concord, r.apply(false));

    await onPage(page, r.madeTitle, 60_000);
    await expect(page.getByText(r.done)).toBeVisible();
    await inspect(concord, `${language}-repairs-made`);
    await press(concord, r.look);
    await onPage(page, w.profile.title(FILE));
    await expect(page.getByText(r.readFrom(comma))).toBeVisible();
    await press(concord, r.made('3'));
    await onPage(page, r.madeTitle);
    for (const left of [2, 1, 0]) {
      await press(concord, r.undo);
      if (left === 0) await expect(page.getByText(r.madeNone)).toBeVisible();
      else await expect(page.locator('tbody tr')).toHaveCount(left);
    }
    await expect(page.getByRole('button', { name: r.undo })).toHaveCount(0);
    await press(concord, r.look);
    await onPage(page, w.profile.title(FILE));
    await expect(page.getByText(r.looksLike(comma))).toBeVisible();
    expect(await concord.violations()).toEqual([]);
    rmSync(folder, { recursive: true });
  });
}

for (const language of LANGUAGES) {
  test(`a repair of one’s own is set up page by page, by keyboard, made and undone, in ${language}`, async ({
    concord,
  }) => {
    test.setTimeout(180_000);
    const { page } = concord;
    const { screens: w, repairs: r } = words(language);
    const own = r.own;
    const hand = new Keyboard(page);
    const folder = mkdtempSync(join(tmpdir(), 'concord-own-repair-'));
    writeFileSync(join(folder, FILE), clinicForm());
    await addRecords(concord, language, join(folder, FILE));
    const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
    const onward = (): Promise<void> => hand.press(button(w.app.continue));

    await hand.press(button(own.open));
    await onPage(page, own.whatTitle);
    await onward();
    await expect(page.getByRole('alert')).toContainText(own.whatMissing);
    await expect(page.getByRole('alert')).toBeFocused();
    await hand.choose(page.getByLabel(own.ofColumn));
    await hand.pick(page.getByLabel(own.column, { exact: true }), 'sex');
    await inspect(concord, `${language}-own-repair-what`);
    await onward();
    await onPage(page, own.kindTitle('sex'));
    await hand.choose(page.getByLabel(own.kinds.merge));
    await inspect(concord, `${language}-own-repair-kind`);
    await onward();
    await onPage(page, own.mergeTitle('sex'));
    for (const value of ['女', 'F']) {
      await hand.tick(page.getByLabel(new RegExp(`^${value} ?[(（]`)), true);
    }
    await onward();
    await expect(page.getByRole('alert')).toContainText(own.mergeIntoMissing);
    await hand.fill(page.getByLabel(own.mergeInto), 'female');
    await inspect(concord, `${language}-own-repair-settings`);
    await onward();

    await onPage(page, r.tryTitle(true));
    const joined = r.ofColumn(
      'sex',
      r.say.merge(r.say.group(['女', 'F'].join(r.say.joiner), 'female')),
    );
    await expect(page.getByRole('heading', { level: 2 })).toHaveText([joined]);
    await expect(page.getByText(r.effect('30', 30))).toBeVisible();
    await inspect(concord, `${language}-own-repair-tried`);
    await hand.press(button(w.app.back));
    await onPage(page, own.mergeTitle('sex'));
    await expect(page.getByLabel(own.mergeInto)).toHaveValue('female');
    await onward();
    await hand.press(button(r.apply(true)));
    await onPage(page, r.madeTitle, 60_000);
    await expect(page.getByRole('rowheader', { name: joined })).toBeVisible();

    await hand.press(button(own.another));
    await onPage(page, own.whatTitle);
    await hand.choose(page.getByLabel(own.ofRecords));
    await onward();
    await onPage(page, r.tryTitle(true));
    await expect(page.getByText(r.effectNone)).toBeVisible();
    await expect(button(r.apply(true))).toHaveCount(0);
    await hand.press(button(own.change));
    await onPage(page, own.whatTitle);
    await hand.press(button(w.app.back));
    await onPage(page, w.profile.title(FILE));
    await hand.press(button(r.made('1')));
    await hand.press(button(r.undo));
    await expect(page.getByText(r.madeNone)).toBeVisible({ timeout: 60_000 });
    expect(await concord.violations()).toEqual([]);
    rmSync(folder, { recursive: true });
  });
}

/** A new vault with a study whose first records are a file's, at their profile. */
async function addRecords(concord: Concord, language: Language, path: string): Promise<void> {
  const { page } = concord;
  const { screens: w } = words(language);
  await press(concord, language === 'en' ? 'English' : '中文');
  await page.getByLabel(w.create.nameTitle).fill('Ada');
  await press(concord, w.app.continue);
  await page.getByLabel(w.create.first, { exact: true }).fill(PASSPHRASE);
  await page.getByLabel(w.create.second, { exact: true }).fill(PASSPHRASE);
  await press(concord, w.create.button);
  await onPage(page, w.studies.title);
  await press(concord, w.studies.create);
  await page.getByLabel(w.studies.newTitle).fill('Ward');
  await press(concord, w.studies.newButton);
  await press(concord, w.app.continue);
  await onPage(page, 'Ward');
  await press(concord, w.steps.import);
  await concord.chooses(path);
  await press(concord, w.import.chooseButton);
  await onPage(page, w.import.previewTitle(FILE));
  await press(concord, w.import.start);
  await onPage(page, w.profile.title(FILE), 60_000);
}
