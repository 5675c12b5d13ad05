import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binsOf, type Bins } from '../../../main/learning/boosting/bins.ts';
import {
  gridDeviations,
  gridPosteriorMean,
  smoothGrid,
} from '../../../main/learning/boosting/grid-smoothing.ts';
import { pairFields } from '../../../main/learning/boosting/pair-bins.ts';
import { PLAIN_SETTINGS } from '../../../main/learning/boosting/settings.ts';
import { plus, priorOf, solved } from './dense.ts';
import { seededUniform } from './fixtures.ts';

const draw = seededUniform(11);
const numbers = (length: number, low: number, high: number): number[] =>
  Array.from({ length }, () => low + (high - low) * draw());

describe('smoothing of a pair', () => {
  const grid = { rows: 4, columns: 3, orderedRows: 3, orderedColumns: 2 };
  const links = [...Array(12).keys()].flatMap((i) => {
    const [row, column] = [Math.floor(i / 3), i % 3];
    return [
      ...(column > 0 && column < 2 ? [[i - 1, i] as const] : []),
      ...(row > 0 && row < 3 ? [[i - 3, i] as const] : []),
    ];
  });
  const values = numbers(12, -2, 2);
  const precision = numbers(12, 0.1, 30);
  const noisy = {
    values: Float64Array.from(values),
    precision: Float64Array.from(precision),
    grid,
  };

  it('is the posterior mean of a dense system, with its likelihood and its deviations', () => {
    const priors = [
      { size: 0.5, step: 0.1 },
      { size: 2, step: 1 },
    ];
    const found = priors.map(({ size, step }) => {
      const q = priorOf(12, links, size, step);
      const dense = solved(
        plus(q, precision),
        values.map((v, i) => v * precision[i]!),
      );
      const shape = new Float64Array(12);
      const likelihood = gridPosteriorMean(noisy, { size, step }, shape);
      shape.forEach((value, i) => expect(value).toBeCloseTo(dense.x[i]!, 10));
      gridDeviations(noisy, { size, step }).forEach((value, i) => {
        const unit = values.map((_, j) => (i === j ? 1 : 0));
        expect(value).toBeCloseTo(Math.sqrt(solved(plus(q, precision), unit).x[i]!), 10);
      });
      const fit = values.reduce((s, v, i) => s + precision[i]! * v * (v - dense.x[i]!), 0);
      const prior = solved(q, values).logDeterminant;
      return { likelihood, expected: (prior - dense.logDeterminant - fit) / 2 };
    });
    const [first, second] = found;
    expect(second!.likelihood - first!.likelihood).toBeCloseTo(
      second!.expected - first!.expected,
      9,
    );
    const { shape, prior } = smoothGrid(noisy);
    const best = new Float64Array(12);
    const likelihood = gridPosteriorMean(noisy, prior, best);
    expect(likelihood).toBeGreaterThanOrEqual(first!.likelihood);
    expect(shape).toEqual(best);
  });
});

describe('the bins of a pair', () => {
  const age = binsOf(
    { kind: 'numeric', column: 'a', lower: 0, upper: 100 },
    PLAIN_SETTINGS.fineness,
  );
  const many: Bins = { cuts: new Float64Array(0), ordered: 0, size: 30 };

  it('share the records evenly, keep neighbours together and frequent values apart', () => {
    const counts = new Float64Array(age.size).fill(10);
    const often = Float64Array.from({ length: 30 }, (_, i) => (i % 5 === 0 ? 500 - i : 3));
    const { axes, field } = pairFields({ bins: age, counts }, { bins: many, counts: often }, 8);
    expect(field.grid).toEqual({ rows: 9, columns: 8, orderedRows: 8, orderedColumns: 0 });
    const [rows, columns] = axes;
    const sizes = Array.from({ length: 8 }, (_, g) => rows.filter((one) => one === g).length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1 + age.ordered / 8);
    expect(rows.every((one, i) => i === 0 || one >= rows[i - 1]!)).toBe(true);
    expect(rows.at(-1)).toBe(8);
    for (const value of [0, 5, 10, 15, 20, 25]) {
      expect(columns.filter((one) => one === columns[value]).length).toBe(1);
    }
    expect(columns[2]).toBe(columns[29]);
  });

  it('cover every bin with no group left empty, whatever the counts', () => {
    const count = fc.array(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), {
      minLength: 12,
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        count,
        fc.integer({ min: 0, max: 11 }),
        fc.integer({ min: 2, max: 9 }),
        (c, o, m) => {
          const bins = { cuts: new Float64Array(0), ordered: o, size: 12 };
          const counted = { bins, counts: Float64Array.from(c) };
          const { axes, field } = pairFields(counted, counted, m);
          for (const axis of axes) {
            expect(new Set(axis).size).toBe(field.grid!.rows);
            expect(Math.max(...axis)).toBe(field.grid!.rows - 1);
          }
          expect(field.grid!.rows).toBeLessThanOrEqual(m + 1);
        },
      ),
    );
  });
});
