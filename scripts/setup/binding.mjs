/** Puts a TensorFlow library where @tensorflow/tfjs-node looks for it, and builds the binding on it. */
import {
  constants,
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { run } from '../child.mjs';
import { inModules, NODE, NODE_HOME } from '../paths.mjs';
import { say, secondsSince } from '../say.mjs';
import { npm } from './dependencies.mjs';

export const TFJS = inModules('@tensorflow', 'tfjs-node');
const BINDING = 'tfjs_binding.node';
const DEPS_LIB = path.join(TFJS, 'deps', 'lib');
const BUILD_LIMIT_MS = 10 * 60_000;

/** The highest Node-API version tfjs-node 4.22.0 is built for; every Node we run supports it. */
const NODE_API_VERSION = 8;

/** The name the linker asks for, and the file in the wheel that answers to it. */
const LINK_NAMES = {
  'libtensorflow.so': 'libtensorflow_cc.so.2',
  'libtensorflow_framework.so': 'libtensorflow_framework.so.2',
};

/** Where the built binding is: one folder per Node-API version, of which there is one. */
export function findBinding() {
  const lib = path.join(TFJS, 'lib');
  if (!existsSync(lib)) return undefined;
  return readdirSync(lib)
    .map((folder) => path.join(lib, folder, BINDING))
    .find((file) => existsSync(file));
}

/** The files that must stay whole for the binding to load. */
export function nativeFiles() {
  const libraries = existsSync(DEPS_LIB) ? readdirSync(DEPS_LIB) : [];
  return [findBinding(), ...libraries.map((name) => path.join(DEPS_LIB, name))].filter(Boolean);
}

/** Removes whatever an earlier attempt left, so that no half of it is taken for the whole. */
export function removeNative() {
  for (const folder of ['deps', 'lib', 'build']) {
    rmSync(path.join(TFJS, folder), { recursive: true, force: true });
  }
}

/** @param {string} library folder with lib/ and include/ */
export function placeLibrary(library) {
  mkdirSync(DEPS_LIB, { recursive: true });
  for (const [link, file] of Object.entries(LINK_NAMES)) {
    linkOrCopy(path.join(library, 'lib', file), path.join(DEPS_LIB, file));
    symlinkSync(file, path.join(DEPS_LIB, link));
  }
}

function linkOrCopy(from, to) {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to, constants.COPYFILE_FICLONE);
  }
}

/** @param {string} file a binding built earlier against the same library */
export function placeBinding(file) {
  const folder = path.join(TFJS, 'lib', `napi-v${NODE_API_VERSION}`);
  mkdirSync(folder, { recursive: true });
  copyFileSync(file, path.join(folder, BINDING));
}

/**
 * Compiles the binding against the placed library with the pinned Node's own headers.
 * @param {string} library
 * @returns {Promise<string|undefined>} why it failed
 */
export async function buildBinding(library) {
  const gyp = await findNodeGyp();
  if (!gyp) return 'npm brings no node-gyp';
  say('building the TensorFlow binding');
  const began = performance.now();
  cpSync(path.join(library, 'include'), path.join(TFJS, 'deps', 'include'), { recursive: true });
  const { ok, output, timedOut } = await run(
    NODE,
    [
      inModules('@mapbox', 'node-pre-gyp', 'bin', 'node-pre-gyp'),
      ...['install', '--build-from-source', `--nodedir=${NODE_HOME}`],
    ],
    { cwd: TFJS, env: buildEnvironment(gyp), timeout: BUILD_LIMIT_MS },
  );
  rmSync(path.join(TFJS, 'build'), { recursive: true, force: true });
  if (timedOut) return 'the build took too long';
  if (!ok) return lastError(output);
  say(`TensorFlow binding built in ${secondsSince(began)}`);
  return findBinding() ? undefined : 'the build left no binding';
}

/** Explicit headers and gyp: the user's npm configuration may point to another Node's. */
export function buildEnvironment(gyp, env = process.env) {
  return {
    ...env,
    npm_config_nodedir: NODE_HOME,
    npm_config_node_gyp: gyp,
    JOBS: 'max',
    PATH: [path.dirname(NODE), inModules('.bin'), env.PATH].join(path.delimiter),
  };
}

export async function findNodeGyp(env = process.env) {
  const inNpm = path.join('node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  const homes = [];
  if (env.npm_execpath) homes.push(path.resolve(path.dirname(env.npm_execpath), '..'));
  const root = await npm(['root', '--global'], { timeout: 30_000 });
  const last = root.output.trim().split('\n').at(-1);
  if (root.ok && last) homes.push(path.join(last, 'npm'));
  return homes.map((home) => path.join(home, inNpm)).find((file) => existsSync(file));
}

/** The line that says most: a missing compiler or header, else the last one. */
function lastError(output) {
  const lines = output.split('\n').filter((line) => line.trim());
  const telling = lines.find((line) => /not found|fatal error|No such file|Could not/i.test(line));
  return `the build failed: ${(telling ?? lines.at(-1) ?? 'no output').trim()}`;
}
