import { describe, expect, it } from 'vitest';
import { readArguments } from '../../../main/cli/arguments.ts';
import { listing } from '../../../main/cli/listing.ts';

const FORM = { files: ['FILE'], options: { plan: 'text', k: 'integer', deep: 'flag' } } as const;

function codeOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
}

describe('arguments', () => {
  it('reads files, values in both forms, numbers and flags', () => {
    const given = readArguments('x', FORM, ['a.csv', '--plan', 'p', '--k=3', '--deep']);
    expect(given.files).toEqual(['a.csv']);
    expect(given.text.get('plan')).toBe('p');
    expect(given.numbers.get('k')).toBe(3);
    expect(given.flags.has('deep')).toBe(true);
  });

  it.each([
    [['a.csv', '--plan'], 'OPTION_MISSING'],
    [[], 'OPTION_MISSING'],
    [['a.csv', 'b.csv'], 'OPTION_UNKNOWN'],
    [['a.csv', '--constructor', 'x'], 'OPTION_UNKNOWN'],
    [['a.csv', '--k', '1.5'], 'OPTION_INVALID'],
    [['a.csv', '--k', ''], 'OPTION_INVALID'],
  ])('%j is refused with %s', (words, code) => {
    expect(codeOf(() => readArguments('x', FORM, words))).toBe(code);
  });
});

describe('the listing for people', () => {
  it('indents objects and lists, and shows null as a dash', () => {
    expect(listing({ a: 1, b: { c: null }, d: [1, 2], e: [{ f: 'x' }] })).toEqual([
      'a: 1',
      'b:',
      '  c: –',
      'd: 1, 2',
      'e:',
      '  -',
      '    f: x',
    ]);
  });
});
