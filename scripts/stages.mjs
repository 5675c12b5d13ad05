/** The stages of `npm test`, in order: what each runs, and what may keep it from running. */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { foreground } from './child.mjs';
import { addCounts, NONE, playwrightCounts, vitestCounts, withExit } from './counts.mjs';
import { playwrightFailures, vitestFailures } from './failures.mjs';
import { inModules, NODE, ROOT, STATE } from './paths.mjs';
import { electronRuntime } from './setup/electron.mjs';
import { hasDisplay } from './start.mjs';
import { readNote } from './state.mjs';

/**
 * @typedef {import('./counts.mjs').Counts} Counts
 * @typedef {{filters: string[], missingPackages: string[], env: NodeJS.ProcessEnv}} Context
 * @typedef {{name: string, files?: (filters: string[]) => string[],
 *   obstacle?: (context: Context) => string|undefined,
 *   run: (context: Context) => Promise<Counts & {failures?: import('./failures.mjs').Failure[]}>}} Stage
 */

const RESULTS = path.join(STATE, '..', 'test');

/** @type {Stage[]} */
export const STAGES = [
  { name: 'types', run: checkTypes },
  vitestStage('engine', ['test/unit', 'test/vectors'], ['test/unit/renderer']),
  vitestStage('renderer', ['test/unit/renderer']),
  vitestStage('faults', ['test/faults']),
  {
    name: 'e2e',
    files: (filters) => testFiles(['test/e2e'], [], filters),
    obstacle: windowObstacle,
    run: runPlaywright,
  },
];

/** Of the long run only. @type {Stage[]} */
export const LONG_STAGES = [
  {
    name: 'rules',
    run: async () => (await import('./rules.mjs')).breakRules(),
  },
];

/** Each side's type check counts as one test; a check keeps one core busy. */
async function checkTypes({ env }) {
  const checks = ['tsconfig.main.json', 'tsconfig.renderer.json'].map(async (project) => {
    const code = await foreground(
      NODE,
      [inModules('typescript', 'bin', 'tsc'), '-p', project, '--pretty', 'false'],
      { cwd: ROOT, env },
    );
    return withExit(code === 0 ? { ...NONE, passed: 1 } : NONE, code);
  });
  return (await Promise.all(checks)).reduce(addCounts, NONE);
}

function vitestStage(project, folders, without = []) {
  return {
    name: project,
    files: (filters) => testFiles(folders, without, filters),
    run: async ({ filters, env }) => {
      const report = freshReport(project);
      const code = await foreground(
        NODE,
        [
          inModules('vitest', 'vitest.mjs'),
          ...['run', '--project', project, '--reporter=default', '--reporter=json'],
          ...[`--outputFile.json=${report}`, ...filters],
        ],
        { cwd: ROOT, env },
      );
      const found = readNote(report);
      return { ...withExit(vitestCounts(found), code), failures: vitestFailures(found) };
    },
  };
}

async function runPlaywright({ filters, env }) {
  const report = freshReport('e2e');
  const own = [inModules('@playwright', 'test', 'cli.js'), 'test', ...filters];
  const [command, ...args] = hasDisplay() ? [NODE, ...own] : ['xvfb-run', '-a', NODE, ...own];
  const code = await foreground(command, args, {
    cwd: ROOT,
    env: { ...env, CONCORD_TEST_REPORT: report },
  });
  const found = readNote(report);
  return { ...withExit(playwrightCounts(found), code), failures: playwrightFailures(found) };
}

function windowObstacle({ missingPackages }) {
  if (missingPackages.length > 0)
    return `system packages are missing: ${missingPackages.join(' ')}`;
  const runtime = electronRuntime();
  return 'missing' in runtime ? runtime.missing : undefined;
}

/** A report left by an earlier run must not be counted again. */
function freshReport(name) {
  mkdirSync(RESULTS, { recursive: true });
  const report = path.join(RESULTS, `${name}.json`);
  rmSync(report, { force: true });
  return report;
}

/**
 * @param {string[]} folders
 * @param {string[]} without folders left out
 * @param {string[]} filters a file counts when its path contains any of them
 */
export function testFiles(folders, without, filters) {
  const found = folders.filter((folder) => existsSync(path.join(ROOT, folder))).flatMap(listTests);
  return found
    .filter((file) => !without.some((folder) => file.startsWith(`${folder}/`)))
    .filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)));
}

const listTests = (folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true })
    .map((name) => path.posix.join(folder, String(name).replaceAll('\\', '/')))
    .filter((file) => /\.(test|spec)\.ts$/.test(file));
