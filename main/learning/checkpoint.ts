import { z } from 'zod';
import { ConcordError } from '../contract/errors.ts';
import { AVERAGINGS, OPTIMISERS, type Averaging } from '../contract/step-ways.ts';
import { boughtStatistic, type BoughtStatistic } from '../contract/train.ts';
import { Average, type AverageState } from './averaging.ts';
import type { OptimiserState } from './optimiser.ts';

/**
 * How far a training has come. Everything in it follows from what the steps so far have released;
 * it holds no state of a generator or a sampler, no seed and no draw of any step.
 */
export interface Checkpoint {
  readonly parameters: Float64Array;
  readonly optimiser: OptimiserState;
  readonly average: AverageState;
  /** Steps that were paid for when it was made: none after these has run. */
  readonly stepsCharged: number;
  /** Steps that have made these parameters; fewer where a crash lost some. */
  readonly stepsRun: number;
}

/** Where a training goes on: after the steps that count as run, with what was kept of them. */
export interface Resumed {
  readonly from: number;
  /** Null when the crash came before the first one. */
  readonly checkpoint: Checkpoint | null;
  /** What an earlier start of the run had bought. */
  readonly bought?: readonly BoughtStatistic[] | undefined;
}

/** Steps whose work is in the final model, of `steps` paid for. */
export function stepsRunOf(steps: number, resumed: Resumed | undefined): number {
  if (resumed === undefined) return steps;
  return (resumed.checkpoint?.stepsRun ?? 0) + steps - resumed.from;
}

interface Running {
  readonly initial: Float64Array;
  readonly steps: number;
  readonly averaging?: Averaging | undefined;
  readonly optimiser: {
    state(): OptimiserState;
    restore(state: OptimiserState): void;
  };
  readonly resumed?: Resumed | undefined;
}

/** The state of the training loop: fresh, or as the checkpoint says. Throws JOB_NOT_RESUMABLE. */
export class Course {
  readonly parameters: Float64Array;
  readonly average: Average;
  /** The first step to run. */
  readonly from: number;
  readonly #optimiser: Running['optimiser'];
  readonly #runBefore: number;

  constructor({ initial, steps, averaging = 'late', optimiser, resumed }: Running) {
    const checkpoint = resumed?.checkpoint ?? null;
    if (checkpoint !== null && checkpoint.parameters.length !== initial.length) {
      throw new ConcordError('JOB_NOT_RESUMABLE');
    }
    this.parameters = (checkpoint?.parameters ?? initial).slice();
    this.average = new Average(averaging, initial.length, steps, checkpoint?.average);
    this.from = resumed?.from ?? 0;
    this.#optimiser = optimiser;
    this.#runBefore = checkpoint?.stepsRun ?? 0;
    if (checkpoint !== null) optimiser.restore(checkpoint.optimiser);
  }

  /** After the steps before `next`, all of them charged. */
  checkpoint(next: number): Checkpoint {
    return {
      parameters: this.parameters.slice(),
      optimiser: this.#optimiser.state(),
      average: this.average.state(),
      stepsCharged: next,
      stepsRun: this.#runBefore + next - this.from,
    };
  }
}

const MARK = 'concord checkpoint 2\n';
const COUNTS = 8;
/** Before there was a choice of optimisers and means; six counts, the last two left out. */
const FIRST_MARK = 'concord checkpoint 1\n';
const FIRST_COUNTS = 6;
const KINDS = [...OPTIMISERS, 'boosting'] as const;
const FIRST_KINDS: Readonly<Record<number, OptimiserState['kind']>> = {
  1: 'momentum',
  2: 'adam',
  4: 'boosting',
};

/**
 * The checkpoint as bytes: a mark, eight counts (parameters, vectors of the optimiser, its steps,
 * iterates averaged, steps charged, steps run, which optimiser, which mean), then all vectors, as
 * little-endian float64.
 */
export function encodeCheckpoint(state: Checkpoint): Buffer {
  const { parameters, optimiser, average, stepsCharged, stepsRun } = state;
  const vectors = [parameters, average.mean, ...optimiser.vectors];
  const size = parameters.length;
  const head = MARK.length + 8 * COUNTS;
  const bytes = Buffer.alloc(head + 8 * size * vectors.length);
  bytes.write(MARK, 'latin1');
  const kinds = [KINDS.indexOf(optimiser.kind), AVERAGINGS.indexOf(average.kind)];
  const counts = [size, optimiser.vectors.length, optimiser.steps, average.count];
  [...counts, stepsCharged, stepsRun, ...kinds].forEach((count, i) =>
    bytes.writeDoubleLE(count, MARK.length + 8 * i),
  );
  // As they lie in memory: every processor this runs on is little-endian, and a model may be large.
  vectors.forEach((vector, v) => {
    const { buffer, byteOffset, byteLength } = vector;
    Buffer.from(buffer, byteOffset, byteLength).copy(bytes, head + 8 * v * size);
  });
  return bytes;
}

/**
 * The checkpoint again, or null when the bytes are none. One of the first form has the mean of the
 * late iterates, and its optimiser is told by how many vectors it remembers.
 */
export function decodeCheckpoint(bytes: Buffer): Checkpoint | null {
  const mark = bytes.toString('latin1', 0, MARK.length);
  if (mark !== MARK && mark !== FIRST_MARK) return null;
  const isFirst = mark === FIRST_MARK;
  const head = MARK.length + 8 * (isFirst ? FIRST_COUNTS : COUNTS);
  if (bytes.length < head) return null;
  const counts = Array.from({ length: (head - MARK.length) / 8 }, (_, i) =>
    bytes.readDoubleLE(MARK.length + 8 * i),
  );
  if (counts.some((count) => !Number.isSafeInteger(count) || count < 0)) return null;
  const [size = 0, vectors = 0, steps = 0, count = 0, stepsCharged = 0, stepsRun = 0] = counts;
  const kind = isFirst ? FIRST_KINDS[vectors] : KINDS[counts[6]!];
  const averaging = isFirst ? 'late' : AVERAGINGS[counts[7]!];
  if (kind === undefined || averaging === undefined) return null;
  if (bytes.length !== head + 8 * size * (vectors + 2)) return null;
  const vector = (v: number): Float64Array =>
    Float64Array.from({ length: size }, (_, i) => bytes.readDoubleLE(head + 8 * (v * size + i)));
  return {
    parameters: vector(0),
    average: { kind: averaging, mean: vector(1), count },
    optimiser: { kind, steps, vectors: Array.from({ length: vectors }, (_, v) => vector(v + 2)) },
    stepsCharged,
    stepsRun,
  };
}

/** All that is kept of a run that may go on: what was bought, and the last checkpoint if any. */
export interface Kept {
  readonly bought: readonly BoughtStatistic[] | undefined;
  readonly checkpoint: Checkpoint | null;
}

const KEPT_MAGIC = 'concord course 1\n';
const KEPT_HEAD = KEPT_MAGIC.length + 8;

/**
 * What is kept as bytes: a checkpoint alone as such, else a mark, the length of what was bought as
 * little-endian float64, that as JSON, and the checkpoint if there is one.
 */
export function encodeKept({ bought, checkpoint }: Kept): Buffer {
  const state = checkpoint === null ? Buffer.alloc(0) : encodeCheckpoint(checkpoint);
  if (bought === undefined) return state;
  const facts = Buffer.from(JSON.stringify(bought), 'utf8');
  const head = Buffer.alloc(KEPT_HEAD);
  head.write(KEPT_MAGIC, 'latin1');
  head.writeDoubleLE(facts.length, KEPT_MAGIC.length);
  return Buffer.concat([head, facts, state]);
}

/** What was kept again, or null when the bytes are nothing of the kind. */
export function decodeKept(bytes: Buffer): Kept | null {
  if (bytes.toString('latin1', 0, KEPT_MAGIC.length) !== KEPT_MAGIC) {
    const checkpoint = decodeCheckpoint(bytes);
    return checkpoint === null ? null : { bought: undefined, checkpoint };
  }
  if (bytes.length < KEPT_HEAD) return null;
  const end = KEPT_HEAD + bytes.readDoubleLE(KEPT_MAGIC.length);
  if (!Number.isSafeInteger(end) || end < KEPT_HEAD || end > bytes.length) return null;
  const bought = boughtOf(bytes.toString('utf8', KEPT_HEAD, end));
  const state = bytes.subarray(end);
  const checkpoint = state.length === 0 ? null : decodeCheckpoint(state);
  if (bought === null || (checkpoint === null && state.length > 0)) return null;
  return { bought, checkpoint };
}

function boughtOf(text: string): BoughtStatistic[] | null {
  try {
    return z.array(boughtStatistic).safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
