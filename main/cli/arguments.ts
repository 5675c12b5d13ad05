import { ConcordError } from '../contract/errors.ts';

/** `texts` may be given several times. */
type Kind = 'text' | 'texts' | 'flag' | 'number' | 'integer';

/** What one command takes: its files in order, and its options by name (without the dashes). */
export interface CommandForm {
  readonly files: readonly string[];
  /** Further words that may be left out. */
  readonly optional?: readonly string[];
  readonly options: Readonly<Record<string, Kind>>;
}

export interface Arguments {
  readonly files: readonly string[];
  readonly text: ReadonlyMap<string, string>;
  /** Options of kind `texts`, in the order given. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly numbers: ReadonlyMap<string, number>;
  readonly flags: ReadonlySet<string>;
}

/** Options that every command takes. */
export const COMMON_OPTIONS = { json: 'flag', lang: 'text', force: 'flag' } as const;

/**
 * Reads the words after the command by its form. `--name value` and `--name=value` are the same.
 * @throws OPTION_UNKNOWN, OPTION_MISSING (a file or a value), OPTION_INVALID (not a number).
 */
export function readArguments(
  command: string,
  form: CommandForm,
  words: readonly string[],
): Arguments {
  const options: Readonly<Record<string, Kind>> = { ...COMMON_OPTIONS, ...form.options };
  const files: string[] = [];
  const text = new Map<string, string>();
  const lists = new Map<string, string[]>();
  const numbers = new Map<string, number>();
  const flags = new Set<string>();
  const queue = [...words];
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (!word.startsWith('--')) {
      files.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    const name = equals < 0 ? word.slice(2) : word.slice(2, equals);
    const kind = Object.hasOwn(options, name) ? options[name] : undefined;
    if (kind === undefined) {
      const known = Object.keys(options).map((option) => `--${option}`);
      throw new ConcordError('OPTION_UNKNOWN', { command, option: `--${name}`, known });
    }
    if (kind === 'flag') {
      flags.add(name);
      continue;
    }
    const value = equals < 0 ? queue.shift() : word.slice(equals + 1);
    if (value === undefined) {
      throw new ConcordError('OPTION_MISSING', { command, option: `a value after --${name}` });
    }
    if (kind === 'text') text.set(name, value);
    else if (kind === 'texts') lists.set(name, [...(lists.get(name) ?? []), value]);
    else numbers.set(name, readNumber(name, kind, value));
  }
  requireFiles(command, form, files);
  return { files, text, lists, numbers, flags };
}

function readNumber(name: string, kind: 'number' | 'integer', value: string): number {
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (!Number.isFinite(number) || (kind === 'integer' && !Number.isInteger(number))) {
    throw new ConcordError('OPTION_INVALID', {
      option: `--${name}`,
      expected: kind === 'integer' ? 'a whole number' : 'a number',
    });
  }
  return number;
}

function requireFiles(
  command: string,
  { files: wanted, optional = [] }: CommandForm,
  given: readonly string[],
): void {
  const missing = wanted[given.length];
  if (missing !== undefined) throw new ConcordError('OPTION_MISSING', { command, option: missing });
  if (given.length > wanted.length + optional.length) {
    const extra = given[wanted.length + optional.length] ?? '';
    throw new ConcordError('OPTION_UNKNOWN', {
      command,
      option: extra,
      known: wanted.length > 0 ? wanted : ['no file'],
    });
  }
}

/** A text option that must be there. */
export function required(command: string, given: Arguments, name: string): string {
  const value = given.text.get(name);
  if (value === undefined)
    throw new ConcordError('OPTION_MISSING', { command, option: `--${name}` });
  return value;
}

/** Names that are parted by commas; none where there is no text. */
export function listed(text: string | undefined): string[] {
  return text === undefined || text === '' ? [] : text.split(',').map((name) => name.trim());
}
