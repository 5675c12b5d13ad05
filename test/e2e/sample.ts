import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { TrainPlanInput } from '../../main/contract/train.ts';
import type { Language } from '../../main/contract/language.ts';
import { words } from '../../main/words/index.ts';
import { onPage, type Concord } from './application.ts';

export const PASSPHRASE = 'lantern orchard copper violin';

export const press = ({ page }: Concord, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();

/** A vault of Ada's, open at the sample study. */
export async function inTheSample(concord: Concord, language: Language = 'en'): Promise<void> {
  const { page } = concord;
  const { screens: w, demo } = words(language);
  await press(concord, language === 'en' ? 'English' : '中文');
  await page.getByLabel(w.create.nameTitle).fill('Ada');
  await press(concord, w.app.continue);
  await page.getByLabel(w.create.first, { exact: true }).fill(PASSPHRASE);
  await page.getByLabel(w.create.second, { exact: true }).fill(PASSPHRASE);
  await press(concord, w.create.button);
  await onPage(page, w.studies.title);
  await press(concord, w.home.sample);
  await onPage(page, demo.study);
}

export async function unlock({ page }: Concord, language: Language = 'en'): Promise<void> {
  const w = words(language).screens;
  await onPage(page, w.unlock.title);
  await page.getByLabel(w.unlock.field, { exact: true }).fill(PASSPHRASE);
  await page.getByRole('button', { name: w.unlock.button, exact: true }).click();
  await onPage(page, w.studies.title);
}

/** Starts a training on the newest source records of the only study, beside the screens. */
export async function startTraining({ page }: Concord, plan: TrainPlanInput): Promise<void> {
  await page.evaluate(startInPage, plan as unknown);
}

/** From the study's page to the page of the training that is under way. */
export async function openTraining(concord: Concord, language: Language = 'en'): Promise<void> {
  const { screens: w, job } = words(language);
  const state = concord.page.locator('#train-state');
  await expect(state).toContainText(w.parts.states['in-progress']);
  await press(concord, w.steps.train);
  await onPage(concord.page, job.titles.train);
}

/** Runs in the page. */
async function startInPage(plan: unknown): Promise<void> {
  interface Answer {
    readonly output: { studies: { id: string }[]; artefacts: { id: string; kind: string }[] };
  }
  interface Bridge {
    readonly concord: { call(name: string, input: unknown): Promise<Answer> };
  }
  const { concord } = globalThis as unknown as Bridge;
  const { studies } = (await concord.call('study.list', {})).output;
  const study = studies[0]?.id;
  const { artefacts } = (await concord.call('study.artefacts', { study })).output;
  const artefact = artefacts.find(({ kind }) => kind === 'source-records')?.id;
  await concord.call('train.start', { study, artefact, plan });
}

/** The engine's process, found among the processes by the vault it was given. */
export function engineOf({ userData }: Concord): number {
  const vault = join(userData, 'vault', 'concord.vault');
  const found = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .find((pid) => {
      try {
        const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return args.includes('--vault') && args.includes(vault);
      } catch {
        return false;
      }
    });
  if (found === undefined) throw new Error('no engine process');
  return Number(found);
}
