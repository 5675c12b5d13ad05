import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const text = readFileSync(join(ROOT, 'docs', 'security.md'), 'utf8');
const promised = text.slice(0, text.indexOf('## What is not promised'));
const promises = promised.split('\n').filter((line) => line.startsWith('- '));

/** Names of tests as they stand in the source, with `${...}` and other marks left out. */
function named(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

describe('every promise of docs/security.md', () => {
  it('is there', () => expect(promises.length).toBeGreaterThan(30));

  it.each(promises)('%s', (promise) => {
    const [, file, name] = /\[(test\/\S+): (.+)\]$/.exec(promise) ?? [];
    if (file === undefined || name === undefined) throw new Error('names no test');
    expect(existsSync(join(ROOT, file)), file).toBe(true);
    expect(named(file)).toContain(name);
  });
});
