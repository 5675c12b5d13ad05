import type { BoughtStatistic, TrainPlan } from '../../contract/train.ts';
import type { Cells } from '../../fairness/mitigation/cells.ts';
import type { Lesson } from '../../fairness/mitigation/constrained.ts';
import { countUnits } from '../../privacy/statistics/contributions.ts';
import type { Task } from '../kind.ts';
import type { BinaryLabels } from '../labels.ts';
import type { Prepared } from '../material.ts';
import { groupReader, groupsIn, placesOf } from './groups.ts';

/** Group and label of every training row, and how many units have each. */
export interface GroupedRows {
  readonly names: readonly string[];
  /** Units in each cell (place 2 x group + label), exact or as it was bought. */
  readonly counts: Cells;
  /** The cell of each training row; -1 where its group or its label is not known. */
  readonly cells: Int32Array;
}

/**
 * Cells of the training rows: in private training those that were bought, and how many are in them is
 * known from that alone.
 */
export function groupedRows(
  { table, plan, split: { train } }: Task,
  { labels, targets, units }: Prepared & { readonly labels: BinaryLabels },
  column: string,
  bought: readonly BoughtStatistic[] | null,
): GroupedRows {
  const read = groupReader(table, column, plan.missing);
  const found = bought === null ? null : boughtCells(bought);
  const names =
    found === null
      ? groupsIn(
          units.rows.map((place) => train[place]!),
          read,
        )
      : [...new Set(found.map(({ group }) => group))].sort();
  const groups = placesOf(names, train, read);
  const cells = groups.map((group, row) =>
    group < 0 || Number.isNaN(targets[row]!) ? -1 : 2 * group + targets[row]!,
  );
  if (found === null) return { names, cells, counts: unitsIn(units, cells, 2 * names.length) };
  const counts = new Float64Array(2 * names.length);
  for (const { group, label, count } of found) {
    counts[2 * names.indexOf(group) + (label === labels.values[1] ? 1 : 0)] = Math.max(0, count);
  }
  return { names, cells, counts };
}

function boughtCells(bought: readonly BoughtStatistic[]) {
  const { found } = bought.find(({ kind }) => kind === 'groups') ?? {};
  return found?.is === 'cells' ? found.cells : [];
}

/** Units with a row in each cell; a unit counts once in a cell. */
export function unitsIn(units: Prepared['units'], cells: Int32Array, size: number): Cells {
  return Float64Array.from(countUnits(units, size, (place) => cells[place]!));
}

/** Groups of which a cell was too small to be seen. */
export function tooFew({ names, counts }: GroupedRows): string[] {
  return names.filter((_, g) => counts[2 * g] === 0 || counts[2 * g + 1] === 0);
}

/** What is trained on in place of the rows as they are. A row of no cell stays as it is. */
export function taught(prepared: Prepared, { cells }: GroupedRows, lesson: Lesson): Prepared {
  const { target, weight } = lesson;
  return {
    ...prepared,
    targets: prepared.targets.map((own, row) => (cells[row]! < 0 ? own : target[cells[row]!]!)),
    weights: {
      ofRows: Float64Array.from(cells, (cell) => (cell < 0 ? 1 : weight[cell]!)),
      most: weight.reduce((a, b) => Math.max(a, b), 1),
    },
  };
}

/** Labels as they are. */
export function ownLabels(counts: Cells): Float64Array {
  return counts.map((_, cell) => cell % 2);
}

/** Records of one person may stand in as many cells as it has rows. */
export function contributionsOf({ unit }: Pick<TrainPlan, 'unit'>): number {
  return unit?.maxRows ?? 1;
}
