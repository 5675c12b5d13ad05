import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BackendReason } from '../contract/train.ts';
import type * as TensorFlow from '@tensorflow/tfjs-node';
import { Constants } from './constants.ts';
import { BINARY, type Head } from './heads.ts';
import type { Architecture, DenseEngine, TensorSpec } from './layers.ts';
import { groupNorm, parameterCount, tensorsOf } from './layers.ts';
import type { SparseRows } from './sparse.ts';
import { gatherRows, rowProduct } from './sparse.ts';

export type Tf = typeof TensorFlow;
export type Loaded = { readonly tf: Tf } | { readonly reason: BackendReason };

let loaded: Loaded | undefined;

/**
 * Native TensorFlow, loaded once and only when asked for (0.8 s, 380 MB), or why it cannot be.
 * The library's machine code needs AVX and would end the process without it, so the processor is
 * asked first.
 */
export function loadTensorFlow(): Loaded {
  loaded ??= load();
  return loaded;
}

function load(): Loaded {
  if (!hasAvx()) return { reason: 'no-avx' };
  const require = createRequire(import.meta.url);
  try {
    provideOldUtil(require('node:util') as Record<string, unknown>);
    process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '3';
    return { tf: require('@tensorflow/tfjs-node') as Tf };
  } catch (error) {
    return { reason: isAbsent(error) ? 'not-installed' : 'not-loading' };
  }
}

function isAbsent(error: unknown): boolean {
  const text = error instanceof Error ? error.message : '';
  return (
    (error as { code?: unknown }).code === 'MODULE_NOT_FOUND' || text.includes('can not be found')
  );
}

/** Linux tells in /proc/cpuinfo; elsewhere every supported processor has it. */
function hasAvx(): boolean {
  const facts = '/proc/cpuinfo';
  if (!existsSync(facts)) return process.arch === 'x64';
  return /^flags\s*:.*\bavx\b/m.test(readFileSync(facts, 'utf8'));
}

/** tfjs-node 4 calls two functions that newer Node versions no longer have. */
function provideOldUtil(util: Record<string, unknown>): void {
  util['isNullOrUndefined'] = (value: unknown) => value === null || value === undefined;
  util['isArray'] = Array.isArray;
}

interface Dense {
  readonly weights: TensorSpec;
  readonly bias: TensorSpec;
}

/** Activations and output gradients of one pass: on the device and, as read back, here. */
interface Pass {
  readonly rows: SparseRows;
  readonly inputs: readonly TensorFlow.Tensor2D[];
  readonly inputValues: readonly Float32Array[];
  readonly deltas: readonly Float32Array[];
}

/** Rows per product of the gradient sum: its rounding grows with them. */
const PRODUCT_ROWS = 64;

/**
 * The layers as TensorFlow operations in single precision. Norms are computed here in double
 * precision from the very activations and output gradients that are then multiplied, so that the
 * clipped length is right whatever the device rounds; products of at most 64 rows are added up in
 * double precision (`rounding`). Units of several rows are left to double precision: where their
 * rows cancel, single precision would cost too much noise.
 */
export function tensorFlowEngine(
  tf: Tf,
  architecture: Architecture,
  capacity: number,
  head: Head = BINARY,
): DenseEngine {
  const layers = denseLayers(architecture);
  const constants = new Constants(architecture, capacity);
  let variables: TensorFlow.Tensor2D[][] = [];
  let pass: Pass | undefined;

  const releasePass = (): void => {
    pass?.inputs.forEach((tensor) => tensor.dispose());
    pass = undefined;
  };
  const releaseParameters = (): void => variables.flat().forEach((tensor) => tensor.dispose());

  /** Inputs of each layer and the outputs of the last; the caller disposes of them. */
  function forward(rows: SparseRows): {
    inputs: TensorFlow.Tensor2D[];
    outputs: TensorFlow.Tensor2D;
  } {
    const inputs = [tf.tensor2d(denseRows(rows), [rows.rows, rows.width])];
    let outputs = inputs[0]!;
    layers.forEach((_, l) => {
      const [weights, bias] = variables[l] as [TensorFlow.Tensor2D, TensorFlow.Tensor2D];
      const last = l === layers.length - 1;
      outputs = tf.tidy(() => {
        const sum = tf.add<TensorFlow.Tensor2D>(tf.matMul(inputs[l]!, weights), bias);
        return last ? sum : tf.relu(sum);
      });
      if (!last) inputs.push(outputs);
    });
    return { inputs, outputs };
  }

  /** Output gradients of each layer, read back as single precision numbers [rows, width]. */
  function deltasOf(inputs: TensorFlow.Tensor2D[], top: Float32Array): Float32Array[] {
    const count = inputs[0]!.shape[0];
    const deltas: Float32Array[] = [top];
    tf.tidy(() => {
      let delta = tf.tensor2d(top, [count, head.outputs]);
      for (let l = layers.length - 1; l > 0; l--) {
        const back = tf.matMul(delta, variables[l]![0]!, false, true);
        delta = tf.mul(back, tf.step(inputs[l]!));
        deltas.unshift(delta.dataSync<'float32'>());
      }
    });
    return deltas;
  }

  return {
    backend: 'tensorflow',
    architecture,
    parameters: parameterCount(architecture),
    capacity,
    rounding: { chunk: PRODUCT_ROWS, roundoff: 2 ** -24 },
    normSlack: 0,
    groups: false,
    targetWidth: 1,
    gather: gatherRows,
    setParameters(parameters) {
      releaseParameters();
      const single = Float32Array.from(parameters);
      variables = layers.map((layer) =>
        [layer.weights, layer.bias].map((t) =>
          tf.tensor2d(single.subarray(t.offset, t.offset + t.rows * t.columns), [
            t.rows,
            t.columns,
          ]),
        ),
      );
      constants.setParameters(parameters);
    },
    outputs(rows) {
      if (rows.rows === 0) return new Float64Array(0);
      const { inputs, outputs } = forward(rows);
      const values = Float64Array.from(outputs.dataSync());
      for (const tensor of [...inputs, outputs]) tensor.dispose();
      return values;
    },
    backward(rows, targets) {
      releasePass();
      const { inputs, outputs } = forward(rows);
      const values = outputs.dataSync<'float32'>();
      outputs.dispose();
      const top = new Float32Array(values.length);
      head.gradients(
        {
          ...{ rows: rows.rows, stride: head.outputs, outputs: values, targets },
          constants: constants.values,
        },
        { deltas: top, constantDeltas: constants.deltas },
      );
      const inputValues = inputs.map((t, l) =>
        l === 0 ? new Float32Array(0) : t.dataSync<'float32'>(),
      );
      pass = { rows, inputs, inputValues, deltas: deltasOf(inputs, top) };
    },
    squaredNorms(groups, norms) {
      const current = requirePass(pass);
      for (let g = 0; g + 1 < groups.length; g++) {
        let squares = 0;
        let crossed = 0;
        for (let j = groups[g]!; j < groups[g + 1]!; j++) {
          squares += gradientProduct(current, j, j) + constants.product(j, j);
          for (let k = groups[g]!; k < j; k++) {
            crossed += 2 * (gradientProduct(current, j, k) + constants.product(j, k));
          }
        }
        norms[g] = groupNorm(squares, crossed, groups[g + 1]! - groups[g]!);
      }
    },
    addWeightedGradient(weights, sum) {
      const current = requirePass(pass);
      const count = current.rows.rows;
      layers.forEach((layer, l) => {
        const width = layer.weights.columns;
        const scaled = current.deltas[l]!.map((d, i) => d * weights[Math.floor(i / width)]!);
        for (let from = 0; from < count; from += PRODUCT_ROWS) {
          const size = Math.min(PRODUCT_ROWS, count - from);
          const part = scaled.subarray(from * width, (from + size) * width);
          // Only the tensor leaves `tidy`: it would search a plain array for tensors, entry by entry.
          const product = tf.tidy(() =>
            tf.matMul(
              tf.slice2d(current.inputs[l]!, [from, 0], [size, -1]),
              tf.tensor2d(part, [size, width]),
              true,
              false,
            ),
          );
          const values = product.dataSync<'float32'>();
          product.dispose();
          for (let i = 0; i < values.length; i++) sum[layer.weights.offset + i]! += values[i]!;
          for (let i = 0; i < part.length; i++) sum[layer.bias.offset + (i % width)]! += part[i]!;
        }
      });
      constants.addWeightedGradient(weights, count, sum);
    },
    dispose() {
      releasePass();
      releaseParameters();
      variables = [];
    },
  };
}

function denseLayers(architecture: Architecture): readonly Dense[] {
  const tensors = tensorsOf(architecture);
  const layers: Dense[] = [];
  for (let t = 0; t + 1 < tensors.length; t += 2) {
    layers.push({ weights: tensors[t]!, bias: tensors[t + 1]! });
  }
  return layers;
}

function denseRows(rows: SparseRows): Float32Array {
  const dense = new Float32Array(rows.rows * rows.width);
  for (let r = 0; r < rows.rows; r++) {
    for (let e = rows.starts[r]!; e < rows.starts[r + 1]!; e++) {
      dense[r * rows.width + rows.indices[e]!] = rows.values[e]!;
    }
  }
  return dense;
}

/** Inner product of the gradients of rows j and k over all layers, biases included. */
function gradientProduct(pass: Pass, j: number, k: number): number {
  const count = pass.rows.rows;
  let product = 0;
  for (let l = 0; l < pass.deltas.length; l++) {
    const input =
      l === 0
        ? rowProduct(pass.rows, j, k)
        : dot(pass.inputValues[l]!, j, k, pass.inputValues[l]!.length / count);
    const width = pass.deltas[l]!.length / count;
    product += dot(pass.deltas[l]!, j, k, width) * (input + 1);
  }
  return product;
}

function dot(values: Float32Array, j: number, k: number, width: number): number {
  let sum = 0;
  for (let c = 0; c < width; c++) sum += values[j * width + c]! * values[k * width + c]!;
  return sum;
}

function requirePass(pass: Pass | undefined): Pass {
  if (pass === undefined) throw new Error('backward has not been called');
  return pass;
}
