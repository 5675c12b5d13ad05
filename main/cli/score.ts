import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { loadModel } from '../learning/model.ts';
import { scoreTable } from '../learning/predict.ts';
import { writeCsv } from '../records/csv-writer.ts';
import { requireFile, requireFree, writeWhole } from '../study/files.ts';
import { withScores } from '../study/predictions.ts';
import { required } from './arguments.ts';
import type { Command } from './command.ts';
import { encoderFolder } from './encoders.ts';
import { callerPath } from './paths.ts';
import { READING_OPTIONS, readGiven } from './reading.ts';

/** `score FILE --model M --out OUT.csv`. */
export const scoreCommand: Command = {
  form: {
    files: ['FILE'],
    options: { ...READING_OPTIONS, model: 'text', out: 'text', encoders: 'text' },
  },
  async run(given, around) {
    const modelFile = requireFile(callerPath(required('score', given, 'model')));
    const model = loadModel(await readFile(modelFile, 'utf8'), basename(modelFile));
    const out = requireFree(callerPath(required('score', given, 'out')), given.flags.has('force'));
    const { table } = await readGiven(given, around);
    const started = performance.now();
    const { scores, starts, abstained } = await scoreTable(model, table, {
      signal: around.signal,
      encoders: [encoderFolder(given)],
    });
    const milliseconds = performance.now() - started;
    const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
    await writeWhole(out, writeCsv(withScores(table, rows, scores, model, starts)));
    return { json: { rows: table.rows, abstained, milliseconds } };
  },
};
