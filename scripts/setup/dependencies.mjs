/**
 * Dependencies exactly as the lockfile says. A stamp inside node_modules says which lockfile they
 * were installed from; it goes when they go. A set that `npm ci` installed by itself is adopted.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { run } from '../child.mjs';
import { contentHash } from '../fingerprint.mjs';
import { inModules, MODULES, NODE, NODE_HOME, NODE_VERSION, ROOT } from '../paths.mjs';
import { say, secondsSince, SetupError } from '../say.mjs';
import { readNote, sizesMatch, sizesOf, writeNote } from '../state.mjs';

const STAMP = path.join(MODULES, '.concord-stamp.json');
const NPM_CI_LIMIT_MS = 15 * 60_000;

/** Files whose loss is worth noticing at every start, beyond one look per package. */
const WATCHED = [
  NODE,
  path.join(NODE_HOME, 'include', 'node', 'node_api.h'),
  inModules('better-sqlite3', 'package.json'),
  inModules('vite', 'package.json'),
  inModules('.package-lock.json'),
];

const lockHash = () =>
  contentHash([path.join(ROOT, 'package-lock.json'), path.join(ROOT, 'package.json')]);

/** Cheap enough for every start: what is wrong with the installed set, or undefined. */
export function dependencyProblem() {
  if (!existsSync(MODULES)) return 'not installed yet';
  const stamp = readNote(STAMP);
  if (!stamp) return 'not checked yet';
  if (stamp.lock !== lockHash()) return 'package-lock.json or package.json changed';
  if (!sizesMatch(stamp.sizes, MODULES)) return 'files are missing or damaged';
  const lost = stamp.packages.find((key) => !existsSync(path.join(ROOT, key, 'package.json')));
  return lost ? `${lost} is missing` : undefined;
}

/**
 * Compares the lockfile with what npm says it installed and with what is there.
 * @param {{packages: Record<string, any>}} lock package-lock.json
 * @param {{packages: Record<string, any>}|undefined} installed node_modules/.package-lock.json
 * @param {(key: string) => string|undefined} versionAt version in the package.json of that folder
 * @param {{os: string, cpu: string, libc: string}} [machine]
 * @returns {string|undefined} the first difference
 */
export function installDifference(lock, installed, versionAt, machine = THIS_MACHINE) {
  if (!installed) return 'npm did not finish installing';
  for (const [key, wanted] of Object.entries(lock.packages)) {
    if (!key.startsWith('node_modules/') || wanted.link) continue;
    const found = installed.packages[key];
    if (!found) {
      if (mayBeAbsent(wanted, machine)) continue;
      return `${key} is missing`;
    }
    if (found.version !== wanted.version || found.integrity !== wanted.integrity) {
      return `${key} is not the locked version`;
    }
    if (versionAt(key) !== wanted.version) return `${key} is incomplete`;
  }
  return undefined;
}

/** npm leaves an optional package out silently; one made for this very machine is needed all the same. */
function mayBeAbsent(wanted, machine) {
  if (wanted.peer) return true;
  if (!wanted.optional && !wanted.devOptional) return false;
  if (!wanted.os || !wanted.cpu) return true;
  const fits = wanted.os.includes(machine.os) && wanted.cpu.includes(machine.cpu);
  return !fits || (wanted.libc !== undefined && !wanted.libc.includes(machine.libc));
}

const THIS_MACHINE = {
  os: process.platform,
  cpu: process.arch,
  libc: existsSync(`/lib/ld-musl-${process.arch === 'x64' ? 'x86_64' : 'aarch64'}.so.1`)
    ? 'musl'
    : 'glibc',
};

function compareWithLock() {
  const versionAt = (key) => readNote(path.join(ROOT, key, 'package.json'))?.version;
  const lock = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'));
  return installDifference(lock, readNote(inModules('.package-lock.json')), versionAt);
}

async function pinnedNodeProblem() {
  if (!existsSync(NODE))
    return `no pinned Node ${NODE_VERSION} for ${process.platform}-${process.arch}`;
  const { ok, output } = await run(NODE, ['--version'], { timeout: 20_000 });
  if (!ok || output.trim() !== NODE_VERSION)
    return `the pinned Node does not run: ${output.trim()}`;
  return undefined;
}

async function problemInDepth() {
  if (!existsSync(MODULES)) return 'not installed yet';
  return compareWithLock() ?? (await pinnedNodeProblem());
}

/** npm as it called us, else the one in PATH. */
function npmCommand(args, env = process.env) {
  const cli = env.npm_execpath;
  if (cli && path.basename(cli) === 'npm-cli.js') return [process.execPath, [cli, ...args]];
  return ['npm', args];
}

/** @param {string[]} args @param {Parameters<typeof run>[2]} options */
export function npm(args, options) {
  const [command, all] = npmCommand(args);
  return run(command, all, options);
}

/** Once with what the npm cache holds, once more from nothing when that fails. */
async function install(reason) {
  for (const attempt of [1, 2]) {
    say(`installing dependencies (${reason})${attempt === 2 ? ', second attempt' : ''}`);
    const began = performance.now();
    if (attempt === 2) rmSync(MODULES, { recursive: true, force: true });
    const { ok, timedOut } = await npm(
      ['ci', '--prefer-offline', '--include=dev', '--include=optional', '--loglevel=error'],
      { cwd: ROOT, timeout: NPM_CI_LIMIT_MS, show: true },
    );
    const problem = ok
      ? await problemInDepth()
      : timedOut
        ? 'npm ci took too long'
        : 'npm ci failed';
    if (!problem) return say(`dependencies installed in ${secondsSince(began)}`);
    reason = problem;
  }
  throw new SetupError(
    `dependencies could not be installed (${reason}). ` +
      'Check that npm reaches its registry, then repeat; docs/setup.md has the known causes.',
  );
}

/** Brings node_modules in line with the lockfile; touches no network when it already is. */
export async function ensureDependencies() {
  const quick = dependencyProblem();
  if (!quick) return;
  const problem = await problemInDepth();
  if (problem) await install(problem === 'not installed yet' ? 'none yet' : problem);
  const installed = readNote(inModules('.package-lock.json'));
  writeNote(STAMP, {
    lock: lockHash(),
    sizes: sizesOf(WATCHED, MODULES),
    packages: Object.keys(installed.packages),
  });
}
