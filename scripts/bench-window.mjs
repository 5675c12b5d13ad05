/** `npm run bench:window`: the window's times and memory on this machine, into bench/window.json. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { BUILDS, ensureBuilt } from './build.mjs';
import { foreground } from './child.mjs';
import { machineClass } from './cpu.mjs';
import { NODE, ROOT } from './paths.mjs';
import { setUp } from './setup.mjs';
import { hasDisplay } from './start.mjs';

/** @returns {Promise<number>} exit status */
export async function benchWindow() {
  await setUp({ window: true });
  for (const build of Object.values(BUILDS)) await ensureBuilt(build);
  const own = [path.join('bench', 'window.ts')];
  const [command, ...args] = hasDisplay() ? [NODE, ...own] : ['xvfb-run', '-a', NODE, ...own];
  const git = (...words) => spawnSync('git', words, { cwd: ROOT, encoding: 'utf8' }).stdout?.trim();
  const about = {
    commit: git('rev-parse', 'HEAD') || null,
    unchangedSince: git('status', '--porcelain') === '',
    date: new Date().toISOString().slice(0, 10),
    machine: machineClass(),
  };
  const env = { ...process.env, CONCORD_BENCH_ABOUT: JSON.stringify(about) };
  return foreground(command, args, { cwd: ROOT, env });
}
