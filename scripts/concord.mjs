/** The command line: set up, built, and run in our place by the pinned Node. */
import path from 'node:path';
import { BUILDS, ensureBuilt } from './build.mjs';
import { foreground } from './child.mjs';
import { NODE, OUT, ROOT } from './paths.mjs';
import { setUp } from './setup.mjs';

/**
 * @param {string[]} args for out/engine/cli.js
 * @returns {Promise<number>} its exit code
 */
export async function concord(args) {
  await setUp({ tensorflow: true });
  await ensureBuilt(BUILDS.engine);
  // Relative files are meant from the caller's folder; npm has already moved to the checkout.
  const env = { ...process.env, INIT_CWD: process.env.INIT_CWD ?? process.cwd() };
  return foreground(NODE, [path.join(OUT, 'engine', 'cli.js'), ...args], { cwd: ROOT, env });
}
