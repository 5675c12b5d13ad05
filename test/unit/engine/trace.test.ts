import { describe, expect, it } from 'vitest';
import { MOST_TRACE_POINTS, type JobProgress } from '../../../main/contract/job.ts';
import { Trace } from '../../../main/engine/trace.ts';

const at = (done: number, epsilon?: number): JobProgress => ({
  done,
  total: 1e6,
  unit: 'steps',
  ...(epsilon === undefined ? {} : { epsilon }),
});

describe('the trace of work', () => {
  it('holds time, steps and price, the newest always among them', () => {
    const trace = Trace.from(null);
    expect(trace.points).toEqual([]);
    trace.begin(10_000);
    trace.note(at(0, 0.5), 10_400);
    trace.note(at(2, 0.5), 10_500);
    trace.note(at(3, 0.6), 10_600);
    expect(trace.points).toEqual([
      { seconds: 0.4, done: 0, epsilon: 0.5 },
      { seconds: 0.6, done: 3, epsilon: 0.6 },
    ]);
    trace.note(at(9), 10_700);
    expect(trace.points.at(-1)).toEqual({ seconds: 0.7, done: 9, epsilon: null });
  });

  it.each([600, 5000, 123_456])('stays small over %d reports, and even in time', (reports) => {
    const trace = Trace.from(null);
    trace.begin(0);
    for (let i = 1; i <= reports; i++) {
      trace.note(at(i), i * 250);
      expect(trace.points.length).toBeLessThanOrEqual(MOST_TRACE_POINTS);
    }
    const { points } = trace;
    expect(points.length).toBeGreaterThanOrEqual(MOST_TRACE_POINTS / 2 - 1);
    expect(points[0]?.done).toBe(1);
    expect(points.at(-1)).toEqual({ seconds: reports / 4, done: reports, epsilon: null });
    for (const point of points) expect(point.done).toBe(point.seconds * 4);
    const gaps = points.slice(1, -1).map((point, i) => point.seconds - (points[i]?.seconds ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2 * Math.min(...gaps));
  });

  it('goes on after a rest, whose time does not count, and stays small over many', () => {
    let trace = Trace.from(null);
    for (let rest = 0; rest < 50; rest++) {
      trace = Trace.from(trace.bytes());
      trace.begin(1e6 * rest);
      for (let i = 1; i <= 40; i++) trace.note(at(40 * rest + i), 1e6 * rest + 1000 * i);
      expect(trace.points.at(-1)).toEqual({
        seconds: 40 * (rest + 1),
        done: 40 * (rest + 1),
        epsilon: null,
      });
      expect(trace.points.length).toBeLessThanOrEqual(MOST_TRACE_POINTS);
    }
    for (const { seconds, done } of trace.points) expect(done).toBe(seconds);
  });

  it('forgets what was lost when the work goes back to a checkpoint', () => {
    const before = Trace.from(null);
    before.begin(0);
    for (const i of [1, 2, 3, 4]) before.note(at(10 * i), 1000 * i);
    const trace = Trace.from(before.bytes());
    trace.begin(0);
    trace.note(at(21), 500);
    expect(trace.points.map(({ done }) => done)).toEqual([10, 20, 21]);
    expect(trace.points.at(-1)?.seconds).toBe(4.5);
  });

  it('begins anew where what was kept is not a trace', () => {
    expect(Trace.from(Buffer.from('[{"loss":1}]')).points).toEqual([]);
  });
});
