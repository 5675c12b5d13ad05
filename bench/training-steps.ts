import type { PrivacyStatement } from '../main/contract/train.ts';
import type { Examples } from '../main/learning/clipped-sum.ts';
import { trainPrivately } from '../main/learning/dpsgd.ts';
import { parameterCount, type Architecture, type GradientEngine } from '../main/learning/layers.ts';
import { gaussianMechanism } from '../main/learning/mechanism.ts';
import { momentum } from '../main/learning/optimiser.ts';
import { Pace } from '../main/learning/pace.ts';
import { trainPlainly } from '../main/learning/plain-training.ts';
import { firstParameters } from '../main/learning/seeded.ts';
import { rowUnits } from '../main/learning/units.ts';
import { wasmEngine } from '../main/learning/wasm.ts';
import { systemRandom, uniform } from '../main/privacy/random.ts';
import { seededRandom } from '../main/privacy/seeded.ts';
import { median, rounded, timed, type Taken } from './timing.ts';

/** Adult as one-hot vectors: 13 columns of 8 slots. */
const ROWS = 32_561;
const PUBLIC_ROWS = 32_000;
const COLUMNS = 13;
const SLOTS = 8;
const NETWORK: Architecture = { inputs: COLUMNS * SLOTS, hidden: [64, 32] };
/** Steps between two looks at the clock. */
const BLOCK = 20;
const WARM_UPS = 10;

export interface StepsBench {
  readonly batch: number;
  readonly pairs: number;
  readonly wall: Medians;
  /** Of the training thread's processor alone: without waiting for others on a busy machine. */
  readonly processor: Medians;
}

interface Medians {
  /** Milliseconds a step. */
  readonly private_ms: number;
  readonly plain_ms: number;
  /** Over pairs of neighbouring blocks of steps. */
  readonly private_to_plain: number;
  /** A product of two 128 x 128 matrices in plain JavaScript, taken between the two. */
  readonly reference_ms: number;
}

/**
 * Steps of DP-SGD and of plain training in turn, both in the very loops that train, with the same
 * network, records, batch and optimiser (momentum): private ones with sampling, clipping and noise.
 */
export async function benchSteps(batch: number, pairs: number): Promise<StepsBench> {
  const examples = oneHot();
  const [forPrivate, forPlain] = [wasmEngine(NETWORK, 512), wasmEngine(NETWORK, 512)];
  const blocks = WARM_UPS + pairs;
  const ofPrivate = inBlocks((pause) => privately(forPrivate, examples, batch, blocks, pause));
  const ofPlain = inBlocks((pause) => plainly(forPlain, examples, batch, blocks, pause));
  const taken = { private: [] as Taken[], plain: [] as Taken[], reference: [] as Taken[] };
  for (let block = 0; block < blocks; block++) {
    // Which of the two comes first changes, so that neither has the better place.
    const isOdd = block % 2 === 1;
    const first = await timed((isOdd ? ofPrivate : ofPlain).block);
    const reference = await timed(product);
    const second = await timed((isOdd ? ofPlain : ofPrivate).block);
    if (block < WARM_UPS) continue;
    taken.private.push(isOdd ? first : second);
    taken.plain.push(isOdd ? second : first);
    taken.reference.push(reference);
  }
  await Promise.all([ofPrivate.end(), ofPlain.end()]);
  const medians = (by: keyof Taken): Medians => {
    const [ofPrivate, ofPlain] = [taken.private, taken.plain].map((all) => all.map((t) => t[by]));
    return {
      private_ms: rounded(median(ofPrivate!) / BLOCK),
      plain_ms: rounded(median(ofPlain!) / BLOCK),
      private_to_plain: rounded(median(ofPrivate!.map((ms, i) => ms / ofPlain![i]!))),
      reference_ms: rounded(median(taken.reference.map((t) => t[by]))),
    };
  };
  return { batch, pairs, wall: medians('wall'), processor: medians('processor') };
}

export type Pause = () => Promise<void>;

/** A training that stops at each checkpoint: `block` goes to the next one, `end` to the end. */
export function inBlocks(train: (pause: Pause) => Promise<unknown>) {
  let reached = (): void => {};
  let go = (): void => {};
  let whole: Promise<unknown> | undefined;
  let isEnding = false;
  const pause = (): Promise<void> => {
    if (isEnding) return Promise.resolve();
    reached();
    return new Promise((resolve) => (go = resolve));
  };
  return {
    block: () =>
      new Promise<void>((resolve, reject) => {
        reached = resolve;
        if (whole !== undefined) return go();
        whole = train(pause);
        whole.catch(reject);
      }),
    end() {
      isEnding = true;
      go();
      return whole;
    },
  };
}

async function privately(
  engine: GradientEngine,
  examples: Examples,
  batch: number,
  blocks: number,
  pause: Pause,
): Promise<void> {
  const steps = blocks * BLOCK;
  const mechanism = gaussianMechanism(engine, statement(batch, steps), ROWS, systemRandom());
  await trainPrivately({
    ...common(engine, examples, blocks, pause),
    mechanism,
    clip: 1,
    expectedBatch: batch,
    charge: () => Promise.resolve(),
  }).finally(() => mechanism.close());
}

async function plainly(
  engine: GradientEngine,
  examples: Examples,
  batch: number,
  blocks: number,
  pause: Pause,
): Promise<void> {
  await trainPlainly({ ...common(engine, examples, blocks, pause), batch, seed: 1 });
}

function common(engine: GradientEngine, examples: Examples, blocks: number, pause: Pause) {
  return {
    engine,
    examples,
    initial: firstParameters(NETWORK, COLUMNS, 1),
    optimiser: momentum(parameterCount(NETWORK), 0.05, 0.9),
    steps: blocks * BLOCK,
    block: BLOCK,
    checkpoint: pause,
    pace: new Pace(undefined, undefined),
  };
}

function statement(batch: number, steps: number): PrivacyStatement {
  const rate = batch / PUBLIC_ROWS;
  return {
    ...{ epsilon: 1, delta: 1e-5, accountant: 'pld', neighbours: 'add-remove' },
    ...{ unit: 'row', unit_column: null, max_rows: null },
    phases: [{ mechanism: 'poisson_gaussian', noise_multiplier: 1, sample_rate: rate, steps }],
    ...{ public_count: PUBLIC_ROWS, clip: 1, expected_batch: batch },
  };
}

function oneHot(): Examples {
  const random = seededRandom(1);
  const indices = Int32Array.from(
    { length: ROWS * COLUMNS },
    (_, i) => (i % COLUMNS) * SLOTS + Math.floor(SLOTS * uniform(random)),
  );
  return {
    vectors: {
      rows: ROWS,
      width: NETWORK.inputs,
      starts: Int32Array.from({ length: ROWS + 1 }, (_, r) => r * COLUMNS),
      indices,
      values: new Float32Array(indices.length).fill(1),
    },
    targets: Float64Array.from({ length: ROWS }, () => Number(uniform(random) < 0.25)),
    units: rowUnits(Int32Array.from({ length: ROWS }, (_, r) => r)),
  };
}

const SIDE = 128;
const [LEFT, RIGHT] = [1, 2].map((k) =>
  Float64Array.from({ length: SIDE * SIDE }, (_, i) => Math.sin(k * i)),
) as [Float64Array, Float64Array];

/** How long the reference takes; a yardstick that no change of ours makes faster. */
function product(): void {
  const out = new Float64Array(SIDE * SIDE);
  for (let i = 0; i < SIDE; i++) {
    for (let k = 0; k < SIDE; k++) {
      const value = LEFT[i * SIDE + k]!;
      for (let j = 0; j < SIDE; j++) out[i * SIDE + j]! += value * RIGHT[k * SIDE + j]!;
    }
  }
  if (Number.isNaN(out[0])) throw new RangeError('a sum of finite products');
}
