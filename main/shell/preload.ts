import { contextBridge, ipcRenderer } from 'electron';

/** The one object the pages get: ask, and be told. Everything else stays on this side. */
contextBridge.exposeInMainWorld(
  'concord',
  Object.freeze({
    call: (name: unknown, input: unknown): Promise<unknown> =>
      ipcRenderer.invoke('concord:call', name, input),
    onEvent: (callback: (event: unknown) => void): (() => void) => {
      const listener = (_event: unknown, message: unknown): void => callback(message);
      ipcRenderer.on('concord:event', listener);
      return () => {
        ipcRenderer.removeListener('concord:event', listener);
      };
    },
  }),
);
