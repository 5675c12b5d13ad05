import type { App, Session, WebContents } from 'electron';
import type { LogEvent, LogFields } from './log.ts';

type Refusable = { preventDefault(): void };
export type Note = (event: LogEvent, fields?: LogFields) => void;

/** Every permission, device and download a page could ask for is denied. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }));
  for (const event of ['select-hid-device', 'select-serial-port', 'select-usb-device'] as const) {
    onRefusable(session, event);
  }
  onRefusable(session, 'will-download');
}

/** Installs the rules for every page there will ever be, before the first one exists. */
export function guardContents(app: App, note: Note): void {
  app.on('web-contents-created', (_event, contents) => confine(contents, note));
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault();
    answer(false);
  });
  app.on('login', (event) => event.preventDefault());
  app.on('select-client-certificate', (event) => event.preventDefault());
}

const NAVIGATIONS = ['will-navigate', 'will-redirect', 'will-frame-navigate'] as const;

/** A page may not go elsewhere, open a window, embed a webview or reach a bluetooth device. */
export function confine(contents: WebContents, note: Note): void {
  const emitter: NodeJS.EventEmitter = contents;
  for (const event of NAVIGATIONS) {
    emitter.on(event, (refusable: Refusable) => {
      refusable.preventDefault();
      note('navigation-refused', { reason: event });
    });
  }
  emitter.on('will-attach-webview', (event: Refusable) => event.preventDefault());
  contents.on('select-bluetooth-device', (event, _devices, answer) => {
    event.preventDefault();
    answer('');
  });
  contents.setWindowOpenHandler(() => {
    note('navigation-refused', { reason: 'new-window' });
    return { action: 'deny' };
  });
}

function onRefusable(session: Session, event: string): void {
  const emitter: NodeJS.EventEmitter = session;
  emitter.on(event, (refusable: Refusable) => refusable.preventDefault());
}
