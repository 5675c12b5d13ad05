import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { judgeArguments } from '../../../main/shell/arguments.ts';
import { NETWORK_SWITCHES } from '../../../main/shell/network.ts';
import { prepare } from '../../../main/shell/start.ts';
import * as electron from './electron-double.ts';

vi.mock('electron', () => import('./electron-double.ts'));
vi.mock('../../../main/shell/engine-host.ts', () => {
  const silent = (): unknown => ({
    send: () => undefined,
    onMessage: () => undefined,
    onExit: () => undefined,
    end: () => Promise.resolve(),
  });
  return {
    usesUtilityProcess: () => false,
    startInNode: silent,
    startInUtilityProcess: silent,
  };
});
vi.mock('../../../main/shell/places.ts', async (importActual) => ({
  ...(await importActual<object>()),
  // The pages may not be built where unit tests run; an empty folder serves as well here.
  builtPlaces: () => ({ preload: '/p', pages: tmpdirWithout(), engine: '/e', node: '/n' }),
}));

const folder = mkdtempSync(join(tmpdir(), 'concord-start-'));
function tmpdirWithout(): string {
  return mkdtempSync(join(folder, 'pages-'));
}

/** What the mocks were told at the start; the test runner empties them before each test. */
let told: { schemes: unknown; sessions: unknown; pages: unknown };

beforeAll(async () => {
  electron.app.userData = join(folder, 'user');
  prepare(judgeArguments([], false));
  electron.becomeReady();
  await vi.waitFor(() => expect(electron.windows.at(-1)?.loadURL).toHaveBeenCalled());
  const sessions = {
    '(default)': electron.session.defaultSession,
    ...Object.fromEntries(electron.sessions),
  };
  told = {
    schemes: electron.protocol.registerSchemesAsPrivileged.mock.calls,
    sessions: Object.entries(sessions).map(([name, session]) => ({
      name,
      permissions: session.setPermissionRequestHandler.mock.calls.length,
      requests: session.webRequest.onBeforeRequest.mock.calls.length,
      proxies: session.setProxy.mock.calls.length,
    })),
    pages: electron.windows[0]?.loadURL.mock.calls,
  };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const position = (name: string): number => electron.asked.indexOf(name);

it('decides sandbox, switches, scheme and single instance before Electron is ready', () => {
  const before = electron.asked.slice(0, position('(ready)'));
  expect(before).toEqual([
    'enableSandbox',
    'disableHardwareAcceleration',
    ...NETWORK_SWITCHES.map(([name]) => `appendSwitch ${name}`),
    'registerSchemesAsPrivileged',
    'requestSingleInstanceLock',
  ]);
  expect(electron.app.listenerCount('web-contents-created')).toBe(1);
});

it('registers a standard, secure scheme and nothing beyond', () => {
  expect(told.schemes).toEqual([
    [[{ scheme: 'app', privileges: { standard: true, secure: true } }]],
  ]);
});

it('closes every session and answers the scheme before there is a window', () => {
  const closed = { permissions: 1, requests: 1, proxies: 1 };
  // A partition without `persist:` lives in memory.
  expect(told.sessions).toEqual([
    { name: '(default)', ...closed },
    { name: 'pages', ...closed },
    { name: 'print', ...closed },
  ]);
  expect(position('protocol.handle')).toBeLessThan(position('new BrowserWindow'));
  expect(electron.windows).toHaveLength(1);
  expect(told.pages).toEqual([['app://concord/index.html']]);
});

it('lets a second instance do no more than bring the window to the front', () => {
  const window = electron.windows[0];
  if (window === undefined) throw new Error('no window');
  window.minimized = true;
  const hostile = ['concord', '--load-extension=/tmp/evil', 'app://evil/', '/etc/passwd'];
  electron.app.emit('second-instance', {}, hostile, '/tmp', { path: '/etc/passwd' });
  expect(window.restore).toHaveBeenCalledOnce();
  expect(window.focus).toHaveBeenCalledOnce();
  expect(window.loadURL).not.toHaveBeenCalled();
  expect(electron.windows).toHaveLength(1);
  const log = readFileSync(join(folder, 'user', 'concord.log'), 'utf8');
  expect(log).toContain('second-instance');
  expect(log).not.toMatch(/evil|passwd/);
});

it('closes without a question while nothing runs, and hears when the screen is locked', () => {
  const window = electron.windows[0];
  if (window === undefined) throw new Error('no window');
  const close = { preventDefault: vi.fn() };
  window.emit('close', close);
  expect(close.preventDefault).not.toHaveBeenCalled();
  expect(electron.dialog.showMessageBox).not.toHaveBeenCalled();
  expect(electron.powerMonitor.eventNames().sort()).toEqual(['lock-screen', 'suspend']);
});

it('ends at once when another instance holds the folder', () => {
  const windows = electron.windows.length;
  vi.mocked(electron.app.requestSingleInstanceLock).mockReturnValueOnce(false);
  prepare(judgeArguments([], false));
  expect(electron.app.exit).toHaveBeenCalledWith(0);
  expect(electron.windows).toHaveLength(windows);
});

it('gives up the sandbox only for the superuser who has to, in development', () => {
  const sandboxed = (args: string[]): boolean => {
    vi.mocked(electron.app.enableSandbox).mockClear();
    vi.mocked(electron.app.requestSingleInstanceLock).mockReturnValueOnce(false);
    prepare(judgeArguments(args, false));
    return vi.mocked(electron.app.enableSandbox).mock.calls.length === 1;
  };
  const superuser = vi.spyOn(process, 'getuid');
  superuser.mockReturnValue(0);
  expect(sandboxed(['--no-sandbox'])).toBe(false);
  expect(sandboxed([])).toBe(true);
  superuser.mockReturnValue(1000);
  expect(sandboxed(['--no-sandbox'])).toBe(true);
  superuser.mockRestore();
});
