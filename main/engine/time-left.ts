import type { JobProgress, SecondsLeft } from '../contract/job.ts';

/** Before this nothing is said: the first rates are those of a cold start. */
const SILENT_MS = 3000;
/** Shorter pieces of work say more about the clock than about the work. */
const PIECE_MS = 500;
/** The last pieces that count: a machine that has become busy is soon believed. */
const PIECES = 12;
/** No estimate is given closer than this part of the rate. */
const LEAST_SPREAD = 0.1;
/** From the median absolute deviation to the standard deviation of a normal law. */
const DEVIATION = 1.4826;

interface Mark {
  readonly at: number;
  readonly done: number;
}

/**
 * How long work will still take, as a range: what is left, by the median rate of the last pieces
 * plus and minus their spread. It starts again where the work changes what it counts.
 */
export class TimeLeft {
  #kind = '';
  #total = 0;
  #began = 0;
  #last: Mark = { at: 0, done: 0 };
  #rates: number[] = [];

  /** @param now milliseconds of any clock that only moves on */
  note({ done, total, unit }: JobProgress, now: number): void {
    const kind = `${unit} ${total}`;
    if (kind !== this.#kind || done < this.#last.done) {
      this.#kind = kind;
      this.#total = total;
      this.#began = now;
      this.#rates = [];
      this.#last = { at: now, done };
      return;
    }
    const elapsed = now - this.#last.at;
    if (elapsed < PIECE_MS) return;
    this.#rates = [...this.#rates, (done - this.#last.done) / elapsed].slice(-PIECES);
    this.#last = { at: now, done };
  }

  /** Whole seconds; null in the first 3 s, without a total, and while nothing moves. */
  range(now: number): SecondsLeft | null {
    if (this.#total === 0 || now - this.#began < SILENT_MS || this.#rates.length < 2) return null;
    const rate = median(this.#rates);
    if (rate <= 0) return null;
    const deviation = DEVIATION * median(this.#rates.map((each) => Math.abs(each - rate)));
    const spread = Math.max(deviation, LEAST_SPREAD * rate);
    const left = this.#total - this.#last.done;
    const since = now - this.#last.at;
    const from = Math.max(0, left / (rate + spread) - since);
    const to = left / Math.max(rate - spread, rate / 4);
    return { from: Math.floor(from / 1000), to: Math.ceil(to / 1000) };
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}
