import { describe, expect, it } from 'vitest';
import { spansOf } from '../../../main/explain/spans.ts';

describe('spansOf', () => {
  it('cuts a short text into its words, each with what follows it', () => {
    expect(spansOf('“Chest pain, since 3.5 days.”', 30)).toEqual([
      '“Chest ',
      'pain, ',
      'since ',
      '3.5 ',
      'days.”',
    ]);
  });

  it('cuts Chinese where its words end', () => {
    const parts = spansOf('我最近胃疼，吃饭以后更厉害。', 30);
    expect(parts.length).toBeGreaterThan(5);
    expect(parts.join('')).toBe('我最近胃疼，吃饭以后更厉害。');
  });

  it('cuts a longer text into clauses, and a still longer one into sentences', () => {
    const clauses = Array.from({ length: 12 }, (_, i) => `one two three ${i}, `).join('');
    expect(spansOf(clauses, 30)).toHaveLength(12);
    const sentences = Array.from({ length: 20 }, (_, i) => `One, two, three, ${i} four. `).join('');
    const parts = spansOf(sentences, 30);
    expect(parts).toHaveLength(20);
    expect(parts[3]).toBe('One, two, three, 3 four. ');
  });

  it.each([
    ['without any mark', 'word '.repeat(5000)],
    ['of one letter', 'a'.repeat(20_000)],
    ['of marks', '.,'.repeat(5000)],
    ['of emoji', '👩‍👩‍👧🙂'.repeat(2000)],
    ['from right to left', 'שלום עולם '.repeat(500)],
    ['of many sentences', 'Yes. No! '.repeat(2000)],
    ['of lines', 'a\n'.repeat(3000)],
    ['of spaces', ' '.repeat(100)],
  ])('never gives more than asked and loses nothing of a text %s', (_, text) => {
    for (const most of [1, 3, 30]) {
      const parts = spansOf(text, most);
      expect(parts.length).toBeLessThanOrEqual(most);
      expect(parts.join('')).toBe(text);
      expect(parts.every((part) => part !== '')).toBe(true);
    }
  });
});
