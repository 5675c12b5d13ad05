/** `npm test`: set-up, builds, then every stage with its time, and one closing line. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { BUILDS, ensureBuilt } from './build.mjs';
import { addCounts, closingLine, NONE } from './counts.mjs';
import { machineClass } from './cpu.mjs';
import { failureLines } from './failures.mjs';
import { ROOT } from './paths.mjs';
import { say } from './say.mjs';
import { setUp } from './setup.mjs';
import { LONG_STAGES, STAGES } from './stages.mjs';
import { writeNote } from './state.mjs';

/**
 * Which stages the arguments ask for: names of stages pick them, anything else filters files.
 * @param {string[]} args
 * @param {import('./stages.mjs').Stage[]} stages
 */
export function chooseStages(args, stages) {
  const isName = (arg) => stages.some((stage) => stage.name.split(' ')[0] === arg);
  const names = args.filter(isName);
  const filters = args.filter((arg) => !isName(arg));
  const chosen = stages.filter((stage) => {
    if (names.length > 0 && !names.includes(stage.name.split(' ')[0])) return false;
    return filters.length === 0 || (stage.files?.(filters).length ?? 0) > 0;
  });
  return { chosen, filters };
}

/**
 * @typedef {{name: string, seconds: number, counts: import('./counts.mjs').Counts,
 *   failures?: import('./failures.mjs').Failure[], notRun?: string}} Outcome
 */

/** @param {string[]} args @param {{long: boolean}} options @returns {Promise<number>} */
export async function test(args, { long }) {
  const stages = long ? [...STAGES, ...LONG_STAGES] : STAGES;
  const { chosen, filters } = chooseStages(args, stages);
  if (chosen.length === 0) {
    say(
      `no test matches ${args.join(' ')}; the stages are: ${stages.map((s) => s.name).join(', ')}`,
    );
    return 2;
  }
  const wantsWindow = chosen.some((stage) => stage.name === 'e2e');
  const { missingPackages } = await setUp({ tensorflow: true, window: wantsWindow });
  const env = { ...process.env, ...(long ? { CONCORD_TEST_LONG: '1' } : {}) };
  const outcomes = [];
  const builds = wantsWindow ? [BUILDS.engine, BUILDS.window] : [BUILDS.engine];
  for (const build of builds) outcomes.push(await buildOutcome(build));
  const unbuilt = outcomes.filter((outcome) => outcome.counts.failed > 0).map(({ name }) => name);
  for (const stage of chosen) {
    outcomes.push(await stageOutcome(stage, { filters, missingPackages, env }, unbuilt));
  }
  return summarise(outcomes, long && args.length === 0);
}

/** A build that fails counts as a failed test; one that succeeds is not a test. */
async function buildOutcome(build) {
  const began = performance.now();
  const name = `build ${build.name}`;
  try {
    await ensureBuilt(build);
    return { name, seconds: secondsFrom(began), counts: NONE };
  } catch (error) {
    say(error.message);
    return { name, seconds: secondsFrom(began), counts: { ...NONE, failed: 1 } };
  }
}

async function stageOutcome(stage, context, unbuilt) {
  const notRun = reasonNotToRun(stage, context, unbuilt);
  if (notRun) return { name: stage.name, seconds: 0, counts: NONE, notRun };
  say(`--- ${stage.name}`);
  const began = performance.now();
  const { failures = [], ...counts } = await stage.run(context);
  return { name: stage.name, seconds: secondsFrom(began), counts, failures };
}

function reasonNotToRun(stage, context, unbuilt) {
  if (stage.files && stage.files(context.filters).length === 0) return 'it has no test files yet';
  if (stage.name === 'e2e' && unbuilt.length > 0) return `${unbuilt.join(' and ')} failed`;
  return stage.obstacle?.(context);
}

const secondsFrom = (began) => Math.round((performance.now() - began) / 100) / 10;

/**
 * The summary and the exit code; where CI is set, a stage that could not run is a failure.
 * @param {Outcome[]} outcomes
 */
export function summaryLines(outcomes, strict) {
  const lines = outcomes.map(({ name, seconds, counts, notRun }) => {
    if (notRun) return `${name}: not run: ${notRun}`;
    const counted = name.startsWith('build') && counts.failed === 0 ? 'done' : closingLine(counts);
    return `${name}: ${counted} (${seconds} s)`;
  });
  const lost = strict ? outcomes.filter((outcome) => outcome.notRun).length : 0;
  const counts = outcomes.reduce((sum, outcome) => addCounts(sum, outcome.counts), NONE);
  const total = { ...counts, failed: counts.failed + lost };
  return { lines, total };
}

function summarise(outcomes, keepResult) {
  const strict = process.env.CI === 'true' || process.env.CI === '1';
  const { lines, total } = summaryLines(outcomes, strict);
  const failures = failureLines(outcomes.flatMap((outcome) => outcome.failures ?? []));
  process.stdout.write(`\n${[...failures, ...lines, closingLine(total)].join('\n')}\n`);
  if (keepResult) keepLongResult(outcomes, total);
  return total.failed > 0 ? 1 : 0;
}

/** The long run takes too long for every change: its last result is kept beside the tests. */
function keepLongResult(outcomes, total) {
  const git = (...args) => spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' }).stdout?.trim();
  writeNote(path.join(ROOT, 'test', 'long-result.json'), {
    commit: git('rev-parse', 'HEAD') || null,
    unchangedSince: git('status', '--porcelain') === '',
    date: new Date().toISOString().slice(0, 10),
    machine: machineClass(),
    ...total,
    stages: outcomes.map(({ name, seconds, counts, notRun }) => ({
      ...{ name, seconds, ...counts },
      ...(notRun ? { notRun } : {}),
    })),
  });
}
