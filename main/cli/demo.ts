import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnonymiseOutcome } from '../contract/anonymise.ts';
import { anonymiseOutcome } from '../contract/anonymise.ts';
import { ConcordError } from '../contract/errors.ts';
import type { IdentifyResult } from '../contract/identify.ts';
import type { JobView } from '../contract/job.ts';
import { reviewResult, type ReviewResult } from '../contract/review.ts';
import { trainPlan, trainResult, type TrainResult } from '../contract/train.ts';
import type { LedgerView } from '../contract/vault.ts';
import { z } from 'zod';
import { identifyColumns } from '../identify/columns.ts';
import { writeCsv } from '../records/csv-writer.ts';
import { anonymiseWork } from '../study/anonymise.ts';
import {
  DEMO_GROUPS,
  DEMO_LABEL,
  DEMO_PROTECTION,
  DEMO_TRAINING,
  demoHierarchies,
  demoRecords,
} from '../study/demo.ts';
import { requireFree, writeWhole } from '../study/files.ts';
import { importWork } from '../study/import.ts';
import { jsonBeside } from '../study/json.ts';
import { loadTable } from '../study/load.ts';
import { reportOf } from '../study/report.ts';
import { reviewWork } from '../study/review.ts';
import { trainWork } from '../study/train.ts';
import type { Work } from '../study/context.ts';
import { createVault, type Vault } from '../vault/index.ts';
import { words } from '../words/index.ts';
import type { Command, Surroundings } from './command.ts';
import { callerPath } from './paths.ts';
import { runJob } from './run-job.ts';

const DEFAULT_FOLDER = 'concord-demo';
const FILES = [
  'sample-records.csv',
  'protected.csv',
  'report.html',
  'model-card.html',
  'summary.json',
] as const;

/** `demo [--out DIR]`: the main job from sample records to report, on a throw-away vault. */
export const demoCommand: Command = {
  form: { files: [], options: { out: 'text' } },
  async run(given, around) {
    const chosen = given.text.get('out');
    const folder = callerPath(chosen ?? DEFAULT_FOLDER);
    // The default folder holds nothing but an earlier demo; a folder of the caller's may.
    const force = chosen === undefined || given.flags.has('force');
    const [sample, ...results] = FILES.map((name) => requireFree(join(folder, name), force));
    const say = words(around.language).demo;
    const started = performance.now();
    const place = await mkdtemp(join(tmpdir(), 'concord-demo-'));
    try {
      await writeWhole(sample ?? '', writeCsv(demoRecords()));
      const vault = await createVault({
        file: join(place, 'demo.vault'),
        passphrase: randomBytes(24).toString('base64url'),
        person: 'Demo',
      });
      try {
        const study = await studyFrom(vault, sample ?? '', around);
        const seconds = (performance.now() - started) / 1000;
        const [protectedFile, report, card, summary] = results;
        await writeWhole(protectedFile ?? '', writeCsv(loadTable(vault, study.protectedRecords)));
        const html = reportOf(vault, study, around.language);
        await writeWhole(report ?? '', html.report);
        await writeWhole(card ?? '', html.modelCard);
        const json = summaryOf(study, folder, seconds);
        await writeWhole(summary ?? '', `${JSON.stringify(json, null, 2)}\n`);
        return { json, lines: say.summary(linesOf(study, folder, seconds)) };
      } finally {
        vault.close();
      }
    } finally {
      await rm(place, { recursive: true, force: true });
    }
  },
};
