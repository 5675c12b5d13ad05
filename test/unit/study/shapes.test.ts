import { describe, expect, it } from 'vitest';
import { encodeFloats } from '../../../main/learning/floats.ts';
import { shapesOf } from '../../../main/study/shapes.ts';

const floats = (numbers: readonly number[]): string => encodeFloats(Float64Array.from(numbers));
const number = (
  column: string,
): { kind: 'numeric'; column: string; lower: number; upper: number } => ({
  ...{ kind: 'numeric', column, lower: 0, upper: 100 },
});

const YES = { column: 'y', values: ['no', 'yes'] as const };

describe('the shapes of a model', () => {
  it('join the neighbours that differ least and keep the others apart', () => {
    const cuts = Array.from({ length: 29 }, (_, i) => i + 1);
    // Ten plateaus of three bins each.
    const values = Array.from({ length: 30 }, (_, i) => Math.floor(i / 3) + (i % 3) / 1000);
    const shape = {
      cuts,
      values: floats([...values, 0.5]),
      deviations: floats(Array(31).fill(0.25)),
    };
    const [found] = shapesOf(
      { encoder: { features: [number('x')], missing: [] }, shapes: [shape], labels: YES },
      new Set(),
    ).views[0]!.shapes;
    expect(found!.parts).toHaveLength(13);
    expect(found!.parts.at(-1)).toEqual({
      ...{ cells: { of: 'missing' }, effect: 0.5, deviation: 0.25 },
    });
    const ranges = found!.parts.slice(0, -1);
    expect(ranges[0]!.cells).toMatchObject({ of: 'range', from: null });
    expect(ranges.at(-1)!.cells).toMatchObject({ of: 'range', to: null });
    for (const [i, { cells }] of ranges.entries()) {
      if (cells.of !== 'range' || i === 0) continue;
      const before = ranges[i - 1]!.cells;
      expect(before.of === 'range' && before.to).toBe(cells.from);
    }
    // No plateau was joined with the next.
    for (const edge of [3, 6, 9, 12, 15, 18, 21, 24, 27]) {
      expect(ranges.some(({ cells }) => cells.of === 'range' && cells.to === edge)).toBe(true);
    }
  });

  it('put the column that matters most first, list its strongest values, and know dates', () => {
    const values = Array.from({ length: 20 }, (_, i) => `v${i}`);
    const category = { kind: 'category' as const, column: 'kind', values };
    const strong = { cuts: [], ...bytesOf([...values.map((_, i) => i - 10), 0.1, 0]) };
    const weak = { cuts: [19_000], ...bytesOf([0.01, -0.01, 0]) };
    const [first, second] = shapesOf(
      {
        encoder: { features: [number('day'), category], missing: [] },
        shapes: [weak, strong],
        labels: YES,
      },
      new Set(['day']),
    ).views[0]!.shapes;
    expect([first!.column, second!.column]).toEqual(['kind', 'day']);
    expect(first!.others).toBe(10);
    expect(first!.parts.map(({ effect }) => effect)).toEqual(
      [...[9, 8, 7, 6, 5, -5, -6, -7, -8, -9, -10].toSorted((a, b) => b - a), -4].toSorted(
        (a, b) => b - a,
      ),
    );
    expect(second!.parts[0]!.cells).toEqual({ of: 'range', from: null, to: '2022-01-08' });
  });

  it('of a pair name the cells of every row and column, the rest of a category together', () => {
    const kind = { kind: 'category' as const, column: 'kind', values: ['a', 'b', 'c'] };
    const pair = {
      features: [0, 1] as [number, number],
      bins: [
        [0, 0, 1, 2],
        [0, 2, 1, 2, 2],
      ] as [number[], number[]],
      ...bytesOf([1, 2, 3, 4, 5, 6, 7, 8, 9]),
    };
    const { scale, views } = shapesOf(
      {
        encoder: { features: [number('x'), kind], missing: [] },
        shapes: [
          { cuts: [10, 20], ...bytesOf([0, 0, 0, 0]) },
          { cuts: [], ...bytesOf([0, 0, 0, 0, 0]) },
        ],
        pairs: [pair],
        labels: YES,
      },
      new Set(),
    );
    expect([scale, views.length, views[0]!.answer]).toEqual(['odds', 1, 'yes']);
    expect(views[0]!.pairs).toEqual([
      {
        columns: ['x', 'kind'],
        across: [
          [
            { of: 'range', from: null, to: 20 },
            { of: 'range', from: 20, to: null },
            { of: 'missing' },
          ],
          [{ of: 'value', value: 'a' }, { of: 'value', value: 'c' }, { of: 'other' }],
        ],
        effects: [
          [1, 2, 3],
          [4, 5, 6],
          [7, 8, 9],
        ],
        deviations: Array(3).fill([0.5, 0.5, 0.5]),
      },
    ]);
  });

  it('of several values stand against the mean of all, of a number in its unit', () => {
    const content = {
      encoder: { features: [number('x')], missing: [] },
      shapes: [{ cuts: [], ...bytesOf([3, 0, 0, 0, 0, 6]) }],
    };
    const values = ['a', 'b', 'c'];
    const several = shapesOf(
      { ...content, labels: { target: 'classes', column: 'y', values } },
      new Set(),
    );
    expect(several.views.map(({ answer }) => answer)).toEqual(values);
    const effects = several.views.map(({ shapes }) => shapes[0]!.parts.map(({ effect }) => effect));
    expect(effects).toEqual([
      [2, -2],
      [-1, -2],
      [-1, 4],
    ]);
    const one = shapesOf(
      {
        ...content,
        shapes: [{ cuts: [], ...bytesOf([0.25, 0]) }],
        labels: { target: 'number', column: 'y', lower: 10, upper: 30 },
      },
      new Set(),
    );
    expect([one.scale, one.views[0]!.answer]).toEqual(['number', 'y']);
    expect(one.views[0]!.shapes[0]!.parts[0]).toMatchObject({ effect: 5, deviation: 10 });
  });
});

function bytesOf(values: readonly number[]): { values: string; deviations: string } {
  return { values: floats(values), deviations: floats(values.map(() => 0.5)) };
}
