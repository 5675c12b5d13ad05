import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { ConcordError } from '../contract/errors.ts';
import { rowReasons } from '../explain/row-reasons.ts';
import { loadModel } from '../learning/model.ts';
import { takeRows } from '../records/shape.ts';
import { requireFile } from '../study/files.ts';
import { reasonsOf } from '../study/reasons.ts';
import { sayReasons } from '../words/reason-text.ts';
import { required, type Arguments } from './arguments.ts';
import type { Command } from './command.ts';
import { encoderFolder } from './encoders.ts';
import { callerPath } from './paths.ts';
import { READING_OPTIONS, readGiven } from './reading.ts';

/**
 * `explain FILE --model M --row N [--pairs 64] [--seed 1]`: why the model answers as it does for the
 * record N, from 1. Without a row: what its answers rest on, `[--groups A,B] [--person COLUMN]
 * [--repeats 5] [--seed 1]`, on records that hold the truth and were held out of its training.
 */
export const explainCommand: Command = {
  form: {
    files: ['FILE'],
    options: {
      ...READING_OPTIONS,
      ...{ model: 'text', row: 'integer', pairs: 'integer', seed: 'integer', repeats: 'integer' },
      ...{ groups: 'text', person: 'text', encoders: 'text' },
    },
  },
  async run(given, around) {
    const file = requireFile(callerPath(required('explain', given, 'model')));
    const model = loadModel(await readFile(file, 'utf8'), basename(file));
    const { table } = await readGiven(given, around);
    const encoders = [encoderFolder(given)];
    const seed = within(given, 'seed', 0, 4_294_967_295) ?? 1;
    const row = given.numbers.get('row');
    if (row === undefined) {
      const test = Int32Array.from({ length: table.rows }, (_, at) => at);
      const repeats = within(given, 'repeats', 1, 1000);
      const person = given.text.get('person');
      const asked = {
        ...{ groups: list(given.text.get('groups')), seed, encoders },
        ...(repeats === undefined ? {} : { repeats }),
        ...(person === undefined ? {} : { person }),
      };
      return { json: await reasonsOf(model, table, { train: null, test }, asked, around) };
    }
    if (row < 1 || row > table.rows) {
      throw new ConcordError('RECORD_UNKNOWN', { record: row, records: table.rows });
    }
    const pairs = within(given, 'pairs', 2, 10_000);
    const { signal } = around;
    const options = { seed, encoders, signal, ...(pairs === undefined ? {} : { pairs }) };
    const found = await rowReasons(model, takeRows(table, Int32Array.of(row - 1)), options);
    const { sentences, notes, head, rows } = sayReasons(found, around.language);
    const lines = [...sentences, ...[head, ...rows].map((cells) => cells.join('\t')), ...notes];
    return { json: found, lines };
  },
};

function list(text: string | undefined): string[] {
  return text === undefined || text === '' ? [] : text.split(',').map((name) => name.trim());
}

function within(given: Arguments, name: string, least: number, most: number): number | undefined {
  const value = given.numbers.get(name);
  if (value === undefined || (value >= least && value <= most)) return value;
  throw new ConcordError('OPTION_INVALID', {
    option: `--${name}`,
    expected: `a whole number from ${least} to ${most}`,
  });
}
