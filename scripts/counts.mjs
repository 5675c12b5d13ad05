/** What test runners counted, read from their own JSON. */

/** @typedef {{passed: number, failed: number, skipped: number}} Counts */

/** @type {Counts} */
export const NONE = { passed: 0, failed: 0, skipped: 0 };

/** @param {Counts} a @param {Counts} b @returns {Counts} */
export const addCounts = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/**
 * A runner that ended badly without a failed test (it crashed, or a file did not load) counts as
 * one failure, so that no failure can hide.
 * @param {Counts} counts @param {number} code exit code @returns {Counts}
 */
export const withExit = (counts, code) =>
  code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;

/** @param {any} report Vitest's JSON report @returns {Counts} */
export function vitestCounts(report) {
  if (!report) return NONE;
  return {
    passed: report.numPassedTests ?? 0,
    failed: report.numFailedTests ?? 0,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
}

/** @param {any} report Playwright's JSON report @returns {Counts} flaky counts as failed */
export function playwrightCounts(report) {
  if (!report?.stats) return NONE;
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report.stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
}

/** The closing line that scripts read. @param {Counts} counts */
export function closingLine({ passed, failed, skipped }) {
  const line = `${passed} passed, ${failed} failed`;
  return skipped > 0 ? `${line}, ${skipped} skipped` : line;
}
