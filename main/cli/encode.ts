import { ConcordError } from '../contract/errors.ts';
import { BUNDLED_ENCODER } from '../contract/text-models.ts';
import { encodeTexts } from '../learning/encoder/encode-texts.ts';
import { openEncoder } from '../learning/encoder/open-encoder.ts';
import { writeCsv } from '../records/csv-writer.ts';
import type { Column } from '../records/table.ts';
import { requireFree, writeWhole } from '../study/files.ts';
import { textsOf } from '../learning/encoder/texts.ts';
import { required } from './arguments.ts';
import type { Command } from './command.ts';
import { encoderFolder } from './encoders.ts';
import { callerPath } from './paths.ts';
import { READING_OPTIONS, readGiven } from './reading.ts';

/**
 * `encode FILE --text COLUMN ... --out OUT.csv [--encoder ID]`: the vectors of the texts, a row per
 * record and a column per dimension (`v1`, `v2`, ...); nothing of the records themselves is written.
 */
export const encodeCommand: Command = {
  form: {
    files: ['FILE'],
    options: { ...READING_OPTIONS, text: 'texts', out: 'text', encoder: 'text', encoders: 'text' },
  },
  async run(given, around) {
    const columns = given.lists.get('text') ?? [];
    if (columns.length === 0) {
      throw new ConcordError('OPTION_MISSING', { command: 'encode', option: '--text' });
    }
    const out = requireFree(callerPath(required('encode', given, 'out')), given.flags.has('force'));
    const types = Object.fromEntries(columns.map((column) => [column, 'text' as const]));
    const { table } = await readGiven(given, around, types);
    const texts = textsOf(table, columns);
    const id = given.text.get('encoder') ?? BUNDLED_ENCODER;
    const encoder = await openEncoder(id, [encoderFolder(given)]);
    const { dimensions, sha256, note } = encoder;
    const started = performance.now();
    try {
      const vectors = await encodeTexts(encoder, texts, {
        signal: around.signal,
        progress: ({ done, total }) => around.progress({ done, total, unit: 'rows' }),
      });
      const milliseconds = performance.now() - started;
      const written = Array.from({ length: dimensions }, (_, d): Column => ({
        name: `v${d + 1}`,
        type: 'real',
        values: Float64Array.from(texts, (_text, row) => vectors[row * dimensions + d]!),
      }));
      await writeWhole(out, writeCsv({ rows: table.rows, columns: written }));
      const empty = texts.filter((text) => text.trim() === '').length;
      return {
        json: {
          ...{ rows: table.rows, dimensions, empty, milliseconds },
          encoder: { id, sha256, backend: note === null ? 'tensorflow' : 'javascript', note },
        },
      };
    } finally {
      encoder.dispose();
    }
  },
};
