import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Language } from '../../main/contract/language.ts';
import { words } from '../../main/words/index.ts';
import { workbook } from '../workbook.ts';
import { inspect, onPage, test } from './application.ts';
import { asker } from './ask.ts';
import { PASSPHRASE } from './sample.ts';

const STUDY = 'Ward / 病房';

for (const language of ['en', 'zh-CN'] as const satisfies readonly Language[]) {
  const { screens: s, errors } = words(language);
  const w = s.import;

  test(`files of any form, a folder, pasted text and two files joined, in ${language}`, async ({
    concord,
  }) => {
    const { page } = concord;
    const ask = asker(page);
    const press = (name: string): Promise<void> =>
      page.getByRole('button', { name, exact: true }).click();
    const look = (name: string): Promise<void> => inspect(concord, `${language}-formats-${name}`);
    const open = async (): Promise<void> => {
      await press(s.steps.import);
      if ((await page.getByRole('heading', { level: 1 }).innerText()) === s.study.records)
        await press(s.study.add);
      await onPage(page, w.chooseTitle);
    };
    const files = madeFiles();

    await ask('app.setLanguage', { language });
    await ask('vault.create', { passphrase: PASSPHRASE, person: 'Ada' });
    await ask('study.create', { name: STUDY });
    await page.reload();
    await onPage(page, s.studies.title);
    await press(STUDY);
    await onPage(page, STUDY);

    // A picture is told as what it is; nothing is lost.
    await open();
    await concord.chooses(files.picture);
    await press(w.chooseButton);
    await expect(
      page.getByText(errors.FILE_FORMAT_UNSUPPORTED({ file: 'scan.csv', format: 'picture' })),
    ).toBeVisible();
    await look('refused');

    await concord.chooses(files.book);
    await press(w.chooseButton);
    await onPage(page, w.previewTitle('病人.xlsx'));
    await expect(page.getByRole('columnheader', { name: '姓名' })).toBeVisible();
    await page.getByText(w.notRight).click();
    await look('workbook');
    await page.getByLabel(w.sheet, { exact: true }).selectOption('Lab');
    await expect(page.getByText(w.changed)).toBeVisible();
    await expect(page.getByRole('columnheader', { name: 'weight' })).toBeVisible();
    await page.getByLabel(w.sheet, { exact: true }).selectOption('病人');
    await expect(page.getByRole('columnheader', { name: '姓名' })).toBeVisible();

    // A second file has the same ways out as the first.
    await concord.chooses(files.stray);
    await press(w.addColumns);
    await onPage(page, w.joinTitle('stray.csv'));
    await expect(page.getByRole('heading', { name: w.quoteFails })).toBeVisible();
    await look('join-stray');
    await press(w.readUnquoted);
    await expect(page.getByText('"flat" foot', { exact: true })).toBeVisible();
    await concord.chooses(files.lab);
    await press(w.joinAnother);
    await onPage(page, w.joinTitle('lab.csv'));
    await expect(page.getByLabel(w.joinOtherKey('lab.csv'))).toHaveValue('id');
    await look('join');
    await press(w.joinGo);
    await onPage(page, w.previewTitle('病人.xlsx'));
    await expect(page.getByText(w.joinFacts('lab.csv', 'one-to-one'))).toBeVisible();
    await expect(page.getByText(w.unmatchedRows('1', 1, true), { exact: true })).toBeVisible();
    await look('joined');
    await press(w.start);
    await onPage(page, s.profile.title('病人.xlsx'));
    await expect(page.getByRole('rowheader', { name: 'weight' })).toBeVisible();
    await press(s.profile.done);
    await onPage(page, STUDY);

    await open();
    await concord.chooses(files.folder);
    await press(w.chooseFolder);
    await onPage(page, w.previewTitle('by-year'));
    await expect(page.getByRole('columnheader', { name: 'year' })).toBeVisible();
    await press(w.another);
    await onPage(page, w.chooseTitle);

    // Single quotes are found out and told; a person may say otherwise.
    await concord.chooses(files.single);
    await press(w.chooseButton);
    await onPage(page, w.previewTitle('single.csv'));
    await expect(page.getByText(w.quoteNames["'"], { exact: true }).first()).toBeVisible();
    await expect(page.getByRole('cell', { name: 'cough, dry', exact: true })).toBeVisible();
    await page.getByText(w.notRight).click();
    await page.getByLabel(w.delimiter, { exact: true }).selectOption(';');
    await page.getByLabel(w.quote, { exact: true }).selectOption('none');
    await expect(page.getByText("1,'cough, dry'", { exact: true })).toBeVisible();
    await look('quotes');
    await press(w.another);
    await onPage(page, w.chooseTitle);

    // A few stray quotes do not end the way: the file is read without them.
    await concord.chooses(files.stray);
    await press(w.chooseButton);
    await expect(page.getByRole('heading', { name: w.quoteFails })).toBeVisible();
    await look('stray');
    await press(w.readUnquoted);
    await onPage(page, w.previewTitle('stray.csv'));
    await expect(page.getByText('"flat" foot', { exact: true })).toBeVisible();
    await press(w.another);
    await onPage(page, w.chooseTitle);

    await press(w.paste);
    await onPage(page, w.pasteTitle);
    await press(s.app.continue);
    await look('paste-missing');
    await page.getByLabel(w.pasteLabel).fill('name\tage\n王\t41\nAda\t36');
    await press(s.app.continue);
    await onPage(page, w.previewTitle(w.pastedName));
    await look('pasted');
    await press(w.start);
    await onPage(page, s.profile.title(w.pastedName));
    expect(await concord.violations()).toEqual([]);
  });
}

function madeFiles(): Record<'picture' | 'book' | 'lab' | 'folder' | 'single' | 'stray', string> {
  const root = mkdtempSync(join(tmpdir(), 'concord-formats-'));
  const put = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(root, name), content);
    return join(root, name);
  };
  for (const year of ['2023', '2024']) {
    mkdirSync(join(root, 'by-year', `year=${year}`), { recursive: true });
    put(`by-year/year=${year}/part.csv`, `id,v\n${year}1,1\n`);
  }
  return {
    single: put('single.csv', "id,note\n1,'cough, dry'\n2,'none'\n"),
    stray: put('stray.csv', 'id,note\n1,"flat" foot\n2,none\n3,"dry"\n4,"warm"\n'),
    picture: put('scan.csv', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')),
    book: put(
      '病人.xlsx',
      workbook({
        formats: [14],
        sheets: [
          {
            name: '病人',
            rows: [
              ['id', '姓名', '入院'],
              ['p1', '张三', { value: 45356, format: 1 }],
              ['p2', '李四', { value: 45357, format: 1 }],
              ['p3', '王五', { value: 45358, format: 1 }],
            ],
          },
          {
            name: 'Lab',
            rows: [
              ['id', 'weight'],
              ['p1', 70],
            ],
          },
        ],
      }),
    ),
    lab: put('lab.csv', 'id,weight\np1,70.5\np3,61\np9,80\n'),
    folder: join(root, 'by-year'),
  };
}
