import type { Table } from '../../records/table.ts';
import { decodeFloats } from '../floats.ts';
import { sigmoid } from '../heads.ts';
import type { GlassBoxModel } from '../model.ts';
import { binReader, type BinReader } from './bins.ts';
import { shapeBins } from './glass-box.ts';

/**
 * Scores rows into `scores` (probability of the positive label; NaN where no cell was there) and
 * returns how many rows had none.
 */
export function glassBoxScorer(
  model: GlassBoxModel,
  table: Table,
): (rows: Int32Array, scores: Float64Array) => number {
  const { features, missing } = model.encoder;
  const columns = model.shapes.map((shape, k): { read: BinReader; values: Float64Array } => ({
    read: binReader(table, features[k]!, shapeBins(features[k]!, shape.cuts), missing),
    values: decodeFloats(shape.values),
  }));
  return (rows, scores) => {
    const bins = new Uint16Array(rows.length);
    const known = new Uint8Array(rows.length);
    const sums = new Float64Array(rows.length).fill(model.intercept);
    for (const { read, values } of columns) {
      read(rows, bins, known);
      for (let i = 0; i < rows.length; i++) sums[i]! += values[bins[i]!]!;
    }
    let abstained = 0;
    for (let i = 0; i < rows.length; i++) {
      if (known[i] === 1) scores[i] = sigmoid(sums[i]!);
      else abstained++;
    }
    return abstained;
  };
}
