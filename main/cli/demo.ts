import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { writeCsv } from '../records/csv-writer.ts';
import { DEMO_ROWS, demoOf, demoRecords } from '../study/demo.ts';
import { requireFree, writeWhole } from '../study/files.ts';
import { createVault, type Vault } from '../vault/index.ts';
import type { EntityType } from '../contract/identify.ts';
import { words } from '../words/index.ts';
import type { Command, Surroundings } from './command.ts';
import { runDemoStudy, type DemoStudy } from './demo-study.ts';
import { callerPath } from './paths.ts';

/** So many kinds of what was taken out of texts are named in the summary. */
const SHOWN_TYPES = 4;
const DEFAULT_FOLDER = 'concord-demo';

/** `demo [--out DIR]`: the main job from sample records to report, on a throw-away vault. */
export const demoCommand: Command = {
  form: { files: [], options: { out: 'text' } },
  async run(given, around) {
    const chosen = given.text.get('out');
    const folder = callerPath(chosen ?? DEFAULT_FOLDER);
    // The default folder holds nothing but an earlier demo; a folder of the caller's may.
    const free = (name: string): string =>
      requireFree(join(folder, name), chosen === undefined || given.flags.has('force'));
    const files = {
      sample: free('sample-records.csv'),
      protected: free('protected.csv'),
      report: free('report.html'),
      modelCard: free('model-card.html'),
      summary: free('summary.json'),
    };
    const started = performance.now();
    await writeWhole(files.sample, writeCsv(demoRecords(DEMO_ROWS, 1, around.language)));
    const done = await inThrowAwayVault((vault) =>
      runDemoStudy(vault, { sample: files.sample, protected: files.protected }, around),
    );
    await writeWhole(files.report, done.report.reportHtml);
    await writeWhole(files.modelCard, done.report.modelCardHtml);
    const seconds = (performance.now() - started) / 1000;
    const json = { ...summaryOf(done), files, seconds };
    await writeWhole(files.summary, `${JSON.stringify(json, null, 2)}\n`);
    return { json, lines: linesOf(done, folder, Object.values(files), seconds, around) };
  },
};

/** A vault under a passphrase that nobody knows, gone when the work ends. */
async function inThrowAwayVault<T>(use: (vault: Vault) => Promise<T>): Promise<T> {
  const place = await mkdtemp(join(tmpdir(), 'concord-demo-'));
  try {
    const vault = await createVault({
      file: join(place, 'demo.vault'),
      passphrase: randomBytes(24).toString('base64url'),
      person: 'Demo',
    });
    try {
      return await use(vault);
    } finally {
      vault.close();
    }
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

function summaryOf(done: DemoStudy): object {
  const { profile, roles, texts, protection, training, ledger, review, head } = done;
  return {
    profile,
    identify: roles,
    texts,
    anonymise: protection,
    train: training,
    ledger,
    review,
    head,
  };
}

function linesOf(
  done: DemoStudy,
  folder: string,
  files: readonly string[],
  seconds: number,
  { language }: Surroundings,
): string[] {
  const { profile, roles, texts, protection, training, ledger, review } = done;
  const replaced = texts.flatMap((text) => Object.entries(text.replaced) as [EntityType, number][]);
  const most = replaced.toSorted((a, b) => b[1] - a[1]).slice(0, SHOWN_TYPES);
  const { types } = words(language).texts;
  const direct = roles.columns.filter(({ role }) => role === 'direct-identifier');
  const district = review.gaps[demoOf(language).groups[0] ?? ''];
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 3 });
  const show = (figure: number | null | undefined): string =>
    figure === null || figure === undefined ? '–' : number.format(figure);
  return words(language).demo.summary({
    rows: show(profile.rows),
    columns: show(profile.columns.length),
    identifiers: direct.map(({ name }) => name),
    texts: texts.map(({ column }) => column),
    replaced: show(replaced.reduce((sum, [, count]) => sum + count, 0)),
    kinds: most.map(([type, count]) => ({ type: types[type], count: show(count) })),
    classes: show(protection.classes.count),
    smallest: show(protection.classes.smallest),
    suppressed: show(protection.suppressed),
    riskBefore: show(protection.before.risk.prosecutor.highest),
    riskAfter: show(protection.risk.prosecutor.highest),
    epsilon: show(training.privacy?.epsilon),
    delta: String(training.privacy?.delta ?? '–'),
    accuracy: show(review.overall.accuracy),
    auc: show(review.overall.auc),
    parity: show(district?.demographic_parity_difference),
    odds: show(district?.equalized_odds_difference),
    left: show(ledger.available.epsilon),
    backend: training.model.backend,
    seconds: show(seconds),
    folder,
    files: files.map((file) => basename(file)),
  });
}
