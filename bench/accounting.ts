import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { phase } from '../main/contract/privacy.ts';
import { epsilonOf } from '../main/privacy/accountant.ts';
import { calibrateNoise } from '../main/privacy/calibrate.ts';

const FILE = resolve('..', 'shared', 'data', 'accounting', 'vectors.json');
const vectors = z.object({
  vectors: z.array(
    z.union([
      z.object({ id: z.string(), phases: z.array(phase), delta: z.number() }),
      z.object({
        id: z.string(),
        target_epsilon: z.number(),
        delta: z.number(),
        sample_rate: z.number(),
        steps: z.number(),
      }),
      z.object({ id: z.string() }),
    ]),
  ),
});

interface Timed {
  /** Median wall and processor milliseconds of one answer. */
  readonly ms: number;
  readonly processor_ms: number;
}

export interface AccountingBench {
  readonly epsilon: Readonly<Record<string, Timed>>;
  readonly calibrate: Readonly<Record<string, Timed>>;
  readonly slowest_processor_ms: { readonly epsilon: number; readonly calibrate: number };
}

/** The default accountant on each shared vector, once to warm up and then `runs` times in turn. */
export async function benchAccounting(_rows?: number, runs = 5): Promise<AccountingBench> {
  const { vectors: all } = vectors.parse(JSON.parse(readFileSync(FILE, 'utf8')));
  const works = new Map<string, { kind: 'epsilon' | 'calibrate'; act: () => void }>();
  for (const vector of all) {
    if ('phases' in vector) {
      const { phases, delta } = vector;
      works.set(vector.id, { kind: 'epsilon', act: () => void epsilonOf({ phases, delta }) });
    } else if ('target_epsilon' in vector) {
      const { target_epsilon: targetEpsilon, sample_rate: sampleRate, delta, steps } = vector;
      const target = { targetEpsilon, sampleRate, delta, steps };
      works.set(vector.id, { kind: 'calibrate', act: () => void calibrateNoise(target) });
    }
  }
  const times = new Map([...works.keys()].map((id) => [id, [] as Timed[]]));
  for (let run = 0; run <= runs; run++) {
    for (const [id, { act }] of works) {
      const found = timed(act);
      if (run > 0) times.get(id)!.push(found);
    }
  }
  const of = (kind: string): Record<string, Timed> =>
    Object.fromEntries(
      [...works]
        .filter(([, work]) => work.kind === kind)
        .map(([id]) => [id, median(times.get(id)!)]),
    );
  const [epsilon, calibrate] = [of('epsilon'), of('calibrate')];
  const slowest = (table: Record<string, Timed>): number =>
    Math.max(...Object.values(table).map(({ processor_ms }) => processor_ms));
  return {
    epsilon,
    calibrate,
    slowest_processor_ms: { epsilon: slowest(epsilon), calibrate: slowest(calibrate) },
  };
}

function timed(act: () => void): Timed {
  const start = performance.now();
  const processor = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(processor);
  return { ms: performance.now() - start, processor_ms: (user + system) / 1000 };
}

function median(times: readonly Timed[]): Timed {
  const middle = (values: number[]): number => {
    const value = values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
    return Math.round(value * 10) / 10;
  };
  return {
    ms: middle(times.map(({ ms }) => ms)),
    processor_ms: middle(times.map(({ processor_ms }) => processor_ms)),
  };
}
