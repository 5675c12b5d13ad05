import {
  app,
  BrowserWindow,
  dialog,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  session,
  utilityProcess,
} from 'electron';
import type { EngineEvent } from '../contract/message.ts';
import { words } from '../words/index.ts';
import type { Verdict } from './arguments.ts';
import { openBridge } from './bridge.ts';
import { EngineSupervisor } from './engine-supervisor.ts';
import { startInNode, startInUtilityProcess, usesUtilityProcess } from './engine-host.ts';
import { IdleLock } from './idle.ts';
import { Leave, type Choice } from './leave.ts';
import { Lock } from './lock.ts';
import { Log } from './log.ts';
import { installMenu } from './menu.ts';
import { closeNetwork, closeSession } from './network.ts';
import { builtPlaces, personalPlaces } from './places.ts';
import { denyPermissions, guardContents, type Note } from './policy.ts';
import { printer, PRINT_PARTITION } from './print.ts';
import { listPages, pageHandler, PRIVILEGES, SCHEME, START_PAGE } from './protocol.ts';
import { Settings } from './settings.ts';
import { shellCalls } from './shell-calls.ts';
import { firstScreenShown } from './smoke.ts';
import { Tickets } from './tickets.ts';
import { openWindow, PARTITION } from './window.ts';
import { Working } from './working.ts';

interface House {
  readonly note: Note;
  readonly personal: ReturnType<typeof personalPlaces>;
  readonly built: ReturnType<typeof builtPlaces>;
  readonly smoke: boolean;
}

/** All that must be decided before Electron is ready, in this order. */
export function prepare(verdict: Verdict): void {
  const personal = personalPlaces(app.getPath('userData'));
  const log = new Log(personal.log);
  const note: Note = (event, fields) => log.write(event, fields);
  note('started', { version: app.getVersion(), electron: process.versions.electron ?? '0' });
  for (const option of verdict.noted) note('switch-noted', { option });

  if (!runsWithoutSandbox(verdict)) app.enableSandbox();
  app.disableHardwareAcceleration();
  closeNetwork(app.commandLine);
  protocol.registerSchemesAsPrivileged(PRIVILEGES);
  guardContents(app, note);
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return;
  }
  const house = { note, personal, built: builtPlaces(import.meta.dirname), smoke: verdict.smoke };
  app
    .whenReady()
    .then(() => open(house))
    .catch(() => {
      note('start-failed');
      process.stderr.write('concord: the window could not be opened\n');
      app.exit(1);
    });
}

/**
 * The superuser cannot use Chromium's sandbox, and asking for it all the same ends every child
 * process. Only in development: a packaged program refuses the switch before it comes here.
 */
function runsWithoutSandbox({ noted }: Verdict): boolean {
  return process.getuid?.() === 0 && noted.includes('--no-sandbox');
}

async function open(house: House): Promise<void> {
  const { note, personal, built } = house;
  // The pages' own session and that of printing are in memory only; the default one is not used,
  // and closed as well.
  const own = session.fromPartition(PARTITION);
  const printing = session.fromPartition(PRINT_PARTITION);
  for (const each of [own, printing, session.defaultSession]) {
    denyPermissions(each);
    await closeSession(each);
  }
  const pages = listPages(built.pages);
  own.protocol.handle(SCHEME, pageHandler(pages));
  installMenu();

  const window = openWindow(BrowserWindow, {
    preload: built.preload,
    development: !app.isPackaged,
  });
  const tickets = new Tickets();
  const engine = new EngineSupervisor(
    () => startEngine(built, personal.vault),
    (event) => relay(event),
    note,
  );
  const lock = new Lock({
    renewEngine: () => void engine.renew(),
    reloadWindow: () => window.reload(),
  });
  const working = new Working({
    window: () => (window.isDestroyed() ? null : window),
    blocker: powerSaveBlocker,
    platform: process.platform,
  });
  const relay = (event: EngineEvent): void => {
    for (const each of [lock, working]) {
      if (event.kind === 'ready') each.engineStarted();
      else each.seen(event.job);
    }
    if (!lock.isBusy) leave.rested();
    if (!window.isDestroyed()) window.webContents.send('concord:event', event);
  };

  const lockVault = (): void => {
    note('locked');
    // Also where the engine does not answer: the window must show nothing any more.
    void engine
      .call('vault.lock', {})
      .catch(() => undefined)
      .finally(() => lock.lock());
  };
  const settings = new Settings(personal.settings, app.getLocale());
  const idle = new IdleLock({
    isUnlocked: () => !lock.isLocked,
    lock: lockVault,
    minutes: () => settings.idleMinutes,
  });
  const leave = new Leave({
    isBusy: () => lock.isBusy,
    ask: () => askToLeave(window, settings),
    hide: () => {
      if (!lock.isLocked) lockVault();
      window.hide();
    },
    quit: () => app.quit(),
  });

  openBridge({
    mainFrame: () => (window.isDestroyed() ? null : window.webContents.mainFrame),
    windowId: () => window.id,
    askEngine: (call, input, files) => engine.call(call, input, files),
    shell: shellCalls({
      version: app.getVersion(),
      electron: process.versions.electron ?? '0',
      settings,
      tickets,
      engineState: () => engine.state,
      windowId: () => window.id,
      showOpenDialog: (options) => dialog.showOpenDialog(window, options),
      showSaveDialog: (options) => dialog.showSaveDialog(window, options),
      askEngine: (call, input) => engine.call(call, input),
      print: printer({ Window: BrowserWindow, session: printing, pages }),
      development: !app.isPackaged,
      active: () => idle.active(),
    }),
    tickets,
    succeeded: (call) => {
      if (call === 'vault.unlock' || call === 'vault.create') {
        idle.active();
        lock.unlocked();
      }
      if (call !== 'vault.lock') return;
      note('locked');
      lock.lock();
    },
    note,
  });
  watch({ window, tickets, engine, leave, note });
  watchForNobody(idle);

  engine.start();
  const shown = house.smoke ? firstScreenShown(window, () => engine.state === 'ready') : null;
  await window.loadURL(START_PAGE);
  note('window-opened');
  if (shown !== null) await endSmoke(await shown, engine);
}

function startEngine(built: House['built'], vault: string): ReturnType<typeof startInNode> {
  const place = { entry: built.engine, vault, node: built.node };
  if (!usesUtilityProcess(process.versions['napi'])) return startInNode(place);
  return startInUtilityProcess(utilityProcess.fork, place);
}

/** The answer to closing the window while work runs, in the system's own dialog. */
async function askToLeave(window: BrowserWindow, { language }: Settings): Promise<Choice> {
  const w = words(language).screens.home.leave;
  const choices = ['background', 'stop', 'stay'] as const;
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    title: words(language).screens.app.name,
    message: w.message,
    detail: w.detail,
    buttons: choices.map((choice) => w[choice]),
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  });
  return choices[response] ?? 'stay';
}

function watchForNobody(idle: IdleLock): void {
  idle.watch();
  powerMonitor.on('lock-screen', () => idle.lockNow());
  powerMonitor.on('suspend', () => idle.lockNow());
}

interface Watched {
  readonly window: BrowserWindow;
  readonly tickets: Tickets;
  readonly engine: EngineSupervisor;
  readonly leave: Leave;
  readonly note: Note;
}

function watch({ window, tickets, engine, leave, note }: Watched): void {
  const id = window.id;
  window.webContents.on('did-navigate', () => tickets.clear(id));
  window.webContents.on('render-process-gone', () => {
    note('window-crashed');
    tickets.clear(id);
    if (!window.isDestroyed()) window.reload();
  });
  window.on('close', (event) => {
    if (!leave.mayGo()) event.preventDefault();
  });
  window.on('closed', () => tickets.clear(id));
  app.on('second-instance', () => {
    // Its arguments are another program's words: not even looked at.
    note('second-instance');
    if (window.isDestroyed()) return;
    leave.back();
    window.show();
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('window-all-closed', () => app.quit());
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    if (!leave.mayGo()) {
      event.preventDefault();
      return;
    }
    // The engine closes the vault first.
    event.preventDefault();
    void engine.close().finally(() => {
      closed = true;
      app.quit();
    });
  });
}

async function endSmoke(shown: boolean, engine: EngineSupervisor): Promise<void> {
  process.stdout.write(shown ? 'first screen shown\n' : 'the first screen was not shown\n');
  await engine.close();
  app.exit(shown ? 0 : 1);
}
