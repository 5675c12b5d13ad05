/** The Electron runtime: the official one, else a stand-in for development and tests only. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { run } from '../child.mjs';
import { contentHash } from '../fingerprint.mjs';
import { inModules, NODE, STATE } from '../paths.mjs';
import { say } from '../say.mjs';
import { readNote, writeNote } from '../state.mjs';
import { fallbackRuntime, LAUNCHER } from './electron-fallback.mjs';
import { isReachable } from './probe.mjs';

const NOTE = path.join(STATE, 'electron.json');
const HOME = inModules('electron');
const INSTALL_LIMIT_MS = 10 * 60_000;
const DEFAULT_HOST = 'https://github.com/';

const pinnedVersion = () => readNote(path.join(HOME, 'package.json'))?.version;

/**
 * What set-up found, for `start`, the tests of the window and packaging; touches nothing.
 * @returns {{path: string, version: string, official: boolean}|{missing: string}}
 */
export function electronRuntime() {
  const note = readNote(NOTE);
  if (!note) return { missing: 'the Electron runtime is not set up; run npm run setup' };
  if ('missing' in note.runtime) return note.runtime;
  if (!isWhole(note)) return { missing: 'the Electron runtime is damaged; run npm run setup' };
  return note.runtime;
}

export function electronSettled(env = process.env) {
  const note = readNote(NOTE);
  return note?.key === settingKey(env) && isWhole(note);
}

const sizeOf = (file) => statSync(file, { throwIfNoEntry: false })?.size;
const isWhole = (note) => 'path' in note.runtime && sizeOf(note.runtime.path) === note.size;

/** Another version, mirror, folder or launcher asks the question anew. */
const settingKey = (env) =>
  [pinnedVersion(), env.ELECTRON_MIRROR, env.ELECTRON_OVERRIDE_DIST_PATH, contentHash([LAUNCHER])]
    .map((part) => part ?? '')
    .join('|');

/**
 * @param {{insist: boolean}} options insist: ask for the official runtime again where a stand-in is used
 */
export async function ensureElectron({ insist }, env = process.env) {
  const known = electronRuntime();
  if (electronSettled(env) && (known.official || !insist)) return known;
  const official = await officialRuntime(env);
  const runtime = 'missing' in official ? await fallbackRuntime() : official;
  const size = 'missing' in runtime ? undefined : sizeOf(runtime.path);
  writeNote(NOTE, { runtime, size, key: settingKey(env), officialMissing: official.missing });
  tell(runtime, official);
  return runtime;
}

function tell(runtime, official) {
  if ('missing' in runtime) {
    say(`no Electron runtime: ${official.missing}; ${runtime.missing}`);
  } else if (runtime.official) {
    say(`Electron ${runtime.version} is ready`);
  } else {
    say(`official Electron ${pinnedVersion()}: ${official.missing ?? 'another version was named'}`);
    say(
      `using Electron ${runtime.version} instead, for development and tests only: ` +
        'it is out of support and must not be given to users',
    );
  }
}

async function officialRuntime(env) {
  if (env.ELECTRON_OVERRIDE_DIST_PATH) return fromFolder(env.ELECTRON_OVERRIDE_DIST_PATH);
  const installed = fromFolder(path.join(HOME, 'dist'));
  if (!('missing' in installed) && installed.version === pinnedVersion()) return installed;
  const host = env.ELECTRON_MIRROR || env.npm_config_electron_mirror || DEFAULT_HOST;
  if (!(await isReachable(host))) return { missing: 'its download host cannot be reached' };
  say(`downloading Electron ${pinnedVersion()}`);
  const { ok, output, timedOut } = await run(NODE, [path.join(HOME, 'install.js')], {
    cwd: HOME,
    env,
    timeout: INSTALL_LIMIT_MS,
  });
  if (timedOut) return { missing: 'its download took too long' };
  if (!ok) return { missing: `its installer failed: ${output.trim().split('\n')[0]}` };
  return fromFolder(path.join(HOME, 'dist'));
}

/** An unpacked runtime; official when it is the version this checkout pins. */
function fromFolder(folder) {
  const executable = path.join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron');
  const versionFile = path.join(folder, 'version');
  if (!existsSync(executable) || !existsSync(versionFile)) {
    return { missing: `${folder} holds no Electron runtime` };
  }
  const version = readFileSync(versionFile, 'utf8').trim().replace(/^v/, '');
  return { path: path.resolve(executable), version, official: version === pinnedVersion() };
}
