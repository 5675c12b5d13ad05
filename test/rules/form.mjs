/**
 * @typedef {{file: string, find: string, replace: string}} Edit `find` stands in the file exactly once
 * @typedef {{what: string, test: string, edits: Edit[]}} Break `test`: one of the rule's tests by its key
 * @typedef {{file: string, name: string}} Test `name`: part of the full name of one or several tests
 * @typedef {{id: string, rule: string, tests: Record<string, Test>, breaks: Break[], later?: string}} Rule
 */

/** @param {string} file below test/unit, without its ending @param {string} name @returns {Test} */
export const unit = (file, name) => ({ file: `test/unit/${file}.test.ts`, name });

/** @param {string} name @returns {Test} */
export const accountingVectors = (name) => ({ file: 'test/vectors/accounting.test.ts', name });

/**
 * A rule broken on purpose: `test` must fail when all edits are made.
 * @param {string} what @param {string} test
 * @param {...[file: string, find: string, replace: string]} edits files below main/
 * @returns {Break}
 */
export const broken = (what, test, ...edits) => ({
  what,
  test,
  edits: edits.map(([file, find, replace]) => ({ file: `main/${file}`, find, replace })),
});
