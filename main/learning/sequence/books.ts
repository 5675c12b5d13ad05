import type { Tf } from '../tensorflow.ts';
import { GROUP_CANCELLATION, type TensorSpec } from '../layers.ts';
import { denseOfPersons } from './dense-persons.ts';
import { denseOfRows } from './dense-rows.ts';
import { Doubles } from './doubles.ts';
import type { Book } from './layer.ts';
import { areSingle, type OpenBook } from './open-book.ts';

type EmbeddingBook = Extract<Book, { kind: 'embedding' }>;
type ExplicitBook = Extract<Book, { kind: 'explicit' }>;

/**
 * What can be asked of the books of one pass. Lengths are those of what is summed, never shorter, so
 * that a clipped gradient is as short as it is said to be, whatever the device rounded: docs/text.md.
 * Where a unit has several rows, all is reckoned in double precision.
 */
export class PassBooks {
  readonly #books: readonly OpenBook[];
  readonly #doubles: Doubles;
  readonly #several: boolean;

  /** @param specs of every tensor, by name @param several whether units may have several rows */
  constructor(
    tf: Tf,
    books: readonly Book[],
    specs: ReadonlyMap<string, TensorSpec>,
    several: boolean,
  ) {
    const doubles = new Doubles(tf);
    const spec = (name: string): TensorSpec => {
      const found = specs.get(name);
      if (found === undefined) throw new RangeError(`no tensor is named ${name}`);
      return found;
    };
    this.#doubles = doubles;
    this.#several = several;
    this.#books = books.map((book) => {
      switch (book.kind) {
        case 'dense':
          return several
            ? denseOfPersons(doubles, book, spec)
            : denseOfRows(tf, doubles, book, spec);
        case 'embedding':
          return embeddingBook(book, spec(book.table));
        case 'explicit':
          return explicitBook(book, spec(book.tensor));
      }
    });
  }

  /**
   * Squared length of the gradient of each group of neighbouring rows over all tensors; group g owns
   * the rows groups[g] .. groups[g + 1]. It is never reported so short that the outer products (or
   * embedding rows) it is made of, laid end to end, are more than GROUP_CANCELLATION times as long:
   * that depends on the group alone and holds the rounding of sums in proportion.
   */
  squaredNorms(groups: Int32Array, norms: Float64Array): void {
    if (!this.#several && !areSingle(groups)) throw new RangeError('every unit is one row here');
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
