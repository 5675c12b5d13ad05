import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Language } from '../../main/contract/language.ts';
import { demoOf } from '../../main/study/demo.ts';
import { words } from '../../main/words/index.ts';
import { inspect, onPage, test, type Concord } from './application.ts';
import { asker, madeBy, type Ask } from './ask.ts';
import { engineOf, PASSPHRASE } from './sample.ts';

/** Pages that the usual way passes by: what is not yet there, cannot be, or has to wait. */

const FILE = 'more.csv';

interface Records {
  readonly study: string;
  readonly artefact: string;
}

for (const language of ['en', 'zh-CN'] as const satisfies readonly Language[]) {
  const { screens: s, protect: w, review } = words(language);

  test(`pages that wait or cannot go on, in ${language}`, async ({ concord }) => {
    const { page } = concord;
    const ask = asker(page);
    const press = (name: string): Promise<void> =>
      page.getByRole('button', { name, exact: true }).click();
    const look = (name: string): Promise<void> => inspect(concord, `${language}-state-${name}`);
    /** The study's page is shown; what was asked behind it is seen when it is opened again. */
    const reopen = async (): Promise<void> => {
      await press(s.app.back);
      await onPage(page, s.studies.title);
      await press(study);
      await onPage(page, study);
    };
    const waits = async (name: string): Promise<void> => {
      await expect(page.getByRole('progressbar')).toBeVisible();
      await look(name);
      await press(s.app.back);
      await onPage(page, study);
    };

    const { records, study } = await sampleWithModel(ask, language);
    await page.reload();
    await onPage(page, s.studies.title);
    await press(study);
    await onPage(page, study);

    await decide(ask, records, () => 'other');
    await reopen();
    await press(s.steps.anonymise);
    await onPage(page, w.nothing.title);
    await look('protect-nothing');
    await press(s.app.back);
    await onPage(page, study);

    // Records that came after the decision have none yet.
    await addFile(concord);
    await press(s.steps.import);
    await press(s.study.add);
    await press(s.import.chooseButton);
    await onPage(page, s.import.previewTitle(FILE));
    await press(s.import.start);
    await onPage(page, s.profile.title(FILE));
    await press(s.profile.done);
    await onPage(page, study);
    await press(s.steps.anonymise);
    await onPage(page, w.first.title);
    await look('protect-first');
    await press(s.app.back);
    await onPage(page, study);
    const { artefacts } = await ask<{ artefacts: { id: string; kind: string }[] }>(
      'study.artefacts',
      { study: records.study },
    );
    const newest = artefacts.findLast(({ kind }) => kind === 'source-records')?.id ?? '';
    // A column of two values cannot show three in each group.
    const roles: Record<string, string> = { age: 'quasi-identifier', sex: 'sensitive' };
    await decide(ask, { ...records, artefact: newest }, (name) => roles[name] ?? 'other');
    await reopen();
    await press(s.steps.anonymise);
    await onPage(page, w.purpose.title);
    await page.getByLabel(w.purpose.names.inside, { exact: true }).check();
    for (const title of [w.removed.title, w.coarser.title('age'), w.sensitive.title]) {
      await press(s.app.continue);
      await onPage(page, title);
    }
    await page.getByLabel(w.sensitive.field('sex')).selectOption('3');
    await press(s.app.continue);
    await onPage(page, w.check.title);
    await press(w.check.start);
    await onPage(page, w.unmet.title);
    await look('protect-unmet');
    await press(s.app.back);
    await onPage(page, study);

    // One job runs at a time: behind a long one the others wait, and their pages stand still.
    await ask('train.start', {
      ...records,
      plan: { ...demoOf(language).training, epochs: 50_000 },
    });
    await press(s.steps.import);
    await press(s.study.add);
    await press(s.import.chooseButton);
    await onPage(page, s.import.previewTitle(FILE));
    await press(s.import.start);
    await waits('job-import');

    await press(s.steps.anonymise);
    await press(w.unmet.button);
    await onPage(page, w.check.title);
    await press(w.check.start);
    await waits('job-protect');

    await press(s.steps.review);
    await onPage(page, review.groupsTitle);
    await press(review.start);
    await waits('job-review');

    await ask('identify.find', records);
    await expect(page.locator('#identify-state')).toContainText(s.parts.states['in-progress']);
    await press(s.steps.identify);
    await waits('job-identify');

    await press(s.steps.train);
    await waits('job-train');

    test.skip(process.platform !== 'linux', 'not run: the process is looked up in /proc');
    const engine = engineOf(concord);
    process.kill(engine, 'SIGSTOP');
    await page.reload();
    await onPage(page, s.app.starting);
    await look('starting');
    process.kill(engine, 'SIGCONT');
    await onPage(page, s.studies.title);
  });
}

/** A vault with the sample study and a model trained on its records. */
async function sampleWithModel(
  ask: Ask,
  language: Language,
): Promise<{ records: Records; study: string }> {
  await ask('app.setLanguage', { language });
  await ask('vault.create', { passphrase: PASSPHRASE, person: '王小明' });
  const made = await ask<{ study: { id: string; name: string }; job: string }>('study.sample', {
    language,
  });
  const records = { study: made.study.id, artefact: await madeBy(ask, made.job) };
  const { job } = await ask<{ job: string }>('train.start', {
    ...records,
    plan: demoOf(language).training,
  });
  await madeBy(ask, job);
  return { records, study: made.study.name };
}

/** Every file dialog is answered with a small file. */
async function addFile({ userData, chooses }: Concord): Promise<void> {
  const file = join(userData, FILE);
  const lines = Array.from({ length: 40 }, (_, row) => `${20 + (row % 4)},${row % 2 ? 'm' : 'f'}`);
  writeFileSync(file, `age,sex\n${lines.join('\n')}\n`);
  await chooses(file);
}

/** Decides the role of every column. */
async function decide(ask: Ask, records: Records, roleOf: (name: string) => string): Promise<void> {
  const { columns } = await ask<{ columns: { name: string }[] }>('identify.propose', records);
  const roles = columns.map(({ name }) => ({ name, role: roleOf(name) }));
  await ask('identify.save', { ...records, roles });
}
