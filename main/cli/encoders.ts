import { ConcordError } from '../contract/errors.ts';
import { importEncoder } from '../learning/encoder/import-encoder.ts';
import { digestOf, type EncoderSource } from '../learning/encoder/manifest.ts';
import { allEncoders, findEncoder } from '../learning/encoder/open-encoder.ts';
import { EncoderFolder, readImportFrom, usualEncoderFolder } from '../study/encoder-folder.ts';
import { checkedEncoder, encoderFacts } from '../study/encoders.ts';
import type { Arguments } from './arguments.ts';
import type { Command } from './command.ts';
import { callerPath } from './paths.ts';

/** Where imported encoders are: `--encoders DIR`, or the user's data folder. */
export function encoderFolder(given: Arguments): EncoderFolder {
  const chosen = given.text.get('encoders');
  return new EncoderFolder(chosen === undefined ? usualEncoderFolder() : callerPath(chosen));
}

/**
 * `encoders list`, `encoders check [--encoder ID]` (every file against its hash, then a self-check)
 * and `encoders import DIR`.
 */
export const encodersCommand: Command = {
  form: {
    files: ['list|import|check'],
    optional: ['DIR'],
    options: { encoders: 'text', encoder: 'text' },
  },
  async run(given, around) {
    const [what = '', directory] = given.files;
    const folder = encoderFolder(given);
    if (what === 'list') {
      return { json: { encoders: (await allEncoders([folder])).map(factsOf) } };
    }
    if (what === 'check') {
      const one = given.text.get('encoder');
      const sources =
        one === undefined ? await allEncoders([folder]) : [await findEncoder(one, [folder])];
      const encoders = [];
      for (const source of sources) {
        requireGoing(around.signal);
        encoders.push({ ...factsOf(source), ...(await checkedEncoder(source)) });
      }
      return { json: { ok: encoders.every(({ state }) => state === 'ready'), encoders } };
    }
    if (what !== 'import') {
      throw new ConcordError('COMMAND_UNKNOWN', {
        command: `encoders ${what}`,
        known: ['encoders list', 'encoders import', 'encoders check'],
      });
    }
    if (directory === undefined) {
      throw new ConcordError('OPTION_MISSING', { command: 'encoders import', option: 'DIR' });
    }
    const read = readImportFrom(callerPath(directory));
    const imported = await importEncoder((path, limit) => {
      requireGoing(around.signal);
      return read(path, limit);
    });
    requireGoing(around.signal);
    await folder.keep(imported, given.flags.has('force'));
    return { json: { encoder: factsOf({ manifest: imported.manifest }) } };
  },
};

/** @throws CANCELLED */
function requireGoing({ aborted }: AbortSignal): void {
  if (aborted) throw new ConcordError('CANCELLED');
}

/** What the window tells of an encoder, and what a script may want besides. */
const factsOf = (source: Pick<EncoderSource, 'manifest'>): object => ({
  ...encoderFacts(source),
  tokens: source.manifest.description.longest,
  sha256: digestOf(source.manifest),
});
