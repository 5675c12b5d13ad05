import { z } from 'zod';
import { readArguments } from './cli/arguments.ts';
import type { Command, Surroundings } from './cli/command.ts';
import { listing } from './cli/listing.ts';
import { ConcordError } from './contract/errors.ts';
import { LANGUAGES, type Language } from './contract/language.ts';
import { words } from './words/index.ts';

z.config({ jitless: true });

/** Each group is loaded when one of its commands runs: the others cost nothing. */
const COMMANDS: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['demo', async () => (await import('./cli/demo.ts')).demoCommand],
  ['profile', async () => (await import('./cli/look.ts')).profileCommand],
  ['repair', async () => (await import('./cli/repair.ts')).repairCommand],
  ['label', async () => (await import('./cli/label.ts')).labelCommand],
  ['identify', async () => (await import('./cli/text.ts')).identifyCommand],
  ['redact', async () => (await import('./cli/text.ts')).redactCommand],
  ['anonymise', async () => (await import('./cli/anonymise.ts')).anonymiseCommand],
  ['encode', async () => (await import('./cli/encode.ts')).encodeCommand],
  ['encoders', async () => (await import('./cli/encoders.ts')).encodersCommand],
  ['epsilon', async () => (await import('./cli/accounting.ts')).epsilonCommand],
  ['calibrate', async () => (await import('./cli/accounting.ts')).calibrateCommand],
  ['train', async () => (await import('./cli/train.ts')).trainCommand],
  ['score', async () => (await import('./cli/score.ts')).scoreCommand],
  ['audit', async () => (await import('./cli/audit.ts')).auditCommand],
  ['review', async () => (await import('./cli/review.ts')).reviewCommand],
  ['explain', async () => (await import('./cli/explain.ts')).explainCommand],
  ['mitigate', async () => (await import('./cli/mitigate.ts')).mitigateCommand],
  ['report', async () => (await import('./cli/report.ts')).reportCommand],
  ['bench', async () => (await import('./cli/bench.ts')).benchCommand],
  ['bin', async () => (await import('./cli/bin.ts')).binCommand],
  ['sign', async () => (await import('./cli/sign.ts')).signCommand],
  ['vault', async () => (await import('./cli/vault.ts')).vaultCommand],
]);

/** Runs one command; the exit status follows the kind of the error (docs/command-line.md). */
async function main(argv: readonly string[]): Promise<number> {
  const [name = 'help', ...rest] = argv;
  const language = languageOf(rest);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  try {
    const load = COMMANDS.get(name);
    if (load === undefined) {
      throw new ConcordError('COMMAND_UNKNOWN', { command: name, known: [...COMMANDS.keys()] });
    }
    const command = await load();
    const given = readArguments(name, command.form, rest);
    const answer = await command.run(given, surroundings(language, stop.signal));
    const lines = answer.lines ?? listing(answer.json);
    process.stdout.write(
      given.flags.has('json') ? `${JSON.stringify(answer.json)}\n` : `${lines.join('\n')}\n`,
    );
    return 0;
  } catch (error) {
    return fail(error, language);
  }
}

function fail(error: unknown, language: Language): number {
  const known =
    error instanceof ConcordError ? error : new ConcordError('INTERNAL', { incident: '–' });
  process.stderr.write(`${known.code}: ${words(language).errors[known.code](known.params)}\n`);
  // Our own fault: the frames say where; the message may quote a record and is left out.
  if (known.code === 'INTERNAL' && error instanceof Error) {
    const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
    process.stderr.write(`${error.name}\n${frames.slice(0, 8).join('\n')}\n`);
  }
  return known.exitCode;
}

function languageOf(rest: readonly string[]): Language {
  const place = rest.indexOf('--lang');
  const wanted = place < 0 ? undefined : rest[place + 1];
  return LANGUAGES.find((language) => language === wanted) ?? 'en';
}

/** Progress goes to stderr, and only where a person watches. */
function surroundings(language: Language, signal: AbortSignal): Surroundings {
  let told = 0;
  return {
    language,
    signal,
    say: (line) => process.stderr.write(`${line}\n`),
    progress: ({ done, total, unit }) => {
      if (!process.stderr.isTTY || Date.now() - told < 250) return;
      told = Date.now();
      process.stderr.write(`\r${words(language).commands.progress(done, total, unit)}   `);
    },
  };
}

process.exitCode = await main(process.argv.slice(2));
