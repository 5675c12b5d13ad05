import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Checkpoint, Resumed } from '../../../main/learning/checkpoint.ts';
import {
  decodeCheckpoint,
  decodeKept,
  encodeCheckpoint,
  encodeKept,
  stepsRunOf,
} from '../../../main/learning/checkpoint.ts';
import type { Mechanism, PrivateRun } from '../../../main/learning/dpsgd.ts';
import { trainPrivately } from '../../../main/learning/dpsgd.ts';
import { javascriptEngine } from '../../../main/learning/javascript.ts';
import { adam, momentum, sgd } from '../../../main/learning/optimiser.ts';
import { Pace } from '../../../main/learning/pace.ts';
import type { PlainRun } from '../../../main/learning/plain-training.ts';
import { trainPlainly } from '../../../main/learning/plain-training.ts';
import { rateFactor } from '../../../main/learning/schedule.ts';
import { randomExamples, randomParameters } from './fixtures.ts';

const ARCHITECTURE = { inputs: 6, hidden: [3] };
const INITIAL = randomParameters(ARCHITECTURE, 2);
const EXAMPLES = randomExamples(30, ARCHITECTURE.inputs, 3);
const STEPS = 23;
const BLOCK = 4;

class Killed extends Error {}

/** What a vault would hold: the charge and the state beside it, written together. */
interface Kept {
  charged: number;
  state: Buffer | null;
  /** Every step that ran, by its number, in every start. */
  readonly ran: number[];
}

interface Start {
  /** Dies in this step, after it was charged. */
  readonly killAt?: number;
  /** Asks to pause in this step. */
  readonly pauseAt?: number;
  readonly checkpoint?: Checkpoint | null;
}

/** Draws and noise that depend on nothing but the number of the step. */
function scripted(from: number, kept: Kept, start: Start, pause: AbortController): Mechanism {
  let step = from;
  return {
    sample: () => Int32Array.from({ length: 5 }, (_, i) => (7 * step + i) % 30),
    addNoise(sum) {
      if (step === start.killAt) throw new Killed();
      if (step === start.pauseAt) pause.abort();
      sum.forEach((_, i) => (sum[i]! += Math.sin(step * 31 + i)));
      kept.ran.push(step++);
    },
  };
}

function run(kept: Kept, start: Start = {}, more: Partial<PrivateRun> = {}): Promise<Float64Array> {
  const pause = new AbortController();
  const resumed: Resumed = {
    from: kept.charged,
    checkpoint:
      start.checkpoint ?? (kept.state === null ? null : decodeCheckpoint(Buffer.from(kept.state))),
  };
  let unkept: Checkpoint | null = null;
  return trainPrivately({
    engine: javascriptEngine(ARCHITECTURE, 16),
    examples: EXAMPLES,
    mechanism: scripted(kept.charged, kept, start, pause),
    initial: INITIAL,
    optimiser: momentum(INITIAL.length, 0.5, 0.9),
    clip: 0.3,
    expectedBatch: 5,
    steps: STEPS,
    block: BLOCK,
    resumed,
    charge: async (from, to) => {
      expect(from).toBe(kept.charged);
      if (unkept !== null) kept.state = encodeCheckpoint(unkept);
      kept.charged = to;
    },
    checkpoint: async (state) => {
      unkept = state;
      // The last one, and the one before a pause, are kept without a charge.
      if (pause.signal.aborted || state.stepsCharged === STEPS) {
        kept.state = encodeCheckpoint(state);
      }
    },
    pace: new Pace(undefined, undefined, pause.signal),
    ...more,
  });
}

const nothing = (): Kept => ({ charged: 0, state: null, ran: [] });

function distance(a: Float64Array, b: Float64Array): number {
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}

describe('a private run that is paused', () => {
  it('and resumed gives what it would have given, whichever step it was asked in', async () => {
    const whole = nothing();
    const expected = await run(whole);
    for (let pauseAt = 0; pauseAt < STEPS; pauseAt++) {
      const kept = nothing();
      const paused = run(kept, { pauseAt });
      // In the last block there is nothing left to pause before.
      if (pauseAt >= STEPS - (STEPS % BLOCK)) await paused;
      else await expect(paused).rejects.toMatchObject({ code: 'PAUSED' });
      const after = await run(kept);
      expect(distance(after, expected)).toBeLessThan(1e-12);
      expect(kept.ran).toEqual(whole.ran);
      expect(kept.charged).toBe(STEPS);
    }
  });

  const rate = (step: number): number => 0.01 * rateFactor('cosine', step, STEPS);
  const others: Readonly<Record<string, () => Partial<PrivateRun>>> = {
    Adam: () => ({ optimiser: adam(INITIAL.length, 0.01) }),
    'Adam under noise, cosine': () => ({ optimiser: adam(INITIAL.length, rate, 0.01) }),
    'descent, cosine, exponential mean': () => ({
      ...{ optimiser: sgd(INITIAL.length, rate), averaging: 'exponential' },
    }),
    'automatic clipping, no mean': () => ({ clipping: 'automatic', averaging: 'none' }),
  };
  it.each(Object.keys(others))('with %s too', async (name) => {
    const more = others[name]!;
    const expected = await run(nothing(), {}, more());
    for (const pauseAt of [0, 9, 17]) {
      const kept = nothing();
      const paused = run(kept, { pauseAt }, more());
      await expect(paused).rejects.toMatchObject({ code: 'PAUSED' });
      const after = await run(kept, {}, more());
      expect(distance(after, expected)).toBeLessThan(1e-12);
    }
  });
});

describe('a private run that was killed', () => {
  it('in any step runs only what was never charged, and says how many steps it has run', async () => {
    for (let killAt = 0; killAt < STEPS; killAt++) {
      const kept = nothing();
      await expect(run(kept, { killAt })).rejects.toThrow(Killed);
      const inFlight = Math.min(BLOCK * (Math.floor(killAt / BLOCK) + 1), STEPS);
      expect(kept.charged).toBe(inFlight);
      const checkpoint = kept.state === null ? null : decodeCheckpoint(kept.state);
      expect(checkpoint?.stepsCharged ?? 0).toBe(inFlight - (inFlight === STEPS ? 3 : BLOCK));
      const before = kept.ran.length;
      const after = await run(kept);
      expect(kept.ran.slice(before)).toEqual(
        Array.from({ length: STEPS - inFlight }, (_, i) => inFlight + i),
      );
      const inModel = stepsRunOf(STEPS, { from: inFlight, checkpoint });
      expect(inModel).toBe(STEPS - (inFlight === STEPS ? 3 : BLOCK));
      expect(kept.ran.length).toBeLessThanOrEqual(STEPS);
      expect(after.every(Number.isFinite)).toBe(true);
    }
  });

  it('and killed again, and paused, never runs a step twice nor charges past what it reserved', async () => {
    const mishap = fc.record({
      how: fc.constantFrom('kill' as const, 'pause' as const),
      at: fc.integer({ min: 0, max: STEPS - 1 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(mishap, { maxLength: 8 }), async (mishaps) => {
        const kept = nothing();
        for (const { how, at } of mishaps) {
          const charged = kept.charged;
          await run(kept, how === 'kill' ? { killAt: at } : { pauseAt: at }).catch(() => {});
          expect(kept.charged).toBeGreaterThanOrEqual(charged);
          expect(kept.charged).toBeLessThanOrEqual(STEPS);
        }
        const state = kept.state === null ? null : decodeCheckpoint(kept.state);
        const inModel = stepsRunOf(STEPS, { from: kept.charged, checkpoint: state });
        await run(kept);
        expect(kept.charged).toBe(STEPS);
        expect(new Set(kept.ran).size).toBe(kept.ran.length);
        expect(inModel).toBeLessThanOrEqual(kept.ran.length);
        expect(Math.max(-1, ...kept.ran)).toBeLessThan(STEPS);
      }),
      { numRuns: 60 },
    );
  });

  it('gets no step back from an older checkpoint', async () => {
    const kept = nothing();
    await expect(run(kept, { killAt: 5 })).rejects.toThrow(Killed);
    const older = decodeCheckpoint(kept.state!);
    await expect(run(kept, { killAt: 17 })).rejects.toThrow(Killed);
    const before = kept.ran.length;
    await run(kept, { checkpoint: older });
    expect(kept.ran.slice(before)).toEqual([20, 21, 22]);
  });

  it('does not go on with the state of another model', async () => {
    const kept = nothing();
    await expect(run(kept, { killAt: 9 })).rejects.toThrow(Killed);
    const other = { ...decodeCheckpoint(kept.state!)!, parameters: new Float64Array(3) };
    await expect(run(kept, { checkpoint: other })).rejects.toMatchObject({
      code: 'JOB_NOT_RESUMABLE',
    });
    const optimiser = adam(INITIAL.length, 0.1);
    await expect(run(kept, {}, { optimiser })).rejects.toMatchObject({
      code: 'JOB_NOT_RESUMABLE',
    });
  });
});

describe('plain training', () => {
  it('paused at every block gives the same model', async () => {
    const plain = (more: Partial<PlainRun> = {}): Promise<Float64Array> =>
      trainPlainly({
        engine: javascriptEngine(ARCHITECTURE, 16),
        examples: EXAMPLES,
        initial: INITIAL,
        optimiser: adam(INITIAL.length, 0.01),
        batch: 8,
        steps: STEPS,
        seed: 5,
        block: BLOCK,
        pace: new Pace(undefined, undefined),
        ...more,
      });
    const expected = await plain();
    for (let from = BLOCK; from < STEPS; from += BLOCK) {
      const states: Checkpoint[] = [];
      const pause = new AbortController();
      const paused = plain({
        pace: new Pace(undefined, undefined, pause.signal),
        checkpoint: async (state) => {
          states.push(state);
          if (state.stepsCharged === from) pause.abort();
        },
      });
      await expect(paused).rejects.toMatchObject({ code: 'PAUSED' });
      const after = await plain({ resumed: { from, checkpoint: states.at(-1)! } });
      expect(distance(after, expected)).toBeLessThan(1e-12);
    }
  });
});

describe('a checkpoint as bytes', () => {
  it('is the same again, and holds the state and nothing else', async () => {
    const kept = nothing();
    await expect(run(kept, { pauseAt: 13 })).rejects.toMatchObject({ code: 'PAUSED' });
    const state = decodeCheckpoint(kept.state!)!;
    expect(Object.keys(state).toSorted()).toEqual(
      ['average', 'optimiser', 'parameters', 'stepsCharged', 'stepsRun'].toSorted(),
    );
    expect(encodeCheckpoint(state)).toEqual(kept.state);
    expect(state).toMatchObject({ stepsCharged: 16, stepsRun: 16, average: { count: 5 } });
    // Parameters, mean and velocity, after 21 letters and eight counts.
    expect(kept.state).toHaveLength(21 + 64 + 3 * 8 * INITIAL.length);
  });

  it('of the first form is read as what it was, and goes on under no other mean or optimiser', async () => {
    const kept = nothing();
    await expect(run(kept, { pauseAt: 13 })).rejects.toMatchObject({ code: 'PAUSED' });
    const now = kept.state!;
    const counts = now.subarray(21, 21 + 48);
    const mark = Buffer.from('concord checkpoint 1\n', 'latin1');
    const first = Buffer.concat([mark, counts, now.subarray(21 + 64)]);
    expect(decodeCheckpoint(first)).toEqual(decodeCheckpoint(now));
    for (let cut = 0; cut < first.length; cut += 7) {
      expect(decodeCheckpoint(first.subarray(0, cut))).toBeNull();
    }
    const others = [
      { averaging: 'exponential' },
      { optimiser: adam(INITIAL.length, 0.1) },
    ] as const;
    for (const other of others) {
      const resumed = run({ ...kept, state: first }, {}, other);
      await expect(resumed).rejects.toMatchObject({ code: 'JOB_NOT_RESUMABLE' });
    }
    const [old, fresh] = await Promise.all([
      run({ ...kept, state: first, ran: [] }),
      run({ ...kept, ran: [] }),
    ]);
    expect(old).toEqual(fresh);
  });

  it('of an optimiser or a mean nobody knows is refused', async () => {
    const kept = nothing();
    await expect(run(kept, { pauseAt: 13 })).rejects.toMatchObject({ code: 'PAUSED' });
    for (const at of [6, 7]) {
      const other = Buffer.from(kept.state!);
      other.writeDoubleLE(9, 21 + 8 * at);
      expect(decodeCheckpoint(other)).toBeNull();
    }
  });

  it('is refused when cut, lengthened or something else', () => {
    const state = encodeCheckpoint({
      parameters: INITIAL,
      optimiser: { kind: 'momentum', steps: 0, vectors: [INITIAL] },
      average: { kind: 'late', mean: INITIAL, count: 2 },
      stepsCharged: 4,
      stepsRun: 4,
    });
    for (let cut = 0; cut < state.length; cut += 7) {
      expect(decodeCheckpoint(state.subarray(0, cut))).toBeNull();
    }
    expect(decodeCheckpoint(Buffer.concat([state, Buffer.alloc(8)]))).toBeNull();
    expect(decodeCheckpoint(Buffer.alloc(state.length))).toBeNull();
  });

  it('stands behind what was bought, which is kept before the first one too', () => {
    const checkpoint: Checkpoint = {
      parameters: INITIAL,
      optimiser: { kind: 'momentum', steps: 0, vectors: [INITIAL] },
      average: { kind: 'late', mean: INITIAL, count: 2 },
      stepsCharged: 4,
      stepsRun: 4,
    };
    const bought = [
      { column: 'élan', kind: 'mode' as const, found: { is: 'fill' as const, value: '值' } },
    ];
    for (const kept of [
      { bought, checkpoint },
      { bought, checkpoint: null },
      { bought: [], checkpoint },
      { bought: undefined, checkpoint },
    ]) {
      const bytes = encodeKept(kept);
      expect(decodeKept(bytes)).toEqual(kept);
      const whole = bytes.length;
      const facts =
        kept.bought === undefined ? 0 : encodeKept({ ...kept, checkpoint: null }).length;
      for (let cut = 0; cut < whole; cut += 3) {
        // Cut just behind what was bought, it is that of a run before its first checkpoint.
        if (cut !== facts) expect(decodeKept(bytes.subarray(0, cut))).toBeNull();
      }
      const other = Buffer.from(bytes);
      other.writeUInt8(other[25]! ^ 0xff, 25);
      if (kept.bought !== undefined) expect(decodeKept(other)).toBeNull();
    }
  });
});
