import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RandomSource } from '../../../main/privacy/random.ts';
import { systemRandom, uniform } from '../../../main/privacy/random.ts';
import { privateRandomForTests, seededRandom } from '../../../main/privacy/seeded.ts';

const MAIN = join(import.meta.dirname, '..', '..', '..', 'main');

function words(source: { next(): number }, count: number): number[] {
  return Array.from({ length: count }, () => source.next());
}

describe('random sources', () => {
  it('gives other words every time from the system', () => {
    expect(words(systemRandom(), 8)).not.toEqual(words(systemRandom(), 8));
    const [a, b] = [new Uint32Array(64), new Uint32Array(64)];
    const source = systemRandom();
    source.fill(a);
    source.fill(b);
    expect([...a]).not.toEqual([...b]);
    expect(source.kind).toBe('system');
  });

  it('sets every bit of a system word about half of the time', () => {
    const source = systemRandom();
    const count = 20_000;
    const set = new Array<number>(32).fill(0);
    for (let i = 0; i < count; i++) {
      const word = source.next();
      for (let bit = 0; bit < 32; bit++) set[bit]! += (word >>> bit) & 1;
    }
    // Six standard deviations: fails by chance once in about 10^7 runs.
    for (const times of set) expect(Math.abs(times - count / 2)).toBeLessThan(3 * Math.sqrt(count));
  });

  it('repeats a seeded stream, one word at a time or many', () => {
    const one = words(seededRandom(7), 3000);
    const many = new Uint32Array(3000);
    seededRandom(7).fill(many);
    expect([...many]).toEqual(one);
    expect(words(seededRandom(8), 4)).not.toEqual(one.slice(0, 4));
    expect(words(seededRandom('7'), 4)).not.toEqual(one.slice(0, 4));
  });

  it('draws uniform numbers below 1 with the right mean and variance', () => {
    const source = seededRandom('uniform');
    const values = Array.from({ length: 100_000 }, () => uniform(source));
    const mean = values.reduce((sum, u) => sum + u, 0) / values.length;
    const variance = values.reduce((sum, u) => sum + (u - mean) ** 2, 0) / values.length;
    expect(Math.min(...values.slice(0, 1000))).toBeGreaterThanOrEqual(0);
    expect(values.every((u) => u < 1)).toBe(true);
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.003);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.001);
  });

  it('does not let a seeded source stand where privacy needs the system', () => {
    // @ts-expect-error a seeded source has not the type that noise and private sampling take
    const refused: RandomSource = seededRandom(1);
    expect(refused).toBeDefined();
    expect(privateRandomForTests(1).kind).toBe('test');
  });

  it('is the only way: nothing under main/ names the test source or Math.random', () => {
    const files = readdirSync(MAIN, { recursive: true, encoding: 'utf8' });
    const guilty = files
      .filter((file) => file.endsWith('.ts') && !file.endsWith(join('privacy', 'seeded.ts')))
      .filter((file) => {
        const text = readFileSync(join(MAIN, file), 'utf8');
        return /import[^;]*privateRandomForTests/.test(text) || /Math\.random\(/.test(text);
      });
    expect(guilty).toEqual([]);
  });
});
