import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

interface Failure {
  readonly test: string;
  readonly message: string;
}
interface Failures {
  vitestFailures(report: unknown): Failure[];
  playwrightFailures(report: unknown): Failure[];
  failureLines(failures: Failure[]): string[];
}
const scripts = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'scripts');
const { vitestFailures, playwrightFailures, failureLines } = (await import(
  `${scripts}/failures.mjs`
)) as Failures;

describe('failed tests are told by name after the summary', () => {
  it('from the report of Vitest, files that do not load among them', () => {
    const testResults = [
      {
        ...{ name: 'a.test.ts', status: 'failed' },
        assertionResults: [
          { status: 'passed', fullName: 'adds' },
          { status: 'failed', fullName: 'takes away', failureMessages: ['expected 1\n  to be 2'] },
        ],
      },
      { name: 'b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
      { name: 'c.test.ts', status: 'passed', assertionResults: [] },
    ];
    const failures = vitestFailures({ testResults });
    expect(failureLines(failures)).toEqual([
      'failed: a.test.ts: takes away\n  expected 1\n    to be 2',
      'failed: b.test.ts\n  no such module',
    ]);
    expect(vitestFailures(undefined)).toEqual([]);
  });

  it('from the report of Playwright, at any depth', () => {
    const spec = (title: string, ok: boolean) => ({
      ...{ file: 'w.test.ts', line: 7, title, ok },
      tests: [{ results: [{ errors: ok ? [] : [{ message: 'timeout' }] }] }],
    });
    const suites = [{ specs: [spec('opens', true)], suites: [{ specs: [spec('shuts', false)] }] }];
    const failures = [{ test: 'w.test.ts:7 shuts', message: 'timeout' }];
    expect(playwrightFailures({ suites })).toEqual(failures);
    expect(playwrightFailures(undefined)).toEqual([]);
  });

  it('and no message is longer than a screen', () => {
    const failureMessages = [Array.from({ length: 99 }, (_, i) => `line ${i}`).join('\n')];
    const assertionResults = [{ status: 'failed', fullName: 'x', failureMessages }];
    const [failure] = vitestFailures({ testResults: [{ name: 'a', assertionResults }] });
    expect(failure?.message.split('\n').length).toBeLessThan(20);
  });
});
