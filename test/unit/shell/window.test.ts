import { expect, it, vi } from 'vitest';
import { openWindow, windowOptions } from '../../../main/shell/window.ts';
import { BrowserWindow, windows } from './electron-double.ts';

const WHOLE = {
  width: 1280,
  height: 800,
  minWidth: 640,
  minHeight: 480,
  show: false,
  title: 'Concord',
  backgroundColor: '#ffffff',
  autoHideMenuBar: false,
};
const PREFERENCES = {
  preload: '/out/preload/index.cjs',
  partition: 'pages',
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  contextIsolation: true,
  sandbox: true,
  webSecurity: true,
  webviewTag: false,
  spellcheck: false,
  navigateOnDragDrop: false,
};

it('gives the window these settings and no others', () => {
  const preload = '/out/preload/index.cjs';
  for (const development of [true, false]) {
    expect(windowOptions({ preload, development })).toStrictEqual({
      ...WHOLE,
      webPreferences: { ...PREFERENCES, devTools: development },
    });
  }
});

it('opens the window with exactly these settings and shows it once it can be painted', () => {
  const facts = { preload: '/out/preload/index.cjs', development: false };
  const WindowClass = BrowserWindow as unknown as Parameters<typeof openWindow>[0];
  openWindow(WindowClass, facts);
  const window = windows.at(-1);
  expect(window?.options).toStrictEqual(windowOptions(facts));
  expect(window?.show).not.toHaveBeenCalled();
  window?.emit('ready-to-show');
  expect(vi.mocked(window?.show)).toHaveBeenCalledOnce();
});
