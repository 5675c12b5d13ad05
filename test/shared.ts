import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'shared', 'data');

/** Path of a shared reference file that stands beside the checkout (never copied into it). */
export function sharedPath(...parts: string[]): string {
  return join(ROOT, ...parts);
}

/**
 * Describes tests that need files of the shared data folder. Without the folder they are skipped
 * and say why; with CI=true a missing folder fails.
 */
export function describeWithShared(name: string, needs: readonly string[], body: () => void): void {
  const missing = needs.filter((need) => !existsSync(sharedPath(need)));
  if (missing.length === 0) {
    describe(name, body);
  } else if (process.env['CI'] === 'true') {
    describe(name, () => {
      it('has its shared data', () => expect(missing).toEqual([]));
    });
  } else {
    describe.skip(`${name} (not run: ../shared/data lacks ${missing.join(', ')})`, body);
  }
}
