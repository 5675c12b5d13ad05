/** `npm run bench:window`: the window's times and memory on this machine, into bench/window.json. */
import path from 'node:path';
import { BUILDS, ensureBuilt } from './build.mjs';
import { foreground } from './child.mjs';
import { NODE, ROOT } from './paths.mjs';
import { setUp } from './setup.mjs';
import { hasDisplay } from './start.mjs';

/** @returns {Promise<number>} exit status */
export async function benchWindow() {
  await setUp({ window: true });
  for (const build of Object.values(BUILDS)) await ensureBuilt(build);
  const own = [path.join('bench', 'window.ts')];
  const [command, ...args] = hasDisplay() ? [NODE, ...own] : ['xvfb-run', '-a', NODE, ...own];
  return foreground(command, args, { cwd: ROOT });
}
