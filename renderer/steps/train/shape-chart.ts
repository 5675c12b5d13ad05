import type { DotsChart } from '../../../main/contract/charts.ts';
import type { Shape, ShapeCells } from '../../../main/contract/shapes.ts';
import type { Words } from '../../../main/words/index.ts';

/** Limits of the axis: the least that holds every effect, as factors of the odds. */
const REACHES = [2, 4, 10, 100, 1000] as const;

/** One column of a glass-box model as dots: by what factor each of its values changes the odds. */
export function shapeChart(
  { column, parts, others }: Shape,
  w: Words['train'],
  number: (value: number) => string,
): DotsChart {
  const furthest = Math.max(...parts.map(({ effect }) => Math.abs(effect)), 0);
  const reach = REACHES.find((one) => Math.log(one) >= furthest) ?? Math.exp(furthest);
  const at = (effect: number): number =>
    Math.min(1, Math.max(0, 0.5 + effect / (2 * Math.log(reach))));
  const factor = (effect: number): string => w.shapeFactor(number(twoFigures(Math.exp(effect))));
  const tick = (share: number): { at: number; text: string } => ({
    at: at(share * Math.log(reach)),
    text: factor(share * Math.log(reach)),
  });
  return {
    kind: 'dots',
    caption: others === 0 ? column : w.shapeOthers(column, number(others)),
    nameHead: column,
    valueHead: w.shapeHead,
    line: { at: 0.5, label: w.shapeLine },
    ticks: [-1, 0, 1].map(tick),
    rows: parts.map(({ cells, effect, deviation }) => ({
      name: cellsName(cells, w, number),
      text: factor(effect),
      at: at(effect),
      low: at(effect - 2 * deviation),
      high: at(effect + 2 * deviation),
    })),
  };
}

function twoFigures(value: number): number {
  return Number(value.toPrecision(2));
}

function cellsName(
  cells: ShapeCells,
  w: Words['train'],
  number: (value: number) => string,
): string {
  if (cells.of === 'value') return cells.value;
  if (cells.of === 'missing') return w.shapeMissing;
  if (cells.of === 'other') return w.shapeOther;
  const edge = (value: number | string): string =>
    typeof value === 'number' ? number(Number(value.toPrecision(6))) : value;
  const { from, to } = cells;
  if (from === null) return to === null ? w.shapeAll : w.shapeBelow(edge(to));
  return to === null ? w.shapeFrom(edge(from)) : w.shapeRange(edge(from), edge(to));
}
