import type { Shape, ShapeCells, ShapesFound } from '../contract/shapes.ts';
import type { ReasonsFound } from '../contract/reasons.ts';
import { columnNamed } from '../learning/columns.ts';
import { categoryReader, numberReader } from '../learning/features.ts';
import type { GlassBoxModel, TrainedModel } from '../learning/model.ts';
import { daysOfText } from '../records/date-text.ts';
import type { Table } from '../records/table.ts';
import { shapesOf } from './shapes.ts';

/** What stands on so few records may be known to a reader; see report/few.ts. */
const MOST_FEW = 10;

/**
 * The shapes of a glass box as they may leave. Those of a model with a guarantee were released when it
 * was trained. Of any other a part that 1 to 10 training records stand in is left out, and so are pairs;
 * without its training rows there is nothing that may be shown.
 */
export function sureShapes(
  model: TrainedModel,
  table: Table,
  train: Int32Array | null,
): Pick<ReasonsFound, 'shapes' | 'withheld_parts'> {
  if (model.kind !== 'boosting') return { shapes: null, withheld_parts: 0 };
  const dates = new Set(table.columns.flatMap(({ name, type }) => (type === 'date' ? [name] : [])));
  const found = shapesOf(model, dates);
  if (model.privacy !== null) return { shapes: found, withheld_parts: 0 };
  if (train === null) return { shapes: null, withheld_parts: 0 };
  return withoutFew(model, table, train, found);
}

function withoutFew(
  model: GlassBoxModel,
  table: Table,
  train: Int32Array,
  found: ShapesFound,
): Pick<ReasonsFound, 'shapes' | 'withheld_parts'> {
  const counts = new Map(
    model.encoder.features.map((feature) => [
      feature.column,
      counter(model, table, train, feature),
    ]),
  );
  let withheld = 0;
  const kept = (shape: Shape): Shape => {
    const countOf = counts.get(shape.column)!;
    const parts = shape.parts.filter(({ cells }) => {
      const count = countOf(cells);
      return count === 0 || count > MOST_FEW;
    });
    withheld += shape.parts.length - parts.length;
    return { ...shape, parts };
  };
  const views = found.views.map((view, at) => {
    const before = withheld;
    const shapes = view.shapes.map(kept);
    // Every view has the same parts: they are counted once.
    if (at > 0) withheld = before;
    return { ...view, shapes, pairs: [] };
  });
  return { shapes: { ...found, views }, withheld_parts: withheld };
}

type Feature = GlassBoxModel['encoder']['features'][number];

/** How many of the rows have one of the cells. */
function counter(
  { encoder }: GlassBoxModel,
  table: Table,
  rows: Int32Array,
  feature: Feature,
): (cells: ShapeCells) => number {
  const column = columnNamed(table, feature.column);
  if (feature.kind === 'category') {
    const read = categoryReader(column, feature.values, encoder.missing);
    const counts = new Map<number, number>();
    for (const row of rows) counts.set(read(row), (counts.get(read(row)) ?? 0) + 1);
    return (cells) => {
      if (cells.of === 'missing') return counts.get(-1) ?? 0;
      if (cells.of === 'other') return counts.get(-2) ?? 0;
      return cells.of === 'value' ? (counts.get(feature.values.indexOf(cells.value)) ?? 0) : 0;
    };
  }
  const read = numberReader(column, encoder.missing);
  const values = Float64Array.from(rows, read).sort();
  const known = values.findIndex(Number.isNaN);
  const end = known < 0 ? values.length : known;
  return (cells) => {
    if (cells.of !== 'range') return values.length - end;
    return below(values, end, cells.to, Infinity) - below(values, end, cells.from, -Infinity);
  };
}

function below(
  values: Float64Array,
  end: number,
  edge: number | string | null,
  open: number,
): number {
  const at = edge === null ? open : typeof edge === 'number' ? edge : daysOfText(edge);
  let [low, high] = [0, end];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
