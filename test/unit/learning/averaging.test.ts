import { describe, expect, it } from 'vitest';
import { AVERAGINGS, type Averaging } from '../../../main/contract/step-ways.ts';
import { Average } from '../../../main/learning/averaging.ts';
import { seededUniform } from './fixtures.ts';

const SIZE = 3;
const STEPS = 41;
const draw = seededUniform(3);
const ITERATES = Array.from({ length: STEPS }, () =>
  Float64Array.from({ length: SIZE }, () => draw()),
);

/** The weight of each iterate in the result, from the definitions. */
function weightsOf(kind: Averaging, steps: number): number[] {
  const last = Array.from({ length: steps }, (_, t) => (t === steps - 1 ? 1 : 0));
  if (kind === 'none') return last;
  if (kind === 'late') {
    const from = Math.floor(STEPS / 2);
    return last.map((_, t) => (t < from ? 0 : 1 / (steps - from)));
  }
  const keep = last.map((_, t) =>
    t === 0 ? 0 : Math.min(1 - 1 / (0.1 * STEPS), (1 + t) / (10 + t)),
  );
  return keep.map((own, t) => keep.slice(t + 1).reduce((product, next) => product * next, 1 - own));
}

describe.each(AVERAGINGS)('the mean "%s"', (kind) => {
  it('weighs the iterates as its definition says', () => {
    const average = new Average(kind, SIZE, STEPS);
    ITERATES.forEach((iterate, step) => average.take(step, iterate));
    const weights = weightsOf(kind, STEPS);
    expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    average.result(ITERATES.at(-1)!).forEach((value, i) => {
      const expected = ITERATES.reduce((sum, one, t) => sum + weights[t]! * one[i]!, 0);
      expect(value).toBeCloseTo(expected, 12);
    });
  });

  it('goes on from its state, and from no other’s', () => {
    const [whole, first] = [new Average(kind, SIZE, STEPS), new Average(kind, SIZE, STEPS)];
    ITERATES.forEach((iterate, step) => whole.take(step, iterate));
    ITERATES.slice(0, 30).forEach((iterate, step) => first.take(step, iterate));
    const second = new Average(kind, SIZE, STEPS, first.state());
    ITERATES.slice(30).forEach((iterate, step) => second.take(30 + step, iterate));
    const last = ITERATES.at(-1)!;
    expect(second.result(last)).toEqual(whole.result(last));
    for (const other of AVERAGINGS.filter((one) => one !== kind)) {
      const state = { ...first.state(), kind: other };
      expect(() => new Average(kind, SIZE, STEPS, state)).toThrow('JOB_NOT_RESUMABLE');
    }
    expect(() => new Average(kind, SIZE + 1, STEPS, first.state())).toThrow('JOB_NOT_RESUMABLE');
  });

  it('is the parameters themselves where nothing was taken', () => {
    expect(new Average(kind, SIZE, STEPS).result(ITERATES[0]!)).toEqual(ITERATES[0]);
  });
});
