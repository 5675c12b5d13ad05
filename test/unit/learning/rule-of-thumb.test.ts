import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PRIVACY_LOSS, privacyLoss } from '../../../main/learning/rule-of-thumb.ts';

interface Bench {
  readonly tested: number;
  readonly runs_of_each_set: number;
  readonly found: Readonly<
    Record<string, { readonly loss: Readonly<Record<string, { least: number; most: number }>> }>
  >;
}
const FILE = join(import.meta.dirname, '..', '..', '..', 'bench', 'privacy-loss.json');
const bench = JSON.parse(readFileSync(FILE, 'utf8')) as Bench;
const KINDS = ['logistic', 'boosting', 'network'] as const;

describe('the rule of thumb', () => {
  it('is what the bench measured, of 100 cases, and is said of so many trainings', () => {
    expect([bench.tested, bench.runs_of_each_set]).toEqual([10_000, 8]);
    expect(Object.keys(PRIVACY_LOSS)).toEqual([...KINDS]);
    for (const [cell, { loss }] of Object.entries(bench.found)) {
      const [kind = '', count] = cell.split(', ');
      const records = Number.parseInt(count ?? '', 10);
      for (const [at, { least, most }] of Object.entries(loss)) {
        const epsilon = Number(at.replace('epsilon ', ''));
        const found = privacyLoss(kind as (typeof KINDS)[number], records, epsilon);
        expect(found?.least, `${cell}, ${at}`).toBeCloseTo(Math.max(0, 100 * least), 9);
        expect(found?.most, `${cell}, ${at}`).toBeCloseTo(Math.max(0, 100 * most), 9);
      }
    }
  });

  it('holds between the measured numbers what both neighbours held', () => {
    for (const kind of KINDS) {
      const corners = [1000, 3000].flatMap((count) =>
        [0.5, 1].map((epsilon) => privacyLoss(kind, count, epsilon)),
      );
      const between = privacyLoss(kind, 1700, 0.7);
      expect(between?.least).toBe(Math.min(...corners.map((one) => one?.least ?? NaN)));
      expect(between?.most).toBe(Math.max(...corners.map((one) => one?.most ?? NaN)));
    }
    // What the accountant reached is a hair below what the slider asked for.
    expect(privacyLoss('logistic', 1000, 0.9999998)).toEqual(privacyLoss('logistic', 1000, 1));
  });

  it('promises nothing better than nothing lost, and says nothing where nothing was measured', () => {
    expect(privacyLoss('logistic', 1_000_000, 1)?.least).toBe(0);
    expect(privacyLoss('logistic', 1_000_000, 1)?.most).toBe(
      privacyLoss('logistic', 30_000, 1)?.most,
    );
    expect(privacyLoss('logistic', 30_000, 50)).toEqual(privacyLoss('logistic', 30_000, 8));
    expect(privacyLoss('logistic', 299, 1)).toBeNull();
    expect(privacyLoss('logistic', 1000, 0.05)).toBeNull();
    expect(privacyLoss('linear', 1000, 1)).toBeNull();
  });
});
