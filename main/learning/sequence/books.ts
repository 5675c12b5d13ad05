import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { Tf } from '../tensorflow.ts';
import { GROUP_CANCELLATION, type TensorSpec } from '../layers.ts';
import { Doubles, type DoubleTensor } from './doubles.ts';
import type { Book } from './layer.ts';

type DenseBook = Extract<Book, { kind: 'dense' }>;
type EmbeddingBook = Extract<Book, { kind: 'embedding' }>;
type ExplicitBook = Extract<Book, { kind: 'explicit' }>;

/** Of each group: the squared length of its gradient, and that of its parts laid end to end. */
interface Lengths {
  readonly squares: Float64Array;
  readonly apart: Float64Array;
}

/**
 * What can be asked of the books of one pass. All of it is reckoned in double precision from the very
 * single precision numbers that stand in the books, lengths as well as sums, so that a clipped
 * gradient is as short as it is said to be, whatever the device rounded before.
 */
export class PassBooks {
  readonly #books: readonly OpenBook[];
  readonly #doubles: Doubles;

  /** @param specs of every tensor, by name */
  constructor(tf: Tf, books: readonly Book[], specs: ReadonlyMap<string, TensorSpec>) {
    this.#doubles = new Doubles(tf);
    this.#books = books.map((book) => openBook(this.#doubles, book, specs));
  }

  /**
   * Squared length of the gradient of each group of neighbouring rows over all tensors; group g owns
   * the rows groups[g] .. groups[g + 1]. It is never reported so short that the outer products (or
   * embedding rows) it is made of, laid end to end, are more than GROUP_CANCELLATION times as long:
   * that depends on the group alone and holds the rounding of sums in proportion.
   */
  squaredNorms(groups: Int32Array, norms: Float64Array): void {
    norms.fill(0);
    const apart = new Float64Array(norms.length);
    for (const book of this.#books) {
      const lengths = book.lengths(groups);
      for (let g = 0; g < norms.length; g++) {
        norms[g]! += lengths.squares[g]!;
        apart[g]! += lengths.apart[g]! ** 2;
      }
    }
    for (let g = 0; g < norms.length; g++) {
      norms[g] = Math.max(norms[g]!, apart[g]! / GROUP_CANCELLATION ** 2);
    }
  }

  /** Adds the sum over rows of weight x gradient to `sum`, the flat vector. */
  addWeighted(weights: Float64Array, sum: Float64Array): void {
    for (const book of this.#books) book.addWeighted(weights, sum);
  }

  dispose(): void {
    this.#doubles.dispose();
  }
}

interface OpenBook {
  lengths(groups: Int32Array): Lengths;
  addWeighted(weights: Float64Array, sum: Float64Array): void;
}

function openBook(doubles: Doubles, book: Book, specs: ReadonlyMap<string, TensorSpec>): OpenBook {
  const spec = (name: string): TensorSpec => {
    const found = specs.get(name);
    if (found === undefined) throw new RangeError(`no tensor is named ${name}`);
    return found;
  };
  switch (book.kind) {
    case 'dense':
      return denseBook(doubles, book, spec);
    case 'embedding':
      return embeddingBook(book, spec(book.table));
    case 'explicit':
      return explicitBook(book, spec(book.tensor));
  }
}

/** A group of one row each: rows are then taken all at once. */
function areSingle(groups: Int32Array): boolean {
  return groups.every((start, g) => start === g);
}

/**
 * Example b has the gradient sum over t of a_t (outer) d_t, with 1 after a_t for the bias. Its squared
 * length is sum over t, t' of (a_t . a_t' + 1)(d_t . d_t') (Li et al. 2022, arXiv:2110.05679, section
 * 4.1) or, where the matrix is smaller than those products (Bu et al. 2023, arXiv:2210.00038), that of
 * the matrix itself; so it is for units of several rows, whose tokens all count as of one text.
 */
function denseBook(
  doubles: Doubles,
  book: DenseBook,
  spec: (name: string) => TensorSpec,
): OpenBook {
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

  /** From [B, T, T] products: |a_t| |d_t| is the root of the diagonal. */
  function byProducts(): Lengths {
    const [a, d] = open();
    const between = doubles.product(a, a, { b: true });
    const of = doubles.product(d, d, { b: true });
    const one = doubles.of(Float64Array.of(bias === undefined ? 0 : 1), []);
    const shifted = doubles.add(between, one);
    const crossed = doubles.multiply(shifted, of);
    const diagonal = doubles.diagonal(crossed);
    const roots = doubles.squareRoot(diagonal);
    const squares = doubles.sum(crossed, [1, 2]);
    const apart = doubles.sum(roots, [1]);
    const lengths = { squares: doubles.read(squares), apart: doubles.read(apart) };
    for (const used of [between, of, one, shifted, crossed, diagonal, roots, squares, apart]) {
      doubles.free(used);
    }
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

/** A token that repeats adds to one row of the table, so that its deltas are summed before squaring. */
function embeddingBook(book: EmbeddingBook, table: TensorSpec): OpenBook {
  const tokens = book.ids.shape[1];
  const q = table.columns;
  const ids = book.ids.dataSync<'int32'>();
  const deltas = book.deltas.dataSync<'float32'>();
  const places = new Int32Array(table.rows).fill(-1);
  return {
    lengths(groups) {
      const size = groups.length - 1;
      const [squares, apart] = [new Float64Array(size), new Float64Array(size)];
      for (let g = 0; g < size; g++) {
        const [from, to] = [groups[g]! * tokens, groups[g + 1]! * tokens];
        const summed = new Float64Array((to - from) * q);
        let used = 0;
        for (let at = from; at < to; at++) {
          const id = ids[at]!;
          if (places[id] === -1) places[id] = used++ * q;
          const place = places[id]!;
          let length = 0;
          for (let c = 0; c < q; c++) {
            const delta = deltas[at * q + c]!;
            length += delta * delta;
            summed[place + c]! += delta;
          }
          apart[g]! += Math.sqrt(length);
        }
        for (let at = from; at < to; at++) places[ids[at]!] = -1;
        for (let i = 0; i < used * q; i++) squares[g]! += summed[i]! * summed[i]!;
      }
      return { squares, apart };
    },
    addWeighted(weights, sum) {
      for (let at = 0; at < ids.length; at++) {
        const weight = weights[Math.floor(at / tokens)]!;
        const row = table.offset + ids[at]! * q;
        for (let c = 0; c < q; c++) sum[row + c]! += weight * deltas[at * q + c]!;
      }
    },
  };
}

function explicitBook(book: ExplicitBook, tensor: TensorSpec): OpenBook {
  const width = book.gradients.shape[1];
  const gradients = book.gradients.dataSync<'float32'>();
  return {
    lengths(groups) {
      const size = groups.length - 1;
      const [squares, apart] = [new Float64Array(size), new Float64Array(size)];
      const summed = new Float64Array(width);
      for (let g = 0; g < size; g++) {
        summed.fill(0);
        for (let row = groups[g]!; row < groups[g + 1]!; row++) {
          let length = 0;
          for (let c = 0; c < width; c++) {
            const value = gradients[row * width + c]!;
            length += value * value;
            summed[c]! += value;
          }
          apart[g]! += Math.sqrt(length);
        }
        for (let c = 0; c < width; c++) squares[g]! += summed[c]! * summed[c]!;
      }
      return { squares, apart };
    },
    addWeighted(weights, sum) {
      for (let row = 0; row < weights.length; row++) {
        for (let c = 0; c < width; c++) {
          sum[tensor.offset + c]! += weights[row]! * gradients[row * width + c]!;
        }
      }
    },
  };
}

function addInto(sum: Float64Array, offset: number, values: Float64Array): void {
  for (let i = 0; i < values.length; i++) sum[offset + i]! += values[i]!;
}
