import type { DotsChart } from '../contract/charts.ts';
import type { PairShape, Shape, ShapeCells, ShapesFound } from '../contract/shapes.ts';
import type { Words } from '../words/index.ts';

/** Limits of the axis: the least that holds every effect, as factors of the odds. */
const REACHES = [2, 4, 10, 100, 1000] as const;

/** How effects are said: as factors of the odds, or in the unit of a number. */
export interface Saying {
  readonly w: Words['train'];
  readonly scale: ShapesFound['scale'];
  readonly number: (value: number) => string;
}

/** One column of a glass-box model as dots: what each of its values does to the answer. */
export function shapeChart({ column, parts, others }: Shape, saying: Saying): DotsChart {
  const { w, scale, number } = saying;
  const furthest = Math.max(...parts.map(({ effect }) => Math.abs(effect)), 0);
  const reach = reachOf(furthest, scale);
  const at = (effect: number): number => Math.min(1, Math.max(0, 0.5 + effect / (2 * reach)));
  const tick = (share: number): { at: number; text: string } => ({
    at: at(share * reach),
    text: sayEffect(share * reach, saying),
  });
  const isOdds = scale === 'odds';
  return {
    kind: 'dots',
    caption: others === 0 ? column : w.shapeOthers(column, number(others)),
    nameHead: column,
    valueHead: isOdds ? w.shapeHead : w.shapeAddedHead,
    line: { at: 0.5, label: isOdds ? w.shapeLine : w.shapeZeroLine },
    ticks: [-1, 0, 1].map(tick),
    rows: parts.map(({ cells, effect, deviation }) => ({
      name: cellsName(cells, saying),
      text: sayEffect(effect, saying),
      at: at(effect),
      low: at(effect - 2 * deviation),
      high: at(effect + 2 * deviation),
    })),
  };
}

function reachOf(furthest: number, scale: ShapesFound['scale']): number {
  if (scale === 'number') return furthest === 0 ? 1 : furthest;
  return Math.log(REACHES.find((one) => Math.log(one) >= furthest) ?? Math.exp(furthest));
}

function sayEffect(effect: number, { w, scale, number }: Saying): string {
  if (scale === 'odds') return w.shapeFactor(number(twoFigures(Math.exp(effect))));
  const size = number(twoFigures(Math.abs(effect)));
  return twoFigures(effect) === 0 ? size : effect < 0 ? w.shapeLess(size) : w.shapeMore(size);
}

/** A pair of columns as a table whose cells are shaded by what stands in them. */
export interface PairGrid {
  readonly caption: string;
  /** In words: where the two together raise the answer most, and where they lower it most. */
  readonly summary: string;
  readonly corner: string;
  readonly head: readonly string[];
  readonly rows: readonly {
    readonly name: string;
    readonly cells: readonly { readonly text: string; readonly tone: string }[];
  }[];
}

export function pairGrid({ columns, across, effects }: PairShape, saying: Saying): PairGrid {
  const { w } = saying;
  const [rows, head] = across.map((cells) => cells.map((one) => cellsName(one, saying)));
  const places = effects.flatMap((line, row) =>
    line.map((effect, column) => ({ effect, row, column })),
  );
  const sorted = places.toSorted((a, b) => a.effect - b.effect);
  const say = (place: (typeof places)[number]): string =>
    w.pairPlace(
      `${columns[0]}: ${rows![place.row]!}`,
      `${columns[1]}: ${head![place.column]!}`,
      sayEffect(place.effect, saying),
    );
  const [lowest, highest] = [sorted[0]!, sorted.at(-1)!];
  const furthest = Math.max(Math.abs(lowest.effect), Math.abs(highest.effect));
  return {
    caption: w.pairCaption(columns[0], columns[1]),
    summary: w.pairSummary(say(highest), say(lowest)),
    corner: w.pairCorner(columns[0], columns[1]),
    head: head!,
    rows: effects.map((line, row) => ({
      name: rows![row]!,
      cells: line.map((effect) => ({
        text: sayEffect(effect, saying),
        tone: toneOf(effect / furthest),
      })),
    })),
  };
}

/** Two shades in each direction; what hardly counts has none. */
function toneOf(share: number): string {
  const strength = Math.abs(share) > 0.5 ? 2 : Math.abs(share) > 0.15 ? 1 : 0;
  return strength === 0 ? '' : `${share > 0 ? 'up' : 'down'}-${strength}`;
}

function twoFigures(value: number): number {
  return Number(value.toPrecision(2));
}

function cellsName(cells: ShapeCells, { w, number }: Saying): string {
  if (cells.of === 'value') return cells.value;
  if (cells.of === 'missing') return w.shapeMissing;
  if (cells.of === 'other') return w.shapeOther;
  const edge = (value: number | string): string =>
    typeof value === 'number' ? number(Number(value.toPrecision(6))) : value;
  const { from, to } = cells;
  if (from === null) return to === null ? w.shapeAll : w.shapeBelow(edge(to));
  return to === null ? w.shapeFrom(edge(from)) : w.shapeRange(edge(from), edge(to));
}
