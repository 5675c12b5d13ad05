import { binReader } from '../learning/boosting/bins.ts';
import { shapeBins } from '../learning/boosting/glass-box.ts';
import { decodeFloats } from '../learning/floats.ts';
import type { GlassBoxModel } from '../learning/model.ts';
import type { Table } from '../records/table.ts';
import type { AdditiveGame, PairTerm } from './additive.ts';
import type { Side } from './answer.ts';

/**
 * A record under a glass-box model as a sum. The background of a column is spread over its bins as the
 * model is sure of them, by 1 / deviation^2, which grows with the counts that were released when it was
 * trained: a summary that stands in the model already.
 *
 * @param record a table of one row
 */
export function glassBoxGame(model: GlassBoxModel, record: Table, side: Side): AdditiveGame {
  const { features, missing } = model.encoder;
  const scores = [model.intercept].flat();
  const row = Int32Array.of(0);
  const columns = model.shapes.map((shape, k) => {
    const bins = shapeBins(features[k]!, shape.cuts);
    const found = new Uint16Array(1);
    binReader(record, features[k]!, bins, missing)(row, found, new Uint8Array(1));
    const values = sided(shape.values, side);
    const weights = backgroundWeights(shape.deviations, scores.length);
    return { bin: found[0]!, values, weights };
  });
  const pairs = (model.pairs ?? []).map(({ features: [a, b], bins, values }): PairTerm => {
    const sides = [a, b].map((k, at) => {
      const { bin, weights } = columns[k]!;
      const axis = bins[at]!;
      const shares = new Float64Array(Math.max(...axis) + 1);
      weights.forEach((weight, fine) => (shares[axis[fine]!]! += weight));
      return { own: axis[bin]!, shares };
    });
    return pairTerm([a, b], sides[0]!, sides[1]!, sided(values, side));
  });
  return {
    base: scores.reduce((sum, one, c) => sum + one * side.weights[c]!, side.shift),
    own: columns.map(({ bin, values }) => values[bin]!),
    mean: columns.map(({ values, weights }) => dot(values, weights)),
    pairs,
  };
}

interface PairSide {
  readonly own: number;
  /** Of the background, by row or column of the grid. */
  readonly shares: Float64Array;
}

function pairTerm(
  fields: readonly [number, number],
  a: PairSide,
  b: PairSide,
  grid: Float64Array,
): PairTerm {
  const columns = b.shares.length;
  let [first, second, neither] = [0, 0, 0];
  for (let c = 0; c < columns; c++) first += b.shares[c]! * grid[a.own * columns + c]!;
  for (let r = 0; r < a.shares.length; r++) {
    second += a.shares[r]! * grid[r * columns + b.own]!;
    const line = grid.subarray(r * columns, (r + 1) * columns);
    neither += a.shares[r]! * dot(line, b.shares);
  }
  return { fields, both: grid[a.own * columns + b.own]!, first, second, neither };
}

/** By bin, of all scores what counts for the answer's side. */
function sided(values: string, { weights }: Side): Float64Array {
  const numbers = decodeFloats(values);
  const size = numbers.length / weights.length;
  return Float64Array.from({ length: size }, (_, bin) =>
    weights.reduce((sum, weight, c) => sum + weight * numbers[c * size + bin]!, 0),
  );
}

/** Adds up to 1; of several scores the mean precision. */
function backgroundWeights(deviations: string, scores: number): Float64Array {
  const numbers = decodeFloats(deviations);
  const size = numbers.length / scores;
  const weights = new Float64Array(size);
  numbers.forEach((deviation, at) => (weights[at % size]! += 1 / (deviation ** 2 + TINY)));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / whole);
}

/** Keeps a deviation of 0 from counting for everything. */
const TINY = 1e-12;

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, at) => sum + value * b[at]!, 0);
}
