import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..', '..');

interface Edit {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}
interface Rule {
  readonly id: string;
  readonly later?: string;
  readonly tests: Readonly<Record<string, { readonly file: string; readonly name: string }>>;
  readonly breaks: readonly {
    readonly what: string;
    readonly test: string;
    readonly edits: readonly Edit[];
  }[];
}
interface Table {
  readonly RULES: readonly Rule[];
  edited(text: string, edits: readonly Edit[]): string | null;
  rulesAsText(): string;
}

const { RULES, edited, rulesAsText } = (await import('../../rules/table.mjs' as string)) as Table;
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/*
 * `npm run test:rules` breaks the rules and sees the tests fail. Here is only held that it still could:
 * who changes a line that is broken there changes test/rules/ with it, and runs it again.
 */
describe('the rules of private training', () => {
  it('are all in their place', () => {
    expect(RULES).toHaveLength(30);
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  });

  it.each(RULES)('$id: is held by tests that are there, each tried by a break', (rule) => {
    const { tests, breaks, later } = rule;
    if (later === undefined) expect(breaks.length).toBeGreaterThan(0);
    for (const [key, { file }] of Object.entries(tests)) {
      expect(existsSync(join(ROOT, file)), file).toBe(true);
      expect(
        breaks.some(({ test }) => test === key),
        key,
      ).toBe(true);
    }
    for (const { test } of breaks) expect(Object.keys(tests)).toContain(test);
  });

  it.each(RULES)('$id: every edit that breaks it fits the source exactly once', ({ breaks }) => {
    for (const { what, edits } of breaks) {
      for (const file of new Set(edits.map((edit) => edit.file))) {
        const own = edits.filter((edit) => edit.file === file);
        expect(edited(read(file), own), `${what}: ${file}`).not.toBeNull();
      }
    }
  });

  it('stand in docs/rules.md as they are', () => {
    expect(read('docs/rules.md')).toContain(rulesAsText());
  });

  it('were all seen to fail, in the last result that was kept', () => {
    const { rules } = JSON.parse(read('test/rules-result.json')) as {
      rules: { id: string; breaks: { what: string; seen_to_fail: boolean }[] }[];
    };
    const whats = (breaks: readonly { what: string }[]): string[] =>
      breaks.map(({ what }) => what).toSorted();
    for (const { id, breaks } of RULES) {
      const kept = rules.find((rule) => rule.id === id)?.breaks ?? [];
      expect(whats(kept), id).toEqual(whats(breaks));
      expect(kept.filter((one) => !one.seen_to_fail)).toEqual([]);
    }
  });
});
