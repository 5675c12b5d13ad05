import type { PrivacyStatement, TrainPlan } from '../contract/train.ts';
import type { RandomSource } from '../privacy/random.ts';
import { chooseEngine } from './backend.ts';
import { boost } from './boosting/boost.ts';
import type { Bins } from './boosting/bins.ts';
import type { Releases } from './boosting/cycle.ts';
import { privateReleases, settingsBehind } from './boosting/guarantee.ts';
import { TWO_VALUES } from './boosting/outcome.ts';
import { NO_PAIRS } from './boosting/pairs.ts';
import type { Examples } from './clipped-sum.ts';
import { trainPrivately } from './dpsgd.ts';
import { BINARY } from './heads.ts';
import { tensorsOf, type Architecture } from './layers.ts';
import { gaussianMechanism, phaseOf } from './mechanism.ts';
import type { Optimiser } from './optimiser.ts';
import type { Pace } from './pace.ts';
import { tokenCanaries } from './sequence/canaries.ts';
import { settingsOf } from './settings.ts';
import { isSequence } from './target.ts';
import { countsWords } from './text/word-counts.ts';

/** What a run with canaries shows to whoever sees all that it releases. */
export interface CanaryScores {
  /** Whether each canary took part, by a fair coin of its own; 1 or 0. */
  readonly wasIn: Uint8Array;
  /** How strongly its own coordinates moved, over the whole run. */
  readonly scores: Float64Array;
}

export interface CanaryRun {
  readonly plan: TrainPlan;
  /** The promise that is put to the test. */
  readonly promise: PrivacyStatement;
  /** Feature columns of the plan. */
  readonly columns: number;
  readonly canaries: number;
  readonly random: RandomSource;
  readonly pace: Pace;
  /** In the place of the promised clipping norm, to see that the audit finds it out. */
  readonly clip?: number;
}

/**
 * Trains as the plan does, with the sampling, clipping, sum and noise of the promise, on made-up units
 * alone: canaries, each with coordinates of its own in which it pulls as hard as it may, among as many
 * others as make up the published count. No record is looked at, so it costs nothing. Throws CANCELLED,
 * BACKEND_UNAVAILABLE.
 */
export async function runWithCanaries(run: CanaryRun): Promise<CanaryScores> {
  const wasIn = Uint8Array.from({ length: run.canaries }, () => run.random.next() & 1);
  const scores = new Float64Array(run.canaries);
  const { kind } = run.plan.model;
  // Taggers are softmax regressions, as good as dense layers.
  const hasTokens = isSequence(kind) && !countsWords(run.plan) && run.plan.target !== 'tags';
  if (hasTokens) await tokenCanaries({ ...run, ...unitsOf(run, wasIn) }, scores);
  else if (kind === 'boosting') await boostCanaries(run, wasIn, scores);
  else await stepCanaries(run, wasIn, scores);
  return { wasIn, scores };
}

/** The units of a run, in the order of their rows: the canaries that are in, then the others. */
function unitsOf({ promise }: CanaryRun, wasIn: Uint8Array) {
  const canaries = [...wasIn.keys()].filter((canary) => wasIn[canary] === 1);
  const others = Math.max(0, promise.public_count - canaries.length);
  const rowsEach = Math.min(promise.max_rows ?? 1, MOST_ROWS);
  const count = canaries.length + others;
  const rows = count * rowsEach;
  return {
    /** Of every row the place of its canary, -1 for the others. */
    canaryOf: Int32Array.from({ length: rows }, (_, r) => canaries[Math.floor(r / rowsEach)] ?? -1),
    units: {
      count,
      starts: Int32Array.from({ length: count + 1 }, (_, unit) => unit * rowsEach),
      rows: Int32Array.from({ length: rows }, (_, row) => row),
    },
    rowsEach,
  };
}

/** A person is clipped as one or not: a few rows show it. */
const MOST_ROWS = 3;
/** How far a canary's only feature lies outside the usual: its gradient is far longer than any clip. */
const PULL = 2 ** 14;

async function stepCanaries(
  run: CanaryRun,
  wasIn: Uint8Array,
  scores: Float64Array,
): Promise<void> {
  const { plan, promise, canaries, random, pace } = run;
  const columns = beside(run);
  const kind = plan.model.kind === 'network' ? 'network' : 'logistic';
  // A gradient is clipped as a whole, whatever the loss it came from.
  const settings = settingsOf(plan, kind, BINARY, promise.public_count, columns);
  const { hidden, block, clipping } = settings;
  const architecture = { inputs: canaries + columns, hidden };
  const { engine } = chooseEngine(plan.backend, architecture, BINARY, plan.unit?.maxRows ?? 1);
  const examples = exampleRows(run, wasIn);
  const mechanism = gaussianMechanism(engine, promise, examples.units.count, random);
  try {
    await trainPrivately({
      engine,
      examples,
      mechanism,
      initial: evenParameters(architecture),
      optimiser: watching(architecture, scores),
      clip: run.clip ?? promise.clip,
      clipping,
      expectedBatch: promise.expected_batch,
      steps: phaseOf(promise).steps,
      block,
      charge: async () => {},
      pace,
    });
  } finally {
    await mechanism.close();
    engine.dispose();
  }
}

/** Features of those that are no canaries: one where a plan has text alone. */
function beside({ columns }: CanaryRun): number {
  return Math.max(1, columns);
}

/** Canary i has nothing but feature i; each of the others one of the features behind. */
function exampleRows(run: CanaryRun, wasIn: Uint8Array): Examples {
  const { canaryOf, units } = unitsOf(run, wasIn);
  const { canaries } = run;
  const columns = beside(run);
  const rows = canaryOf.length;
  return {
    vectors: {
      rows,
      width: canaries + columns,
      starts: Int32Array.from({ length: rows + 1 }, (_, row) => row),
      indices: canaryOf.map((canary, row) => (canary < 0 ? canaries + (row % columns) : canary)),
      values: Float32Array.from(canaryOf, (canary) => (canary < 0 ? 1 : PULL)),
    },
    targets: new Float64Array(rows),
    units,
  };
}

/** Weights at which a canary pulls all of its coordinates alike, in every architecture. */
function evenParameters(architecture: Architecture): Float64Array {
  const tensors = tensorsOf(architecture);
  const size = tensors.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
  const parameters = new Float64Array(size);
  for (const { name, offset, rows, columns } of tensors) {
    if (!name.endsWith('/weights')) continue;
    parameters.fill(offset === 0 ? 1 / PULL : 1 / rows, offset, offset + rows * columns);
  }
  return parameters;
}

/**
 * In the place of an optimiser: adds up what each step releases of the canaries' coordinates, and
 * leaves the parameters where they are. The guarantee holds for any parameters between two steps, so
 * also for those that serve an attacker best.
 */
function watching(architecture: Architecture, scores: Float64Array): Optimiser {
  const width = tensorsOf(architecture)[0]!.columns;
  return {
    step(_, gradient) {
      for (let canary = 0; canary < scores.length; canary++) {
        for (let i = 0; i < width; i++) scores[canary]! += gradient[canary * width + i]!;
      }
    },
    state: () => ({ kind: 'sgd', steps: 0, vectors: [] }),
    restore: () => undefined,
  };
}

/**
 * In every column a canary has a bin to itself; the others share the one behind. Pairs have too few
 * cells for that: what is released of them is left out, and a bound from less holds for all of it.
 */
async function boostCanaries(
  run: CanaryRun,
  wasIn: Uint8Array,
  scores: Float64Array,
): Promise<void> {
  const { plan, promise, columns, canaries, random, pace } = run;
  const { canaryOf, units, rowsEach } = unitsOf(run, wasIn);
  const settings = settingsBehind(plan, promise, columns);
  const own: Bins = { cuts: new Float64Array(0), ordered: 0, size: canaries + 2 };
  const bins = Array.from({ length: columns }, () => own);
  const sizes = bins.map(({ size }) => size);
  const place = Uint16Array.from(canaryOf, (canary) => (canary < 0 ? canaries : canary));
  await boost({
    bins,
    rows: {
      bins: bins.map(() => place),
      sizes,
      targets: Float64Array.from(canaryOf, (canary, row) => (canary < 0 ? row % 2 : 1)),
      weights: new Float64Array(units.rows.length).fill(1 / rowsEach),
    },
    outcome: TWO_VALUES,
    releases: watchedReleases(
      privateReleases(promise, { ...TWO_VALUES, sizes, settings, pairs: NO_PAIRS }, random),
      scores,
    ),
    ...{ settings, turns: columns, pairs: { count: 0, stated: null } },
    pace,
  });
}

/** Adds up what is released of each canary's bin, the surer the more. */
function watchedReleases(releases: Releases, scores: Float64Array): Releases {
  const take = (sums: Float64Array, variance: number): void => {
    for (let from = 0; from < sums.length; from += scores.length + 2) {
      for (let i = 0; i < scores.length; i++) scores[i]! += sums[from + i]! / variance;
    }
  };
  return {
    ...releases,
    counts(sums) {
      releases.counts(sums);
      take(sums, releases.countDeviation ** 2);
    },
    gradients(sums, cycle) {
      releases.gradients(sums, cycle);
      take(sums, releases.variance(cycle));
    },
  };
}
