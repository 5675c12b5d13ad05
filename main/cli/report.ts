import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import { mitigationResult } from '../contract/mitigation.ts';
import { PURPOSE_CHARACTERS } from '../contract/purpose.ts';
import type { ReportInputRaw } from '../contract/report.ts';
import { reasonsFound, type ReasonsFound } from '../contract/reasons.ts';
import { reviewResult, type ReviewResult } from '../contract/review.ts';
import { loadModel } from '../learning/model.ts';
import { verifyReport } from '../report/seal.ts';
import { readJson, requireFile, requireFree, writeWhole } from '../study/files.ts';
import { purposeSaid } from '../study/purpose.ts';
import { writeReport } from '../study/report.ts';
import { required, type Arguments } from './arguments.ts';
import type { Command, CommandAnswer, Surroundings } from './command.ts';
import { callerPath } from './paths.ts';
import { readPlan } from './plan.ts';

/**
 * `report --review R.json --model M --out DIR [--reasons F.json] [--lang en|zh-CN]`, `report --verify FILE [--key
 * FINGERPRINT|FILE]`. Purpose and
 * limits come from `--about ABOUT.json`, over which the options of their own go; what `mitigate` answered from
 * `--mitigation M.json`.
 */
export const reportCommand: Command = {
  form: {
    files: [],
    options: {
      ...{ review: 'text', model: 'text', out: 'text', verify: 'text', about: 'text', key: 'text' },
      reasons: 'text',
      mitigation: 'text',
      ...{ question: 'text', purpose: 'text', users: 'text', 'not-for': 'text', limit: 'texts' },
    },
  },
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
  const reasons = await reasonsGiven(given, review, model.sha256);
  const study = await aboutStudy(given);
  const triedFile = given.text.get('mitigation');
  const mitigation =
    triedFile === undefined
      ? {}
      : { mitigation: readPlan(mitigationResult, await readJson(callerPath(triedFile))) };
  const built = writeReport({
    ...{ review, reasons, model, language, journalHead: null, study, ...mitigation },
  });
  await writeWhole(report, built.reportHtml);
  await writeWhole(modelCard, built.modelCardHtml);
  return { json: { report, modelCard } };
}

/** Reasons of the model, counted exactly: they do not stand beside a review with noise. */
async function reasonsGiven(
  given: Arguments,
  review: ReviewResult,
  model: string,
): Promise<ReasonsFound | undefined> {
  const file = given.text.get('reasons');
  if (file === undefined) return undefined;
  const found = readPlan(reasonsFound, await readJson(callerPath(file)));
  const refused = (expected: string): ConcordError =>
    new ConcordError('OPTION_INVALID', { option: '--reasons', expected });
  if (found.model !== model) throw refused('reasons of this model');
  if (review.privacy !== undefined) throw refused('none beside a review with noise');
  return found;
}

const text = z.string().max(PURPOSE_CHARACTERS);
const about = z.strictObject({
  ...{ name: text.optional(), question: text.optional(), purpose: text.optional() },
  ...{ users: text.optional(), notFor: text.optional() },
  limits: z.array(text).max(100).optional(),
});

async function aboutStudy(given: Arguments): Promise<ReportInputRaw['study']> {
  const file = given.text.get('about');
  const { name, limits, ...said } =
    file === undefined ? {} : readPlan(about, await readJson(callerPath(file)));
  const own = (option: string): string | undefined => {
    const value = given.text.get(option);
    if (value === undefined || value.length <= PURPOSE_CHARACTERS) return value;
    const expected = `at most ${PURPOSE_CHARACTERS} characters`;
    throw new ConcordError('OPTION_INVALID', { option: `--${option}`, expected });
  };
  return {
    ...(name === undefined ? {} : { name }),
    ...purposeSaid({
      question: own('question') ?? said.question,
      purpose: own('purpose') ?? said.purpose,
      users: own('users') ?? said.users,
      notFor: own('not-for') ?? said.notFor,
      limits: (given.lists.get('limit') ?? limits ?? []).join('\n'),
    }),
  };
}

async function verify(given: Arguments): Promise<CommandAnswer> {
  const file = requireFile(callerPath(required('report', given, 'verify')));
  const bytes = await readFile(file);
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') {
    throw new ConcordError('OPTION_INVALID', {
      option: '--verify',
      expected: 'the report as a web page (HTML); a PDF is a print of it',
    });
  }
  const key = given.text.get('key');
  const pin = key === undefined ? {} : { key: await fingerprintGiven(key) };
  return { json: verifyReport(bytes, pin) };
}

const FINGERPRINT = /^[0-9a-f]{64}$/;

/** A fingerprint as it is printed, with or without gaps, or a file that holds nothing else. */
async function fingerprintGiven(given: string): Promise<string> {
  const tidy = (text: string): string => text.replaceAll(/[\s:-]+/g, '').toLowerCase();
  if (FINGERPRINT.test(tidy(given))) return tidy(given);
  const found = tidy(await readFile(requireFile(callerPath(given)), 'utf8'));
  if (FINGERPRINT.test(found)) return found;
  const expected = 'a fingerprint of 64 hexadecimal digits, or a file that holds one';
  throw new ConcordError('OPTION_INVALID', { option: '--key', expected });
}
