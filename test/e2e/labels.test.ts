import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { words } from '../../main/words/index.ts';
import { inspect, onPage, test } from './application.ts';
import { Keyboard } from './hands.ts';
import { PASSPHRASE, press } from './sample.ts';

const FILE = 'falls.csv';
const ROWS = 16;
const LABELLED = 10;

/** Notes of a ward, without a column that says what the study is about. */
function notes(): string {
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const age = row === 12 ? '' : String(48 + ((row * 11) % 45));
    const where = row % 3 === 0 ? 'fell in the bathroom at night' : 'came for a planned visit';
    const note = `The patient ${where} and was seen by the nurse on duty; visit number ${row + 1}.`;
    return `P${100 + row},${age},${row % 2 === 0 ? 'North' : 'South'},"${note}"`;
  });
  return `patient,age,ward,note\n${rows.join('\n')}\n`;
}

test('records without a label get one, by keys and by a rule', async ({ concord }) => {
  test.setTimeout(180_000);
  const { page } = concord;
  const { screens: w, labels: l } = words('en');
  const folder = mkdtempSync(join(tmpdir(), 'concord-labels-'));
  writeFileSync(join(folder, FILE), notes());
  const hand = new Keyboard(page);
  /** The page shown, in both languages; what is on it stays. */
  const inspectBoth = async (name: string): Promise<void> => {
    await inspect(concord, `en-labels-${name}`);
    await press(concord, '中文');
    await inspect(concord, `zh-CN-labels-${name}`);
    await press(concord, 'English');
    await page.locator('h1').focus();
  };

  await press(concord, 'English');
  await page.getByLabel(w.create.nameTitle).fill('Ada');
  await press(concord, w.app.continue);
  await page.getByLabel(w.create.first, { exact: true }).fill(PASSPHRASE);
  await page.getByLabel(w.create.second, { exact: true }).fill(PASSPHRASE);
  await press(concord, w.create.button);
  await onPage(page, w.studies.title);
  await press(concord, w.studies.create);
  await page.getByLabel(w.studies.newTitle).fill('Falls');
  await press(concord, w.studies.newButton);
  await press(concord, w.app.continue);
  await onPage(page, 'Falls');
  await press(concord, w.steps.import);
  await concord.chooses(join(folder, FILE));
  await press(concord, w.import.chooseButton);
  await onPage(page, w.import.previewTitle(FILE));
  await press(concord, w.import.start);
  await onPage(page, w.profile.title(FILE), 60_000);

  await hand.press(page.getByRole('button', { name: l.open }));
  await onPage(page, l.startTitle(FILE));
  await hand.fill(page.getByLabel(l.name), 'fell');
  await hand.fill(page.getByLabel(l.values), 'fall\nno fall');
  await hand.choose(page.getByLabel(l.orders.file));
  await inspectBoth('start');
  await hand.press(page.getByRole('button', { name: l.begin, exact: true }));

  await onPage(page, l.hand.title('fell'));
  const record = (row: number): Promise<void> =>
    expect(page.getByRole('heading', { level: 2, name: l.hand.record(String(row)) })).toBeVisible();
  for (let row = 1; row <= LABELLED; row++) {
    await record(row);
    await page.keyboard.press(row % 3 === 1 ? '1' : '2');
  }
  await record(LABELLED + 1);
  await page.keyboard.press('s');
  await record(LABELLED + 2);
  await page.keyboard.press('u');
  await record(LABELLED + 1);
  await page.keyboard.press('ArrowLeft');
  await record(LABELLED);
  await expect(page.getByText(l.hand.now('fall'))).toBeVisible();
  await inspectBoth('hand');

  // Where it was left it goes on, whatever was done in between.
  await press(concord, w.app.back);
  await onPage(page, l.startTitle(FILE));
  await expect(page.getByText(l.progress('10', '0', '6'))).toBeVisible();
  await press(concord, l.goOn);
  await record(LABELLED + 1);
  await press(concord, l.hand.done);

  await onPage(page, l.check.title);
  await press(concord, l.check.addRules);
  await onPage(page, l.rules.title);
  await hand.fill(page.getByLabel(l.rules.value, { exact: true }), 'fall');
  await hand.pick(page.getByLabel(l.rules.column, { exact: true }), 'note');
  await hand.pick(page.getByLabel(l.rules.test, { exact: true }), 'contains');
  await hand.fill(page.getByLabel(l.rules.with, { exact: true }), 'FELL');
  await inspectBoth('rules');
  await hand.press(page.getByRole('button', { name: l.rules.see }));
  await onPage(page, l.check.title);
  // 1, 4, 7 and 10 by hand; 13 and 16 by the rule, which fits all six.
  await expect(page.getByRole('row', { name: /^fall 4 2 6$/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /^no fall 6 0 6$/ })).toBeVisible();
  await hand.choose(page.getByLabel(l.check.leaveOut));
  await inspectBoth('check');
  await hand.press(page.getByRole('button', { name: l.check.make }));

  await onPage(page, l.made.title('fell'), 60_000);
  await expect(page.getByText(l.made.sizes('16', '12'))).toBeVisible();
  await expect(page.getByRole('row', { name: /^Ada 10/ })).toBeVisible();
  await inspectBoth('made');
  await press(concord, l.made.look);
  await onPage(page, w.profile.title(FILE));
  await expect(page.getByRole('rowheader', { name: 'fell', exact: true })).toBeVisible();
  expect(await concord.violations()).toEqual([]);
  rmSync(folder, { recursive: true });
});
