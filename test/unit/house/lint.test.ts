import { join } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..', '..');
// Under CI the parser would take each file's text from the disk and not the sample given here.
process.env['TSESTREE_SINGLE_RUN'] = 'false';
const lint = new ESLint({ cwd: ROOT });

/** One bad sample per rule: a rule that no longer bites fails here. The file names are real rooms. */
const SAMPLES: readonly [rule: string, file: string, code: string][] = [
  ['no-restricted-imports', 'main/engine/router.ts', "import 'node:net';"],
  ['no-restricted-imports', 'main/engine/router.ts', "import 'https';"],
  ['no-restricted-imports', 'main/engine/router.ts', "import 'node:child_process';"],
  ['no-restricted-imports', 'main/engine/router.ts', "import 'electron';"],
  ['no-restricted-imports', 'main/engine/router.ts', "import 'better-sqlite3';"],
  ['no-restricted-globals', 'main/engine/router.ts', "void fetch('x');"],
  ['no-restricted-globals', 'main/engine/router.ts', "export const a = new WebSocket('x');"],
  ['no-restricted-syntax', 'main/engine/router.ts', 'export const a = Math.random();'],
  ['no-restricted-syntax', 'main/engine/router.ts', 'export default 1;'],
  ['no-restricted-syntax', 'main/engine/router.ts', "document.body.innerHTML = 'x';"],
  ['no-restricted-syntax', 'main/engine/router.ts', "shell.openExternal('x');"],
  ['no-restricted-syntax', 'main/engine/router.ts', 'export const a = tf.randomNormal([1]);'],
  ['no-eval', 'main/engine/router.ts', "eval('1');"],
  ['no-new-func', 'main/engine/router.ts', "export const a = new Function('1');"],
  ['@typescript-eslint/no-explicit-any', 'main/engine/router.ts', 'export const a: any = 1;'],
  ['@typescript-eslint/no-floating-promises', 'main/engine/router.ts', 'Promise.resolve(1);'],
];

describe('the linter', () => {
  it.each(SAMPLES)('%s catches its sample in %s: %s', async (rule, file, code) => {
    const [result] = await lint.lintText(`${code}\n`, { filePath: join(ROOT, file) });
    expect(result?.messages.map(({ ruleId }) => ruleId)).toContain(rule);
  });
});
