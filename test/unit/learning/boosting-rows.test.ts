import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binReader, binsOf } from '../../../main/learning/boosting/bins.ts';
import {
  addCounts,
  addGradients,
  type BinnedRows,
} from '../../../main/learning/boosting/histograms.ts';
import { residual } from '../../../main/learning/boosting/outcome.ts';
import { binnedRows } from '../../../main/learning/boosting/rows.ts';
import { LEVELS, PLAIN_SETTINGS } from '../../../main/learning/boosting/settings.ts';
import type { Feature } from '../../../main/learning/features.ts';
import { Pace } from '../../../main/learning/pace.ts';
import { personUnits, rowUnits } from '../../../main/learning/units.ts';
import { takeRows } from '../../../main/records/shape.ts';
import type { Table } from '../../../main/records/table.ts';
import { codedColumn, numberColumn, seededUniform, tableOf } from './fixtures.ts';

const AGE: Feature = { kind: 'numeric', column: 'age', lower: 17, upper: 90 };
const WORK: Feature = { kind: 'category', column: 'work', values: ['a', 'b'] };
const USUAL = LEVELS[1]!.settings;
const FINENESS = USUAL.fineness;

function binsFound(table: Table, feature: Feature): { found: number[]; known: number[] } {
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
  const found = new Uint16Array(rows.length);
  const known = new Uint8Array(rows.length);
  binReader(table, feature, binsOf(feature, FINENESS), ['?'])(rows, found, known);
  return { found: [...found], known: [...known] };
}

describe('bins', () => {
  it('are cut at round steps from the lower bound, and by ratios where the range is wide', () => {
    expect([...binsOf(AGE, FINENESS).cuts]).toEqual([
      ...[22, 27, 32, 37, 42, 47, 52, 57, 62, 67, 72, 77, 82, 87],
    ]);
    const gain = binsOf({ ...AGE, lower: 0, upper: 99_999 }, FINENESS);
    expect([...gain.cuts]).toEqual([...gain.cuts].sort((a, b) => a - b));
    expect(new Set(gain.cuts).size).toBe(gain.cuts.length);
    for (const cut of [1, 1.15, 5000, 95_000]) expect([...gain.cuts]).toContain(cut);
    expect(gain.cuts.every((cut) => cut > 0 && cut < 99_999)).toBe(true);
    expect(binsOf(WORK, FINENESS)).toMatchObject({ ordered: 0, size: 4 });
  });

  it('stay few for any bounds, and a step never falls between two figures', () => {
    const bound = fc.double({ min: -1e12, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(bound, fc.double({ min: 1e-6, max: 1e15, noNaN: true }), (lower, range) => {
        fc.pre(lower + range > lower + 1e-9 * Math.abs(lower));
        const feature: Feature = { kind: 'numeric', column: 'x', lower, upper: lower + range };
        for (const { fineness } of [PLAIN_SETTINGS, USUAL]) {
          const { cuts, ordered, size } = binsOf(feature, fineness);
          expect(ordered).toBe(cuts.length + 1);
          expect(size).toBe(cuts.length + 2);
          expect(size).toBeLessThan(fineness.steps + 520);
          expect(cuts.every((cut, i) => i === 0 || cut > cuts[i - 1]!)).toBe(true);
        }
      }),
    );
  });

  it('hold what they say: edges, values out of bounds, missing and unlisted ones', () => {
    const ages = tableOf(numberColumn('age', [17, 21.9, 22, 89, 5, 400, NaN]));
    expect(binsFound(ages, AGE)).toEqual({
      found: [0, 0, 1, 14, 0, 14, 15],
      known: [1, 1, 1, 1, 1, 1, 0],
    });
    expect(binsFound(ages, { ...AGE, fill: 23 }).found.at(-1)).toBe(1);
    const works = tableOf(codedColumn('work', ['b', 'a', '?', 'c']));
    expect(binsFound(works, WORK)).toEqual({ found: [1, 0, 2, 3], known: [1, 1, 0, 1] });
    expect(binsFound(works, { ...WORK, fill: 'a' }).found[2]).toBe(0);
  });
});

const PEOPLE = 40;

/** Records of people of one to six rows each. */
function records(): Table {
  const draw = seededUniform(5);
  const people = Array.from({ length: PEOPLE }, (_, p) =>
    Array.from({ length: 1 + Math.floor(6 * draw()) }, () => `p${p}`),
  ).flat();
  return tableOf(
    numberColumn(
      'age',
      people.map(() => 17 + 73 * draw()),
    ),
    codedColumn(
      'work',
      people.map(() => (draw() < 0.5 ? 'a' : 'b')),
    ),
    codedColumn('who', people),
  );
}

const FEATURES = [AGE, WORK];
const BINS = FEATURES.map((feature) => binsOf(feature, FINENESS));
const MOST_ROWS = 4;

async function rowsOf(table: Table, unit: 'row' | 'person'): Promise<BinnedRows> {
  const train = Int32Array.from({ length: table.rows }, (_, row) => row);
  const units =
    unit === 'row'
      ? rowUnits(train)
      : personUnits(table, { column: 'who', maxRows: MOST_ROWS }, train, train, []);
  const prepared = {
    encoder: { features: FEATURES, missing: [] },
    labels: { column: 'y', values: ['no', 'yes'] as const },
    targets: Float64Array.from(train, (row) => row % 2),
    units,
  };
  const split = { train, test: train, validation: train, neither: 0 };
  return binnedRows({ table, split }, prepared, BINS, new Pace(undefined, undefined));
}

function without(table: Table, unit: 'row' | 'person', one: number): Table {
  const who = table.columns.find(({ name }) => name === 'who')!;
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
  const codes = 'codes' in who ? who.codes : new Int32Array(0);
  return takeRows(
    table,
    rows.filter((row) => (unit === 'row' ? row !== one : codes[row] !== one)),
  );
}

/** Length of the difference of all histograms of the two, column by column. */
function distances(a: BinnedRows, b: BinnedRows, of: 'counts' | 'gradients'): number[] {
  const histogram = (rows: BinnedRows, k: number): Float64Array => {
    const sum = new Float64Array(BINS[k]!.size);
    // As far as a gradient can go: every residual is 1.
    const ones = new Float64Array(rows.targets.length).fill(1);
    if (of === 'counts') addCounts(rows.bins[k]!, rows.weights, sum);
    else addGradients(rows.bins[k]!, ones, rows.weights, sum);
    return sum;
  };
  return BINS.map((_, k) => {
    const other = histogram(b, k);
    return Math.hypot(...histogram(a, k).map((value, bin) => value - other[bin]!));
  });
}

describe('what one unit changes', () => {
  it.each(['row', 'person'] as const)(
    'a %s moves each histogram by a length of at most 1',
    async (unit) => {
      const table = records();
      const all = await rowsOf(table, unit);
      let most = 0;
      for (let one = 0; one < (unit === 'row' ? table.rows : PEOPLE); one++) {
        const fewer = await rowsOf(without(table, unit, one), unit);
        for (const of of ['counts', 'gradients'] as const) {
          for (const distance of distances(all, fewer, of)) {
            expect(distance).toBeLessThanOrEqual(1 + 1e-12);
            most = Math.max(most, distance);
          }
        }
      }
      // A bound nobody comes near would not be the sensitivity.
      expect(most).toBeGreaterThan(1 - 1e-12);
    },
  );

  it('gives every person weight 1, of at most so many rows', async () => {
    const { weights } = await rowsOf(records(), 'person');
    expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(PEOPLE, 9);
    expect(Math.min(...weights)).toBe(1 / MOST_ROWS);
  });

  it('residuals stay within [-1, 1], and those near one half count in full', () => {
    const score = fc.double({ min: -800, max: 800, noNaN: true });
    fc.assert(
      fc.property(score, fc.constantFrom(0, 1), fc.boolean(), (s, target, balanced) => {
        const found = residual(target, s, balanced);
        expect(Math.abs(found)).toBeLessThanOrEqual(1);
        expect(Math.sign(found) === (target === 1 ? 1 : -1) || found === 0).toBe(true);
      }),
    );
    expect(residual(1, 0, true)).toBe(1);
    expect(residual(1, 0, false)).toBe(0.5);
    // Weighted by what is known already, the truth still balances: p (1 - p) - (1 - p) p = 0.
    const p = 0.2;
    const at = Math.log(p / (1 - p));
    expect(p * residual(1, at, true) + (1 - p) * residual(0, at, true)).toBeCloseTo(0, 12);
  });
});
