import { expect } from '@playwright/test';
import { MITIGATIONS } from '../../main/contract/mitigation.ts';
import { demoOf } from '../../main/study/demo.ts';
import { sampleWords } from '../../main/study/sample-words.ts';
import { words, type Words } from '../../main/words/index.ts';
import { inspect, onPage, test } from './application.ts';
import { asker, madeBy } from './ask.ts';

const PASSPHRASE = 'lantern orchard copper violin';
const language = 'en';
const NAMES = { en: 'English', 'zh-CN': '中文' } as const;

test('ways against gaps are tried, compared, and one of the models is taken', async ({
  concord,
}) => {
  test.setTimeout(240_000);
  const { page } = concord;
  const { mitigation: w, review, screens } = words(language);
  const ask = asker(page);
  await ask('app.setLanguage', { language });
  await ask('vault.create', { passphrase: PASSPHRASE, person: 'Ada' });
  const { study, job } = await ask<{ study: { id: string; name: string }; job: string }>(
    'study.sample',
    { language },
  );
  const records = await madeBy(ask, job);
  const plan = {
    ...demoOf(language).training,
    ...{ privacy: null, split: { test: 0.3, validation: 0.3, seed: 1 } },
  };
  const start = { study: study.id, artefact: records, plan };
  const model = await madeBy(ask, (await ask<{ job: string }>('train.start', start)).job);
  const sex = sampleWords(language).columns.sex;
  const asked = { study: study.id, artefact: model, groups: [sex] };
  await madeBy(ask, (await ask<{ job: string }>('review.start', asked)).job);
  await page.reload();
  await onPage(page, screens.studies.title);
  const button = (name: string): Promise<void> =>
    page.getByRole('button', { name, exact: true }).click();
  await button(study.name);
  await onPage(page, study.name);
  await button(screens.steps.review);

  /** The page shown, in both languages. */
  const look = async (name: string, title: (of: Words) => string): Promise<void> => {
    for (const each of ['zh-CN', language] as const) {
      await button(NAMES[each]);
      await onPage(page, title(words(each)));
      await inspect(concord, `${each}-mitigation-${name}`);
    }
  };

  await onPage(page, review.resultTitle);
  await button(w.open);
  await onPage(page, w.title);
  await page.getByRole('radio', { name: sex, exact: true }).check();
  await page.getByRole('radio', { name: w.criteria['demographic-parity'] }).check();
  for (const method of MITIGATIONS) {
    await expect(page.getByRole('checkbox', { name: w.methods[method] })).toBeChecked();
  }
  await look('01-choices', ({ mitigation }) => mitigation.title);
  await button(w.start);

  await onPage(page, w.resultTitle);
  await expect(page.getByRole('table', { name: w.table })).toBeVisible();
  await look('02-result', ({ mitigation }) => mitigation.resultTitle);
  await button(w.use(w.methods.thresholds));
  await onPage(page, review.groupsTitle);
  expect(await concord.violations()).toEqual([]);
});
