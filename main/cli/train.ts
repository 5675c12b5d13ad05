import { basename } from 'node:path';
import { trainPlan, type TrainPlan } from '../contract/train.ts';
import { columnNamed } from '../learning/columns.ts';
import { saveModel } from '../learning/model.ts';
import type { Trained } from '../learning/train.ts';
import { cellTexts } from '../records/cell-text.ts';
import { writeCsv } from '../records/csv-writer.ts';
import type { FileFacts } from '../records/csv-reader.ts';
import { tableHash } from '../records/table-hash.ts';
import type { Table } from '../records/table.ts';
import { readJson, requireFree, writeWhole } from '../study/files.ts';
import { readRequest } from '../study/read.ts';
import { saveRecords } from '../study/import.ts';
import { sourceHash } from '../study/load.ts';
import { withScores } from '../study/predictions.ts';
import { trainWork, type TrainOutcome } from '../study/train.ts';
import { trainOnTable } from '../study/train-on-table.ts';
import type { Vault } from '../vault/index.ts';
import { required, type Arguments } from './arguments.ts';
import type { Command, Surroundings } from './command.ts';
import { encoderFolder } from './encoders.ts';
import { callerPath } from './paths.ts';
import { readPlan } from './plan.ts';
import { READING_OPTIONS, readGiven } from './reading.ts';
import { errorOfJob, runJob } from './run-job.ts';
import { withVault } from './with-vault.ts';

/** `train FILE --plan PLAN.json [--model OUT] [--predictions OUT.csv] [--vault V --study NAME]`. */
export const trainCommand: Command = {
  form: {
    files: ['FILE'],
    options: {
      ...READING_OPTIONS,
      plan: 'text',
      model: 'text',
      predictions: 'text',
      vault: 'text',
      study: 'text',
      person: 'text',
      encoders: 'text',
      'public-text': 'text',
      'public-text-column': 'text',
    },
  },
  async run(given, around) {
    const plan = readPlan(trainPlan, await readJson(callerPath(required('train', given, 'plan'))));
    const modelFile = outputOf(given, 'model');
    const predictionsFile = outputOf(given, 'predictions');
    const file = callerPath(given.files[0] ?? '');
    const { table, facts } = await readGiven(given, around);
    const publicText = await publicTextOf(given, around);
    const { trained, ledger } = given.text.has('vault')
      ? await trainInVault({ table, facts, name: basename(file), publicText }, plan, given, around)
      : {
          trained: await trainOnTable(table, plan, around, {
            encoders: [encoderFolder(given)],
            publicText,
          }),
          ledger: null,
        };
    if (modelFile !== null) await writeWhole(modelFile, saveModel(trained.model));
    if (predictionsFile !== null) {
      await writeWhole(predictionsFile, writeCsv(testPredictions(table, trained)));
    }
    const peak_rss_mib = process.resourceUsage().maxRSS / 1024;
    return { json: { ...trained.result, ledger, peak_rss_mib } };
  },
};

function outputOf(given: Arguments, option: string): string | null {
  const file = given.text.get(option);
  return file === undefined ? null : requireFree(callerPath(file), given.flags.has('force'));
}

function testPredictions(table: Table, { test, model }: Trained): Table {
  return withScores(table, test.rows, test.scores, model, test.starts);
}

interface ReadFile {
  readonly table: Table;
  readonly facts: FileFacts;
  readonly name: string;
  readonly publicText: readonly string[] | undefined;
}

/** The texts of a column of a second file, which anyone may know. Throws as reading does, COLUMN_UNKNOWN. */
async function publicTextOf(
  given: Arguments,
  around: Surroundings,
): Promise<readonly string[] | undefined> {
  const file = given.text.get('public-text');
  if (file === undefined) return undefined;
  const name = required('train', given, 'public-text-column');
  const { table } = await readRequest({ from: { paths: [callerPath(file)] }, options: {} }, around);
  const text = cellTexts(columnNamed(table, name));
  return Array.from({ length: table.rows }, (_, row) => text(row)).filter((one) => one !== '');
}

/** The same queue, ledger and journal as behind the window. */
function trainInVault(
  file: ReadFile,
  plan: TrainPlan,
  given: Arguments,
  around: Surroundings,
): Promise<TrainOutcome> {
  const studyName = required('train', given, 'study');
  return withVault('train', given, around, async (vault) => {
    const study = vault.studies.ensure(studyName).id;
    const artefact = recordsOf(vault, study, file);
    let outcome: TrainOutcome | undefined;
    const request = { study, artefact, plan, publicText: file.publicText };
    const work = trainWork(vault, request, (done) => (outcome = done));
    const job = await runJob(vault, work, around);
    if (outcome === undefined) throw errorOfJob(job);
    return outcome;
  });
}

/** The study's records with the same content, imported now where there are none. */
export function recordsOf(vault: Vault, study: string, { table, facts, name }: ReadFile): string {
  const hash = tableHash(table);
  const known = vault.artefacts
    .list(study, 'source-records')
    .find((source) => sourceHash(vault, source) === hash);
  return (known ?? saveRecords(vault, { study, name }, table, facts)).id;
}
