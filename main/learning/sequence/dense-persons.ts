import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { Doubles, DoubleTensor } from './doubles.ts';
import {
  addInto,
  areSingle,
  lengthsOfProducts,
  type DenseBook,
  type Lengths,
  type OpenBook,
  type SpecOf,
} from './open-book.ts';

/**
 * A dense tensor of units of several rows, in double precision throughout: where a unit's rows or tokens
 * cancel, single precision would cost too much noise. Example b has the gradient sum over t of a_t (outer) d_t, with 1 after a_t for the bias. Its squared
 * length is sum over t, t' of (a_t . a_t' + 1)(d_t . d_t') (Li et al. 2022, arXiv:2110.05679, section
 * 4.1) or, where the matrix is smaller than those products (Bu et al. 2023, arXiv:2210.00038), that of
 * the matrix itself; so it is for units of several rows, whose tokens all count as of one text.
 */
export function denseOfPersons(doubles: Doubles, book: DenseBook, spec: SpecOf): OpenBook {
  const [batch, tokens, p] = book.inputs.shape;
  const q = book.deltas.shape[2];
  const weights = spec(book.weights);
  const bias = book.bias === undefined ? undefined : spec(book.bias);
  const gramIsSmaller = tokens * (p + q) < p * q;
  let inputs: DoubleTensor | undefined;
  let deltas: DoubleTensor | undefined;
  const open = (): [DoubleTensor, DoubleTensor] => {
    inputs ??= doubles.from(book.inputs);
    deltas ??= doubles.from(book.deltas);
    return [inputs, deltas];
  };

  function byProducts(): Lengths {
    const [a, d] = open();
    const [between, of] = [doubles.product(a, a, { b: true }), doubles.product(d, d, { b: true })];
    const lengths = lengthsOfProducts(doubles, between, of, bias === undefined ? 0 : 1);
    doubles.free(between);
    doubles.free(of);
    return lengths;
  }

  /** From the gradients themselves: `a` and `d` are [G, T, p] and [G, T, q]. */
  function byMatrices(a: DoubleTensor, d: DoubleTensor): Lengths {
    const matrices = doubles.product(a, d, { a: true });
    const matrixSquares = doubles.multiply(matrices, matrices);
    const total = doubles.sum(matrixSquares, [1, 2]);
    const biases = doubles.sum(d, [1]);
    const biasSquares = doubles.multiply(biases, biases);
    const biasTotal = doubles.sum(biasSquares, [1]);
    const ofInputs = doubles.multiply(a, a);
    const ofDeltas = doubles.multiply(d, d);
    const inputSquares = doubles.sum(ofInputs, [2]);
    const deltaSquares = doubles.sum(ofDeltas, [2]);
    const squares = doubles.read(total);
    const perToken = [doubles.read(inputSquares), doubles.read(deltaSquares)] as const;
    if (bias !== undefined) {
      doubles.read(biasTotal).forEach((value, g) => (squares[g]! += value));
    }
    for (const used of [matrices, matrixSquares, total, biases, biasSquares, biasTotal]) {
      doubles.free(used);
    }
    for (const used of [ofInputs, ofDeltas, inputSquares, deltaSquares]) doubles.free(used);
    return { squares, apart: apartOf(perToken, squares.length, bias === undefined ? 0 : 1) };
  }

  function ofSeveral(groups: Int32Array): Lengths {
    const size = groups.length - 1;
    const found = { squares: new Float64Array(size), apart: new Float64Array(size) };
    for (let g = 0; g < size; g++) {
      const [from, rows] = [groups[g]!, groups[g + 1]! - groups[g]!];
      if (rows === 0) continue;
      const part = (tensor: TensorFlow.Tensor3D): DoubleTensor => {
        const rowsOf = tensor.slice([from, 0, 0], [rows, -1, -1]);
        const double = doubles.from(rowsOf);
        rowsOf.dispose();
        const joined = doubles.reshape(double, [1, rows * tokens, tensor.shape[2]]);
        doubles.free(double);
        return joined;
      };
      const [a, d] = [part(book.inputs), part(book.deltas)];
      const { squares, apart } = byMatrices(a, d);
      [found.squares[g], found.apart[g]] = [squares[0]!, apart[0]!];
      doubles.free(a);
      doubles.free(d);
    }
    return found;
  }

  return {
    lengths(groups) {
      if (!areSingle(groups)) return ofSeveral(groups);
      return gramIsSmaller ? byProducts() : byMatrices(...open());
    },
    addWeighted(rowWeights, sum) {
      const [a, d] = open();
      const ofRows = doubles.of(rowWeights, [batch, 1, 1]);
      const narrow = p < q;
      const scaled = doubles.multiply(narrow ? a : d, ofRows);
      const flat = (tensor: DoubleTensor): DoubleTensor =>
        doubles.reshape(tensor, [batch * tokens, tensor.shape[2]!]);
      const [left, right] = [flat(narrow ? scaled : a), flat(narrow ? d : scaled)];
      const product = doubles.product(left, right, { a: true });
      addInto(sum, weights.offset, doubles.read(product));
      for (const used of [ofRows, scaled, left, right, product]) doubles.free(used);
      if (bias === undefined) return;
      const each = Float64Array.from(
        { length: batch * tokens },
        (_, at) => rowWeights[Math.floor(at / tokens)]!,
      );
      const perToken = doubles.of(each, [1, batch * tokens]);
      const tokensOf = flat(d);
      const biases = doubles.product(perToken, tokensOf);
      addInto(sum, bias.offset, doubles.read(biases));
      for (const used of [perToken, tokensOf, biases]) doubles.free(used);
    },
  };
}

/** Sum over the tokens of each group of sqrt(|a|^2 + 1) |d|, from their squares [groups, T]. */
function apartOf(
  [inputs, deltas]: readonly [Float64Array, Float64Array],
  groups: number,
  one: number,
): Float64Array {
  const apart = new Float64Array(groups);
  const tokens = inputs.length / groups;
  for (let at = 0; at < inputs.length; at++) {
    apart[Math.floor(at / tokens)]! += Math.sqrt((inputs[at]! + one) * deltas[at]!);
  }
  return apart;
}
