/** Two builds, each only when its sources changed: the engine with the command line, and the window. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { run } from './child.mjs';
import { sourceFingerprint } from './fingerprint.mjs';
import { withLock } from './lock.mjs';
import { inModules, NODE, OUT, ROOT, STATE } from './paths.mjs';
import { say, secondsSince, SetupError } from './say.mjs';
import { readNote, writeNote } from './state.mjs';

const BUILD_LIMIT_MS = 5 * 60_000;
const OLD_CHUNK_MS = 24 * 3600_000;
const COMMON = ['package-lock.json', 'tsconfig.base.json', 'tsconfig.main.json'];

/**
 * @typedef {{name: string, sources: string[], skip?: (file: string) => boolean,
 *   results: string[], args: string[]}} Build
 * @type {Record<'engine'|'window', Build>}
 */
export const BUILDS = {
  engine: {
    name: 'engine',
    sources: [...COMMON, 'main', 'bench', 'resources', 'vite.engine.config.ts'],
    skip: (file) => file === 'main/shell',
    results: [
      'cli',
      'engine',
      'import-worker',
      'leak-worker',
      'repair-worker',
      'train-worker',
      'figures-worker',
      'noise-worker',
      'column-worker',
      'parquet-worker',
    ].map((name) => `engine/${name}.js`),
    args: [inModules('vite', 'bin', 'vite.js'), 'build', '-c', 'vite.engine.config.ts'],
  },
  window: {
    name: 'window',
    sources: [
      ...[...COMMON, 'tsconfig.renderer.json', 'electron.vite.config.ts', 'renderer', 'resources'],
      ...['main/shell', 'main/contract', 'main/words', 'main/paper'],
    ],
    results: ['main/index.cjs', 'preload/index.cjs', 'renderer/index.html'],
    args: [inModules('electron-vite', 'bin', 'electron-vite.js'), 'build'],
  },
};

const noteOf = (build) => path.join(OUT, `.${build.name}-build.json`);
const resultsThere = (build) => build.results.every((file) => existsSync(path.join(OUT, file)));

/** @param {Build} build */
export function isCurrent(build) {
  if (!resultsThere(build)) return false;
  return readNote(noteOf(build))?.sources === fingerprint(build);
}

const fingerprint = (build) => sourceFingerprint(ROOT, build.sources, build.skip);

/** @param {Build} build */
export async function ensureBuilt(build) {
  if (isCurrent(build)) return;
  await withLock(
    path.join(STATE, `build-${build.name}.lock`),
    `building the ${build.name}`,
    async () => {
      if (!isCurrent(build)) await make(build);
    },
  );
}

async function make(build) {
  const began = performance.now();
  // Read first: a source that changes while we build makes the result out of date.
  const sources = fingerprint(build);
  const { ok, output, timedOut } = await run(NODE, [...build.args, '--logLevel', 'warn'], {
    cwd: ROOT,
    timeout: BUILD_LIMIT_MS,
  });
  if (!ok || !resultsThere(build)) {
    process.stderr.write(`${output.trim()}\n`);
    throw new SetupError(`the ${build.name} did not build${timedOut ? ' in time' : ''}`);
  }
  dropOldChunks(path.join(OUT, build.name, 'chunks'));
  writeNote(noteOf(build), { sources });
  say(`${build.name} built in ${secondsSince(began)}`);
}

/**
 * Chunks of earlier builds stay a day: a running engine may still load one of them. Those of the
 * newest build have just been written.
 */
function dropOldChunks(folder) {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    if (Date.now() - statSync(file).mtimeMs > OLD_CHUNK_MS) rmSync(file);
  }
}
