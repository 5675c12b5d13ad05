import { Constants } from './constants.ts';
import { BINARY, type Head } from './heads.ts';
import { LayerKernel } from './layer-kernel.ts';
import type { Architecture, DenseEngine, TensorSpec } from './layers.ts';
import { groupNorm, parameterCount, tensorsOf } from './layers.ts';
import type { RowRoom, SparseRows } from './sparse.ts';
import { gatherRows, rowProduct } from './sparse.ts';

/** Rows per single-precision sum: its rounding grows with them. */
const SUM_ROWS = 64;
/** Four numbers of single precision make a vector. */
const LANES = 4;
const SINGLE = 4;
const DOUBLE = 8;

const padded = (count: number): number => Math.ceil(count / LANES) * LANES;

/** Where a layer's numbers lie. Rows of `width` numbers, padded with zeros. */
interface Block {
  readonly weights: TensorSpec;
  readonly bias: TensorSpec;
  readonly depth: number;
  readonly width: number;
  /** Parameters, their single-precision sums and what these were added up to: weights, then bias. */
  readonly parameters: number;
  readonly sums: number;
  readonly totals: number;
  readonly count: number;
  /** The weights with rows and columns exchanged; 0 for the first layer, below which nothing is. */
  readonly turned: number;
  /** Of all rows: before and after ReLU, gradient of the output, the same times the row's weight. */
  readonly output: number;
  readonly active: number;
  readonly deltas: number;
  readonly scaled: number;
}

/** Where the rows of a pass lie. */
interface Given {
  rows: SparseRows;
  starts: number;
  indices: number;
  values: number;
  entries: number;
}

export function hasVectors(): boolean {
  return LayerKernel.open() !== undefined;
}

/**
 * The layers as machine code on vectors of single precision (kernels/layers.ts). Norms are computed
 * in double precision from the very activations and output gradients that are then multiplied; at
 * most 64 rows are added up in single precision, the sums in double (`rounding`). Units of several
 * rows are left to double precision: where their rows cancel, single precision would cost too much
 * noise. Throws RangeError where the runtime has no vector instructions (`hasVectors`).
 */
export function wasmEngine(
  architecture: Architecture,
  capacity: number,
  head: Head = BINARY,
): DenseEngine {
  const kernel = LayerKernel.open();
  if (kernel === undefined) throw new RangeError('no vector instructions');
  const { run } = kernel;
  const most = padded(capacity);
  const blocks = layOut(kernel, architecture, most);
  const top = blocks.at(-1) as Block;
  const constants = new Constants(architecture, most);
  const factors = kernel.reserve(most * SINGLE);
  const squared = kernel.reserve(most * DOUBLE);
  const given: Given = {
    rows: emptyRows(architecture.inputs),
    starts: kernel.reserve((most + 1) * SINGLE),
    ...{ indices: 0, values: 0, entries: 0 },
  };

  function forward(rows: SparseRows): void {
    take(kernel as LayerKernel, given, rows);
    const count = padded(rows.rows);
    blocks.forEach(({ parameters, width, depth, output, active }, l) => {
      const bias = parameters + depth * width * SINGLE;
      if (l === 0) {
        const { starts, indices, values } = given;
        run.sparseForward(starts, indices, values, parameters, bias, output, count, width);
      } else {
        run.product(blocks[l - 1]!.active, parameters, bias, output, count, depth, width, 0);
      }
      if (l < blocks.length - 1) run.relu(output, active, count * width);
    });
  }

  function products(j: number, k: number): number {
    return blocks.reduce(
      (sum, { deltas, width, depth }, l) => {
        const input =
          l === 0 ? rowProduct(given.rows, j, k) : dot(blocks[l - 1]!.active, depth, j, k);
        return sum + dot(deltas, width, j, k) * (input + 1);
      },
      constants.product(j, k),
    );
  }

  function dot(at: number, width: number, j: number, k: number): number {
    const a = (kernel as LayerKernel).singles(at + j * width * SINGLE, width);
    const b = (kernel as LayerKernel).singles(at + k * width * SINGLE, width);
    return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  }

  const room: RowRoom = (rows, entries) => roomFor(kernel, given, rows, entries);

  return {
    backend: 'wasm',
    architecture,
    parameters: parameterCount(architecture),
    capacity,
    rounding: { chunk: SUM_ROWS, roundoff: 2 ** -24 },
    normSlack: 0,
    groups: false,
    targetWidth: 1,
    gather: (source, chosen) => gatherRows(source, chosen, room),
    setParameters(values) {
      for (const block of blocks) {
        const target = kernel.singles(block.parameters, block.count);
        eachRow(block, (from, at, length) => {
          for (let c = 0; c < length; c++) target[at + c] = values[from + c]!;
        });
        const { parameters, turned, depth, width } = block;
        if (turned !== 0) run.transpose(parameters, turned, depth, width);
      }
      constants.setParameters(values);
    },
    outputs(rows) {
      forward(rows);
      const { outputs } = head;
      const padding = kernel.singles(top.output, rows.rows * top.width);
      const all = new Float64Array(rows.rows * outputs);
      for (let r = 0; r < rows.rows; r++) {
        for (let c = 0; c < outputs; c++) all[r * outputs + c] = padding[r * top.width + c]!;
      }
      return all;
    },
    backward(rows, targets) {
      forward(rows);
      const count = padded(rows.rows);
      const outputs = kernel.singles(top.output, count * top.width);
      const deltas = kernel.singles(top.deltas, count * top.width);
      deltas.fill(0);
      head.gradients(
        { rows: rows.rows, stride: top.width, outputs, constants: constants.values, targets },
        { deltas, constantDeltas: constants.deltas },
      );
      for (let l = blocks.length - 1; l > 0; l--) {
        const { deltas: from, turned, width, depth } = blocks[l]!;
        const below = blocks[l - 1]!;
        run.product(from, turned, 0, below.deltas, count, width, depth, below.active);
      }
    },
    squaredNorms(groups, norms) {
      const { starts, values, rows } = given;
      const all = kernel.doubles(squared, rows.rows).fill(0);
      blocks.forEach(({ deltas, depth, width }, l) => {
        if (l === 0) run.sparseNorms(starts, values, deltas, squared, rows.rows, width);
        else run.denseNorms(blocks[l - 1]!.active, deltas, squared, rows.rows, depth, width);
      });
      for (let g = 0; g + 1 < groups.length; g++) {
        let squares = 0;
        let crossed = 0;
        for (let j = groups[g]!; j < groups[g + 1]!; j++) {
          squares += all[j]! + constants.product(j, j);
          for (let k = groups[g]!; k < j; k++) crossed += 2 * products(j, k);
        }
        norms[g] = groupNorm(squares, crossed, groups[g + 1]! - groups[g]!);
      }
    },
    addWeightedGradient(weights, sum) {
      const { rows } = given.rows;
      kernel.singles(factors, rows).set(weights.subarray(0, rows));
      for (let first = 0; first < rows; first += SUM_ROWS) {
        const last = Math.min(rows, first + SUM_ROWS);
        blocks.forEach((block, l) => {
          addRows(run, block, blocks[l - 1], given, factors, first, last);
          run.flush(block.sums, block.totals, block.count);
        });
      }
      for (const block of blocks) {
        const totals = kernel.doubles(block.totals, block.count);
        eachRow(block, (to, at, length) => {
          for (let c = 0; c < length; c++) sum[to + c]! += totals[at + c]!;
        });
        totals.fill(0);
      }
      constants.addWeightedGradient(weights, rows, sum);
    },
    dispose() {},
  };
}

/** Adds the weighted gradients of rows first .. last to the single-precision sums of a layer. */
function addRows(
  run: LayerKernel['run'],
  { sums, deltas, scaled, depth, width }: Block,
  below: Block | undefined,
  given: Given,
  factors: number,
  first: number,
  last: number,
): void {
  const bias = sums + depth * width * SINGLE;
  if (below === undefined) {
    const { starts, indices, values } = given;
    run.sparseGradient(starts, indices, values, deltas, factors, sums, bias, first, last, width);
    return;
  }
  run.scaleRows(deltas, factors, scaled, first, last, width);
  run.denseGradient(below.active, scaled, sums, bias, first, last, depth, width);
}

function layOut(kernel: LayerKernel, architecture: Architecture, rows: number): readonly Block[] {
  const tensors = tensorsOf(architecture);
  const blocks: Block[] = [];
  for (let t = 0; t + 1 < tensors.length; t += 2) {
    const [weights, bias] = [tensors[t]!, tensors[t + 1]!];
    const isFirst = t === 0;
    const depth = isFirst ? weights.rows : padded(weights.rows);
    const width = padded(weights.columns);
    const count = (depth + 1) * width;
    const ofRows = (): number => kernel.reserve(rows * width * SINGLE);
    blocks.push({
      ...{ weights, bias, depth, width, count },
      parameters: kernel.reserve(count * SINGLE),
      sums: kernel.reserve(count * SINGLE),
      totals: kernel.reserve(count * DOUBLE),
      turned: isFirst ? 0 : kernel.reserve(depth * width * SINGLE),
      output: ofRows(),
      active: ofRows(),
      deltas: ofRows(),
      scaled: isFirst ? 0 : ofRows(),
    });
  }
  return blocks;
}

/** Each row of a layer's weights, then its bias: where it lies in the flat vector and in the block. */
function eachRow(
  { weights, bias, depth, width }: Block,
  visit: (flat: number, padded: number, length: number) => void,
): void {
  // Without padding between the rows they are one.
  if (width === weights.columns) visit(weights.offset, 0, weights.rows * width);
  else
    for (let row = 0; row < weights.rows; row++) {
      visit(weights.offset + row * weights.columns, row * width, weights.columns);
    }
  visit(bias.offset, depth * width, weights.columns);
}

/** Puts the rows into the memory; those that fill up the last four are empty. */
function take(kernel: LayerKernel, given: Given, rows: SparseRows): void {
  const entries = rows.starts[rows.rows]!;
  const room = roomFor(kernel, given, rows.rows, entries);
  // Rows that were put into the room already are not moved.
  if (rows.values.buffer !== room.values.buffer) {
    room.starts.set(rows.starts.subarray(0, rows.rows + 1));
    room.indices.set(rows.indices.subarray(0, entries));
    room.values.set(rows.values.subarray(0, entries));
  }
  given.rows = rows;
  kernel.whole(given.starts, padded(rows.rows) + 1).fill(entries, rows.rows + 1);
}

function roomFor(
  kernel: LayerKernel,
  given: Given,
  rows: number,
  entries: number,
): ReturnType<RowRoom> {
  if (entries > given.entries) {
    given.entries = Math.ceil(1.5 * entries);
    given.indices = kernel.reserve(given.entries * SINGLE);
    given.values = kernel.reserve(given.entries * SINGLE);
  }
  return {
    starts: kernel.whole(given.starts, rows + 1),
    indices: kernel.whole(given.indices, entries),
    values: kernel.singles(given.values, entries),
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
