import { describe, expect, it } from 'vitest';
import { gainOf } from '../../../../main/privacy/attack/gain.ts';
import { seededRandom } from '../../../../main/privacy/seeded.ts';

describe('the gain of an attacker', () => {
  it('is a paired difference, with the standard error of a mean', () => {
    const without = Uint8Array.of(1, 0, 0, 1, 0, 1);
    const withIt = Uint8Array.of(1, 1, 0, 0, 1, 1);
    const found = gainOf({ without, with: withIt }, Int32Array.of(0, 1, 2, 3, 4, 5));
    const differences = [0, 1, 0, -1, 1, 0];
    const mean = 1 / 6;
    const variance = differences.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 5;
    expect(found).toMatchObject({ without: 0.5, with: 4 / 6 });
    expect(found.gain).toBeCloseTo(mean, 12);
    expect(found.standardError).toBeCloseTo(Math.sqrt(variance / 6), 12);
  });

  it('is as unsure as its units are few: rows of one person add nothing', () => {
    const random = seededRandom(1);
    const people = Array.from({ length: 200 }, () => random.next() & 1);
    const rows = people.flatMap((right) => [right, right, right, right]);
    const units = Int32Array.from(rows, (_, row) => Math.floor(row / 4));
    const of = (right: number[], owners: Int32Array) =>
      gainOf({ without: new Uint8Array(right.length), with: Uint8Array.from(right) }, owners);
    const byPerson = of(people, Int32Array.from(people.keys()));
    expect(of(rows, units).standardError).toBeCloseTo(byPerson.standardError, 12);
    const asIfAlone = of(rows, Int32Array.from(rows.keys()));
    expect(byPerson.standardError).toBeGreaterThan(1.9 * asIfAlone.standardError);
  });

  it('needs two units', () => {
    expect(() =>
      gainOf({ without: Uint8Array.of(1), with: Uint8Array.of(1) }, Int32Array.of(7)),
    ).toThrow(RangeError);
  });
});
