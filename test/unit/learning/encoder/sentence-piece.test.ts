import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import cases from '../../../vectors/encoder-tokens.json' with { type: 'json' };
import { builtInFolder } from '../../../../main/learning/encoder/built-in.ts';
import {
  sentencePieceTokenizer,
  type ScoredPiece,
} from '../../../../main/learning/encoder/sentence-piece.ts';
import { readPieces } from '../../../../main/learning/encoder/vocabulary.ts';

const pieces = readPieces('vocab.json', readFileSync(join(builtInFolder()!, 'vocab.json')));
const tokenizer = sentencePieceTokenizer(pieces, 6);
const written = (text: string): string[] => tokenizer.tokens(text).map((id) => pieces[id]![0]);

/** The best of all ways to cut, tried one by one. */
function slowly(symbols: readonly string[], scores: ReadonlyMap<string, number>): number {
  if (symbols.length === 0) return 0;
  let best = -Infinity;
  for (let size = 1; size <= symbols.length; size++) {
    const score = scores.get(symbols.slice(0, size).join(''));
    if (score !== undefined) best = Math.max(best, score + slowly(symbols.slice(size), scores));
  }
  return best;
}

describe('SentencePiece tokenizer', () => {
  it.each(cases)('cuts as the published one: $text', ({ text, ids }) => {
    expect(tokenizer.tokens(text)).toEqual(ids);
  });

  it('finds the most probable way to cut', () => {
    const letters = fc.constantFrom('a', 'b');
    const piece = fc.string({ unit: letters, minLength: 2, maxLength: 4 });
    const entry = fc.tuple(piece, fc.integer({ min: -90, max: -1 }));
    fc.assert(
      fc.property(
        fc.uniqueArray(entry, { selector: ([text]) => text, maxLength: 8 }),
        fc.string({ unit: letters, minLength: 1, maxLength: 9 }),
        (more, text) => {
          const single: ScoredPiece[] = [
            ...[['\ufffd', 0] as const, ['\u2581', -20] as const],
            ...[['a', -31] as const, ['b', -37] as const],
          ];
          const all: ScoredPiece[] = [...single, ...more];
          const scores = new Map(all.slice(1).map(([key, score]) => [key, score ?? 0]));
          const ids = sentencePieceTokenizer(all, 1).tokens(text);
          expect(ids.map((id) => all[id]![0]).join('')).toBe(`\u2581${text}`);
          const found = ids.reduce((sum, id) => sum + (all[id]![1] ?? 0), 0);
          expect(found).toBe(slowly([...`\u2581${text}`], scores));
        },
      ),
    );
  });

  it('has blanks for every kind of white space, and nothing for control characters', () => {
    const plain = tokenizer.tokens('no fever since Monday');
    expect(tokenizer.tokens('  no\tfever\r\n since\u00a0\u3000Monday\u200b ')).toEqual(plain);
    expect(tokenizer.tokens('no fe\u0000ver\u0007 since Monday')).toEqual(plain);
    expect(tokenizer.tokens(' \n\t ')).toEqual([]);
  });

  it('makes one unknown piece of characters it does not know', () => {
    expect(written('a 患者入院 b')).toEqual(['▁a', '▁', '�', '▁b']);
  });

  it('reads a megabyte', () => {
    const text = 'no fever since Monday. '.repeat(45_000);
    const once = tokenizer.tokens('no fever since Monday.').length;
    expect(tokenizer.tokens(text)).toHaveLength(45_000 * once);
    expect(tokenizer.tokens('x'.repeat(1_000_000)).length).toBeGreaterThan(100_000);
    expect(tokenizer.tokens('🙂'.repeat(250_000))).toHaveLength(2);
  });
});
