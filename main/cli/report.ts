import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ConcordError } from '../contract/errors.ts';
import { reviewResult } from '../contract/review.ts';
import { loadModel } from '../learning/model.ts';
import { verifyReport } from '../report/seal.ts';
import { readJson, requireFile, requireFree, writeWhole } from '../study/files.ts';
import { writeReport } from '../study/report.ts';
import { required, type Arguments } from './arguments.ts';
import type { Command, CommandAnswer, Surroundings } from './command.ts';
import { callerPath } from './paths.ts';
import { readPlan } from './plan.ts';

/** `report --review R.json --model M --out DIR [--lang en|zh-CN]`, `report --verify FILE`. */
export const reportCommand: Command = {
  form: { files: [], options: { review: 'text', model: 'text', out: 'text', verify: 'text' } },
  run: (given, around) => (given.text.has('verify') ? verify(given) : write(given, around)),
};

async function write(given: Arguments, { language }: Surroundings): Promise<CommandAnswer> {
  const folder = callerPath(required('report', given, 'out'));
  const [report, modelCard] = ['report.html', 'model-card.html'].map((name) =>
    requireFree(join(folder, name), given.flags.has('force')),
  ) as [string, string];
  const reviewFile = callerPath(required('report', given, 'review'));
  const review = readPlan(reviewResult, await readJson(reviewFile));
  const modelFile = requireFile(callerPath(required('report', given, 'model')));
  const model = loadModel(await readFile(modelFile, 'utf8'), basename(modelFile));
  if (model.labels.column !== review.asked.label) {
    throw new ConcordError('OPTION_INVALID', {
      option: '--review',
      expected: `a review of the label "${model.labels.column}", which the model predicts`,
    });
  }
  const built = writeReport({ review, model, language, journalHead: null });
  await writeWhole(report, built.reportHtml);
  await writeWhole(modelCard, built.modelCardHtml);
  return { json: { report, modelCard } };
}

async function verify(given: Arguments): Promise<CommandAnswer> {
  const file = requireFile(callerPath(required('report', given, 'verify')));
  return { json: verifyReport(await readFile(file, 'utf8')) };
}
