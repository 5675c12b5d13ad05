/**
 * The TensorFlow library out of the Python wheel, for machines that reach a Python package index
 * but not upstream's own downloads. Kept once per machine; 820 MB.
 */
import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { run } from '../child.mjs';
import { sha256Of } from '../fingerprint.mjs';
import { machineCache } from '../paths.mjs';
import { say, secondsSince } from '../say.mjs';
import { readNote, sizesMatch, sizesOf, writeNote } from '../state.mjs';

const WHEEL = {
  requirement: 'tensorflow-cpu==2.21.0',
  version: '2.21.0',
  sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
};
const PIP_TARGET = [
  ...['--no-deps', '--only-binary=:all:', '--python-version', '3.11', '--implementation', 'cp'],
  ...['--abi', 'cp311', '--platform', 'manylinux_2_27_x86_64'],
];
const DOWNLOAD_LIMIT_MS = 20 * 60_000;
const UNPACK_LIMIT_MS = 5 * 60_000;
const LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/** Takes only the two libraries and the C headers out of the wheel. */
const UNPACK = `
import os, shutil, sys, zipfile
wheel, target = sys.argv[1:]
headers = tuple('tensorflow/include/' + p for p in
    ('tensorflow/c/', 'tsl/', 'xla/tsl/', 'tensorflow/core/platform/'))
with zipfile.ZipFile(wheel) as z:
    for name in z.namelist():
        if name.startswith(headers) and name.endswith('.h'):
            out = os.path.join(target, 'include', name[len('tensorflow/include/'):])
        elif name in ('tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2'):
            out = os.path.join(target, 'lib', os.path.basename(name))
        else:
            continue
        os.makedirs(os.path.dirname(out), exist_ok=True)
        with z.open(name) as source, open(out, 'wb') as sink:
            shutil.copyfileobj(source, sink, 1 << 20)
`;

const home = () => path.join(machineCache(), `libtensorflow-${WHEEL.version}`);

/** The cached library's folder when it is complete. */
export function cachedLibrary() {
  return sizesMatch(readNote(path.join(home(), 'complete.json')), home()) ? home() : undefined;
}

/**
 * @returns {Promise<{folder: string}|{reason: string}>} a folder with lib/ and include/
 */
export async function fetchLibrary() {
  const cached = cachedLibrary();
  if (cached) return { folder: cached };
  const work = `${home()}.new-${process.pid}`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  try {
    return await download(work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function download(work) {
  const began = performance.now();
  say('fetching the TensorFlow library as a Python wheel (about 270 MB)');
  const python = await pythonWithPip();
  if (!python) return { reason: 'no Python with pip' };
  const wheels = path.join(work, 'wheel');
  const fetched = await run(
    python,
    [
      '-m',
      'pip',
      'download',
      '-q',
      '--retries',
      '1',
      '-d',
      wheels,
      ...PIP_TARGET,
      WHEEL.requirement,
    ],
    { timeout: DOWNLOAD_LIMIT_MS },
  );
  if (!fetched.ok) return { reason: `pip could not provide ${WHEEL.requirement}` };
  const wheel = path.join(wheels, readdirSync(wheels).find((name) => name.endsWith('.whl')) ?? '');
  if ((await sha256Of(wheel)) !== WHEEL.sha256) return { reason: 'the wheel has another checksum' };
  const content = path.join(work, 'content');
  const unpacked = await run(python, ['-c', UNPACK, wheel, content], { timeout: UNPACK_LIMIT_MS });
  if (!unpacked.ok) return { reason: `the wheel could not be unpacked: ${unpacked.output.trim()}` };
  keep(content);
  say(`TensorFlow library ready in ${secondsSince(began)}`);
  return { folder: home() };
}

/** Read-only, because checkouts share these very files by hard links. */
function keep(content) {
  for (const name of LIBRARIES) chmodSync(path.join(content, 'lib', name), 0o444);
  rmSync(home(), { recursive: true, force: true });
  renameSync(content, home());
  const files = LIBRARIES.map((name) => path.join(home(), 'lib', name));
  const header = path.join(home(), 'include', 'tensorflow', 'c', 'c_api.h');
  writeNote(path.join(home(), 'complete.json'), sizesOf([...files, header], home()));
}

async function pythonWithPip() {
  for (const name of ['python3', 'python']) {
    const { ok } = await run(name, ['-m', 'pip', '--version'], { timeout: 30_000 });
    if (ok) return name;
  }
  return undefined;
}

/** Where a binding built against the cached library is kept for other checkouts. */
export const bindingInCache = (key) => path.join(home(), `tfjs_binding-${key}.node`);
