import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { trainPlan } from '../contract/train.ts';
import { loadModel } from '../learning/model.ts';
import { readJson, requireFile } from '../study/files.ts';
import { leakTest } from '../study/leak-test.ts';
import { listed, required } from './arguments.ts';
import type { Command } from './command.ts';
import { callerPath } from './paths.ts';
import { readPlan } from './plan.ts';
import { READING_OPTIONS, readGiven } from './reading.ts';

/** `audit FILE --model M [--plan P] [--groups A,B] [--sensitive COLUMN]`. */
export const auditCommand: Command = {
  form: {
    files: ['FILE'],
    options: {
      ...READING_OPTIONS,
      ...{ model: 'text', plan: 'text', groups: 'text', sensitive: 'text' },
    },
  },
  async run(given, around) {
    const modelFile = requireFile(callerPath(required('audit', given, 'model')));
    const model = loadModel(await readFile(modelFile, 'utf8'), basename(modelFile));
    const planFile = given.text.get('plan');
    const plan =
      planFile === undefined ? null : readPlan(trainPlan, await readJson(callerPath(planFile)));
    const { table } = await readGiven(given, around);
    const asked = {
      groups: listed(given.text.get('groups')),
      sensitive: given.text.get('sensitive'),
    };
    return { json: await leakTest(table, model, plan, asked, around) };
  },
};
