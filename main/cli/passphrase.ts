import { readFile } from 'node:fs/promises';
import { ConcordError } from '../contract/errors.ts';
import { requireFile } from '../study/files.ts';
import { callerPath } from './paths.ts';

/**
 * The passphrase: the first line of the file named by CONCORD_PASSPHRASE_FILE, else of standard
 * input; typed at a terminal it is not shown. It never stands in an argument or an environment
 * variable, which other people of the same computer can read.
 * @throws OPTION_MISSING when there is none.
 */
export async function readPassphrase(
  command: string,
  say: (line: string) => void,
): Promise<string> {
  const [passphrase = ''] = await readPassphrases(command, say, 1);
  return passphrase;
}

/** Several of them, one on each line. @throws OPTION_MISSING when there are fewer. */
export async function readPassphrases(
  command: string,
  say: (line: string) => void,
  count: number,
): Promise<string[]> {
  const file = process.env['CONCORD_PASSPHRASE_FILE'];
  const text =
    file !== undefined && file !== ''
      ? await readFile(requireFile(callerPath(file)), 'utf8')
      : process.stdin.isTTY
        ? await typed(say, count)
        : await piped(count);
  const lines = text.split(/\r?\n/).slice(0, count);
  if (lines.length < count || lines.includes('')) {
    throw new ConcordError('OPTION_MISSING', {
      command,
      option:
        count > 1
          ? `${count} passphrases, one on each line (standard input, or a file named by CONCORD_PASSPHRASE_FILE)`
          : 'a passphrase (standard input, or a file named by CONCORD_PASSPHRASE_FILE)',
    });
  }
  return lines;
}

async function piped(count: number): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) {
    parts.push(part as Buffer);
    if (Buffer.concat(parts).filter((byte) => byte === NEWLINE).length >= count) break;
  }
  return Buffer.concat(parts).toString('utf8');
}

async function typed(say: (line: string) => void, count: number): Promise<string> {
  const lines: string[] = [];
  while (lines.length < count) lines.push(await typedLine(say));
  return lines.join('\n');
}

const NEWLINE = 10;

function typedLine(say: (line: string) => void): Promise<string> {
  say('Passphrase (not shown):');
  const { stdin } = process;
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  return new Promise((resolve) => {
    let text = '';
    const listen = (typedNow: string): void => {
      for (const sign of typedNow) {
        if (sign === '\u0003') process.exit(130);
        if (sign === '\r' || sign === '\n') {
          stdin.setRawMode(false);
          stdin.pause();
          stdin.off('data', listen);
          resolve(text);
          return;
        }
        text = sign === '\u007f' ? [...text].slice(0, -1).join('') : text + sign;
      }
    };
    stdin.on('data', listen);
  });
}
