import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ROOT, runtimePath, sandboxSwitch } from './application.ts';

const WATCHED_SECONDS = 20;
const CALLS = 'connect,sendto,sendmsg,sendmmsg,bind,listen';

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'concord-network-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Why the system calls of a process cannot be watched here; null when they can. */
function obstacle(): string | null {
  if (process.platform !== 'linux') return 'strace is for Linux';
  const { error, status } = spawnSync('strace', ['-o', '/dev/null', 'true']);
  if (error !== undefined) return 'strace is not installed';
  return status === 0 ? null : 'strace may not watch processes here';
}

/** Lines of the trace that name an internet address. */
async function watched(command: string, args: string[], seconds: number): Promise<string[]> {
  const trace = join(folder, 'trace');
  const strace = ['-f', '-qq', '-e', `trace=${CALLS}`, '-o', trace, command, ...args];
  const env = { ...process.env, CONCORD_USER_DATA: join(folder, 'user') };
  const child = spawn('strace', strace, { env, stdio: 'ignore', detached: true });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const timer = setTimeout(() => {
    // The whole group that was started here, and nothing else.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
  }, seconds * 1000);
  await ended;
  clearTimeout(timer);
  const lines = readFileSync(trace, 'utf8').split('\n');
  expect(lines.length).toBeGreaterThan(1);
  return lines.filter((line) => /AF_INET|sin6?_addr/.test(line));
}

test.describe('without a test driver', () => {
  const reason = obstacle();
  if (reason !== null && process.env['CI'] === 'true') {
    test('the network can be watched', () => expect(reason).toBeNull());
    return;
  }
  test.skip(reason !== null, `not run: ${reason ?? ''}`);

  test('the watch sees a connection when there is one', async () => {
    const code = "require('node:net').connect(9, '127.0.0.1').on('error', () => {})";
    const seen = await watched(process.execPath, ['-e', code], 20);
    expect(seen.join('\n')).toMatch(/connect\(.*AF_INET.*127\.0\.0\.1/);
  });

  test(`the window and its engine reach for no address in ${WATCHED_SECONDS} s`, async () => {
    const seen = await watched(runtimePath(), [...sandboxSwitch(), ROOT], WATCHED_SECONDS);
    expect(seen).toEqual([]);
    // It was not quiet because it failed to start.
    const log = readFileSync(join(folder, 'user', 'concord.log'), 'utf8');
    expect(log).toContain('"event":"engine-ready"');
    expect(log).toContain('"event":"window-opened"');
  });
});
