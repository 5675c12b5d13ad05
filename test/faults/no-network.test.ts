import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const CLI = join(import.meta.dirname, '..', '..', 'out', 'engine', 'cli.js');
const folder = mkdtempSync(join(tmpdir(), 'concord-network-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Why a tool cannot be used here, or null. A trial run tells more than its presence. */
function missing(command: string, args: readonly string[]): string | null {
  const trial = spawnSync(command, args, { encoding: 'utf8' });
  if (trial.error !== undefined) return `${command} is not installed`;
  return trial.status === 0 ? null : `${command} may not run here`;
}

const noStrace = missing('strace', ['-f', '-o', '/dev/null', 'true']);
const noUnshare = missing('unshare', ['-n', 'true']);

/** Under CI a check that cannot run has failed; elsewhere it is skipped and says why. */
function itWhere(reason: string | null, name: string, body: () => void): void {
  if (reason === null || process.env['CI'] === 'true') {
    it(
      name,
      () => {
        expect(reason).toBeNull();
        body();
      },
      180_000,
    );
  } else it.skip(`${name} (not run: ${reason})`, body);
}

/** Calls that reach for an internet address: connect and sendto anywhere, bind followed by listen. */
function internetCalls(trace: string): string[] {
  return trace
    .split('\n')
    .filter((line) => /\b(connect|sendto|sendmsg|sendmmsg|bind)\(/.test(line))
    .filter((line) => /sa_family=AF_INET6?\b/.test(line));
}

describe('the engine and the command line over the whole demo', () => {
  it('are built', () => expect(existsSync(CLI)).toBe(true));

  itWhere(noStrace, 'reach for no network address (system calls)', () => {
    const prefix = join(folder, 'trace');
    const demo = join(folder, 'demo');
    const flags = ['-ff', '-e', 'trace=network', '-o', prefix];
    const ran = spawnSync('strace', [...flags, process.execPath, CLI, 'demo', '--out', demo], {
      encoding: 'utf8',
    });
    expect(ran.status, ran.stderr).toBe(0);
    const traces = readdirSync(folder).filter((name) => name.startsWith('trace.'));
    expect(traces.length).toBeGreaterThan(0);
    const calls = traces.flatMap((name) => internetCalls(readFileSync(join(folder, name), 'utf8')));
    expect(calls).toEqual([]);
  });

  itWhere(noStrace, 'would be caught if they did', () => {
    const prefix = join(folder, 'caught');
    const code = "require('net').connect(9, '127.0.0.1').on('error', () => {})";
    spawnSync('strace', ['-ff', '-e', 'trace=network', '-o', prefix, process.execPath, '-e', code]);
    const calls = readdirSync(folder)
      .filter((name) => name.startsWith('caught.'))
      .flatMap((name) => internetCalls(readFileSync(join(folder, name), 'utf8')));
    expect(calls.length).toBeGreaterThan(0);
  });

  itWhere(noUnshare, 'work where there is no network at all', () => {
    const demo = join(folder, 'cut-off');
    const ran = spawnSync('unshare', ['-n', process.execPath, CLI, 'demo', '--out', demo], {
      encoding: 'utf8',
    });
    expect(ran.status, ran.stderr).toBe(0);
    expect(existsSync(join(demo, 'report.html'))).toBe(true);
  });
});
