import { cpus, loadavg } from 'node:os';
import type { PrivacyStatement } from '../main/contract/train.ts';
import { trainPrivately } from '../main/learning/dpsgd.ts';
import { BINARY } from '../main/learning/heads.ts';
import { gaussianMechanism } from '../main/learning/mechanism.ts';
import { momentum } from '../main/learning/optimiser.ts';
import { Pace } from '../main/learning/pace.ts';
import { trainPlainly } from '../main/learning/plain-training.ts';
import { layersOf } from '../main/learning/sequence/architecture.ts';
import { sequenceEngine, type SequenceEngine } from '../main/learning/sequence/engine.ts';
import { passLimits, requireTensorFlow } from '../main/learning/sequence/kind.ts';
import type { TokenRows } from '../main/learning/sequence/layer.ts';
import { firstParametersOf, stackOf } from '../main/learning/sequence/stack.ts';
import { rowUnits } from '../main/learning/units.ts';
import { systemRandom, uniform } from '../main/privacy/random.ts';
import { seededRandom } from '../main/privacy/seeded.ts';
import { ordinaryModel } from './text-ordinary.ts';
import { median, rounded, timed, type Taken } from './timing.ts';
import { inBlocks, type Pause } from './training-steps.ts';

/** The model of the founding text: embedding, long short-term memory, one logit. */
const MODEL = { kind: 'recurrent', embedding: 100, units: 128, state: 8 } as const;
const WORDS = 10_000;
const LENGTH = 64;
const BATCH = 256;
const ROWS = 4096;
const RUNS = 8;
const WARM_UPS = 1;
/** Steps between two looks at the clock. */
const BLOCK = 3;
/** Steps of the process whose memory is measured. */
const MEMORY_STEPS = 8;
const RATE = 0.05;

interface Ways {
  readonly private_ms: number;
  readonly plain_ms: number;
  /** A step of `optimizer.minimize` on the same model in TensorFlow.js's own operations. */
  readonly ordinary_ms: number;
  /** Medians over rounds of the three in turn. */
  readonly private_to_plain: number;
  readonly private_to_ordinary: number;
}

export interface TextBench {
  readonly machine: { readonly processor: string; readonly threads: number };
  /** Of the last minute, before and after: above the number of threads wall times are too long. */
  readonly load: readonly [number, number];
  readonly model: typeof MODEL & { readonly words: number; readonly parameters: number };
  readonly batch: number;
  readonly length: number;
  readonly rounds: number;
  readonly wall: Ways;
  /**
   * Of all threads of the process together, that of the noise included: on a busy machine wall times
   * are those of the others too.
   */
  readonly processor: Ways;
}

export interface TextMemoryBench {
  readonly batch: number;
  readonly length: number;
  readonly parameters: number;
  readonly steps: number;
  /** The most this process has had, TensorFlow included. */
  readonly peak_rss_mib: number;
}

/**
 * A private step of a recurrent model against a plain one of the same engine, both in the very loops
 * that train, and against a plain step of TensorFlow.js itself.
 */
export async function benchText(_: number | undefined, runs = RUNS): Promise<TextBench> {
  const before = loadavg()[0]!;
  const texts = madeTexts();
  const [forPrivate, forPlain] = [openEngine(), openEngine()];
  const blocks = WARM_UPS + runs;
  const ofPrivate = inBlocks((pause) => privately(forPrivate, texts, BLOCK * blocks, pause));
  const ofPlain = inBlocks((pause) => plainly(forPlain, texts, BLOCK * blocks, pause));
  const ordinary = ordinaryModel(requireTensorFlow({ backend: 'auto' }), {
    ...{ words: WORDS, width: MODEL.embedding, units: MODEL.units, rate: RATE },
  });
  const ways = [
    ofPrivate.block,
    ofPlain.block,
    () => {
      for (let step = 0; step < BLOCK; step++) {
        ordinary.step(batchOf(texts), texts.targets.subarray(0, BATCH));
      }
    },
  ];
  const taken: Taken[][] = [[], [], []];
  for (let round = 0; round < blocks; round++) {
    // Each comes first in its turn, so that none has the better place.
    for (let k = 0; k < ways.length; k++) {
      const way = (round + k) % ways.length;
      const one = await timedWhole(ways[way]!);
      if (round >= WARM_UPS) taken[way]!.push(one);
    }
  }
  await Promise.all([ofPrivate.end(), ofPlain.end()]);
  const parameters = forPrivate.parameters;
  ordinary.dispose();
  [forPrivate, forPlain].forEach((engine) => engine.dispose());
  return {
    machine: { processor: cpus()[0]?.model ?? '', threads: cpus().length },
    load: [before, loadavg()[0]!],
    model: { ...MODEL, words: WORDS, parameters },
    ...{ batch: BATCH, length: LENGTH, rounds: runs },
    wall: waysOf(taken, 'wall'),
    processor: waysOf(taken, 'processor'),
  };
}

/** As `timed`, with the processor's time of every thread. */
async function timedWhole(act: () => unknown): Promise<Taken> {
  const before = process.cpuUsage();
  const { wall } = await timed(act);
  const { user, system } = process.cpuUsage(before);
  return { wall, processor: (user + system) / 1000 };
}

function waysOf(taken: readonly (readonly Taken[])[], by: keyof Taken): Ways {
  const [own, plain, theirs] = taken.map((all) => all.map((one) => one[by] / BLOCK));
  return {
    private_ms: rounded(median(own!)),
    plain_ms: rounded(median(plain!)),
    ordinary_ms: rounded(median(theirs!)),
    private_to_plain: rounded(median(own!.map((ms, i) => ms / plain![i]!))),
    private_to_ordinary: rounded(median(own!.map((ms, i) => ms / theirs![i]!))),
  };
}

interface Texts {
  readonly vectors: TokenRows;
  readonly targets: Float64Array;
}

/** Texts of full length, no two tokens of one alike but by chance. */
function madeTexts(): Texts {
  const random = seededRandom(1);
  return {
    vectors: {
      ...{ rows: ROWS, length: LENGTH, lengths: new Int32Array(ROWS).fill(LENGTH) },
      ids: Int32Array.from(
        { length: ROWS * LENGTH },
        () => 1 + Math.floor((WORDS - 1) * uniform(random)),
      ),
    },
    targets: Float64Array.from({ length: ROWS }, () => Number(uniform(random) < 0.5)),
  };
}

function batchOf({ vectors }: Texts): TokenRows {
  return {
    ...{ rows: BATCH, length: LENGTH, lengths: vectors.lengths.subarray(0, BATCH) },
    ids: vectors.ids.subarray(0, BATCH * LENGTH),
  };
}

function openEngine(): SequenceEngine {
  const tf = requireTensorFlow({ backend: 'auto' });
  const stack = stackOf(layersOf(tf, MODEL, WORDS, BINARY), BINARY);
  return sequenceEngine(tf, stack, BINARY, passLimits(LENGTH));
}

async function privately(
  engine: SequenceEngine,
  texts: Texts,
  steps: number,
  pause: Pause,
): Promise<void> {
  const random = systemRandom();
  const mechanism = gaussianMechanism(engine, statement(steps), ROWS, random);
  await trainPrivately({
    ...common(engine, texts, steps, pause),
    ...{ mechanism, clip: 1, expectedBatch: BATCH },
    charge: () => Promise.resolve(),
  }).finally(() => mechanism.close());
}

async function plainly(
  engine: SequenceEngine,
  texts: Texts,
  steps: number,
  pause: Pause,
): Promise<void> {
  await trainPlainly({ ...common(engine, texts, steps, pause), batch: BATCH, seed: 1 });
}

function common(engine: SequenceEngine, texts: Texts, steps: number, pause: Pause) {
  return {
    engine,
    examples: { ...texts, units: rowUnits(Int32Array.from({ length: ROWS }, (_, r) => r)) },
    initial: firstParametersOf(engine.stack, 1),
    optimiser: momentum(engine.parameters, RATE, 0.9),
    ...{ steps, block: BLOCK, checkpoint: pause },
    pace: new Pace(undefined, undefined),
  };
}

function statement(steps: number): PrivacyStatement {
  const rate = BATCH / ROWS;
  return {
    ...{ epsilon: 1, delta: 1e-5, accountant: 'pld', neighbours: 'add-remove' },
    ...{ unit: 'row', unit_column: null, max_rows: null },
    phases: [{ mechanism: 'poisson_gaussian', noise_multiplier: 1, sample_rate: rate, steps }],
    ...{ public_count: ROWS, clip: 1, expected_batch: BATCH },
  };
}

/** Memory of a process that does nothing but private steps. */
export async function benchTextMemory(): Promise<TextMemoryBench> {
  const engine = openEngine();
  await privately(engine, madeTexts(), MEMORY_STEPS, () => Promise.resolve());
  const { parameters } = engine;
  engine.dispose();
  const peak_rss_mib = Math.round(process.resourceUsage().maxRSS / 1024);
  return { batch: BATCH, length: LENGTH, parameters, steps: MEMORY_STEPS, peak_rss_mib };
}
