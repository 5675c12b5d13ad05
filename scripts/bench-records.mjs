/** `npm run bench:records`: import against DuckDB's reader on this machine, into bench/records.json. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { BUILDS, ensureBuilt } from './build.mjs';
import { machineClass } from './cpu.mjs';
import { NODE, OUT, ROOT } from './paths.mjs';
import { setUp } from './setup.mjs';
import { writeNote } from './state.mjs';

/** @param {string[]} args for `concord bench records` @returns {Promise<number>} exit status */
export async function benchRecords(args) {
  await setUp({});
  await ensureBuilt(BUILDS.engine);
  const command = [path.join(OUT, 'engine', 'cli.js'), 'bench', 'records', '--json', ...args];
  const { status, stdout } = spawnSync(NODE, command, {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) return status ?? 1;
  const commit = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: ROOT, encoding: 'utf8' });
  writeNote(path.join(ROOT, 'bench', 'records.json'), {
    commit: commit.stdout?.trim() || null,
    date: new Date().toISOString().slice(0, 10),
    machine: machineClass(),
    ...JSON.parse(stdout),
  });
  process.stdout.write(stdout);
  return 0;
}
