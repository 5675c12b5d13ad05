/** Which tests failed and how, told once more after the summary: a long log is often cut. */

/** @typedef {{test: string, message: string}} Failure */

const LINES = 12;

/** @param {any} report Vitest's JSON report @returns {Failure[]} */
export function vitestFailures(report) {
  return (report?.testResults ?? []).flatMap((file) => {
    const failed = (file.assertionResults ?? []).filter(({ status }) => status === 'failed');
    // A file that did not load has no tests.
    if (failed.length === 0 && file.status === 'failed') {
      return [{ test: file.name, message: headOf(file.message) }];
    }
    return failed.map(({ fullName, failureMessages }) => ({
      test: `${file.name}: ${fullName}`,
      message: headOf(failureMessages?.[0]),
    }));
  });
}

/** @param {any} report Playwright's JSON report @returns {Failure[]} */
export function playwrightFailures(report) {
  return (report?.suites ?? []).flatMap(ofSuite);
}

function ofSuite(suite) {
  const own = (suite.specs ?? []).filter(({ ok }) => !ok);
  const failed = own.map((spec) => ({
    test: `${spec.file}:${spec.line} ${spec.title}`,
    message: headOf(
      spec.tests?.flatMap(({ results }) => results).find(({ errors }) => errors?.length > 0)
        ?.errors[0].message,
    ),
  }));
  return [...failed, ...(suite.suites ?? []).flatMap(ofSuite)];
}

function headOf(message = '') {
  return message.split('\n').slice(0, LINES).join('\n');
}

/** @param {Failure[]} failures @returns {string[]} */
export function failureLines(failures) {
  return failures.map(({ test, message }) => `failed: ${test}\n${message.replace(/^/gm, '  ')}`);
}
