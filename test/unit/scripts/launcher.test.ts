import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}
interface Stage {
  name: string;
  files?: (filters: string[]) => string[];
}
interface Outcome {
  name: string;
  seconds: number;
  counts: Counts;
  notRun?: string;
}
interface TestModule {
  chooseStages(args: string[], stages: Stage[]): { chosen: Stage[]; filters: string[] };
  summaryLines(outcomes: Outcome[], strict: boolean): { lines: string[]; total: Counts };
}
interface CountsModule {
  vitestCounts(report: unknown): Counts;
  playwrightCounts(report: unknown): Counts;
  withExit(counts: Counts, code: number): Counts;
  closingLine(counts: Counts): string;
}
interface LintModule {
  LINTERS: [name: string, command: [file: string, ...rest: string[]]][];
}
interface StartModule {
  windowCommand(machine: {
    executable: string;
    root: string;
    args: string[];
    display: boolean;
    superuser: boolean;
  }): { command: string; args: string[] } | { refused: string };
}
const scripts = '../../../scripts';
const { chooseStages, summaryLines } = (await import(`${scripts}/test.mjs`)) as TestModule;
const { vitestCounts, playwrightCounts, withExit, closingLine } = (await import(
  `${scripts}/counts.mjs`
)) as CountsModule;
const { windowCommand } = (await import(`${scripts}/start.mjs`)) as StartModule;
const { LINTERS } = (await import(`${scripts}/lint.mjs`)) as LintModule;

const none: Counts = { passed: 0, failed: 0, skipped: 0 };

describe('arguments', () => {
  const launcher = path.resolve(path.dirname(fileURLToPath(import.meta.url)), `${scripts}/run.mjs`);
  it.each([[[]], [['nonsense']], [['toString']]])('%o is refused with the usage', (args) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...args], {
      encoding: 'utf8',
    });
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('usage: node scripts/run.mjs demo|concord|start|test');
  });
});

describe('chooseStages', () => {
  const withFile = (name: string, file: string): Stage => ({
    name,
    files: (filters) => (filters.some((filter) => file.includes(filter)) ? [file] : []),
  });
  const stages = [
    { name: 'types main' },
    withFile('engine', 'test/unit/vault/keys.test.ts'),
    withFile('faults', 'test/faults/kill.test.ts'),
  ];
  const names = (args: string[]) => chooseStages(args, stages).chosen.map((stage) => stage.name);

  it('takes all without arguments', () => expect(names([])).toHaveLength(3));
  it('picks stages by name', () =>
    expect(names(['types', 'faults'])).toEqual(['types main', 'faults']));
  it('picks the stages that have a matching file', () => {
    expect(names(['vault'])).toEqual(['engine']);
    expect(chooseStages(['vault'], stages).filters).toEqual(['vault']);
  });
  it('combines both', () => {
    expect(names(['engine', 'kill'])).toEqual([]);
    expect(names(['faults', 'kill'])).toEqual(['faults']);
  });
});

describe('counts', () => {
  it('reads the report of Vitest', () => {
    const report = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
    expect(vitestCounts(report)).toEqual({ passed: 5, failed: 1, skipped: 3 });
    expect(vitestCounts(undefined)).toEqual(none);
  });
  it('reads the report of Playwright; a test that passed only when repeated has failed', () => {
    const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 2 };
    expect(playwrightCounts({ stats })).toEqual({ passed: 3, failed: 2, skipped: 2 });
    expect(playwrightCounts(undefined)).toEqual(none);
  });
  it('lets no bad end pass for success', () => {
    expect(withExit(none, 1).failed).toBe(1);
    expect(withExit({ ...none, failed: 4 }, 1).failed).toBe(4);
    expect(withExit(none, 0).failed).toBe(0);
  });
  it('writes the closing line', () => {
    expect(closingLine({ passed: 7, failed: 0, skipped: 0 })).toBe('7 passed, 0 failed');
    expect(closingLine({ passed: 7, failed: 2, skipped: 1 })).toBe('7 passed, 2 failed, 1 skipped');
  });
});

describe('summaryLines', () => {
  const outcomes: Outcome[] = [
    { name: 'build engine', seconds: 1, counts: none },
    { name: 'engine', seconds: 2.5, counts: { passed: 4, failed: 1, skipped: 0 } },
    { name: 'e2e', seconds: 0, counts: none, notRun: 'no display' },
  ];
  it('names every stage with its time or the reason why it did not run', () => {
    expect(summaryLines(outcomes, false)).toEqual({
      lines: [
        'build engine: done (1 s)',
        'engine: 4 passed, 1 failed (2.5 s)',
        'e2e: not run: no display',
      ],
      total: { passed: 4, failed: 1, skipped: 0 },
    });
  });
  it('counts what could not run as failed where nothing may be left out', () => {
    expect(summaryLines(outcomes, true).total.failed).toBe(2);
  });
});

describe('windowCommand', () => {
  const machine = { executable: '/e', root: '/r', args: [], display: true, superuser: false };
  it('keeps the sandbox for everyone but the superuser', () => {
    expect(windowCommand(machine)).toEqual({ command: '/e', args: ['/r'] });
    expect(windowCommand({ ...machine, superuser: true })).toEqual({
      command: '/e',
      args: ['--no-sandbox', '/r'],
    });
  });
  it('brings a display of its own for a smoke run only', () => {
    const bare = { ...machine, display: false };
    expect(windowCommand(bare)).toHaveProperty('refused');
    expect(windowCommand({ ...bare, args: ['--smoke'] })).toEqual({
      command: 'xvfb-run',
      args: ['-a', '/e', '/r', '--smoke'],
    });
  });
});

describe('linters', () => {
  it.each(LINTERS)('%s is where the launcher looks for it', (_name, [file]) => {
    expect(existsSync(file)).toBe(true);
  });
});
