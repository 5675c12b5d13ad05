import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  engineEnvironment,
  startInNode,
  startInUtilityProcess,
  usesUtilityProcess,
} from '../../../main/shell/engine-host.ts';
import { EngineSupervisor } from '../../../main/shell/engine-supervisor.ts';

/** Speaks the messages of the contract and tells what it was given. */
const ENGINE = `
process.on('message', ({ id, call, input }) => {
  if (call === 'crash') process.kill(process.pid, 'SIGKILL');
  else process.send({ kind: 'reply', id, output: { input, args: process.argv.slice(2), env: process.env } });
});
process.on('disconnect', () => process.exit(0));
process.stdout.write('x'.repeat(200_000));
process.send({ kind: 'ready' });
`;
const folder = mkdtempSync(join(tmpdir(), 'concord-host-'));
const entry = join(folder, 'engine.mjs');
const vault = join(folder, '保险库.vault');
beforeAll(() => writeFileSync(entry, ENGINE));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('decides by the version of Node-API', () => {
  expect([undefined, '', '8', '9'].map(usesUtilityProcess)).toEqual([false, false, false, false]);
  expect(['10', '11'].map(usesUtilityProcess)).toEqual([true, true]);
});

it('gives the engine a minimal environment', () => {
  const full = { LANG: 'C', TMPDIR: '/t', HOME: '/root', SSH_AUTH_SOCK: 's', AWS_TOKEN: 't' };
  const minimal = { LANG: 'C', TMPDIR: '/t', TF_CPP_MIN_LOG_LEVEL: '2' };
  expect(engineEnvironment({ ...full, NODE_OPTIONS: '--inspect', PATH: '/bin' })).toEqual(minimal);
});

describe('in a Node process', () => {
  let supervisor: EngineSupervisor;
  const start = (): void => {
    supervisor = new EngineSupervisor(
      () => startInNode({ entry, vault, node: process.execPath }),
      () => undefined,
      () => undefined,
    );
    supervisor.start();
  };
  afterEach(() => supervisor.close());

  it('answers, knows its vault, and sees nothing else of the surroundings', async () => {
    vi.stubEnv('CONCORD_CANARY', 'canary');
    start();
    const answer = await supervisor.call('vault.status', { a: ['病'] });
    vi.unstubAllEnvs();
    expect(answer).toMatchObject({ input: { a: ['病'] }, args: ['--vault', vault] });
    expect(JSON.stringify(answer)).not.toContain('canary');
  });

  it('killed, fails the call with ENGINE_STOPPED; the next call finds a new engine', async () => {
    start();
    await expect(supervisor.call('crash', {})).rejects.toMatchObject({ code: 'ENGINE_STOPPED' });
    expect(await supervisor.call('vault.status', {})).toMatchObject({ input: {} });
  });

  it('that cannot be started is told as ended', async () => {
    start();
    const ended = new Promise((resolve) => {
      startInNode({ entry, vault, node: join(folder, 'no-node') }).onExit(resolve);
    });
    expect(await ended).toBeNull();
  });

  it('ends by itself when asked', async () => {
    start();
    const engine = startInNode({ entry, vault, node: process.execPath });
    await new Promise((resolve) => engine.onMessage(resolve));
    const code = new Promise((resolve) => engine.onExit(resolve));
    await engine.end();
    expect(await code).toBe(0);
  });
});

it('in a utility process gets its name, pipes and the minimal environment', () => {
  const child = Object.assign(new EventEmitter(), {
    stdout: new EventEmitter(),
    stderr: new EventEmitter(),
    pid: undefined,
    postMessage: vi.fn(),
    kill: vi.fn(),
  });
  const fork = vi.fn(() => child);
  const engine = startInUtilityProcess(fork as never, { entry, vault, node: '' });
  expect(fork).toHaveBeenCalledWith(entry, ['--vault', vault], {
    env: engineEnvironment(process.env),
    stdio: 'pipe',
    serviceName: 'Concord engine',
  });
  engine.send({ kind: 'request' });
  expect(child.postMessage).toHaveBeenCalledWith({ kind: 'request' });
  const heard: unknown[] = [];
  engine.onMessage((message) => heard.push(message));
  engine.onExit((code) => heard.push(code));
  child.emit('message', { kind: 'ready' });
  child.emit('exit', 9);
  expect(heard).toEqual([{ kind: 'ready' }, 9]);
});
