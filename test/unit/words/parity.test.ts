import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERRORS, type ErrorCode } from '../../../main/contract/errors.ts';
import { SOFTWARE } from '../../../main/contract/version.ts';
import { words } from '../../../main/words/index.ts';

const codes = Object.keys(ERRORS) as ErrorCode[];
const PARAMS = new Proxy({}, { get: () => 'Q', has: () => true });

describe('the sentence of every error', () => {
  it.each(codes)('%s says what to do, in both languages, without forbidden words', (code) => {
    const english = words('en').errors[code](PARAMS);
    const chinese = words('zh-CN').errors[code](PARAMS);
    expect(english).toMatch(/^[A-Z].{15,}\.$/);
    expect(english).not.toMatch(/\b(please|sorry|invalid|forbidden|undefined)\b/i);
    expect(chinese).toMatch(/。$/);
    expect(chinese).toMatch(/\p{Script=Han}{3,}/u);
    expect(chinese).not.toMatch(/undefined|[a-z]{3,} [a-z]{3,} [a-z]{3,}/);
  });
});

describe('both languages', () => {
  it('have the same keys all the way down', () => {
    expect(shape(words('zh-CN'))).toEqual(shape(words('en')));
  });
});

describe('the version in documents', () => {
  it('is that of package.json', () => {
    const text = readFileSync(join(import.meta.dirname, '..', '..', '..', 'package.json'), 'utf8');
    expect(SOFTWARE.version).toBe((JSON.parse(text) as { version: string }).version);
  });
});

/** The keys of an object of sentences, without the sentences. */
function shape(value: unknown): unknown {
  if (Array.isArray(value) || value === null || typeof value !== 'object') return typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, shape(entry)]),
  );
}
