import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anonymiseTable } from '../../../main/anonymise/anonymise.ts';
import { assess, type Counted } from '../../../main/anonymise/assess/assess.ts';
import { cramersV } from '../../../main/anonymise/assess/association.ts';
import { anonymisePlan } from '../../../main/contract/anonymise.ts';
import { cellTexts } from '../../../main/records/cell-text.ts';
import type { Table } from '../../../main/records/table.ts';
import { tally } from './brute-force.ts';
import { category, tableOf } from './tables.ts';

const AGES = ['1', '2', '3', '4'];
const hierarchies = new Map([
  ['age', AGES.map((age) => `${age};${age < '3' ? 'low' : 'high'};*\n`).join('')],
  ['sex', 'f;*\nm;*\n'],
]);

type Row = readonly [string, string, string];
const rows = fc.array(
  fc.tuple(fc.constantFrom(...AGES), fc.constantFrom('f', 'm'), fc.constantFrom('u', 'v', 'w')),
  { minLength: 4, maxLength: 14 },
);

async function protect(
  drawn: readonly Row[],
  suppressed: 'drop' | 'blank',
  visits?: number,
): Promise<{ counted: Counted; released: string[][]; kept: number[] }> {
  const original: Table = tableOf(
    { name: 'age', type: 'integer', values: Float64Array.from(drawn, ([age]) => Number(age)) },
    category(
      'sex',
      drawn.map(([, sex]) => sex),
    ),
    category(
      'job',
      drawn.map(([, , job]) => job),
    ),
  );
  const plan = anonymisePlan.parse({
    quasiIdentifiers: { age: { hierarchy: 'age' }, sex: { hierarchy: 'sex' } },
    sensitive: { job: {} },
    models: [{ type: 'k-anonymity', k: 2 }],
    suppressionLimit: 1,
    gsFactor: 0.3,
    suppressed,
  });
  const done = await anonymiseTable(original, plan, hierarchies);
  const texts = done.output.columns.map(cellTexts);
  const kept = drawn.map((_, row) => row).filter((row) => done.suppressedRows[row] === 0);
  const places = suppressed === 'blank' ? kept : kept.map((_, place) => place);
  return {
    counted: assess({ original, ...done, plan, hierarchies }, visits),
    released: places.map((place) => texts.map((text) => text(place))),
    kept,
  };
}

/** A column as read from the release: each label evenly on the values that occur under it. */
function asRead(values: readonly string[], labels: readonly string[]): Map<string, number> {
  const read = new Map<string, number>();
  labels.forEach((label) => {
    const among = [...new Set(values.filter((_, at) => labels[at] === label))];
    for (const value of among) {
      read.set(value, (read.get(value) ?? 0) + 1 / labels.length / among.length);
    }
  });
  return read;
}

function covers(value: string, label: string): boolean {
  const low = value < '3' ? 'low' : 'high';
  return [value, '*', ...(AGES.includes(value) ? [low] : [])].includes(label);
}

describe('what protection cost and bought', () => {
  it('is what counting by hand gives', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom('drop', 'blank'), async (drawn, mode) => {
        const { counted, released, kept } = await protect(drawn, mode);
        if (kept.length === 0) {
          expect(counted.linkage).toEqual({ people: 0, success: null, guess: null, certain: null });
          expect(counted.change['age']?.totalVariation).toBeNull();
          return;
        }
        ['age', 'sex', 'job'].forEach((name, j) => {
          const shares = tally(drawn.map((row) => row[j] ?? ''));
          const read = asRead(
            kept.map((row) => drawn[row]?.[j] ?? ''),
            released.map((row) => row[j] ?? ''),
          );
          const lag = (value: string): number =>
            (read.get(value) ?? 0) - (shares.get(value) ?? 0) / drawn.length;
          const variation = [...shares.keys()].reduce((sum, v) => sum + Math.abs(lag(v)) / 2, 0);
          expect(counted.change[name]?.totalVariation).toBeCloseTo(variation, 10);
          const present = AGES.filter((age) => shares.has(age)).map(Number);
          const [low, high] = [Math.min(...present), Math.max(...present)];
          if (name !== 'age' || low === high) {
            expect(counted.change[name]?.earthMover).toBeNull();
            return;
          }
          let moved = 0;
          for (let age = low; age < high; age++) {
            const below = AGES.filter((other) => Number(other) <= age);
            moved += Math.abs(below.reduce((sum, v) => sum + lag(v), 0)) / (high - low);
          }
          expect(counted.change[name]?.earthMover).toBeCloseTo(moved, 10);
        });
        let success = 0;
        drawn.forEach((row, person) => {
          const distances = released.map(
            (cells) => [0, 1].filter((j) => !covers(row[j] ?? '', cells[j] ?? '')).length,
          );
          const nearest = distances.filter((d) => d === Math.min(...distances)).length;
          const own = kept.indexOf(person);
          if (own >= 0 && distances[own] === Math.min(...distances)) success += 1 / nearest;
        });
        expect(counted.linkage.people).toBe(drawn.length);
        expect(counted.linkage.success).toBeCloseTo(success / drawn.length, 10);
        let differing = 0;
        drawn.forEach(([a], i) =>
          drawn.slice(0, i).forEach(([b]) => (differing += Number(a !== b))),
        );
        const pairs = (drawn.length * (drawn.length - 1)) / 2;
        const age = counted.singlingOut.before.columns['age'];
        expect(age?.separation).toBeCloseTo(differing / pairs, 12);
        expect(age?.distinction).toBe(new Set(drawn.map(([a]) => a)).size / drawn.length);
      }),
      { numRuns: 200 },
    );
  });

  it('is counted on evenly spread records where there are many, and says so', async () => {
    // Every second record is of one kind, so that a sample of those sees nothing of the others.
    const drawn = Array.from({ length: 40 }, (_, at): Row =>
      at % 2 === 0 ? ['1', 'f', at % 4 === 0 ? 'u' : 'v'] : ['4', 'm', 'w'],
    );
    const whole = (await protect(drawn, 'drop')).counted;
    expect(whole.sampled).toBeUndefined();
    // Three columns and three pairs of them: 20 records are 120 visits.
    for (const mode of ['drop', 'blank'] as const) {
      const { counted } = await protect(drawn, mode, 120);
      expect(counted.sampled).toBe(20);
      expect(counted.change['age']?.totalVariation).toBeCloseTo(0, 12);
      expect(counted.change['age']?.earthMover).toBeNull();
      expect(counted.association.pairs.every(({ before }) => before === null)).toBe(true);
      expect(counted.singlingOut).toEqual(whole.singlingOut);
      expect(counted.linkage).toEqual(whole.linkage);
    }
    expect((await protect(drawn, 'drop', 240)).counted.sampled).toBeUndefined();
  });

  it('measures association from 0 (independent) to 1 (one says the other)', () => {
    const coded = (codes: number[]) => ({ codes: Int32Array.from(codes), count: 2 });
    const half = Array.from({ length: 100 }, (_, i) => i % 2);
    const quarters = Array.from({ length: 100 }, (_, i) => Number(i % 4 < 2));
    expect(cramersV(coded(half), coded(half))).toBeCloseTo(1, 12);
    expect(cramersV(coded(half), coded(quarters))).toBe(0);
    expect(cramersV(coded(half), coded(half.map(() => 0)))).toBeNull();
    // 30 of 50 and 20 of 50: chi square 4, phi square 0.04 - 1/99, both sides 2 - 1/99.
    const some = half.map((bit, i) => (i < 60 ? bit : 1 - bit));
    expect(cramersV(coded(half), coded(some))).toBeCloseTo(
      Math.sqrt((0.04 - 1 / 99) / (1 - 1 / 99)),
      12,
    );
  });
});
