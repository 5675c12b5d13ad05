/** `npm run lint`: every checker that reads sources, all of them even when one complains. */
import { foreground } from './child.mjs';
import { closingLine } from './counts.mjs';
import { inModules, NODE, ROOT } from './paths.mjs';
import { say } from './say.mjs';
import { setUp } from './setup.mjs';

/** Name and arguments for the pinned Node. */
export const LINTERS = [
  ['prettier', [inModules('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level=warn', '.']],
  ['eslint', [inModules('eslint', 'bin', 'eslint.js'), '.']],
  [
    'svelte-check',
    [inModules('svelte-check', 'bin', 'svelte-check'), '--tsconfig', './tsconfig.renderer.json'],
  ],
  [
    'dependency-cruiser',
    [inModules('dependency-cruiser', 'bin', 'dependency-cruiser.mjs'), 'main', 'renderer'],
  ],
  ['knip', [inModules('knip', 'bin', 'knip.js')]],
];

/** @param {string[]} args names of linters; none means all @returns {Promise<number>} */
export async function lint(args) {
  await setUp({});
  const chosen = LINTERS.filter(([name]) => args.length === 0 || args.includes(name));
  const failed = [];
  for (const [name, command] of chosen) {
    say(`--- ${name}`);
    if ((await foreground(NODE, command, { cwd: ROOT })) !== 0) failed.push(name);
  }
  if (failed.length > 0) say(`complaints from ${failed.join(', ')}`);
  const counts = { passed: chosen.length - failed.length, failed: failed.length, skipped: 0 };
  process.stdout.write(`${closingLine(counts)}\n`);
  return failed.length > 0 ? 1 : 0;
}
