import type { Examples } from '../../../main/learning/clipped-sum.ts';
import type { Head } from '../../../main/learning/heads.ts';
import { javascriptEngine } from '../../../main/learning/javascript.ts';
import type { Architecture, DenseEngine } from '../../../main/learning/layers.ts';
import { parameterCount } from '../../../main/learning/layers.ts';
import { uniform } from '../../../main/privacy/random.ts';
import { seededRandom } from '../../../main/privacy/seeded.ts';
import type { SparseRows } from '../../../main/learning/sparse.ts';
import { hasVectors, wasmEngine } from '../../../main/learning/wasm.ts';
import { loadTensorFlow, tensorFlowEngine } from '../../../main/learning/tensorflow.ts';
import { rowUnits } from '../../../main/learning/units.ts';
import type { Column, Table } from '../../../main/records/table.ts';

/** Repeatable uniform numbers. */
export function seededUniform(seed: number): () => number {
  const random = seededRandom(seed);
  return () => uniform(random);
}

/** Random sparse rows, values in (-1, 1). */
export function randomRows(rows: number, width: number, perRow: number, seed: number): SparseRows {
  const draw = seededUniform(seed);
  const starts = new Int32Array(rows + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (let r = 0; r < rows; r++) {
    const slots = new Set<number>();
    while (slots.size < perRow) slots.add(Math.floor(draw() * width));
    for (const slot of [...slots].sort((a, b) => a - b)) {
      indices.push(slot);
      values.push(2 * draw() - 1);
    }
    starts[r + 1] = indices.length;
  }
  return {
    rows,
    width,
    starts,
    indices: Int32Array.from(indices),
    values: Float32Array.from(values),
  };
}

export function randomTargets(rows: number, seed: number): Float64Array {
  const draw = seededUniform(seed);
  return Float64Array.from({ length: rows }, () => (draw() < 0.4 ? 1 : 0));
}

export function randomParameters(architecture: Architecture, seed: number): Float64Array {
  const draw = seededUniform(seed);
  return Float64Array.from({ length: parameterCount(architecture) }, () =>
    Math.fround(draw() - 0.5),
  );
}

export function randomExamples(rows: number, width: number, seed: number): Examples {
  return {
    vectors: randomRows(rows, width, Math.min(6, width), seed),
    targets: randomTargets(rows, seed + 1),
    units: rowUnits(Int32Array.from({ length: rows }, (_, r) => r)),
  };
}

/** Gradient of one row, every entry by itself, straight from the definition of the loss. */
export function explicitGradient(
  architecture: Architecture,
  parameters: Float64Array,
  dense: readonly number[],
  target: number,
): Float64Array {
  const widths = [architecture.inputs, ...architecture.hidden, 1];
  const layers = widths.slice(1).map((width, l) => ({ inputs: widths[l]!, width }));
  const offsets: number[] = [];
  let end = 0;
  for (const layer of layers) {
    offsets.push(end);
    end += (layer.inputs + 1) * layer.width;
  }
  const inputs: number[][] = [[...dense]];
  const sums: number[][] = [];
  layers.forEach((layer, l) => {
    const out = Array.from({ length: layer.width }, (_, c) => {
      let z = parameters[offsets[l]! + layer.inputs * layer.width + c]!;
      inputs[l]!.forEach((x, i) => (z += x * parameters[offsets[l]! + i * layer.width + c]!));
      return z;
    });
    sums.push(out);
    inputs.push(out.map((z) => Math.max(0, z)));
  });
  const gradient = new Float64Array(end);
  let delta = [1 / (1 + Math.exp(-sums.at(-1)![0]!)) - target];
  for (let l = layers.length - 1; l >= 0; l--) {
    const layer = layers[l]!;
    delta.forEach((d, c) => {
      gradient[offsets[l]! + layer.inputs * layer.width + c] = d;
      inputs[l]!.forEach((x, i) => (gradient[offsets[l]! + i * layer.width + c] = x * d));
    });
    if (l === 0) break;
    delta = inputs[l]!.map((x, i) => {
      if (x <= 0) return 0;
      return delta.reduce((s, d, c) => s + d * parameters[offsets[l]! + i * layer.width + c]!, 0);
    });
  }
  return gradient;
}

export function denseRow(rows: SparseRows, row: number): number[] {
  const dense = new Array<number>(rows.width).fill(0);
  for (let e = rows.starts[row]!; e < rows.starts[row + 1]!; e++) {
    dense[rows.indices[e]!] = rows.values[e]!;
  }
  return dense;
}

export function lengthOf(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}

export interface BackendUnderTest {
  readonly name: string;
  /** Why it cannot run here; undefined when it can. */
  readonly absent?: string;
  readonly tolerance: number;
  readonly make: (architecture: Architecture, capacity: number, head?: Head) => DenseEngine;
}

/** Every back-end; one that does not work here says why. */
export function backends(): readonly BackendUnderTest[] {
  const loaded = loadTensorFlow();
  return [
    { name: 'javascript', tolerance: 1e-12, make: javascriptEngine },
    {
      name: 'wasm',
      tolerance: 3e-6,
      ...(hasVectors() ? {} : { absent: 'no-vectors' }),
      make: wasmEngine,
    },
    {
      name: 'tensorflow',
      tolerance: 3e-6,
      ...('reason' in loaded ? { absent: loaded.reason } : {}),
      make: (architecture, capacity, head) => {
        if ('reason' in loaded) throw new Error(loaded.reason);
        return tensorFlowEngine(loaded.tf, architecture, capacity, head);
      },
    },
  ];
}

export function codedColumn(name: string, cells: readonly string[]): Column {
  const dictionary = [...new Set(cells.filter((cell) => cell !== ''))];
  return {
    name,
    type: 'category',
    codes: Int32Array.from(cells, (cell) => (cell === '' ? -1 : dictionary.indexOf(cell))),
    dictionary,
  };
}

export function numberColumn(name: string, values: readonly number[]): Column {
  return { name, type: 'real', values: Float64Array.from(values) };
}

export function tableOf(...columns: readonly Column[]): Table {
  const first = columns[0]!;
  return { rows: 'codes' in first ? first.codes.length : first.values.length, columns };
}

/** The table without one row (0-based). */
export function withoutRow(table: Table, row: number): Table {
  return {
    rows: table.rows - 1,
    columns: table.columns.map((column): Column => {
      if ('values' in column) {
        return { ...column, values: column.values.filter((_, r) => r !== row) };
      }
      const cells = [...column.codes].map((code) => column.dictionary[code] ?? '');
      return codedColumn(
        column.name,
        cells.filter((_, r) => r !== row),
      );
    }),
  };
}
