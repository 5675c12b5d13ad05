/** System libraries a window needs on Linux: looked for, installed where that is allowed, else named. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { run } from '../child.mjs';
import { say, secondsSince } from '../say.mjs';

/** Debian package, and the program, shared library or font file that shows it is there. */
export const NEEDED = [
  { package: 'libgtk-3-0', library: 'libgtk-3.so.0' },
  { package: 'libnss3', library: 'libnss3.so' },
  { package: 'libasound2', library: 'libasound.so.2' },
  { package: 'libgbm1', library: 'libgbm.so.1' },
  { package: 'xvfb', program: 'Xvfb' },
  { package: 'xvfb', program: 'xvfb-run' },
  { package: 'xauth', program: 'xauth' },
  { package: 'strace', program: 'strace' },
  { package: 'fonts-wqy-microhei', file: '/usr/share/fonts/truetype/wqy/wqy-microhei.ttc' },
];

const UPDATE_LIMIT_MS = 3 * 60_000;
const INSTALL_LIMIT_MS = 10 * 60_000;

/** @param {string} name */
export function inPath(name, env = process.env) {
  const folders = (env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.some((folder) => existsSync(path.join(folder, name)));
}

/**
 * @param {{libraries: string, hasProgram: (name: string) => boolean, hasFile: (file: string) => boolean}} machine
 *   libraries: what `ldconfig -p` prints
 * @returns {string[]} packages to install, each once
 */
export function missingPackages(machine) {
  const there = (need) => {
    if (need.library) return machine.libraries.includes(`\t${need.library} `);
    if (need.program) return machine.hasProgram(need.program);
    return machine.hasFile(need.file);
  };
  return [...new Set(NEEDED.filter((need) => !there(need)).map((need) => need.package))];
}

async function missingHere() {
  const ldconfig = inPath('ldconfig') ? 'ldconfig' : '/sbin/ldconfig';
  const { output } = await run(ldconfig, ['-p'], { timeout: 20_000 });
  return missingPackages({ libraries: output, hasProgram: inPath, hasFile: existsSync });
}

/**
 * @returns {Promise<string[]>} what is still missing; those who need it say 'not run' or stop
 */
export async function ensureSystem() {
  if (process.platform !== 'linux') return [];
  const missing = await missingHere();
  if (missing.length === 0) return [];
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0 || !inPath('apt-get')) {
    const how = inPath('apt-get')
      ? `sudo ${command}`
      : `install what Debian calls ${missing.join(' ')}`;
    say(`a window needs system packages that are missing. To have them, run: ${how}`);
    return missing;
  }
  return install(missing, command);
}

async function install(missing, command) {
  say(`installing system packages: ${missing.join(' ')}`);
  const began = performance.now();
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env, timeout: UPDATE_LIMIT_MS });
  const [program, ...args] = command.split(' ');
  const { ok, output } = await run(program, args, { env, timeout: INSTALL_LIMIT_MS });
  if (!ok)
    say(`apt-get failed: ${output.trim().split('\n').at(-1)}. To repeat it, run: ${command}`);
  const still = await missingHere();
  if (still.length === 0) say(`system packages installed in ${secondsSince(began)}`);
  return still;
}
