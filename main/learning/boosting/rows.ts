import type { Table } from '../../records/table.ts';
import type { Task } from '../kind.ts';
import type { Prepared } from '../material.ts';
import type { Pace } from '../pace.ts';
import { binReader, type Bins } from './bins.ts';
import type { BinnedRows } from './histograms.ts';
import { outcomeTargets } from './outcome.ts';

const CHUNK = 65_536;

/**
 * The rows of all units in bins. The weights of a unit's rows add up to 1, or to less where rows count
 * differently: those that count most have what all have otherwise, so a unit moves nothing further.
 */
export async function binnedRows(
  { table, split }: Pick<Task, 'table' | 'split'>,
  { encoder, labels, targets, units, weights: given }: Prepared,
  bins: readonly Bins[],
  pace: Pace,
): Promise<BinnedRows> {
  const weights = new Float64Array(units.rows.length);
  for (let unit = 0; unit < units.count; unit++) {
    const from = units.starts[unit]!;
    const to = units.starts[unit + 1]!;
    weights.fill(1 / (to - from), from, to);
  }
  if (given !== undefined) {
    const { ofRows, most } = given;
    units.rows.forEach((place, at) => (weights[at]! *= Math.min(1, ofRows[place]! / most)));
  }
  const rows = units.rows.map((place) => split.train[place]!);
  const found: Uint16Array[] = [];
  for (const [k, feature] of encoder.features.entries()) {
    found.push(await columnInBins(table, rows, { feature, bins: bins[k]!, encoder }, pace));
  }
  return {
    bins: found,
    sizes: bins.map(({ size }) => size),
    targets: outcomeTargets(
      labels,
      Float64Array.from(units.rows, (place) => targets[place]!),
    ),
    weights,
  };
}

interface Binned {
  readonly feature: Prepared['encoder']['features'][number];
  readonly bins: Bins;
  readonly encoder: Prepared['encoder'];
}

async function columnInBins(
  table: Table,
  rows: Int32Array,
  { feature, bins, encoder }: Binned,
  pace: Pace,
): Promise<Uint16Array> {
  const read = binReader(table, feature, bins, encoder.missing);
  const found = new Uint16Array(rows.length);
  const known = new Uint8Array(Math.min(CHUNK, rows.length));
  for (let from = 0; from < rows.length; from += CHUNK) {
    await pace.beat({ phase: 'encoding', step: from, steps: rows.length });
    read(rows.subarray(from, from + CHUNK), found.subarray(from, from + CHUNK), known);
  }
  return found;
}
