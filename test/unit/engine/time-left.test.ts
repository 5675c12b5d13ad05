import { describe, expect, it } from 'vitest';
import { TimeLeft } from '../../../main/engine/time-left.ts';

const STEPS = 1000;

/** Reports every 250 ms of a clock that nobody waits for. */
function watch(seconds: number, perSecond: (second: number) => number): [TimeLeft, number] {
  const left = new TimeLeft();
  let done = 0;
  let now = 5000;
  left.note({ done, total: STEPS, unit: 'steps' }, now);
  for (let i = 0; i < seconds * 4; i++) {
    now += 250;
    done += perSecond(i / 4) / 4;
    left.note({ done, total: STEPS, unit: 'steps' }, now);
  }
  return [left, now];
}

describe('the time left', () => {
  it('is not told in the first 3 seconds, and then holds the truth', () => {
    const [early, soon] = watch(2.75, () => 10);
    expect(early.range(soon)).toBeNull();
    const [left, now] = watch(10, () => 10);
    const range = left.range(now);
    // 100 of 1000 done: 90 s are left at this rate.
    expect(range).toEqual({ from: 81, to: 100 });
  });

  it('is a wider range where the pace varies', () => {
    const [left, now] = watch(20, (second) => (second % 2 < 1 ? 5 : 15));
    const { from, to } = left.range(now)!;
    expect(from).toBeLessThan(60);
    expect(to).toBeGreaterThan(100);
  });

  it('soon believes a machine that has become slower', () => {
    const [left, now] = watch(30, (second) => (second < 20 ? 20 : 5));
    const { from, to } = left.range(now)!;
    // 450 of 1000 done, 5 a second.
    expect(from).toBeLessThanOrEqual(110);
    expect(to).toBeGreaterThanOrEqual(110);
  });

  it('falls while no news come, and never below nothing', () => {
    const [left, now] = watch(10, () => 10);
    expect(left.range(now + 20_000)).toEqual({ from: 61, to: 100 });
    expect(left.range(now + 200_000)?.from).toBe(0);
  });

  it('says nothing without a total, while nothing moves, and when the work counts anew', () => {
    const [still, now] = watch(10, () => 0);
    expect(still.range(now)).toBeNull();
    const [left, then] = watch(10, () => 10);
    left.note({ done: 0, total: 50, unit: 'rows' }, then + 250);
    expect(left.range(then + 250)).toBeNull();
    const endless = new TimeLeft();
    for (let i = 0; i < 50; i++) endless.note({ done: i, total: 0, unit: 'bytes' }, 250 * i);
    expect(endless.range(12_500)).toBeNull();
  });
});
