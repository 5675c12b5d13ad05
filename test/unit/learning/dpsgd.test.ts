import { describe, expect, it, vi } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import type { Examples } from '../../../main/learning/clipped-sum.ts';
import type { Mechanism, PrivateRun } from '../../../main/learning/dpsgd.ts';
import { trainPrivately } from '../../../main/learning/dpsgd.ts';
import { javascriptEngine } from '../../../main/learning/javascript.ts';
import type { DenseEngine } from '../../../main/learning/layers.ts';
import { momentum } from '../../../main/learning/optimiser.ts';
import { Pace } from '../../../main/learning/pace.ts';
import type { TrainProgress } from '../../../main/learning/pace.ts';
import {
  backends,
  denseRow,
  explicitGradient,
  lengthOf,
  randomExamples,
  randomParameters,
} from './fixtures.ts';

const ARCHITECTURE = { inputs: 10, hidden: [] };
const ALL = Int32Array.from({ length: 40 }, (_, r) => r);

/** A mechanism whose draws and noise the test decides. */
function scripted(draws: readonly Int32Array[], noise: (sum: Float64Array) => void): Mechanism {
  let step = 0;
  return { sample: () => draws[step++ % draws.length]!, addNoise: noise };
}

function runOf(more: Partial<PrivateRun> & { readonly engine?: DenseEngine }): PrivateRun {
  const engine = more.engine ?? javascriptEngine(ARCHITECTURE, 16);
  return {
    engine,
    examples: randomExamples(40, engine.architecture.inputs, 3),
    mechanism: scripted([ALL], () => {}),
    initial: randomParameters(engine.architecture, 2),
    optimiser: momentum(randomParameters(engine.architecture, 2).length, 0.5, 0),
    clip: 0.3,
    expectedBatch: 10,
    steps: 1,
    block: 5,
    charge: async () => {},
    pace: new Pace(undefined, undefined),
    ...more,
  };
}

describe('a private step', () => {
  it('divides the clipped sum by the public batch size, whatever was drawn', async () => {
    const examples = randomExamples(40, 10, 3);
    const initial = randomParameters(ARCHITECTURE, 2);
    for (const drawn of [ALL, ALL.slice(0, 39), ALL.slice(0, 1), ALL.slice(0, 0)]) {
      const expected = new Float64Array(11);
      for (const row of drawn) {
        const dense = denseRow(examples.vectors, row);
        const g = explicitGradient(ARCHITECTURE, initial, dense, examples.targets[row]!);
        const factor = Math.min(1, 0.3 / lengthOf(g));
        g.forEach((value, i) => (expected[i]! -= (0.5 * factor * value) / 10));
      }
      const after = await trainPrivately(runOf({ mechanism: scripted([drawn], () => {}) }));
      const moved = after.map((value, i) => value - initial[i]!);
      expect(lengthOf(moved.map((value, i) => value - expected[i]!))).toBeLessThan(1e-12);
    }
  });

  it('moves by noise alone when nobody is drawn, and the step counts', async () => {
    const charged: number[][] = [];
    const after = await trainPrivately(
      runOf({
        steps: 3,
        mechanism: scripted([new Int32Array(0)], (sum) => sum.forEach((_, i) => (sum[i]! += 1))),
        charge: async (from, to) => void charged.push([from, to]),
      }),
    );
    const initial = randomParameters(ARCHITECTURE, 2);
    // Late average of the iterates after steps 1 and 2: moved by 2.5 steps of 0.5 / 10.
    after.forEach((value, i) => expect(value - initial[i]!).toBeCloseTo(-0.125, 12));
    expect(charged).toEqual([[0, 3]]);
  });

  it('adds noise once per step however many virtual batches there are', async () => {
    let noises = 0;
    const count = (): void => void noises++;
    await trainPrivately(runOf({ steps: 4, mechanism: scripted([ALL], count) }));
    await trainPrivately(
      runOf({
        steps: 4,
        mechanism: scripted([ALL], count),
        engine: javascriptEngine(ARCHITECTURE, 3),
      }),
    );
    expect(noises).toBe(8);
  });

  it('moves by at most rate x clip / batch more with one wild record, and stays finite', async () => {
    const base = randomExamples(40, 10, 3);
    const values = base.vectors.values.slice();
    values.fill(1e6, 0, base.vectors.starts[1]);
    const wild: Examples = { ...base, vectors: { ...base.vectors, values } };
    const infinite: Examples = {
      ...base,
      vectors: { ...base.vectors, values: values.map((v) => (v === 1e6 ? Infinity : v)) },
    };
    const without = await trainPrivately(runOf({ mechanism: scripted([ALL.slice(1)], () => {}) }));
    const moved = async (examples: Examples): Promise<number> => {
      const after = await trainPrivately(runOf({ examples }));
      return lengthOf(after.map((value, i) => value - without[i]!));
    };
    expect(await moved(wild)).toBeLessThanOrEqual(((0.5 * 0.3) / 10) * (1 + 1e-6));
    expect(await moved(infinite)).toBe(0);
  });
});

describe('charging and stopping', () => {
  it('charges blocks before they run, and runs nothing that was not charged', async () => {
    const story: string[] = [];
    await trainPrivately(
      runOf({
        steps: 7,
        block: 3,
        mechanism: scripted([ALL], () => void story.push('step')),
        charge: async (from, to) => {
          await new Promise((resolve) => setTimeout(resolve, 5));
          story.push(`${from}-${to}`);
        },
      }),
    );
    expect(story.join(' ')).toBe('0-3 step step step 3-6 step step step 6-7 step');
  });

  it('stops at a refused charge', async () => {
    let steps = 0;
    const refused = trainPrivately(
      runOf({
        steps: 9,
        block: 3,
        mechanism: scripted([ALL], () => void steps++),
        charge: async (from) => {
          if (from >= 3) throw new ConcordError('BUDGET_EXCEEDED');
        },
      }),
    );
    await expect(refused).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' });
    expect(steps).toBe(3);
  });

  it('hears a wish to cancel within 200 ms', async () => {
    // By a clock of the test, on which every sample takes a millisecond.
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
    try {
      const stop = new AbortController();
      let asked = Infinity;
      const sample = (): Int32Array => {
        if (++now === 100) {
          asked = now;
          stop.abort();
        }
        return ALL;
      };
      const run = trainPrivately(
        runOf({
          ...{ steps: 10_000, block: 10_000, mechanism: { sample, addNoise: () => {} } },
          pace: new Pace(stop.signal, undefined),
        }),
      );
      await expect(run).rejects.toMatchObject({ code: 'CANCELLED' });
      expect(now - asked).toBeLessThan(200);
    } finally {
      clock.mockRestore();
    }
  });

  it('reports how far it is and nothing else', async () => {
    const reports: TrainProgress[] = [];
    await trainPrivately(
      runOf({ steps: 2000, pace: new Pace(undefined, (report) => void reports.push(report)) }),
    );
    expect(reports.at(-1)).toEqual({ phase: 'training', step: 2000, steps: 2000 });
    for (const report of reports) expect(Object.keys(report)).toEqual(['phase', 'step', 'steps']);
  });
});

const tensorflow = backends().find((backend) => backend.name === 'tensorflow')!;
describe('the same noise on every back-end', () => {
  if (tensorflow.absent !== undefined) {
    const reason = `not run: ${tensorflow.absent}`;
    if (process.env['CI'] === 'true') it('TensorFlow works here', () => expect(reason).toBe(''));
    else it.skip(`gives the same model (${reason})`, () => {});
    return;
  }
  it('gives the same model', async () => {
    const architecture = { inputs: 10, hidden: [8, 4] };
    const noise = (): ((sum: Float64Array) => void) => {
      let state = 1;
      return (sum) =>
        sum.forEach((_, i) => {
          state = (state * 48271) % 2147483647;
          sum[i]! += state / 2147483647 - 0.5;
        });
    };
    const models = await Promise.all(
      backends().map((backend) =>
        trainPrivately(
          runOf({
            engine: backend.make(architecture, 16),
            steps: 30,
            optimiser: momentum(randomParameters(architecture, 2).length, 0.5, 0.5),
            mechanism: scripted([ALL, ALL.slice(5), ALL.slice(0, 20)], noise()),
          }),
        ),
      ),
    );
    const [first, second] = models as [Float64Array, Float64Array];
    expect(lengthOf(first.map((v, i) => v - second[i]!)) / lengthOf(first)).toBeLessThan(1e-5);
  });
});
