import { describe, expect, it } from 'vitest';
import { long, longDecimal, longDecimalText } from '../../../main/records/long-decimal.ts';
import { parsed, parseNumber } from '../../../main/records/number-text.ts';
import { short, shortNumber } from '../../../main/records/short-number.ts';
import { cells, readText } from './reading.ts';

const RUNS = process.env['CONCORD_TEST_LONG'] === '1' ? 1_000_000 : 50_000;

function stream(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

const next = stream(7);
const below = (limit: number): number => Math.floor(next() * limit);
const digits = (count: number): string =>
  Array.from({ length: count }, () => String(below(10))).join('');

/** Decimals of all lengths, and digits around a power of two, where doubles change their distance. */
function longText(): string {
  if (next() < 0.3) return String((below(2 ** 31) * 2 ** 22 + below(2 ** 22)) / 2 ** 53);
  if (next() < 0.3) {
    const near = String(2n ** BigInt(50 + below(9)) + BigInt(below(9) - 4));
    const cut = near.length - 1 - below(14);
    return `${near.slice(0, Math.max(1, Math.min(15, cut)))}.${near.slice(Math.max(1, Math.min(15, cut)))}`;
  }
  const whole = next() < 0.4 ? '0' : `${1 + below(9)}${digits(below(14))}`;
  return `${whole}.${digits(1 + below(20))}`;
}

describe('long decimals', () => {
  it('are the double that Number gives, and their text can be written again', () => {
    let told = 0;
    for (let run = 0; run < RUNS; run++) {
      const text = longText();
      if (!text.includes('.') || text.includes('e')) continue;
      const bytes = Buffer.from(text);
      const decimals = text.length - 1 - text.indexOf('.');
      const value = longDecimal(bytes, 0, bytes.length, decimals);
      if (Number.isNaN(value)) continue;
      told++;
      expect(value, text).toBe(Number(text));
      const again = long.fixed
        ? value.toFixed(decimals)
        : longDecimalText(value, decimals, long.rest);
      expect(again, text).toBe(text);
      expect(Math.abs(long.rest)).toBeLessThan(2 ** 15);
    }
    expect(told).toBeGreaterThan(RUNS / 2);
  });

  it('stand as they were written when a later cell makes the column text', async () => {
    const texts = Array.from({ length: 2000 }, longText);
    texts.push(' 0.12345678901234567', '-0.6996069294400513', '-4503599627370.4965', '1e-5');
    const { table } = await readText(`a\n${texts.join('\n')}\nnone\n`);
    expect(cells(table).map(([cell]) => cell)).toEqual([...texts, 'none']);
  });
});

describe('short numbers', () => {
  it('are read as the long way reads them, or left to it', () => {
    const alphabet = '00123456789..--+ e,';
    let told = 0;
    for (let run = 0; run < RUNS; run++) {
      const text = Array.from({ length: 1 + below(11) }, () => alphabet[below(alphabet.length)])
        .join('')
        .replace(/^/, next() < 0.5 ? String(below(1000)) : '');
      const bytes = Buffer.from(text);
      if (!shortNumber(bytes, 0, bytes.length)) continue;
      told++;
      const { digits: whole, decimals, real } = short;
      expect(whole / 10 ** decimals, text).toBe(parseNumber(bytes, 0, bytes.length));
      expect({ decimals, real }, text).toEqual({ decimals: parsed.decimals, real: parsed.real });
    }
    expect(told).toBeGreaterThan(RUNS / 100);
  });
});
