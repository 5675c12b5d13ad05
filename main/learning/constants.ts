import type { Architecture } from './layers.ts';
import { parameterCount } from './layers.ts';

/**
 * Parameters that are outputs by themselves, the same for every row: the last in the flat vector of
 * all. The gradient of a row is that of its outputs, kept and added up in double precision by every
 * back-end.
 */
export class Constants {
  readonly values: Float64Array;
  /** Of the rows of the last pass, [rows, constants]. */
  readonly deltas: Float64Array;
  readonly #offset: number;

  constructor(architecture: Architecture, capacity: number) {
    const count = architecture.constants ?? 0;
    this.values = new Float64Array(count);
    this.deltas = new Float64Array(capacity * count);
    this.#offset = parameterCount(architecture) - count;
  }

  setParameters(parameters: Float64Array): void {
    for (let c = 0; c < this.values.length; c++) this.values[c] = parameters[this.#offset + c]!;
  }

  /** Inner product of the gradients of rows j and k. */
  product(j: number, k: number): number {
    const { values, deltas } = this;
    let sum = 0;
    for (let c = 0; c < values.length; c++) {
      sum += deltas[j * values.length + c]! * deltas[k * values.length + c]!;
    }
    return sum;
  }

  addWeightedGradient(weights: Float64Array, rows: number, sum: Float64Array): void {
    const count = this.values.length;
    if (count === 0) return;
    for (let r = 0; r < rows; r++) {
      if (weights[r] === 0) continue;
      for (let c = 0; c < count; c++) {
        sum[this.#offset + c]! += weights[r]! * this.deltas[r * count + c]!;
      }
    }
  }
}
