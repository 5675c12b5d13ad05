import type { Table } from '../../records/table.ts';
import { decodeFloats } from '../floats.ts';
import type { GlassBoxModel } from '../model.ts';
import { binReader } from './bins.ts';
import { shapeBins } from './glass-box.ts';
import { answer } from './outcome.ts';

/**
 * Scores rows into `scores` (as `scoreTable` gives them; NaN where no cell was there) and returns how
 * many rows had none.
 */
export function glassBoxScorer(
  model: GlassBoxModel,
  table: Table,
): (rows: Int32Array, scores: Float64Array) => number {
  const sum = glassBoxSums(model, table);
  return (rows, scores) => {
    const { sums, known } = sum(rows);
    answer(model.labels, sums);
    const width = sums.length / rows.length;
    let abstained = 0;
    for (let row = 0; row < rows.length; row++) {
      if (known[row] !== 1) {
        abstained++;
        continue;
      }
      for (let at = row * width; at < (row + 1) * width; at++) scores[at] = sums[at]!;
    }
    return abstained;
  };
}

/** The sums of the intercepts and all shapes, [rows x scores], and whether a row had any cell. */
function glassBoxSums(
  model: GlassBoxModel,
  table: Table,
): (rows: Int32Array) => { readonly sums: Float64Array; readonly known: Uint8Array } {
  const { features, missing } = model.encoder;
  const intercepts = [model.intercept].flat();
  const pairs = pairLooks(model);
  const kept = new Set(pairs.flatMap(({ first, second }) => [first, second]));
  const columns = model.shapes.map((shape, k) => {
    const bins = shapeBins(features[k]!, shape.cuts);
    const read = binReader(table, features[k]!, bins, missing);
    return { read, size: bins.size, values: decodeFloats(shape.values) };
  });
  return (rows) => {
    const known = new Uint8Array(rows.length);
    const sums = new Float64Array(rows.length * intercepts.length);
    for (let at = 0; at < sums.length; at++) sums[at] = intercepts[at % intercepts.length]!;
    const found = columns.map(({ read, size, values }, k) => {
      const bins = new Uint16Array(rows.length);
      read(rows, bins, known);
      addShape(sums, bins, size, values);
      return kept.has(k) ? bins : null;
    });
    for (const { first, second, rowOf, columnOf, size, values } of pairs) {
      const [a, b] = [found[first]!, found[second]!];
      addShape(
        sums,
        a.map((bin, i) => rowOf[bin]! + columnOf[b[i]!]!),
        size,
        values,
      );
    }
    return { sums, known };
  };
}

function addShape(sums: Float64Array, bins: Uint16Array, size: number, values: Float64Array): void {
  if (values.length === size) {
    for (let i = 0; i < bins.length; i++) sums[i]! += values[bins[i]!]!;
    return;
  }
  for (let i = 0, at = 0; i < bins.length; i++) {
    for (let place = bins[i]!; place < values.length; place += size) sums[at++]! += values[place]!;
  }
}

interface PairLook {
  readonly first: number;
  readonly second: number;
  /** Where the row of a bin of the first column begins, and the column of a bin of the second. */
  readonly rowOf: Uint16Array;
  readonly columnOf: Uint16Array;
  readonly size: number;
  readonly values: Float64Array;
}

function pairLooks({ pairs = [] }: GlassBoxModel): PairLook[] {
  return pairs.map(({ features: [first, second], bins: [a, b], values }) => {
    const columns = Math.max(...b) + 1;
    return {
      ...{ first: first!, second: second! },
      rowOf: Uint16Array.from(a, (row) => row * columns),
      columnOf: Uint16Array.from(b),
      size: (Math.max(...a) + 1) * columns,
      values: decodeFloats(values),
    };
  });
}
