import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reviewResult } from '../../../main/contract/review.ts';
import { rocPoints } from '../../../main/fairness/curves.ts';
import { byScore } from '../../../main/fairness/order.ts';
import { reviewTable } from '../../../main/fairness/review.ts';
import type { Column, Table } from '../../../main/records/table.ts';

interface Person {
  readonly y: number;
  readonly s: number;
}

function tableOf(people: readonly Person[], decided = false): Table {
  const columns: Column[] = [
    { name: 'y', type: 'integer', values: Float64Array.from(people, ({ y }) => y) },
    { name: 's', type: 'real', values: Float64Array.from(people, ({ s }) => s) },
  ];
  if (decided)
    columns.push({ name: 'd', type: 'integer', values: Float64Array.from(people, ({ y }) => y) });
  return { rows: people.length, columns };
}

const OPTIONS = { label: 'y', score: 's' };
const review = (people: readonly Person[], more: object = {}) =>
  reviewResult.parse(reviewTable(tableOf(people), { ...OPTIONS, ...more }));

/** Deterministic, with ties, 400 different scores at most. */
const many: Person[] = Array.from({ length: 5000 }, (_, i) => {
  const s = ((i * 7919) % 400) / 399;
  return { y: (i * 104_729) % 1000 < 1000 * s * s ? 1 : 0, s };
});

const share = (people: readonly Person[], fits: (person: Person) => boolean): number =>
  people.filter(fits).length / people.length;

/** One point of the ROC curve by asking everybody. */
function slowPoint(people: readonly Person[], threshold: number) {
  const selected = ({ s }: Person) => s >= threshold;
  return {
    fpr: share(
      people.filter(({ y }) => y === 0),
      selected,
    ),
    tpr: share(
      people.filter(({ y }) => y === 1),
      selected,
    ),
  };
}

/** Wilson's bounds as the two roots of (p - x)^2 = z^2 x (1 - x) / n, by bisection. */
function slowWilson(p: number, n: number): [number, number] {
  const z = 1.959963984540054;
  const outside = (x: number) => (p - x) ** 2 > (z ** 2 * x * (1 - x)) / n;
  const between = (inside: number, out: number): number => {
    let [a, b] = [inside, out];
    for (let step = 0; step < 200; step++) {
      const middle = (a + b) / 2;
      if (outside(middle)) b = middle;
      else a = middle;
    }
    return a;
  };
  return [p === 0 ? 0 : between(p, 0), p === 1 ? 1 : between(p, 1)];
}

const people = fc.array(fc.record({ y: fc.integer({ min: 0, max: 1 }), s: fc.nat(20) }), {
  minLength: 2,
  maxLength: 60,
});

describe('the ROC curve', () => {
  it('is what asking everybody gives, at every different score', () => {
    fc.assert(
      fc.property(people, (raw) => {
        const all = raw.map(({ y, s }) => ({ y, s: s / 20 }));
        fc.pre(all.some(({ y }) => y === 1) && all.some(({ y }) => y === 0));
        const scores = Float64Array.from(all, ({ s }) => s);
        const truth = Uint8Array.from(all, ({ y }) => y);
        const points = rocPoints(truth, scores, byScore(scores));
        expect(points[0]).toEqual({ threshold: null, fpr: 0, tpr: 0 });
        expect(points.at(-1)).toMatchObject({ fpr: 1, tpr: 1 });
        expect(points).toHaveLength(new Set(all.map(({ s }) => s)).size + 1);
        for (const { threshold, fpr, tpr } of points.slice(1))
          expect({ fpr, tpr }).toEqual(slowPoint(all, threshold ?? 2));
      }),
    );
  });

  it('is thinned to 101 true points with both ends, and keeps its area', () => {
    const { curves, overall } = review(many);
    const points = curves?.roc?.points ?? [];
    expect(points.length).toBeLessThanOrEqual(101);
    expect(points.length).toBeGreaterThan(90);
    expect(points[0]).toEqual({ threshold: null, fpr: 0, tpr: 0 });
    expect(points.at(-1)).toMatchObject({ fpr: 1, tpr: 1 });
    for (const { threshold, fpr, tpr } of points.slice(1))
      expect({ fpr, tpr }).toEqual(slowPoint(many, threshold ?? 2));
    let area = 0;
    for (const [at, b] of points.entries()) {
      const a = points[at - 1];
      if (a) area += ((b.fpr - a.fpr) * (a.tpr + b.tpr)) / 2;
    }
    expect(area).toBeCloseTo(overall.auc ?? NaN, 3);
  });

  it('marks the decisions under review', () => {
    const { curves, overall } = review(many, { threshold: 0.3 });
    expect(curves?.roc?.chosen).toEqual({ threshold: 0.3, fpr: overall.fpr, tpr: overall.tpr });
    expect(curves?.roc?.chosen).toMatchObject(slowPoint(many, 0.3));
    const decided = reviewTable(tableOf(many, true), { ...OPTIONS, prediction: 'd' });
    expect(decided.curves?.roc?.chosen).toEqual({ threshold: null, fpr: 0, tpr: 1 });
  });

  it('is withheld over few positives or negatives, and undefined without any', () => {
    const few = (y: number, count: number) =>
      many.filter((person) => person.y !== y).concat(many.filter((p) => p.y === y).slice(0, count));
    for (const y of [0, 1]) {
      const nine = review(few(y, 9));
      expect(nine.curves?.roc).toBeNull();
      expect(nine.reasons?.['curves.roc']).toBe('withheld');
      expect(review(few(y, 9), { exact: true }).curves?.roc).not.toBeNull();
      expect(review(few(y, 10)).curves?.roc).not.toBeNull();
      const none = review(few(y, 0));
      expect(none.curves?.roc).toBeNull();
      expect(none.reasons?.['curves.roc']).toBe('undefined');
    }
  });
});

describe('calibration', () => {
  it('is what asking each bin gives, with the interval Wilson defined', () => {
    const { curves } = review(many);
    expect(curves?.calibration.level).toBe(0.95);
    for (const [at, bin] of curves?.calibration.bins.entries() ?? []) {
      const inside = many.filter(({ s }) => s >= at / 10 && (s < (at + 1) / 10 || at === 9));
      expect(bin).toMatchObject({ from: at / 10, to: (at + 1) / 10, n: inside.length });
      const mean = inside.reduce((sum, { s }) => sum + s, 0) / inside.length;
      expect(bin.mean_score).toBeCloseTo(mean, 12);
      const observed = share(inside, ({ y }) => y === 1);
      expect(bin.observed).toBe(observed);
      const [low, high] = slowWilson(observed, inside.length);
      expect(bin.interval?.[0]).toBeCloseTo(low, 9);
      expect(bin.interval?.[1]).toBeCloseTo(high, 9);
    }
  });

  it('gives the calibration error the review has', () => {
    const { curves, overall } = review(many);
    const bins = curves?.calibration.bins ?? [];
    const error = bins.reduce(
      (sum, { n, mean_score, observed }) => sum + n * Math.abs((mean_score ?? 0) - (observed ?? 0)),
      0,
    );
    expect(error / many.length).toBeCloseTo(overall.ece ?? NaN, 12);
  });

  it('withholds bins of few records and names empty ones', () => {
    const some = many
      .filter(({ s }) => s < 0.8)
      .concat(many.filter(({ s }) => s === 1).slice(0, 9));
    const { curves, reasons } = review(some);
    const bins = curves?.calibration.bins ?? [];
    expect(bins[8]).toMatchObject({ n: 0, mean_score: null, observed: null, interval: null });
    expect(bins[9]).toMatchObject({ n: 9, mean_score: null, observed: null, interval: null });
    expect(reasons).toMatchObject({
      'curves.calibration.8': 'undefined',
      'curves.calibration.9': 'withheld',
    });
    expect(review(some, { exact: true }).curves?.calibration.bins[9]?.observed).not.toBeNull();
    expect(review(many, { intervals: 0.9 }).curves?.calibration.level).toBe(0.9);
  });
});

it('has no curves without scores', () => {
  const decided = reviewTable(tableOf(many, true), { label: 'y', prediction: 'd' });
  expect(decided.curves).toBeUndefined();
});
