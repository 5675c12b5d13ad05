import { EventEmitter } from 'node:events';
import type { App, Session, WebContents } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { closeNetwork, closeSession, NETWORK_SWITCHES } from '../../../main/shell/network.ts';
import { confine, denyPermissions, guardContents } from '../../../main/shell/policy.ts';
import { FakeContents, FakeSession } from './electron-double.ts';

const PERMISSIONS = [
  'clipboard-read',
  'clipboard-sanitized-write',
  'media',
  'display-capture',
  'mediaKeySystem',
  'geolocation',
  'notifications',
  'midi',
  'midiSysex',
  'pointerLock',
  'keyboardLock',
  'fullscreen',
  'openExternal',
  'window-management',
  'idle-detection',
  'storage-access',
  'top-level-storage-access',
  'fileSystem',
  'hid',
  'serial',
  'usb',
  'speaker-selection',
  'background-sync',
  'deprecated-sync-clipboard-read',
  'unknown',
];

describe('permissions', () => {
  function denying(): FakeSession {
    const session = new FakeSession();
    denyPermissions(session as unknown as Session);
    return session;
  }

  it.each(PERMISSIONS)('%s is denied when asked for and when checked', (permission) => {
    const session = denying();
    const answer = vi.fn();
    session.setPermissionRequestHandler.mock.calls[0]?.[0]({}, permission, answer, {});
    expect(answer.mock.calls).toEqual([[false]]);
    const check = session.setPermissionCheckHandler.mock.calls[0]?.[0];
    expect(check({}, permission, 'app://concord', {})).toBe(false);
  });

  it('devices, screens and pairings are denied', () => {
    const session = denying();
    expect(session.setDevicePermissionHandler.mock.calls[0]?.[0]({ deviceType: 'usb' })).toBe(
      false,
    );
    const answer = vi.fn();
    session.setDisplayMediaRequestHandler.mock.calls[0]?.[0]({}, answer);
    expect(answer.mock.calls).toEqual([[null]]);
    const pairing = vi.fn();
    session.setBluetoothPairingHandler.mock.calls[0]?.[0]({}, pairing);
    expect(pairing.mock.calls).toEqual([[{ confirmed: false }]]);
  });

  it.each(['select-hid-device', 'select-serial-port', 'select-usb-device', 'will-download'])(
    '%s is prevented',
    (event) => expect(prevented(denying(), event)).toBe(true),
  );
});

describe('pages', () => {
  function confined(): FakeContents {
    const app = new EventEmitter();
    guardContents(app as unknown as App, () => undefined);
    const contents = new FakeContents();
    app.emit('web-contents-created', {}, contents);
    return contents;
  }

  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview'])(
    '%s is prevented in every page there will be',
    (event) => expect(prevented(confined(), event)).toBe(true),
  );

  it('open no window', () => {
    const handler = confined().setWindowOpenHandler.mock.calls[0]?.[0];
    for (const url of [
      'app://concord/index.html',
      'https://example.org',
      'file:///',
      'about:blank',
    ])
      expect(handler({ url })).toEqual({ action: 'deny' });
  });

  it('choose no bluetooth device', () => {
    const contents = new FakeContents();
    confine(contents as unknown as WebContents, () => undefined);
    const answer = vi.fn();
    contents.emit('select-bluetooth-device', { preventDefault: vi.fn() }, [{}], answer);
    expect(answer.mock.calls).toEqual([['']]);
  });

  it('trust no certificate and give no credentials', () => {
    const app = new EventEmitter();
    guardContents(app as unknown as App, () => undefined);
    const answer = vi.fn();
    const event = { preventDefault: vi.fn() };
    app.emit('certificate-error', event, {}, 'https://a', 'error', {}, answer);
    expect(answer.mock.calls).toEqual([[false]]);
    expect(prevented(app, 'login')).toBe(true);
    expect(prevented(app, 'select-client-certificate')).toBe(true);
  });
});

describe('network', () => {
  it.each([
    ['app://concord/index.html', false],
    ['app://concord/assets/index.js', false],
    ['app://concord', true],
    ['app://concord.evil/', true],
    ['app://evil/index.html', true],
    ['http://127.0.0.1/', true],
    ['https://example.org/', true],
    ['ws://localhost:1/', true],
    ['file:///etc/passwd', true],
    ['data:text/html,x', true],
    ['blob:app://concord/x', true],
    ['devtools://devtools/bundled/inspector.html', true],
    ['chrome-extension://x/', true],
    ['about:blank', true],
    ['', true],
  ])('%s is cancelled: %s', async (url, cancel) => {
    const session = new FakeSession();
    await closeSession(session as unknown as Session);
    const answer = vi.fn();
    session.webRequest.onBeforeRequest.mock.calls[0]?.[0]({ url }, answer);
    expect(answer.mock.calls).toEqual([[{ cancel }]]);
    // No filter: the rule sees every request.
    expect(session.webRequest.onBeforeRequest.mock.calls[0]).toHaveLength(1);
    expect(session.setProxy).toHaveBeenCalledWith({
      proxyRules: 'socks5://0.0.0.0:1',
      proxyBypassRules: '<-loopback>',
    });
  });

  it('has a resolver that finds nothing and a proxy that leads nowhere', () => {
    const appendSwitch = vi.fn();
    closeNetwork({ appendSwitch });
    expect(appendSwitch.mock.calls).toEqual(NETWORK_SWITCHES);
    expect(appendSwitch.mock.calls).toEqual(
      expect.arrayContaining([
        ['host-resolver-rules', 'MAP * ~NOTFOUND'],
        ['proxy-server', 'socks5://0.0.0.0:1'],
        ['disable-background-networking'],
      ]),
    );
  });
});

function prevented(emitter: EventEmitter, event: string): boolean {
  const preventDefault = vi.fn();
  emitter.emit(event, { preventDefault });
  return preventDefault.mock.calls.length === 1;
}
