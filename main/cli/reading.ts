import { basename } from 'node:path';
import { importOptions, joinPlan, type ImportOptions, type JoinPlan } from '../contract/import.ts';
import { ConcordError } from '../contract/errors.ts';
import type { ReadResult } from '../records/csv-reader.ts';
import { readRequest } from '../study/read.ts';
import type { Arguments, CommandForm } from './arguments.ts';
import type { Surroundings } from './command.ts';
import { callerPath } from './paths.ts';

/** Options of every command that takes a FILE of records: how it is read. */
export const READING_OPTIONS = {
  sheet: 'text',
  encoding: 'text',
  delimiter: 'text',
  quote: 'text',
  'no-header': 'flag',
  comment: 'text',
  fhir: 'text',
  join: 'text',
  key: 'text',
  unmatched: 'text',
  'join-sheet': 'text',
  'join-encoding': 'text',
  'join-delimiter': 'text',
  'join-quote': 'text',
  'join-no-header': 'flag',
  'join-comment': 'text',
  'join-fhir': 'text',
} as const satisfies CommandForm['options'];

/** Names of characters that are awkward in a shell. */
const QUOTES: Readonly<Record<string, string>> = { double: '"', single: "'" };
const DELIMITERS: Readonly<Record<string, string>> = { tab: '\t', '\\t': '\t', space: ' ' };

/** What must stand behind each option, for a person who wrote something else. */
const EXPECTED = {
  sheet: 'the name of a sheet',
  encoding: 'utf-8, gb18030, windows-1252, utf-16le or utf-16be',
  delimiter: 'one character such as , ; | or the word tab',
  quote: 'double, single or none',
  comment: 'one of # % ; ! * /',
  fhir: 'patient or encounter',
  key: 'KEY, or KEY=OTHER where the other file calls it differently',
  unmatched: 'keep or drop',
} as const;

/**
 * Reads the command's FILE, which may be a folder, as its options say; with `--join OTHER --key
 * KEY` the columns of a second file are added, read as the options say that begin with `--join-`.
 * @throws OPTION_INVALID, OPTION_MISSING, and whatever the reader says of the content
 */
export async function readGiven(
  given: Arguments,
  around: Surroundings,
  types: ImportOptions['types'] = undefined,
): Promise<ReadResult> {
  const file = callerPath(given.files[0] ?? '');
  const options = { ...optionsOf(given), ...(types && { types }) };
  const other = given.text.get('join');
  if (other === undefined) return readRequest({ from: { paths: [file] }, options }, around);
  const join = {
    paths: [callerPath(other)],
    plan: joinOf(given, basename(other)),
    options: optionsOf(given, 'join-'),
  };
  return readRequest({ from: { paths: [file] }, options, join }, around);
}

/** How the FILE is read, or, with `join-` before each option, the second one. */
function optionsOf({ text, flags }: Arguments, of: '' | 'join-' = ''): ImportOptions {
  const delimiter = text.get(`${of}delimiter`);
  const quote = text.get(`${of}quote`);
  const wanted = {
    sheet: text.get(`${of}sheet`),
    encoding: text.get(`${of}encoding`)?.toLowerCase(),
    delimiter: delimiter === undefined ? undefined : (DELIMITERS[delimiter] ?? delimiter),
    quote: quote === undefined ? undefined : (QUOTES[quote] ?? quote),
    comment: text.get(`${of}comment`),
    fhir: text.get(`${of}fhir`),
    header: flags.has(`${of}no-header`) ? false : undefined,
  };
  const present = Object.fromEntries(
    Object.entries(wanted).filter(([, value]) => value !== undefined),
  );
  const parsed = importOptions.safeParse(present);
  if (parsed.success) return parsed.data;
  const option = String(parsed.error.issues[0]?.path[0] ?? 'sheet') as keyof typeof EXPECTED;
  throw new ConcordError('OPTION_INVALID', {
    option: `--${of}${option}`,
    expected: EXPECTED[option],
  });
}

function joinOf({ text }: Arguments, other: string): JoinPlan {
  const keys = text.get('key');
  if (keys === undefined)
    throw new ConcordError('OPTION_MISSING', { command: `--join ${other}`, option: '--key' });
  const [key, otherKey, ...more] = keys.split('=');
  const unmatched = text.get('unmatched') ?? 'keep';
  const parsed = joinPlan.safeParse({
    key,
    ...(otherKey !== undefined && { otherKey }),
    unmatched,
  });
  if (parsed.success && more.length === 0) return parsed.data;
  const option = unmatched === 'keep' || unmatched === 'drop' ? 'key' : 'unmatched';
  throw new ConcordError('OPTION_INVALID', { option: `--${option}`, expected: EXPECTED[option] });
}
