import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CLI = join(import.meta.dirname, '..', 'main', 'cli.ts');
/** What V8 made of the sources (vitest.config.ts): without it half of the time goes into that. */
const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The one object on standard output, with --json. */
  json<T>(): T;
}

/** Runs the command line as a process of its own, as a script outside would. */
export function concord(
  args: readonly string[],
  options: { cwd?: string; input?: string; env?: Record<string, string> } = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], {
      cwd: options.cwd ?? tmpdir(),
      env: { PATH, NODE_COMPILE_CACHE, ...options.env },
      stdio: 'pipe',
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text: Buffer) => (stdout += text.toString('utf8')));
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString('utf8')));
    child.on('error', reject);
    child.on('close', (status) => {
      resolve({ status, stdout, stderr, json: <T>() => JSON.parse(stdout) as T });
    });
    child.stdin.on('error', () => {}); // a command that needs no input closes it early
    child.stdin.end(options.input ?? '');
  });
}

/** A folder for one test file's inputs and outputs, removed by `remove`. */
export function scratchFolder(): {
  path: (name: string) => string;
  write: (name: string, content: string | Uint8Array) => string;
  /** A folder inside it, made now. */
  folder: (name: string) => string;
  remove: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'concord-test-'));
  const path = (name: string): string => join(folder, name);
  return {
    path,
    write(name, content) {
      writeFileSync(path(name), content);
      return path(name);
    },
    folder(name) {
      mkdirSync(path(name), { recursive: true });
      return path(name);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
