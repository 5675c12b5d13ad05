import type { PrivacyStatement, TrainPlan } from '../../contract/train.ts';
import type { RandomSource } from '../../privacy/random.ts';
import type { Examples } from '../clipped-sum.ts';
import { trainPrivately } from '../dpsgd.ts';
import { BINARY } from '../heads.ts';
import { gaussianMechanism, phaseOf } from '../mechanism.ts';
import type { Optimiser } from '../optimiser.ts';
import type { Pace } from '../pace.ts';
import { FIRST_WORD } from '../text/vocabulary.ts';
import type { Units } from '../units.ts';
import { architectureOfPlan, layersOf } from './architecture.ts';
import { sequenceEngine, type SequenceEngine } from './engine.ts';
import type { TokenRows } from './layer.ts';
import { passLimits, requireTensorFlow } from './kind.ts';
import { sequenceSettings } from './settings.ts';
import { firstParametersOf, stackOf } from './stack.ts';

interface TokenCanaries {
  readonly plan: TrainPlan;
  readonly promise: PrivacyStatement;
  readonly random: RandomSource;
  readonly pace: Pace;
  /** In the place of the promised clipping norm. */
  readonly clip?: number | undefined;
  readonly canaries: number;
  /** Of every row the canary it belongs to, -1 for the others. */
  readonly canaryOf: Int32Array;
  readonly units: Units;
}

/** What weights and first vectors are multiplied with, so that a canary is clipped in every step. */
const PULL = 2 ** 10;
const SEED = 1;

/**
 * Trains as a plan for texts does, on texts of one token each. A canary has a token of its own, whose
 * vector is zeros and all else so large that nearly all of its gradient falls on that vector; the score is
 * what each step releases of it along the direction in which it pulls. Parameters stay where they are.
 */
export async function tokenCanaries(run: TokenCanaries, scores: Float64Array): Promise<void> {
  const { plan, promise, random, pace, canaries, canaryOf, units } = run;
  const tf = requireTensorFlow(plan);
  const words = FIRST_WORD + canaries + 1;
  const layers = layersOf(tf, architectureOfPlan(plan), words, BINARY);
  const stack = stackOf(layers, BINARY);
  const limits = passLimits(1, plan.unit?.maxRows ?? 1);
  const engine = sequenceEngine(tf, stack, BINARY, limits);
  const vectors = oneTokenEach(canaryOf.map((canary) => (canary < 0 ? canaries : canary)));
  const initial = pulling(engine);
  const { target, direction } = pullOf(engine, initial);
  const examples: Examples<TokenRows> = {
    vectors,
    targets: new Float64Array(canaryOf.length).fill(target),
    units,
  };
  const { block, clipping } = sequenceSettings(plan, promise.public_count);
  const mechanism = gaussianMechanism(engine, promise, units.count, random);
  try {
    await trainPrivately({
      ...{ engine, examples, mechanism, initial, clipping, block, pace },
      optimiser: watching(direction, scores),
      clip: run.clip ?? promise.clip,
      expectedBatch: promise.expected_batch,
      steps: phaseOf(promise).steps,
      charge: async () => {},
    });
  } finally {
    await mechanism.close();
    engine.dispose();
  }
}

function oneTokenEach(words: Int32Array): TokenRows {
  return {
    rows: words.length,
    length: 1,
    ids: words.map((word) => FIRST_WORD + word),
    lengths: new Int32Array(words.length).fill(1),
  };
}

/**
 * The table of vectors stands first in the flat vector: zeros there and in what blocks of a transformer
 * add to a token, large numbers in every other product.
 */
function pulling({ stack }: SequenceEngine): Float64Array {
  const parameters = firstParametersOf(stack, SEED);
  for (const { name, offset, rows, columns } of stack.specs.values()) {
    const of = parameters.subarray(offset, offset + rows * columns);
    if (offset === 0) of.fill(0);
    else if (name === 'output/weights') of.forEach((_, i) => (of[i] = i % 2 === 0 ? PULL : -PULL));
    else if (name.startsWith('block') && name.endsWith('/weights')) of.fill(0);
    else if (name.startsWith('lstm/')) of.forEach((value, i) => (of[i] = PULL * value));
  }
  return parameters;
}

/** The label a canary has to have so that it pulls, and which way its vector then goes; of length 1. */
function pullOf(
  engine: SequenceEngine,
  initial: Float64Array,
): { readonly target: number; readonly direction: Float64Array } {
  const width = engine.stack.specs.values().next().value!.columns;
  const row = oneTokenEach(Int32Array.of(0));
  engine.setParameters(initial);
  const target = engine.outputs(row)[0]! > 0 ? 0 : 1;
  engine.backward(row, Float64Array.of(target));
  const gradient = new Float64Array(engine.parameters);
  engine.addWeightedGradient(Float64Array.of(1), gradient);
  const own = gradient.slice(FIRST_WORD * width, (FIRST_WORD + 1) * width);
  const length = Math.hypot(...own);
  return { target, direction: own.map((value) => value / length) };
}

/** Adds up what each step releases of the canaries' vectors, in the place of an optimiser. */
function watching(direction: Float64Array, scores: Float64Array): Optimiser {
  const width = direction.length;
  return {
    step(_, gradient) {
      for (let canary = 0; canary < scores.length; canary++) {
        const from = (FIRST_WORD + canary) * width;
        for (let i = 0; i < width; i++) scores[canary]! += gradient[from + i]! * direction[i]!;
      }
    },
    state: () => ({ kind: 'sgd', steps: 0, vectors: [] }),
    restore: () => undefined,
  };
}
