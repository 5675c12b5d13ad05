import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ENTITY_TYPES } from '../../../main/contract/identify.ts';
import { NAME_RULES } from '../../../main/identify/names/index.ts';
import { KNOWN_WORDS } from '../../../main/identify/values/known-words.ts';
import { describeWithShared, sharedPath } from '../../shared.ts';

const TEXT = readFileSync(join(import.meta.dirname, '../../../docs/identify.md'), 'utf8');
const NAMES = NAME_RULES.map(({ id }) => id);
const WORDS = KNOWN_WORDS.map(({ id }) => id);
const RULES = new Set<string>([...ENTITY_TYPES, ...NAMES, ...WORDS]);
const JUDGED = 'a human must judge';

/** The cells of the table below a heading, without its head. */
function tableBelow(heading: string): string[][] {
  const part = TEXT.split(/^## /mu).find((section) => section.startsWith(heading)) ?? '';
  return part
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const codesOf = (cell = ''): string[] =>
  [...cell.matchAll(/`([^`]+)`/gu)].map(([, code]) => code ?? '');

describe('docs/identify.md', () => {
  it('names every type once, each with rules that exist and carry it', () => {
    const rows = tableBelow('Kinds of personal data');
    expect(rows.map(([type]) => codesOf(type)[0])).toEqual([...ENTITY_TYPES]);
    for (const [type, byName, byValues] of rows) {
      const [code] = codesOf(type);
      for (const id of codesOf(byName)) {
        // 'biometric' and the like: the rule carries the type of its line.
        expect(NAME_RULES.find((rule) => rule.id === id)?.type, id).toBe(code);
      }
      for (const id of codesOf(byValues)) {
        expect(KNOWN_WORDS.find((words) => words.id === id)?.type, id).toBe(code);
      }
      expect(codesOf(byName).length, code).toBeGreaterThan(0);
    }
  });

  it('names every rule there is', () => {
    const told = new Set(codesOf(TEXT));
    expect([...NAMES, ...WORDS].filter((id) => !told.has(id))).toEqual([]);
    expect(new Set(NAMES).size).toBe(NAMES.length);
  });

  it('maps the eighteen identifiers of Safe Harbor and the direct ones of GB/T 37964', () => {
    const harbor = tableBelow('HIPAA Safe Harbor');
    expect(harbor.map(([letter]) => letter)).toEqual(
      [...'ABCDEFGHIJKLMNOPQR'].map((letter) => `(${letter})`),
    );
    const direct = tableBelow('GB/T 37964-2019');
    expect(direct).toHaveLength(18);
    for (const row of [...harbor, ...direct]) {
      const rule = row.at(-1) ?? '';
      expect(codesOf(rule).length > 0 || rule.includes(JUDGED), rule).toBe(true);
      expect(codesOf(rule).filter((code) => !RULES.has(code))).toEqual([]);
    }
  });
});

describeWithShared('the labelled texts', ['pii-text/en-synth.jsonl'], () => {
  it('have no kind that is not mapped', () => {
    const lines = readFileSync(sharedPath('pii-text/en-synth.jsonl'), 'utf8').trim().split('\n');
    const kinds = new Set(
      lines.flatMap((line) => {
        const { spans } = JSON.parse(line) as { spans: { type: string }[] };
        return spans.map(({ type }) => type);
      }),
    );
    const mapped = new Set(tableBelow('Kinds of personal data').flatMap((row) => codesOf(row[3])));
    expect([...kinds].filter((kind) => !mapped.has(kind))).toEqual([]);
  });
});
