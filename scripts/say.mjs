/** Everything the launcher tells a person goes to stderr: stdout belongs to the program. */

/** @param {string} line */
export function say(line) {
  process.stderr.write(`concord: ${line}\n`);
}

/** A failure a person can act on: shown as one line, without a stack. */
export class SetupError extends Error {}

/** @param {number} start from performance.now() */
export function secondsSince(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
