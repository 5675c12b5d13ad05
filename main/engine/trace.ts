import { z } from 'zod';
import {
  tracePoint,
  MOST_TRACE_POINTS,
  type TracePoint,
  type JobProgress,
} from '../contract/job.ts';

/** Work reports about four times a second: no point is closer to the last one. */
const LEAST_GAP = 0.25;

const keptPoints = z.array(tracePoint).max(MOST_TRACE_POINTS);

/**
 * How far work was at which time, for a curve: as many points as a drawing can use. When there are
 * too many, every second one goes, and from then on they are taken half as often. The newest is
 * always among them.
 */
export class Trace {
  #points: TracePoint[];
  #newest: TracePoint | null = null;
  #gap = LEAST_GAP;
  /** Seconds worked before this start. */
  #before: number;
  #began = 0;

  private constructor(points: readonly TracePoint[]) {
    this.#points = [...points];
    this.#thin();
    this.#before = points.at(-1)?.seconds ?? 0;
    this.#gap = Math.max(LEAST_GAP, (2 * this.#before) / MOST_TRACE_POINTS);
  }

  /** Goes on from what `bytes` gave; from nothing where there is none or it cannot be read. */
  static from(bytes: Uint8Array | null): Trace {
    if (bytes === null) return new Trace([]);
    const kept = keptPoints.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    return new Trace(kept.data ?? []);
  }

  get points(): readonly TracePoint[] {
    return this.#newest === null ? this.#points : [...this.#points, this.#newest];
  }

  /** Time counts from here on. @param now milliseconds of any clock that only moves on */
  begin(now: number): void {
    this.#began = now;
  }

  /** Work that counts back has lost what came after, or counts something else from then on. */
  note({ done, epsilon }: Pick<JobProgress, 'done' | 'epsilon'>, now: number): void {
    const seconds = Math.round(1000 * this.#before + (now - this.#began)) / 1000;
    if (done < (this.points.at(-1)?.done ?? 0)) {
      this.#points = this.#points.filter((point) => point.done <= done);
    }
    const point = { seconds, done, epsilon: epsilon ?? null };
    const last = this.#points.at(-1);
    this.#newest = point;
    if (last !== undefined && seconds - last.seconds < this.#gap) return;
    this.#newest = null;
    this.#points.push(point);
    this.#thin();
  }

  /** One place stays free for the newest. */
  #thin(): void {
    if (this.#points.length < MOST_TRACE_POINTS) return;
    const newest = this.#points.at(-1) ?? null;
    this.#points = this.#points.filter((_, at) => at % 2 === 0);
    this.#newest = this.#points.at(-1) === newest ? null : newest;
    this.#gap *= 2;
  }

  bytes(): Uint8Array {
    return Buffer.from(JSON.stringify(this.points), 'utf8');
  }
}
