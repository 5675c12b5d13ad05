/**
 * Native TensorFlow in the order: what is there, what this machine already has, upstream's download,
 * the library from the Python wheel. None of them is an error: the program then uses its JavaScript
 * back-end and says so in every result.
 */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../child.mjs';
import { readCpuFlags, tensorflowObstacle } from '../cpu.mjs';
import { NODE, NODE_VERSION, ROOT, STATE } from '../paths.mjs';
import { say } from '../say.mjs';
import { readNote, sizesMatch, sizesOf, writeNote } from '../state.mjs';
import {
  buildBinding,
  buildEnvironment,
  findBinding,
  findNodeGyp,
  nativeFiles,
  placeBinding,
  placeLibrary,
  removeNative,
  TFJS,
} from './binding.mjs';
import { isReachable } from './probe.mjs';
import { bindingInCache, cachedLibrary, fetchLibrary } from './wheel.mjs';

const NOTE = path.join(STATE, 'tensorflow.json');
const CHECK = path.join(path.dirname(fileURLToPath(import.meta.url)), 'check-tensorflow.mjs');
const CHECK_LIMIT_MS = 120_000;
const UPSTREAM_LIMIT_MS = 15 * 60_000;
const RETRY_AFTER_MS = 24 * 3600_000;

const versionKey = () => `${readNote(path.join(TFJS, 'package.json'))?.version}-${NODE_VERSION}`;

/** Is there nothing to do? A failure is not tried again on each start, but daily and by `setup`. */
export function tensorflowSettled(insist) {
  const note = readNote(NOTE);
  if (note?.key !== versionKey()) return false;
  if (note.ok) return sizesMatch(note.sizes, ROOT);
  return !insist && Date.now() - note.at < RETRY_AFTER_MS;
}

/**
 * @param {{insist: boolean}} options insist: try again what failed before
 * @returns {Promise<{ok: boolean, how?: string, reason?: string}>}
 */
export async function ensureTensorflow({ insist }) {
  if (tensorflowSettled(insist)) return readNote(NOTE);
  const result = await settle();
  const sizes = result.ok ? sizesOf(nativeFiles(), ROOT) : undefined;
  writeNote(NOTE, { ...result, key: versionKey(), at: Date.now(), sizes });
  if (result.ok) say(`native TensorFlow works (${result.how})`);
  else say(`no native TensorFlow: ${result.reason}. The slower JavaScript back-end is used`);
  return result;
}

async function settle() {
  const obstacle = tensorflowObstacle(readCpuFlags());
  if (obstacle) return { ok: false, reason: obstacle };
  const reasons = [];
  for (const [how, attempt] of WAYS) {
    const reason = (await attempt()) ?? (await loadProblem());
    if (!reason) {
      if (how === 'library of the Python wheel') keepBinding();
      return { ok: true, how };
    }
    reasons.push(`${how}: ${reason}`);
  }
  removeNative();
  return { ok: false, reason: reasons.slice(1).join('; ') };
}

/** Each answers with the reason why it did not work, or nothing. */
const WAYS = [
  ['already in place', async () => (findBinding() ? undefined : 'not there')],
  ['kept on this machine', fromCache],
  ["upstream's download", fromUpstream],
  ['library of the Python wheel', fromWheel],
];

async function fromCache() {
  const library = cachedLibrary();
  if (!library) return 'nothing kept';
  removeNative();
  placeLibrary(library);
  try {
    placeBinding(bindingInCache(versionKey()));
  } catch {
    return 'no binding kept';
  }
  return undefined;
}

async function fromUpstream() {
  const host =
    process.env.TFJS_NODE_BASE_URI ||
    process.env.TFJS_NODE_CDN_STORAGE ||
    process.env.CDN_STORAGE ||
    'https://storage.googleapis.com/';
  if (!(await isReachable(host))) return 'its host cannot be reached';
  removeNative();
  say("downloading TensorFlow by upstream's own installer");
  // The installer rewrites its package.json and leaves it so when it fails.
  const manifest = path.join(TFJS, 'package.json');
  const before = readFileSync(manifest);
  const { ok, timedOut } = await run(NODE, [path.join('scripts', 'install.js')], {
    cwd: TFJS,
    env: buildEnvironment(await findNodeGyp()),
    timeout: UPSTREAM_LIMIT_MS,
  });
  writeFileSync(manifest, before);
  if (timedOut) return 'the download took too long';
  return ok ? undefined : 'its installer failed';
}

async function fromWheel() {
  if (process.platform !== 'linux') return 'the wheel serves Linux only';
  const fetched = await fetchLibrary();
  if ('reason' in fetched) return fetched.reason;
  removeNative();
  placeLibrary(fetched.folder);
  return buildBinding(fetched.folder);
}

function keepBinding() {
  const binding = findBinding();
  if (binding) copyFileSync(binding, bindingInCache(versionKey()));
}

async function loadProblem() {
  const { ok, output, timedOut } = await run(NODE, [CHECK], { cwd: TFJS, timeout: CHECK_LIMIT_MS });
  if (ok) return undefined;
  if (timedOut) return 'it did not answer';
  const lines = output.trim().split('\n');
  return (lines.find((line) => /Error:/.test(line)) ?? lines.at(-1))?.trim() || 'it does not load';
}
