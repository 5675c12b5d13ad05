import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { rowReasons } from '../explain/row-reasons.ts';
import { loadModel, type TrainedModel } from '../learning/model.ts';
import { scoreTable } from '../learning/predict.ts';
import { writeCsv } from '../records/csv-writer.ts';
import { takeRows } from '../records/shape.ts';
import type { Column, Table } from '../records/table.ts';
import { requireFile, requireFree, writeWhole } from '../study/files.ts';
import { withScores } from '../study/predictions.ts';
import { sayReasons } from '../words/reason-text.ts';
import { required, type Arguments } from './arguments.ts';
import type { Command, Surroundings } from './command.ts';
import { encoderFolder } from './encoders.ts';
import { callerPath } from './paths.ts';
import { READING_OPTIONS, readGiven } from './reading.ts';

/** `score FILE --model M --out OUT.csv [--reasons]`: the last adds why each answer is what it is, in words. */
export const scoreCommand: Command = {
  form: {
    files: ['FILE'],
    options: { ...READING_OPTIONS, model: 'text', out: 'text', encoders: 'text', reasons: 'flag' },
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
    const scored = withScores(table, rows, scores, model, starts);
    const written = given.flags.has('reasons')
      ? {
          ...scored,
          columns: [...scored.columns, await reasonsColumn(model, table, given, around)],
        }
      : scored;
    await writeWhole(out, writeCsv(written));
    return { json: { rows: table.rows, abstained, milliseconds } };
  },
};

/** The sentences of each row's reasons; of networks each of them takes thousands of answers. */
async function reasonsColumn(
  model: TrainedModel,
  table: Table,
  given: Arguments,
  { signal, language, progress }: Surroundings,
): Promise<Column> {
  const encoders = [encoderFolder(given)];
  const dictionary: string[] = [];
  for (let row = 0; row < table.rows; row++) {
    const found = await rowReasons(model, takeRows(table, [row]), { signal, encoders });
    dictionary.push(sayReasons(found, language).sentences.slice(1).join(' '));
    progress({ done: row + 1, total: table.rows, unit: 'rows' });
  }
  const codes = Int32Array.from(dictionary, (text, row) => (text === '' ? -1 : row));
  return { name: 'reasons', type: 'text', codes, dictionary };
}
