/**
 * `npm run test:rules`: breaks every rule of private training on purpose, in a copy of the sources, and
 * wants the test that holds the rule to fail (test/rules/table.mjs). The tree itself is not touched.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from './child.mjs';
import { closingLine } from './counts.mjs';
import { machineClass } from './cpu.mjs';
import { inModules, NODE, ROOT } from './paths.mjs';
import { say } from './say.mjs';
import { setUp } from './setup.mjs';
import { readNote, writeNote } from './state.mjs';

const RESULT = path.join(ROOT, 'test', 'rules-result.json');
const COPIED = ['main', 'test'];
const LONGEST = 180_000;

/**
 * @param {string[]} ids of rules; none means all, and keeps the result; `text` prints docs/rules.md's part
 * @returns {Promise<number>}
 */
export async function rules(ids) {
  if (ids[0] === 'text') {
    process.stdout.write((await import('../test/rules/table.mjs')).rulesAsText());
    return 0;
  }
  await setUp({ tensorflow: true });
  const counts = await breakRules(ids);
  process.stdout.write(`${closingLine(counts)}\n`);
  return counts.failed > 0 ? 1 : 0;
}

/** @param {string[]} ids @returns {Promise<import('./counts.mjs').Counts>} one for each break */
export async function breakRules(ids = []) {
  const { RULES, edited } = await import('../test/rules/table.mjs');
  const chosen = RULES.filter(({ id }) => ids.length === 0 || ids.includes(id));
  const began = performance.now();
  const state = stateOfSources();
  const scratch = mkdtempSync(path.join(tmpdir(), 'concord-rules-'));
  try {
    const tree = copyTree(scratch);
    const unbroken = await runTests(tree, filesOf(chosen));
    const outcomes = [];
    for (const rule of chosen) {
      outcomes.push({ rule, seen: await breakRule(rule, { tree, unbroken, edited }) });
    }
    const seconds = Math.round((performance.now() - began) / 1000);
    if (ids.length === 0) keepResult(outcomes, { ...state, seconds });
    const all = outcomes.flatMap(({ seen }) => seen);
    const failed = all.filter(({ problem }) => problem !== null).length;
    return { passed: all.length - failed, failed, skipped: 0 };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Sources and tests as they are now; what no break touches is linked. */
function copyTree(scratch) {
  const tree = path.join(scratch, 'tree');
  mkdirSync(tree);
  for (const name of readdirSync(ROOT)) {
    if (name === '.git' || name === '.cache') continue;
    if (COPIED.includes(name))
      cpSync(path.join(ROOT, name), path.join(tree, name), { recursive: true });
    else symlinkSync(path.join(ROOT, name), path.join(tree, name));
  }
  const shared = path.join(ROOT, '..', 'shared');
  if (existsSync(shared)) symlinkSync(shared, path.join(scratch, 'shared'));
  return tree;
}

const filesOf = (chosen) => [
  ...new Set(chosen.flatMap(({ tests }) => Object.values(tests).map(({ file }) => file))),
];

/** @returns {Promise<{fullName: string, file: string, status: string}[]>} */
async function runTests(tree, files, name) {
  const report = path.join(tree, '..', 'report.json');
  rmSync(report, { force: true });
  const filter = name === undefined ? [] : ['-t', name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')];
  await run(
    NODE,
    [
      inModules('vitest', 'vitest.mjs'),
      ...['run', '--project', 'engine', '--reporter=json', `--outputFile.json=${report}`],
      ...filter,
      ...files,
    ],
    { cwd: tree, env: { ...process.env, CI: 'true' }, timeout: LONGEST + 20_000 * files.length },
  );
  const suites = readNote(report)?.testResults ?? [];
  return suites.flatMap((suite) =>
    suite.assertionResults.map(({ fullName, status }) => {
      const file = path.relative(tree, suite.name).replaceAll('\\', '/');
      return { fullName, status, file };
    }),
  );
}

const matching = (results, { file, name }) =>
  results.filter((one) => one.file === file && one.fullName.includes(name));

async function breakRule({ id, tests, breaks }, { tree, unbroken, edited }) {
  const seen = [];
  for (const [key, test] of Object.entries(tests)) {
    const found = matching(unbroken, test);
    const holds = found.length > 0 && found.every(({ status }) => status === 'passed');
    const isTried = breaks.some((one) => one.test === key);
    if (holds && isTried) continue;
    const problem = holds ? 'no break is tried' : `does not pass unbroken (${found.length} found)`;
    seen.push(told(id, { what: `the test itself: ${test.name}`, test, problem }));
  }
  for (const { what, test: key, edits } of breaks) {
    const test = tests[key];
    seen.push(told(id, { what, test, problem: await problemOf({ tree, test, edits, edited }) }));
  }
  return seen;
}

/** Null when the test failed with the edits made. */
async function problemOf({ tree, test, edits, edited }) {
  const before = new Map();
  for (const { file } of edits) before.set(file, readFileSync(path.join(tree, file), 'utf8'));
  try {
    for (const [file, text] of before) {
      const now = edited(
        text,
        edits.filter((edit) => edit.file === file),
      );
      if (now === null) return `an edit does not fit ${file} exactly once`;
      writeFileSync(path.join(tree, file), now);
    }
    const found = matching(await runTests(tree, [test.file], test.name), test);
    if (found.length === 0) return 'the test did not run';
    return found.some(({ status }) => status === 'failed') ? null : 'the test still passes';
  } finally {
    for (const [file, text] of before) writeFileSync(path.join(tree, file), text);
  }
}

function told(id, outcome) {
  const { what, test, problem } = outcome;
  say(
    `${problem === null ? 'seen to fail' : `NOT HELD: ${problem}`} | ${id} | ${what} | ${test.file}`,
  );
  return outcome;
}

/** Which sources are copied and broken: the commit, and whether all is as it says. */
function stateOfSources() {
  const git = (...args) => spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' }).stdout?.trim();
  return {
    commit: git('rev-parse', 'HEAD') || null,
    unchangedSince: git('status', '--porcelain') === '',
  };
}

/** It takes too long for every change: the last whole result is kept beside the tests. */
function keepResult(outcomes, state) {
  writeNote(RESULT, {
    ...state,
    date: new Date().toISOString().slice(0, 10),
    machine: machineClass(),
    rules: outcomes.map(({ rule, seen }) => ({
      id: rule.id,
      rule: rule.rule,
      ...(rule.later === undefined ? {} : { later: rule.later }),
      held_by: Object.values(rule.tests),
      breaks: seen.map(({ what, test, problem }) => ({
        what,
        test: `${test.file}: ${test.name}`,
        seen_to_fail: problem === null,
        ...(problem === null ? {} : { problem }),
      })),
    })),
  });
}
