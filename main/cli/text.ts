import { ConcordError } from '../contract/errors.ts';
import { REDACT_MODES, type RedactMode } from '../identify/redact.ts';
import { identifyTable } from '../identify/table.ts';
import type { ReadResult } from '../records/csv-reader.ts';
import { writeCsv } from '../records/csv-writer.ts';
import { requireFree, writeWhole } from '../study/files.ts';
import { findInColumns, passingKey, redactTable } from '../study/redact.ts';
import { words } from '../words/index.ts';
import { required, type Arguments } from './arguments.ts';
import type { Command, Surroundings } from './command.ts';
import { callerPath } from './paths.ts';
import { READING_OPTIONS, readGiven } from './reading.ts';

/** `identify FILE [--text COLUMN ...]`: the role of each column, and what stands in free text. */
export const identifyCommand: Command = {
  form: { files: ['FILE'], options: { ...READING_OPTIONS, label: 'text', text: 'texts' } },
  async run(given, around) {
    const columns = given.lists.get('text') ?? [];
    // As text a cell is kept as it stands in the file, blanks and line ends too.
    const types = Object.fromEntries(columns.map((column) => [column, 'text' as const]));
    const { table } = await readGiven(given, around, types);
    const roles = identifyTable(table, given.text.get('label'));
    if (columns.length === 0) return { json: roles };
    return { json: { ...roles, spans: await findInColumns(table, columns, around) } };
  },
};

/** `redact FILE --text COLUMN ... --out FILE [--mode mask|tag|pseudonym] [--person COLUMN]`. */
export const redactCommand: Command = {
  form: {
    files: ['FILE'],
    options: { ...READING_OPTIONS, text: 'texts', out: 'text', mode: 'text', person: 'text' },
  },
  async run(given, around) {
    const columns = given.lists.get('text') ?? [];
    if (columns.length === 0) {
      throw new ConcordError('OPTION_MISSING', { command: 'redact', option: '--text' });
    }
    const mode = modeOf(given);
    const out = requireFree(callerPath(required('redact', given, 'out')), given.flags.has('force'));
    const person = given.text.get('person');
    const { table, facts } = await readAsWritten(given, columns, around);
    const { table: redacted, replaced } = await redactTable(
      table,
      {
        mode,
        columns,
        key: passingKey(),
        tags: words(around.language).commands.tags,
        ...(person === undefined ? {} : { person }),
      },
      around,
    );
    await writeWhole(out, writeCsv(redacted, { delimiter: facts.delimiter ?? ',' }));
    return { json: { rows: table.rows, replaced } };
  },
};

/** Every cell as it stands in the file: what is not redacted is written back unchanged. */
async function readAsWritten(
  given: Arguments,
  columns: readonly string[],
  around: Surroundings,
): Promise<ReadResult> {
  const asText = (names: readonly string[]): Record<string, 'text'> =>
    Object.fromEntries(names.map((name) => [name, 'text']));
  const { table } = await readGiven(given, around, asText(columns));
  const types = asText(table.columns.map(({ name }) => name));
  return readGiven(given, around, types);
}

/** @throws OPTION_INVALID */
function modeOf(given: Arguments): RedactMode {
  const wanted = given.text.get('mode') ?? 'tag';
  const mode = REDACT_MODES.find((one) => one === wanted);
  if (mode !== undefined) return mode;
  throw new ConcordError('OPTION_INVALID', { option: '--mode', expected: REDACT_MODES.join(', ') });
}
