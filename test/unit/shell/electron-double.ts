import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import { vi } from 'vitest';

/**
 * A stand-in for the `electron` module: it records in order what it was asked, and can be made
 * ready by hand. Only what the shell uses exists.
 */
export const asked: string[] = [];

function record<Args extends unknown[], Result>(
  name: string,
  result: (...args: Args) => Result,
): (...args: Args) => Result {
  return vi.fn((...args: Args) => {
    asked.push(name);
    return result(...args);
  });
}

const nothing = (): undefined => undefined;
let resolveReady: () => void = nothing;
const ready = new Promise<void>((resolve) => {
  resolveReady = resolve;
});
export const becomeReady = (): void => {
  asked.push('(ready)');
  resolveReady();
};

class App extends EventEmitter {
  isPackaged = false;
  userData = tmpdir();
  enableSandbox = record('enableSandbox', nothing);
  disableHardwareAcceleration = record('disableHardwareAcceleration', nothing);
  requestSingleInstanceLock = record('requestSingleInstanceLock', () => true);
  commandLine = {
    appendSwitch: vi.fn((name: string, _value?: string) => {
      asked.push(`appendSwitch ${name}`);
    }),
  };
  exit = record('exit', nothing);
  quit = record('quit', nothing);
  getVersion = (): string => '0.1.0';
  getLocale = (): string => 'en';
  getPath = (): string => this.userData;
  whenReady = (): Promise<void> => ready;
}
export const app = new App();

export const protocol = {
  registerSchemesAsPrivileged: vi.fn((_schemes: unknown) => {
    asked.push('registerSchemesAsPrivileged');
  }),
};

export class FakeSession extends EventEmitter {
  setPermissionRequestHandler = vi.fn();
  setPermissionCheckHandler = vi.fn();
  setDevicePermissionHandler = vi.fn();
  setDisplayMediaRequestHandler = vi.fn();
  setBluetoothPairingHandler = vi.fn();
  setProxy = vi.fn(() => Promise.resolve());
  webRequest = { onBeforeRequest: vi.fn() };
  protocol = { handle: record('protocol.handle', nothing) };
}
export const sessions = new Map<string, FakeSession>();
export const session = {
  defaultSession: new FakeSession(),
  fromPartition: (name: string): FakeSession => {
    const made = sessions.get(name) ?? new FakeSession();
    sessions.set(name, made);
    return made;
  },
};

export class FakeContents extends EventEmitter {
  mainFrame = {
    url: 'app://concord/index.html',
    origin: 'app://concord',
    parent: null,
    processId: 4,
    routingId: 1,
  };
  setWindowOpenHandler = vi.fn();
  send = vi.fn();
}

export const windows: BrowserWindow[] = [];
export class BrowserWindow extends EventEmitter {
  readonly id = windows.length + 1;
  readonly webContents = new FakeContents();
  readonly options: unknown;
  minimized = false;
  constructor(options: unknown) {
    super();
    asked.push('new BrowserWindow');
    this.options = options;
    windows.push(this);
  }
  setMenuBarVisibility = vi.fn();
  setProgressBar = vi.fn();
  loadURL = vi.fn(() => Promise.resolve());
  reload = vi.fn();
  show = vi.fn();
  hide = vi.fn();
  focus = vi.fn();
  restore = vi.fn();
  isMinimized = (): boolean => this.minimized;
  isDestroyed = (): boolean => false;
}

export type IpcHandler = (event: unknown, ...args: unknown[]) => Promise<unknown>;
export const handlers = new Map<string, IpcHandler>();
export const ipcMain = {
  handle: (channel: string, handler: IpcHandler): void => void handlers.set(channel, handler),
};
export const dialog = {
  showOpenDialog: vi.fn(() => Promise.resolve({ canceled: true, filePaths: [] })),
  showMessageBox: vi.fn(() => Promise.resolve({ response: 2 })),
};
export const powerSaveBlocker = {
  start: (_type: string): number => 1,
  stop: (_id: number): boolean => true,
};
export const powerMonitor = new EventEmitter();
export const Menu = { setApplicationMenu: vi.fn(), buildFromTemplate: vi.fn(() => ({})) };
export const utilityProcess = { fork: vi.fn() };
