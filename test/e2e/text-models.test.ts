import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { words } from '../../main/words/index.ts';
import { tinyEncoder } from '../unit/learning/encoder/tiny-encoder.ts';
import { inspect, onPage, test } from './application.ts';

const PASSPHRASE = 'lantern orchard copper violin';
const FILE = 'calls.csv';
const TAGGED = 'names.conll';
const TINY = 'A tiny encoder';
const ALL = words('en');
const { screens: s, arrange, train: w, modelText: m, encoders: e } = ALL;

/** Notes of calls that are urgent or can wait, told by what they complain of. */
function calls(): string {
  const urgent = ['crushing chest pain', 'cannot breathe', 'sudden weakness on one side'];
  const calm = ['wants a new prescription', 'asks about opening hours', 'itchy elbow for weeks'];
  const who = ['The caller', 'A neighbour', 'The daughter', 'The patient', 'A colleague'];
  const rows = Array.from({ length: 60 }, (_, row) => {
    const isUrgent = row % 2 === 0;
    const what = (isUrgent ? urgent : calm)[row % 3]!;
    const note = `${who[row % 5]!} says: ${what}, and that this began ${(row % 7) + 1} hours ago.`;
    return [`"${note}"`, 20 + ((row * 13) % 60), isUrgent ? 'yes' : 'no'].join(',');
  });
  return ['note,age,urgent', ...rows, ''].join('\n');
}

/** Sentences with names of people and towns, a word and its tag a line, as CoNLL writes them. */
function names(): string {
  const [people, towns] = [
    ['Anna', 'Bertram', 'Clara', 'Dora', 'Emil'],
    ['Rome', 'Paris', 'Oslo'],
  ];
  const sentences = Array.from({ length: 120 }, (_, row) =>
    row % 4 === 0
      ? ['nobody O', 'was O', 'there O']
      : [`${people[row % 5]!} I-PER`, 'went O', 'to O', `${towns[row % 3]!} I-LOC`, '. O'],
  );
  return `${sentences.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

test('free text: a model of it, what it attends to, and the encoders', async ({ concord }) => {
  test.setTimeout(360_000);
  const { page } = concord;
  const button = (name: string): Promise<void> =>
    page.getByRole('button', { name, exact: true }).click();
  const onward = (): Promise<void> => button(s.app.continue);
  const fill = (label: string, text: string): Promise<void> =>
    page.getByLabel(label, { exact: true }).fill(text);
  const choose = (label: string): Promise<void> => page.getByLabel(label, { exact: true }).check();
  /** The page in both languages, as it is. */
  const look = async (name: string): Promise<void> => {
    await inspect(concord, `en-text-models-${name}`);
    await button('中文');
    await inspect(concord, `zh-CN-text-models-${name}`);
    await button('English');
  };
  const folder = mkdtempSync(join(tmpdir(), 'concord-text-models-'));
  writeFileSync(join(folder, FILE), calls());

  await button('English');
  await fill(s.create.nameTitle, 'Ada');
  await onward();
  await fill(s.create.first, PASSPHRASE);
  await fill(s.create.second, PASSPHRASE);
  await button(s.create.button);
  await button(e.open);
  await onPage(page, e.title);
  await page.getByRole('button', { name: /^Check the files of/ }).click();
  await expect(page.getByText(/it reads the test sentences\.$/)).toBeVisible({ timeout: 60_000 });
  await concord.chooses(folder);
  await button(e.import);
  await expect(page.getByRole('alert')).toContainText(s.app.problem);
  // An institution's own: imported, checked, removed.
  for (const [name, bytes] of tinyEncoder()) writeFileSync(join(folder, name), bytes);
  await concord.chooses(folder);
  await button(e.import);
  await expect(page.getByText(e.imported(TINY))).toBeVisible({ timeout: 60_000 });
  await button(e.checkLabel(TINY));
  await expect(page.getByText(e.good(TINY))).toBeVisible({ timeout: 60_000 });
  await look('1-encoders');
  await button(s.app.back);

  await button(s.studies.create);
  await fill(s.studies.newTitle, 'Calls');
  await button(s.studies.newButton);
  await onward();
  await concord.chooses(join(folder, FILE));
  await button(s.steps.import);
  await button(s.import.chooseButton);
  await onPage(page, s.import.previewTitle(FILE));
  await button(s.import.start);
  await onPage(page, s.profile.title(FILE));
  await button(s.profile.done);
  await button(s.steps.train);
  await onPage(page, arrange.questionTitle);
  await page.getByLabel(arrange.questionColumn, { exact: true }).selectOption('urgent');
  await fill(arrange.questionYes, 'yes');
  await fill(arrange.questionNo, 'no');
  await onward();
  await onPage(page, arrange.peopleTitle);
  await choose(arrange.peopleOnce);
  await onward();
  await onPage(page, arrange.splitTitle);
  await onward();

  await onPage(page, w.columnsTitle);
  await page.getByRole('checkbox', { name: 'note', exact: true }).check();
  await look('2-columns');
  await button(m.alone);
  await onward();
  await onPage(page, w.privacyTitle);
  await onward();
  await onPage(page, w.missingTitle);
  await onward();
  await onPage(page, w.kindTitle);
  await expect(
    page.getByLabel(m.recommended(m.reader('English', true)), { exact: true }),
  ).toBeChecked();
  await page.getByText(m.advanced).click();
  await look('3-kind');
  await choose(m.bag);
  await page.getByText(m.pretrain).click();
  await choose(m.pretrainWays.records);
  await look('3-pretrain');
  await onward();
  await onPage(page, m.wordsTitle);
  await look('4-words');
  await onward();
  await onPage(page, w.sliderTitle);
  await expect(page.getByText('74%')).toBeVisible();
  await expect(page.getByRole('heading', { name: w.phasesTitle })).toBeVisible();
  await page.getByRole('button', { name: s.app.back }).click();
  await page.getByRole('button', { name: s.app.back }).click();
  await onPage(page, w.kindTitle);
  for (let step = 0; step < 2; step++) await button(s.app.back);
  await onPage(page, w.privacyTitle);
  await choose(w.privacyNo);
  await onward();
  await button(w.plainSure);
  await onPage(page, w.missingTitle);
  await onward();
  await onPage(page, w.kindTitle);
  await choose(m.recommended(m.reader('English', false)));
  await onward();
  await onPage(page, w.checkTitle);
  await look('5-check');
  await button(w.start);
  await onPage(page, w.resultTitle, 120_000);
  await expect(page.getByText(/\(use-lite-en\), licence Apache-2\.0/)).toBeVisible();
  await look('6-result');

  await button(m.attendOpen);
  await onPage(page, m.attendTitle);
  await fill(m.attendField('note'), 'The caller says: crushing chest pain, since this morning.');
  await button(m.attendButton);
  await expect(page.getByRole('heading', { name: m.attendShown })).toBeVisible();
  await expect(page.getByRole('table').getByRole('row')).not.toHaveCount(1);
  await look('7-attend');
  await choose(m.attendTested);
  await button(m.attendButton);
  await expect(page.getByRole('heading', { name: m.attendShown })).toBeVisible();

  // A tag for each word: the label, its model, and what that finds in a text.
  writeFileSync(join(folder, TAGGED), names());
  for (let step = 0; step < 3; step++) await button(s.app.back);
  await button(s.studies.create);
  await fill(s.studies.newTitle, 'Names');
  await button(s.studies.newButton);
  await onward();
  await concord.chooses(join(folder, TAGGED));
  await button(s.steps.import);
  await button(s.import.chooseButton);
  await onPage(page, s.import.previewTitle(TAGGED));
  await button(s.import.start);
  await onPage(page, s.profile.title(TAGGED));
  await button(s.profile.done);
  await button(s.steps.train);
  await onPage(page, arrange.questionTitle);
  await page.getByLabel(arrange.questionColumn, { exact: true }).selectOption('tags');
  await fill(arrange.tags, 'PER');
  await onward();
  await expect(page.getByRole('alert')).toContainText(s.app.problem);
  await fill(arrange.tags, 'PER\nLOC');
  await onward();
  await onPage(page, arrange.peopleTitle);
  await choose(arrange.peopleOnce);
  await onward();
  await onPage(page, arrange.splitTitle);
  await onward();
  await onPage(page, w.privacyTitle);
  await onward();
  await onPage(page, w.missingTitle);
  await onward();
  await onPage(page, w.kindTitle);
  await choose(m.tagBag);
  await onward();
  await onPage(page, w.sliderTitle);
  await expect(page.getByText('74%')).toBeVisible();
  await onward();
  await onPage(page, w.checkTitle);
  await button(w.start);
  await onPage(page, w.resultTitle, 120_000);
  await expect(page.getByText(m.byKind)).toBeVisible();
  await look('8-tag-result');
  await button(m.tagOpen);
  await onPage(page, m.tagTitle);
  await fill(m.attendField('text'), 'Anna went to Oslo.');
  await button(m.tagButton);
  await expect(page.getByRole('heading', { name: m.attendAnswer })).toBeVisible();
  await look('9-tag-find');
  rmSync(folder, { recursive: true });
});
