import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyedHash, mixHash } from '../../../../main/learning/keyed-hash.ts';
import { HandLabels, nextOpen, orderOfRows } from '../../../../main/records/labels/hand.ts';

const mark = (row: number, value: string | null) => ({ row, value, by: 'Ada', at: '2026' });

describe('labels by hand', () => {
  it('are the last decision about each row; undo gives back the one before', () => {
    const labels = new HandLabels([mark(3, 'a'), mark(1, null), mark(3, 'b')]);
    expect(labels.counts(['a', 'b'])).toEqual({ values: [0, 1], labelled: 1, skipped: 1 });
    expect(labels.undo()).toMatchObject({ row: 3, value: 'b' });
    expect(labels.of(3)?.value).toBe('a');
    expect(labels.undo()).toMatchObject({ row: 1, value: null });
    expect(labels.of(1)).toBeUndefined();
    labels.undo();
    expect(labels.undo()).toBeUndefined();
    expect(labels.counts(['a', 'b'])).toEqual({ values: [0, 0], labelled: 0, skipped: 0 });
  });

  it('know every value that undoing could bring back', () => {
    const labels = new HandLabels([mark(3, 'a'), mark(3, 'b'), mark(4, null)]);
    expect(labels.valuesMet()).toEqual(new Set(['a', 'b']));
  });

  it('are the same after any presses and as many undone, however they are replayed', () => {
    const press = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.constantFrom('a', 'b', null));
    fc.assert(
      fc.property(fc.array(press), fc.array(press), (first, then) => {
        const labels = new HandLabels(first.map(([row, value]) => mark(row, value)));
        for (const [row, value] of then) labels.add(mark(row, value));
        then.forEach(() => labels.undo());
        const replayed = new HandLabels(first.map(([row, value]) => mark(row, value)));
        expect(labels.labels()).toEqual(replayed.labels());
        expect(labels.length).toBe(replayed.length);
        const last = new Map(first.map(([row, value]) => [row, value]));
        for (let row = 0; row < 5; row++) expect(labels.of(row)?.value).toBe(last.get(row));
      }),
    );
  });
});

describe('the order of labelling', () => {
  const hash = (row: number): number => mixHash(keyedHash('k', 'order'), row);

  it('is that of the file, or shuffled with each row once', () => {
    expect([...orderOfRows(4, null)]).toEqual([0, 1, 2, 3]);
    const shuffled = orderOfRows(1000, hash);
    expect([...shuffled].sort((a, b) => a - b)).toEqual([...orderOfRows(1000, null)]);
    expect([...shuffled]).not.toEqual([...orderOfRows(1000, null)]);
  });

  it('moves no row before or behind another when one is added', () => {
    const before = [...orderOfRows(200, hash)];
    expect([...orderOfRows(201, hash)].filter((row) => row !== 200)).toEqual(before);
  });

  it('is a fair sample wherever one stops', () => {
    // Of the first tenth of 20,000 about half lie in each half of the file: five standard deviations.
    const part = [...orderOfRows(20_000, hash)].slice(0, 2000);
    const early = part.filter((row) => row < 10_000).length;
    expect(Math.abs(early - 1000)).toBeLessThan(5 * Math.sqrt(2000 * 0.25));
    const even = part.filter((row) => row % 2 === 0).length;
    expect(Math.abs(even - 1000)).toBeLessThan(5 * Math.sqrt(2000 * 0.25));
  });

  it('leads to the next open row, around the end, and to none when all are decided', () => {
    const order = Uint32Array.of(2, 0, 1);
    const labels = new HandLabels([mark(1, 'a')]);
    expect(nextOpen(order, labels, 1)).toBe(1);
    expect(nextOpen(order, labels, 2)).toBe(0);
    labels.add(mark(2, null));
    labels.add(mark(0, 'a'));
    expect(nextOpen(order, labels, 0)).toBeNull();
    expect(nextOpen(new Uint32Array(0), labels, 0)).toBeNull();
  });
});
