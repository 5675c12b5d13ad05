import { Constants } from './constants.ts';
import { BINARY, type Head } from './heads.ts';
import type { Architecture, DenseEngine } from './layers.ts';
import { groupNorm, parameterCount, tensorsOf } from './layers.ts';
import type { SparseRows } from './sparse.ts';
import { gatherRows, rowProduct } from './sparse.ts';

/**
 * One trainable layer of the reference back-end. `forward` fills `output` [rows, width];
 * `outputGradient` has the same shape and is filled by the layer above; `backward` passes the
 * gradient on to the layer below. Each layer keeps what its own gradients need.
 */
interface Layer {
  readonly output: Float64Array;
  readonly outputGradient: Float64Array;
  forward(parameters: Float64Array, rows: number): void;
  backward(parameters: Float64Array, rows: number): void;
  /** Inner product of the parameter gradients of rows j and k (0 for a layer without any). */
  gradientProduct(j: number, k: number): number;
  addWeightedGradient(weights: Float64Array, rows: number, sum: Float64Array): void;
}

interface Input {
  rows: SparseRows;
}

function dot(a: Float64Array, i: number, b: Float64Array, j: number, length: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += a[i + k]! * b[j + k]!;
  return sum;
}

/** Dense layer on sparse input: the first one. It passes no gradient further down. */
function sparseDense(input: Input, offset: number, width: number, capacity: number): Layer {
  const output = new Float64Array(capacity * width);
  const outputGradient = new Float64Array(capacity * width);
  const biasAt = (rows: SparseRows): number => offset + rows.width * width;
  return {
    output,
    outputGradient,
    forward(parameters, count) {
      const { starts, indices, values } = input.rows;
      const bias = biasAt(input.rows);
      for (let r = 0; r < count; r++) {
        const out = r * width;
        for (let c = 0; c < width; c++) output[out + c] = parameters[bias + c]!;
        for (let e = starts[r]!; e < starts[r + 1]!; e++) {
          const value = values[e]!;
          const weights = offset + indices[e]! * width;
          for (let c = 0; c < width; c++) output[out + c]! += value * parameters[weights + c]!;
        }
      }
    },
    backward() {},
    gradientProduct(j, k) {
      const deltas = dot(outputGradient, j * width, outputGradient, k * width, width);
      return deltas * (rowProduct(input.rows, j, k) + 1);
    },
    addWeightedGradient(weights, count, sum) {
      const { starts, indices, values } = input.rows;
      const bias = biasAt(input.rows);
      for (let r = 0; r < count; r++) {
        const weight = weights[r]!;
        if (weight === 0) continue;
        const delta = r * width;
        for (let c = 0; c < width; c++) sum[bias + c]! += weight * outputGradient[delta + c]!;
        for (let e = starts[r]!; e < starts[r + 1]!; e++) {
          const scaled = weight * values[e]!;
          const row = offset + indices[e]! * width;
          for (let c = 0; c < width; c++) sum[row + c]! += scaled * outputGradient[delta + c]!;
        }
      }
    },
  };
}

/** Dense layer on the output of the layer below. */
function dense(
  below: Layer,
  inputs: number,
  offset: number,
  width: number,
  capacity: number,
): Layer {
  const output = new Float64Array(capacity * width);
  const outputGradient = new Float64Array(capacity * width);
  const bias = offset + inputs * width;
  return {
    output,
    outputGradient,
    forward(parameters, count) {
      for (let r = 0; r < count; r++) {
        const out = r * width;
        for (let c = 0; c < width; c++) output[out + c] = parameters[bias + c]!;
        for (let i = 0; i < inputs; i++) {
          const value = below.output[r * inputs + i]!;
          if (value === 0) continue;
          const weights = offset + i * width;
          for (let c = 0; c < width; c++) output[out + c]! += value * parameters[weights + c]!;
        }
      }
    },
    backward(parameters, count) {
      for (let r = 0; r < count; r++) {
        for (let i = 0; i < inputs; i++) {
          const at = offset + i * width;
          below.outputGradient[r * inputs + i] = dot(
            parameters,
            at,
            outputGradient,
            r * width,
            width,
          );
        }
      }
    },
    gradientProduct(j, k) {
      const deltas = dot(outputGradient, j * width, outputGradient, k * width, width);
      return deltas * (dot(below.output, j * inputs, below.output, k * inputs, inputs) + 1);
    },
    addWeightedGradient(weights, count, sum) {
      for (let r = 0; r < count; r++) {
        const weight = weights[r]!;
        if (weight === 0) continue;
        const delta = r * width;
        for (let c = 0; c < width; c++) sum[bias + c]! += weight * outputGradient[delta + c]!;
        for (let i = 0; i < inputs; i++) {
          const scaled = weight * below.output[r * inputs + i]!;
          if (scaled === 0) continue;
          const row = offset + i * width;
          for (let c = 0; c < width; c++) sum[row + c]! += scaled * outputGradient[delta + c]!;
        }
      }
    },
  };
}

function relu(below: Layer, width: number, capacity: number): Layer {
  const output = new Float64Array(capacity * width);
  const outputGradient = new Float64Array(capacity * width);
  return {
    output,
    outputGradient,
    forward(_, count) {
      for (let i = 0; i < count * width; i++) {
        const value = below.output[i]!;
        output[i] = value > 0 ? value : value === value ? 0 : NaN;
      }
    },
    backward(_, count) {
      for (let i = 0; i < count * width; i++) {
        below.outputGradient[i] = below.output[i]! > 0 ? outputGradient[i]! : 0;
      }
    },
    gradientProduct: () => 0,
    addWeightedGradient() {},
  };
}

function stack(architecture: Architecture, input: Input, capacity: number): readonly Layer[] {
  const weights = tensorsOf(architecture).filter((tensor) => tensor.name.endsWith('/weights'));
  const layers: Layer[] = [];
  for (const tensor of weights) {
    const below = layers.at(-1);
    if (below === undefined) {
      layers.push(sparseDense(input, tensor.offset, tensor.columns, capacity));
      continue;
    }
    const rectified = relu(below, tensor.rows, capacity);
    layers.push(rectified, dense(rectified, tensor.rows, tensor.offset, tensor.columns, capacity));
  }
  return layers;
}

/**
 * The reference back-end in plain typed arrays, double precision throughout, complete on any
 * computer. Rows whose gradient is not a finite number must be given weight 0; they are skipped.
 */
export function javascriptEngine(
  architecture: Architecture,
  capacity: number,
  head: Head = BINARY,
): DenseEngine {
  const input: Input = { rows: emptyRows(architecture.inputs) };
  const layers = stack(architecture, input, capacity);
  const top = layers.at(-1) as Layer;
  const constants = new Constants(architecture, capacity);
  let parameters = new Float64Array(0);

  function forward(rows: SparseRows): void {
    input.rows = rows;
    for (const layer of layers) layer.forward(parameters, rows.rows);
  }

  return {
    backend: 'javascript',
    architecture,
    parameters: parameterCount(architecture),
    capacity,
    rounding: { chunk: Infinity, roundoff: 2 ** -53 },
    normSlack: 0,
    groups: true,
    targetWidth: 1,
    gather: gatherRows,
    setParameters(values) {
      parameters = values.slice();
      constants.setParameters(values);
    },
    outputs(rows) {
      forward(rows);
      return top.output.slice(0, rows.rows * head.outputs);
    },
    backward(rows, targets) {
      forward(rows);
      head.gradients(
        {
          ...{ rows: rows.rows, stride: head.outputs, outputs: top.output, targets },
          constants: constants.values,
        },
        { deltas: top.outputGradient, constantDeltas: constants.deltas },
      );
      for (let l = layers.length - 1; l >= 0; l--) layers[l]!.backward(parameters, rows.rows);
    },
    squaredNorms(groups, norms) {
      for (let g = 0; g + 1 < groups.length; g++) {
        let squares = 0;
        let crossed = 0;
        for (let j = groups[g]!; j < groups[g + 1]!; j++) {
          squares += constants.product(j, j);
          for (let k = groups[g]!; k < j; k++) crossed += 2 * constants.product(j, k);
          for (const layer of layers) {
            squares += layer.gradientProduct(j, j);
            for (let k = groups[g]!; k < j; k++) crossed += 2 * layer.gradientProduct(j, k);
          }
        }
        norms[g] = groupNorm(squares, crossed, groups[g + 1]! - groups[g]!);
      }
    },
    addWeightedGradient(weights, sum) {
      for (const layer of layers) layer.addWeightedGradient(weights, input.rows.rows, sum);
      constants.addWeightedGradient(weights, input.rows.rows, sum);
    },
    dispose() {},
  };
}

function emptyRows(width: number): SparseRows {
  return {
    rows: 0,
    width,
    starts: new Int32Array(1),
    indices: new Int32Array(0),
    values: new Float32Array(0),
  };
}
