import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';

export interface WindowFacts {
  readonly preload: string;
  /** Developer tools only in development. */
  readonly development: boolean;
}

/** The session of the pages. Without the prefix `persist:` nothing of it is kept on disk. */
export const PARTITION = 'pages';

/** Every setting of the one window, in one place. */
export function windowOptions({
  preload,
  development,
}: WindowFacts): BrowserWindowConstructorOptions {
  return {
    width: 1280,
    height: 800,
    minWidth: 640,
    minHeight: 480,
    show: false,
    title: 'Concord',
    backgroundColor: '#ffffff',
    autoHideMenuBar: false,
    webPreferences: {
      preload,
      partition: PARTITION,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      contextIsolation: true,
      sandbox: true,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      devTools: development,
    },
  };
}

type WindowClass = new (options: BrowserWindowConstructorOptions) => BrowserWindow;

/** Makes the window; it is shown once its first page can be painted. */
export function openWindow(Window: WindowClass, facts: WindowFacts): BrowserWindow {
  const window = new Window(windowOptions(facts));
  window.setMenuBarVisibility(false);
  window.once('ready-to-show', () => window.show());
  return window;
}
