import { machineCode, PAGE, type CodeMemory } from '../privacy/machine-code.ts';
import { FUSED_LAYER_CODE, LAYER_CODE } from './layer-code.ts';

/** kernels/layers.ts: addresses in bytes, widths and rows in multiples of 4. */
export interface LayerFunctions {
  sparseForward(
    ...given: [
      ...[starts: number, indices: number, values: number],
      ...[weights: number, bias: number, out: number, rows: number, width: number],
    ]
  ): void;
  sparseGradient(
    ...given: [
      ...[starts: number, indices: number, values: number, deltas: number, factors: number],
      ...[sums: number, biasSums: number, first: number, last: number, width: number],
    ]
  ): void;
  product(
    ...given: [
      ...[inputs: number, weights: number, bias: number, out: number],
      ...[rows: number, depth: number, width: number, gate: number],
    ]
  ): void;
  relu(values: number, out: number, count: number): void;
  scaleRows(
    ...given: [
      deltas: number,
      factors: number,
      out: number,
      first: number,
      last: number,
      width: number,
    ]
  ): void;
  denseGradient(
    ...given: [
      ...[inputs: number, scaled: number, sums: number, biasSums: number],
      ...[first: number, last: number, depth: number, width: number],
    ]
  ): void;
  denseNorms(
    ...given: [
      inputs: number,
      deltas: number,
      norms: number,
      rows: number,
      depth: number,
      width: number,
    ]
  ): void;
  sparseNorms(
    ...given: [
      starts: number,
      values: number,
      deltas: number,
      norms: number,
      rows: number,
      width: number,
    ]
  ): void;
  flush(source: number, target: number, count: number): void;
  transpose(values: number, out: number, rows: number, columns: number): void;
}

/** Machine code and the memory it works in, which grows as blocks are reserved. */
export class LayerKernel {
  readonly run: LayerFunctions;
  readonly #memory: CodeMemory;
  #end = PAGE;

  private constructor(run: LayerFunctions, memory: CodeMemory) {
    this.run = run;
    this.#memory = memory;
  }

  /** Undefined where the runtime has no vector instructions. */
  static open(): LayerKernel | undefined {
    const code =
      machineCode<LayerFunctions>(FUSED_LAYER_CODE, 2) ??
      machineCode<LayerFunctions>(LAYER_CODE, 2);
    return code && new LayerKernel(code.functions, code.memory);
  }

  /** The address of a new block of zeros. Throws RangeError where the memory has an end. */
  reserve(bytes: number): number {
    const at = this.#end;
    this.#end += Math.ceil(bytes / 64) * 64;
    const missing = this.#end - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
    return at;
  }

  // Views end where the memory grows: they are made anew for each use.
  singles(at: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, at, length);
  }

  doubles(at: number, length: number): Float64Array {
    return new Float64Array(this.#memory.buffer, at, length);
  }

  whole(at: number, length: number): Int32Array {
    return new Int32Array(this.#memory.buffer, at, length);
  }
}
